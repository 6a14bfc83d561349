import assert from "node:assert/strict";
import { test } from "node:test";
import type { Receipt } from "../model/record.ts";
import { recordedFields, recordedText } from "./recorded.ts";

const receipt: Receipt = {
  kind: "receipt",
  ledger: "log.example/demo",
  entry: 12,
  time: "2026-11-24T07:09:47.618Z",
  leaf: "ab".repeat(32),
  proof: "c2sp.org/tlog-proof@v1",
};

test("a report says in which ledger its decision is, or that it is in none and what would enter it", () => {
  assert.equal(
    recordedText(receipt, "never said"),
    "Recorded: entry 12 of ledger `log.example/demo` at 2026-11-24T07:09:47.618Z; `freigabe ledger prove DIR 12` proves it.",
  );
  assert.equal(recordedText(false, "`--record` enters it"), "Not recorded: `--record` enters it.");
  const { ledger, entry, time, leaf } = receipt;
  assert.deepEqual(recordedFields(receipt), { ledger, entry, time, leaf });
  assert.equal(recordedFields(false), false);
});
