import assert from "node:assert/strict";
import { test } from "node:test";
import { settingOf } from "../../test/kit/facts.ts";
import type { MakerSpread, Span } from "../model/measure.ts";
import { deriveLargestShare, deriveMakerCount } from "./spread.ts";

const spread = (makers: Span, largestShare: Span): MakerSpread => ({
  kind: "maker-spread",
  unplaced: 0,
  operator: "DEMO-north",
  segment: "core",
  elements: 10,
  unknown: makers.most - makers.least,
  makers,
  largestShare,
});
const share = (least: number, most: number) => {
  const setting = settingOf({ parameters: { largestShareLimit: 50 } });
  const { worst, best } = deriveLargestShare(setting, spread({ least: 2, most: 2 }, { least, most }));
  return [worst, best];
};

test("a share is below, at or above the limit; what is not known leaves a span of these", () => {
  assert.deepEqual(share(49.9, 49.9), ["below", "below"]);
  assert.deepEqual(share(50, 50), ["at", "at"]);
  assert.deepEqual(share(50.1, 50.1), ["above", "above"]);
  assert.deepEqual(share(40, 60), ["above", "below"]);
});

test("makers are counted up to twenty", () => {
  const count = (least: number, most: number) => {
    const { worst, best } = deriveMakerCount(settingOf(), spread({ least, most }, { least: 50, most: 50 }));
    return [worst, best];
  };
  assert.deepEqual(count(2, 2), [2, 2]);
  assert.deepEqual(count(1, 4), [1, 4]);
  assert.deepEqual(count(19, 400), [19, 20]);
});
