import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveOversight, deriveOversightEnough } from "./oversight.ts";
import { deriveTested } from "./tested.ts";

const lab = person("lab", "DEMO-LAB");
const body = person("body", "DEMO-BODY");
const operator = person("operator", "DEMO-north");
const level = (reached: number, changes: Readonly<Record<string, unknown>> = {}, by = lab) =>
  [sample("oversight", { level: reached, ...changes }), by] as const;

type Said = Parameters<typeof knowing>[0] & object;
const span = (...said: Said) => {
  const { worst, best, why } = deriveOversight(settingOf({ knowledge: knowing(said) }), equipmentOf());
  return [worst, best, ...why.map(({ code }) => code)];
};

test("what reviewers signed about the product counts before what they signed about the maker", () => {
  assert.deepEqual(span(), [0, 6, "missing"]);
  assert.deepEqual(span(level(2)), [2, 2]);
  assert.deepEqual(span(level(2), level(4, { product: "DEMO-AMF" })), [4, 4]);
  assert.deepEqual(span(level(2), level(6, { product: "DEMO-SMF" })), [2, 2]);
});

test("two reviewers that differ make it contested, and an ended term opens it", () => {
  assert.deepEqual(span(level(2), level(4, {}, body)), [2, 4, "contested"]);
  assert.deepEqual(span(level(4, { until: "2026-11-19" })), [0, 6, "expired"]);
  assert.deepEqual(span(level(4, { until: "2026-11-20" })), [4, 4]);
});

test("the parameter `oversightAtLeast` cuts the level into enough and not", () => {
  const enough = (oversightAtLeast: number) => {
    const pack = packNamed("de-2019", { oversightAtLeast });
    const knowledge = knowing([level(2), level(4, {}, body)]);
    const { worst, best } = deriveOversightEnough(settingOf({ pack, knowledge }), equipmentOf());
    return [worst, best];
  };
  assert.deepEqual([2, 3, 4, 5].map(enough), [
    [true, true],
    [false, true],
    [false, true],
    [false, false],
  ]);
});

const result = (outcome: string) => [sample("test-result", { result: outcome }), lab] as const;
const holdsNone = [
  sample("register", {
    ...{ register: "certificates", operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01" },
    signedAt: "2026-10-01T09:00:00Z",
  }),
  operator,
] as const;
const tested = (said: Said, release: string | null = "21.3") => {
  const knowledge = knowing([...said, holdsNone]);
  const { worst, best, why } = deriveTested(
    settingOf({ knowledge, pack: packNamed("de-2019") }),
    equipmentOf({ release }),
  );
  return [worst, best, ...why.map(({ code }) => code)];
};

test("a release is tested by a passed result or a certificate of any scheme, and not by a failed one", () => {
  assert.deepEqual(tested([]), [false, false]);
  assert.deepEqual(tested([result("PASSED")]), [true, true]);
  assert.deepEqual(tested([result("FAILED")]), [false, false]);
  assert.deepEqual(tested([[sample("certificate", { scheme: "anything" }), body]]), [true, true]);
  assert.deepEqual(tested([result("PASSED")], "21.4"), [false, false], "another release");
});

test("a failed test beside a certificate is contested", () => {
  assert.deepEqual(tested([[sample("certificate"), body], result("FAILED")]), [false, true, "contested"]);
});
