import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample, signedBy } from "../../test/kit/evidence.ts";
import { addDays, type Day } from "../model/day.ts";
import type { TrustedKey } from "../model/evidence.ts";
import { checkStatement } from "./check.ts";
import { gatherEvidence } from "./gather.ts";

const body = person("body", "BODY");
/** Signed on 1 March 2026. */
const document = signedBy(sample("certificate"), body);
const seen = (entered: Day | undefined, began = "2026-01-01") => ({
  began,
  first: new Map(entered === undefined ? [] : [[document.digest, entered]]),
});

function timeOf(knownAt: Day, entered: Day | undefined, changes: Partial<TrustedKey> = {}, began = "2026-01-01") {
  const at = { knownAt, demo: false, seen: seen(entered, began) };
  const { steps, later, evidence } = checkStatement(document, [{ ...body.key, ...changes }], at);
  const step = steps.find(({ name }) => name === "time");
  assert.ok(step);
  assert.equal(step.holds, evidence !== undefined);
  return { ...step, later };
}

test("a statement counts as known from its first entry, once the ledger has begun", () => {
  const early = timeOf("2026-04-01", "2026-04-02");
  assert.deepEqual([early.holds, early.later], [false, true]);
  assert.equal(
    early.detail,
    "signed on 2026-03-01, entered in the ledger only on 2026-04-02, not yet known on 2026-04-01",
  );
  const known = timeOf("2026-04-02", "2026-04-02");
  assert.equal(
    known.detail,
    "signed on 2026-03-01, in the ledger since 2026-04-02, `body` valid then and on 2026-04-02",
  );
  const at = { knownAt: "2026-04-01", demo: false, seen: seen("2026-04-02") };
  assert.deepEqual(gatherEvidence([document], [body.key], at), {
    evidence: [],
    problems: [],
    unread: [],
    later: 1,
    unsigned: 0,
  });
});

test("before the ledger began, and for what it never saw, the claimed day counts as it does without one", () => {
  assert.equal(timeOf("2026-04-01", "2026-04-20", {}, "2026-04-02").holds, true);
  assert.equal(timeOf("2026-04-01", undefined).detail, "signed on 2026-03-01, `body` valid then and on 2026-04-01");
  assert.deepEqual([timeOf("2026-02-01", undefined).later, timeOf("2026-02-01", "2026-03-01").later], [true, true]);
});

test("a claim later than the first entry is a lie or a wrong clock, whatever day is asked about", () => {
  for (const knownAt of ["2026-02-01", "2026-02-28", "2026-06-01"]) {
    const { holds, later, detail } = timeOf(knownAt, "2026-02-28");
    assert.deepEqual([holds, later], [false, false]);
    assert.match(detail, /^it claims to be signed on 2026-03-01, and the ledger has it since 2026-02-28: /);
  }
  assert.equal(timeOf("2026-03-01", "2026-03-01").holds, true);
});

test("a key that ended counts for what the ledger had by its last day", () => {
  for (const ended of [
    { until: "2026-03-31" },
    { retired: "2026-03-31" },
    { until: "2027-01-01", retired: "2026-03-31" },
  ]) {
    const { detail, holds } = timeOf("2026-06-01", "2026-03-31", ended);
    assert.equal(holds, true);
    assert.match(detail, /in the ledger since 2026-03-31, `body` valid then: .* before it ended on 2026-03-31$/);
    assert.match(
      timeOf("2026-06-01", "2026-04-01", ended).detail,
      /by 2026-03-31 could .* its first one is of 2026-04-01$/,
    );
    assert.match(timeOf("2026-06-01", undefined, ended).detail, /only a ledger entry by 2026-03-31 .* it has none$/);
  }
  assert.equal(timeOf("2026-06-01", "2026-03-01", { until: "2026-02-28" }).holds, false, "signed after its end");
});

test("a compromised key counts only for what the ledger had before that day", () => {
  const compromised = "2026-03-31";
  assert.match(timeOf("2026-06-01", "2026-03-30", { compromised }).detail, /before it was compromised on 2026-03-31$/);
  assert.match(
    timeOf("2026-06-01", "2026-03-31", { compromised }).detail,
    /voids .*; the ledger has it only since 2026/,
  );
  assert.equal(timeOf("2026-06-01", undefined, { compromised }).holds, false);
  assert.equal(timeOf("2026-06-01", "2026-03-20", { compromised, until: "2026-03-10" }).holds, false, "ended before");
  assert.equal(timeOf("2026-03-30", "2026-03-15", { compromised }).holds, true, "not known yet");
});

test("without a ledger it is as before, and an entry makes nothing evidence that was signed too early or too late", () => {
  const days = fc.integer({ min: -60, max: 120 }).map((number) => addDays("2026-03-01", number));
  const key = fc.record({ from: days, until: days, retired: days, compromised: days }, { requiredKeys: ["from"] });
  fc.assert(
    fc.property(key, days, fc.option(days, { nil: undefined }), days, (changes, knownAt, entered, began) => {
      const trust = [{ ...body.key, ...changes }];
      const holds = (at: Parameters<typeof gatherEvidence>[2]) =>
        checkStatement(document, trust, at).evidence !== undefined;
      const plain = holds({ knownAt, demo: false });
      const seenToo = holds({ knownAt, demo: false, seen: seen(entered, began) });
      if (entered === undefined) assert.equal(seenToo, plain);
      if (!seenToo) return;
      assert.ok(knownAt >= "2026-03-01" && changes.from <= "2026-03-01");
      const end = [changes.until, changes.retired].filter((day) => day !== undefined).sort()[0] ?? "9999-12-31";
      assert.ok("2026-03-01" <= end);
      if (!plain) assert.ok(entered !== undefined && entered >= "2026-03-01" && entered <= end);
    }),
    { seed: 5, numRuns: 500 },
  );
});
