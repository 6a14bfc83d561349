import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type MakerTally, spreadOverMakers } from "./dependence.ts";

const core = (maker: string | undefined, elements: number): MakerTally => {
  return { operator: "DEMO-north", segment: "core", ...(maker !== undefined && { maker }), elements };
};

test("shares are exact where every maker and segment is known", () => {
  const [spread] = spreadOverMakers([core("a", 3), core("b", 1)]);
  assert.deepEqual(spread?.largestShare, { least: 75, most: 75 });
  assert.deepEqual(spread?.makers, { least: 2, most: 2 });
  assert.equal(spread?.largest, "a");
});

test("an unknown maker may be any known or a new one", () => {
  const [spread] = spreadOverMakers([core("a", 2), core(undefined, 2)]);
  assert.deepEqual(spread?.largestShare, { least: 50, most: 100 });
  assert.deepEqual(spread?.makers, { least: 1, most: 3 });
});

test("elements of unknown function widen their own operator's segments, unread ones everybody's", () => {
  const unplaced: MakerTally = { operator: "DEMO-north", maker: "b", elements: 1 };
  const south = { ...core("a", 3), operator: "DEMO-south" };
  const [north, other] = spreadOverMakers([core("a", 3), south, unplaced]);
  assert.deepEqual(north?.largestShare, { least: 75, most: 100 });
  assert.deepEqual(other?.largestShare, { least: 100, most: 100 });
  assert.deepEqual(spreadOverMakers([core("a", 3)], 1)[0]?.makers, { least: 1, most: 2 });
});

test("whatever the unknown turns out to be lies within the spans", () => {
  const makers = ["a", "b", "c", "new"];
  const row = fc.record({
    maker: fc.constantFrom(...makers),
    here: fc.boolean(),
    hideMaker: fc.boolean(),
    hideSegment: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const truth = rows.map(({ maker, here }) => ({ ...core(maker, 1), segment: here ? "core" : "access" }));
      const told = rows.map(({ hideMaker, hideSegment }, at): MakerTally => {
        const { operator, maker, segment, elements } = truth[at]!;
        return { operator, elements, ...(!hideMaker && { maker: maker! }), ...(!hideSegment && { segment }) };
      });
      for (const real of spreadOverMakers(truth)) {
        const seen = spreadOverMakers(told).find(({ segment }) => segment === real.segment);
        if (!seen) continue;
        assert.ok(seen.largestShare.least <= real.largestShare.least + 1e-9);
        assert.ok(seen.largestShare.most >= real.largestShare.most - 1e-9);
        assert.ok(seen.makers.least <= real.makers.least && seen.makers.most >= real.makers.most);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
