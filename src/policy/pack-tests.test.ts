import assert from "node:assert/strict";
import { test } from "node:test";
import { packOf } from "../../test/kit/policy-sample.ts";
import { readPackTests, runPackTests, uncoveredRules } from "./pack-tests.ts";

const text = `- name: no certificate in the era of certificates
  action: operate
  asOf: 2026-01-15
  facts: { listed: true, era: certificate, certificate: none, oversight: 1 }
  expect: { outcome: refused, basis: rule, rules: [CERT], advice: [OVERSIGHT] }
- name: an expired certificate is open
  action: operate
  asOf: 2026-01-15
  facts: { listed: true, era: [notice, certificate], certificate: { worst: none, best: release }, noticeGiven: true }
  why: { certificate: expired }
  expect: { outcome: undecided, basis: expired, rules: [CERT] }
- name: a function without a scheme
  action: operate
  asOf: 2026-01-15
  facts: { listed: true, era: certificate, certificate: { open: no-scheme } }
  expect: { outcome: undecided, basis: no-scheme, rules: [CERT] }
- name: not on the list
  action: deploy
  asOf: 2026-01-15
  facts: { listed: false }
  expect: { outcome: admitted, basis: no-duty }
`;
const file = { path: "tests/cases.yaml", text };
const pack = packOf();

test("tests of a pack are read with their lines, asked, and passed exactly", () => {
  const { tests, problems } = readPackTests([file, { path: "README.md", text: "- nothing" }]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    tests.map(({ line }) => line),
    [1, 6, 12, 17],
  );
  const results = runPackTests(pack, tests);
  assert.deepEqual(
    results.map(({ passed }) => passed),
    [true, true, true, true],
  );
  assert.deepEqual(results[0]?.got, { outcome: "refused", basis: "rule", rules: ["CERT"], advice: ["OVERSIGHT"] });
  assert.deepEqual(uncoveredRules(pack, results), ["LIMIT", "NOTICE", "ORDER"]);
});

test("a test fails on any difference in outcome, basis, rules or advice", () => {
  for (const [from, to] of [
    ["outcome: refused", "outcome: undecided"],
    ["basis: expired", "basis: missing"],
    ["rules: [CERT], advice", "rules: [CERT, NOTICE], advice"],
    ["advice: [OVERSIGHT]", "advice: []"],
    ["basis: no-duty }", "basis: no-duty, advice: [] }"],
  ] as const) {
    const { tests } = readPackTests([{ ...file, text: text.replace(from, to) }]);
    assert.equal(runPackTests(pack, tests).filter(({ passed }) => !passed).length, 1, to);
  }
});

test("a test that names what the catalogue does not have fails, and says what", () => {
  for (const [from, to, message] of [
    ["oversight: 1", "oversigt: 1", /no fact `oversigt`/],
    ["oversight: 1", "oversight: 9", /`oversight` cannot be `9`/],
    ["certificate: none,", "certificate: [none],", /graded fact: write one value or `{ worst, best }`/],
    ["era: certificate,", "era: { worst: none, best: notice },", /selecting fact: write one value or a list/],
    ["worst: none, best: release", "worst: release, best: none", /runs from worst to best/],
    ["why: { certificate: expired }", "why: { oversight: expired }", /`why` names `oversight`/],
    ["action: deploy", "action: maintain", /says nothing about `maintain`/],
  ] as const) {
    const { tests } = readPackTests([{ ...file, text: text.replace(from, to) }]);
    const failed = runPackTests(pack, tests).filter(({ passed }) => !passed);
    assert.equal(failed.length, 1, to);
    const got = failed[0]!.got;
    assert.match("error" in got ? got.error : "", message);
  }
});

test("a file of tests that cannot be read is a problem with its line", () => {
  const problemsOf = (changed: string) =>
    readPackTests([{ ...file, text: changed }]).problems.map(({ place, message }) => `${place.line} ${message}`);
  assert.match(
    problemsOf(text.replace("outcome: undecided, basis: expired", "outcome: perhaps, basis: expired")).join(),
    /^11 /,
  );
  assert.match(
    problemsOf(text.replace("asOf: 2026-01-15", "asOf: 2026-02-30")).join(),
    /^1 expected a day that exists/,
  );
  assert.match(
    problemsOf(text.replace("not on the list", "a function without a scheme")).join(),
    /^17 test `a function without a scheme` stands here twice/,
  );
  assert.match(problemsOf("[]").join(), /^1 expected at least 1 entries, got 0/);
  assert.match(problemsOf(`${text}\n  - x: [`).join(), /^\d+ /);
});
