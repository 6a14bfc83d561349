import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { equipmentOf, knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveOversight, deriveOversightEnough } from "./oversight.ts";

const lab = person("lab", "DEMO-LAB");
const body = person("body", "DEMO-BODY");
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

test("a lower level below the grade that the pack takes is heard: it lowers, and raises nothing", () => {
  const strict = packNamed("de-2026");
  const pack = { ...strict, manifest: { ...strict.manifest, lowestGrade: { oversight: "issuer" } } } as const;
  const maker = person("maker", "DEMO-MAKER", { from: "2020-01-01" });
  const spanOf = (said: Said) => {
    const { worst, best } = deriveOversight(settingOf({ pack, knowledge: knowing(said) }), equipmentOf());
    return [worst, best];
  };
  assert.deepEqual(spanOf([level(4), level(1, {}, maker)]), [1, 4]);
  assert.deepEqual(spanOf([level(2), level(5, {}, maker)]), [2, 2]);
  assert.deepEqual(spanOf([level(5, {}, maker)]), [0, 6]);
});
