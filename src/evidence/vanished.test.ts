import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample, samples, signedBy } from "../../test/kit/evidence.ts";
import type { TrustedKey } from "../model/evidence.ts";
import { gatherEvidence } from "./gather.ts";
import { vanishedFindings } from "./vanished.ts";

const body = person("body", "BODY");
const lab = person("lab", "LAB");
const trust: readonly TrustedKey[] = [body.key, lab.key];
const at = { knownAt: "2026-06-01", demo: false };
const documents = [
  { ...signedBy(sample("test-result", { result: "FAILED" }), lab), file: "evidence/b.json" },
  { ...signedBy(sample("certificate"), body), file: "evidence/a.json" },
];
const { evidence } = gatherEvidence(documents, trust, at);

test("each document that is gone is named once, sorted, with what to do", () => {
  const found = vanishedFindings(evidence.toReversed());
  assert.deepEqual(
    found.map(({ file, kind, title }) => [file, kind, title]),
    [
      [
        "evidence/a.json",
        "certificate",
        "certificate `DEMO-C1` (issued) (`evidence/a.json`) was recorded in the ledger and is gone from the workspace",
      ],
      [
        "evidence/b.json",
        "test-result",
        "test result FAILED for `DEMO-AMF@21.3` (`evidence/b.json`) was recorded in the ledger and is gone from the workspace",
      ],
    ],
  );
  for (const { detail, digest } of found) assert.ok(detail.includes(digest));
  assert.deepEqual(vanishedFindings([]), []);
});

test("of a withheld one only digest and kind are known, and it says so", () => {
  const digest = "a".repeat(64);
  const [found] = vanishedFindings([{ digest, kind: "order" }]);
  assert.equal(found?.title, "a recorded order is gone, and its content was withheld");
  assert.deepEqual([found?.kind, found?.digest, found && "file" in found], ["order", digest, false]);
});

test("a statement of any kind has a name of its own", () => {
  const [one] = evidence;
  assert.ok(one);
  const titles = Object.values(samples).map((statement) => vanishedFindings([{ ...one, statement }])[0]?.title ?? "");
  assert.equal(new Set(titles).size, titles.length);
  for (const title of titles) assert.doesNotMatch(title, /undefined/);
});
