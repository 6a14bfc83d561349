import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Base, bases, type MakerSpread, type Span } from "../model/measure.ts";
import { type MakerTally, spreadOverMakers } from "./dependence.ts";

const core = (maker: string | null, units: number, more: Partial<MakerTally> = {}): MakerTally => {
  return { operator: "DEMO-north", segment: "core", maker, units, once: units, ...more };
};
const byElement = (elements: readonly MakerTally[], unread = 0) =>
  spreadOverMakers({ base: "element", units: elements, elements }, unread);
const bySite = (units: readonly MakerTally[], elements: readonly MakerTally[]) =>
  spreadOverMakers({ base: "site", units, elements })[0];

test("shares are exact where every maker and segment is known", () => {
  const [spread] = byElement([core("a", 3), core("b", 1)]);
  assert.deepEqual(spread?.largestShare, { least: 75, most: 75 });
  assert.deepEqual(spread?.makers, { least: 2, most: 2 });
  assert.deepEqual(spread?.byMaker[0], { maker: "a", units: 3 });
});

test("an unknown maker may be any known or a new one", () => {
  const [spread] = byElement([core("a", 2), core(null, 2)]);
  assert.deepEqual(spread?.largestShare, { least: 50, most: 100 });
  assert.deepEqual(spread?.makers, { least: 1, most: 3 });
});

test("of makers that are all unknown one has at least its even part", () => {
  assert.deepEqual(byElement([core(null, 4)])[0]?.largestShare, { least: 25, most: 100 });
});

test("elements of unknown function widen their own operator's segments, unread ones everybody's", () => {
  const unplaced = core("b", 1, { segment: null });
  const south = core("a", 3, { operator: "DEMO-south" });
  const [north, other, nation] = byElement([core("a", 3), south, unplaced]);
  assert.deepEqual(north?.largestShare, { least: 75, most: 100 });
  assert.deepEqual(other?.largestShare, { least: 100, most: 100 });
  assert.deepEqual([nation?.scope, nation?.unplaced], ["nation", 1]);
  assert.deepEqual(byElement([core("a", 3)], 1)[0]?.makers, { least: 1, most: 2 });
});

test("the nation counts what operators share once", () => {
  const shared = [core("a", 2), core("a", 2, { operator: "DEMO-south", once: 0 })];
  const [north, south, nation] = byElement([...shared, core("b", 2, { operator: "DEMO-south" })]);
  assert.deepEqual([north?.total, south?.total, nation?.total], [2, 4, 4]);
  assert.deepEqual([nation?.operator, nation?.largestShare], ["", { least: 50, most: 50 }]);
});

test("by site an unplaced element joins a site or makes one; makers are counted over elements", () => {
  const elements = [core("a", 8), core("b", 2)];
  const units = [core("a", 8), core("b", 2)];
  assert.deepEqual(bySite(units, elements)?.largestShare, { least: 80, most: 80 });
  const one = bySite(units, [...elements, core(null, 1, { segment: null })]);
  // At a site of its own: 8 of 11, or of the same maker 9 of 11; at one that is there: 7.5 to 8.5 of 10.
  assert.deepEqual(one?.largestShare, { least: 72.72727273, most: 85 });
  assert.deepEqual(one?.makers, { least: 2, most: 3 });
  const adrift = bySite([...units, core("c", 0, { adrift: 2 })], [...elements, core("c", 2)]);
  assert.deepEqual([adrift?.unplaced, adrift?.makers], [2, { least: 3, most: 3 }]);
});

interface Row {
  readonly operator: string;
  readonly site: string | null;
  readonly maker: string | null;
  readonly segment: string | null;
}

/** Counts rows as the store does: a site counts 1 in each segment that has elements there, split over them evenly. */
function count(base: Base, rows: readonly Row[]) {
  const elements = rows.map((row): MakerTally => ({ ...row, units: 1, once: 1 }));
  const units = rows.map((row): MakerTally => {
    if (row.site === null) return { ...row, segment: null, units: 1, once: 1 };
    const here = rows.filter(
      (other) => other.site === row.site && other.segment === row.segment && other.operator === row.operator,
    );
    return { ...row, units: 1 / here.length, once: 1 / here.length };
  });
  return spreadOverMakers({ base, elements, units: base === "element" ? elements : units });
}

const row = fc.record({
  operator: fc.constantFrom("DEMO-north", "DEMO-south"),
  site: fc.constantFrom("S1", "S2", "S3"),
  maker: fc.constantFrom("a", "b", "c"),
  segment: fc.constantFrom("core", "access"),
});
const hidden = fc.record({ maker: fc.boolean(), segment: fc.boolean(), site: fc.boolean() });
const worlds = fc.array(fc.tuple(row, hidden), { minLength: 1, maxLength: 9 });
const hide = ([truth, hides]: readonly [Row, Readonly<Record<"maker" | "segment" | "site", boolean>>]): Row => ({
  operator: truth.operator,
  site: hides.site ? null : truth.site,
  maker: hides.maker ? null : truth.maker,
  segment: hides.segment ? null : truth.segment,
});
const same = (one: MakerSpread) => (other: MakerSpread) =>
  one.scope === other.scope && one.operator === other.operator && one.segment === other.segment;

function assertWithin(inner: Span, outer: Span) {
  const text = `${JSON.stringify(inner)} is not within ${JSON.stringify(outer)}`;
  assert.ok(outer.least <= inner.least + 1e-6 && inner.most <= outer.most + 1e-6, text);
}

for (const base of bases) {
  test(`by ${base}: whatever the unknown turns out to be lies within the spans`, () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const truth = count(
          base,
          world.map(([one]) => one),
        );
        for (const seen of count(base, world.map(hide))) {
          const real = truth.find(same(seen))!;
          assertWithin(real.largestShare, seen.largestShare);
          assertWithin(real.makers, seen.makers);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test(`by ${base}: knowing one thing more only narrows`, () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.constantFrom("maker", "segment", "site"), (world, place, what) => {
        const at = place % world.length;
        const more = world.map((one, index): (typeof world)[number] =>
          index === at ? [one[0], { ...one[1], [what]: false }] : one,
        );
        const after = count(base, more.map(hide));
        for (const before of count(base, world.map(hide))) {
          const now = after.find(same(before))!;
          assertWithin(now.largestShare, before.largestShare);
          assertWithin(now.makers, before.makers);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test(`by ${base}: the makers' parts and what is of unknown maker add up to the whole`, () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { byMaker, unknown, total } of count(base, world.map(hide))) {
          const sum = byMaker.reduce((all, { units }) => all + units, unknown);
          assert.ok(Math.abs(sum - total) < 1e-4, `${sum} is not ${total}`);
        }
      }),
      { seed: 13, numRuns: 200 },
    );
  });
}
