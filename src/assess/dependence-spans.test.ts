import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Span, shareIn, type Tally } from "../model/measure.ts";
import { countSpan, effectiveSpan, hhiSpan, largestSpan } from "./dependence-spans.ts";

interface Held {
  readonly units: number;
  readonly may: number;
}
interface Case {
  readonly base: "element" | "site";
  readonly holders: readonly Held[];
  readonly groups: readonly Held[];
  /** Units of each single. */
  readonly singles: readonly number[];
  readonly loose: number;
}

function tallyOf({ base, holders, groups, singles, loose }: Case): Tally {
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  const units = sum(singles);
  return {
    base,
    total: sum([...holders, ...groups].map((held) => held.units)) + units,
    holders: holders.map((held, at) => ({ name: `m${at}`, low: held.units, ...held })),
    groups: groups.map((held, at) => ({ name: `g${at}`, low: held.units, ...held })),
    singles: { units, low: units, squares: sum(singles.map((one) => one ** 2)), greatest: Math.max(0, ...singles) },
    loose,
    ...{ free: 0, adrift: 0, joins: 0, adds: 0 },
  };
}

/** What each known holder, and each new one, has in one way things may be. */
type World = readonly number[];

/** Every way things may be: what may belong here does or does not, and what has no known holder belongs to anybody. */
function* worlds({ holders, groups, singles, loose }: Case): Generator<World> {
  const open = [
    ...groups,
    ...singles.map((units) => ({ units, may: 0 })),
    ...Array.from({ length: loose }, () => ({ units: 0, may: 1 })),
  ];
  for (const known of amounts(holders)) for (const unknown of amounts(open)) yield* given(known, unknown, 0);

  function* amounts([first, ...rest]: readonly Held[]): Generator<readonly number[]> {
    if (!first) return yield [];
    for (let more = 0; more <= first.may; more += 1)
      for (const others of amounts(rest)) yield [first.units + more, ...others];
  }

  function* given(has: World, unknown: readonly number[], at: number): Generator<World> {
    const units = unknown[at];
    if (units === undefined) return yield has;
    for (const to of has.keys()) yield* given(has.with(to, has[to]! + units), unknown, at + 1);
    yield* given([...has, units], unknown, at + 1);
  }
}

function bounds(cases: Case, number: (world: World) => number): Span {
  let span = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  for (const world of worlds(cases)) {
    const value = number(world);
    span = { least: Math.min(span.least, value), most: Math.max(span.most, value) };
  }
  return span;
}
const whole = (world: World) => world.reduce((sum, units) => sum + units, 0);
const hhi = (world: World) => world.reduce((sum, units) => sum + ((100 * units) / whole(world)) ** 2, 0);

function assertSame(got: Span, expected: Span, what: string) {
  const text = `${what}: ${JSON.stringify(got)} is not ${JSON.stringify(expected)}`;
  assert.ok(Math.abs(got.least - expected.least) < 1e-4 && Math.abs(got.most - expected.most) < 1e-4, text);
}

function assertExact(one: Case) {
  const tally = tallyOf(one);
  for (const at of one.holders.keys()) {
    const share = shareIn(tally, (name) => name === `m${at}`);
    assertSame(
      share,
      bounds(one, (world) => (100 * world[at]!) / whole(world)),
      `share of m${at}`,
    );
  }
  const two = shareIn(tally, (name) => (name === "m0" ? true : name === "m1" ? "unknown" : false));
  const least = bounds(one, (world) => (100 * (world[0] ?? 0)) / whole(world)).least;
  if (one.holders.length > 0) assertSame({ ...two, most: 0 }, { least, most: 0 }, "least of a role");
  assertSame(
    largestSpan(tally),
    bounds(one, (world) => (100 * Math.max(...world)) / whole(world)),
    "largest",
  );
  assertSame(hhiSpan(tally), bounds(one, hhi), "HHI");
}

const held = fc.record({ units: fc.nat(3), may: fc.nat(2) });
const byElement: fc.Arbitrary<Case> = fc
  .record({
    base: fc.constant("element" as const),
    holders: fc.array(held, { maxLength: 3 }),
    groups: fc.array(held, { maxLength: 2 }),
    singles: fc.array(fc.constant(1), { maxLength: 2 }),
    loose: fc.nat(2),
  })
  .filter((one) => tallyOf(one).total > 0);

test("by element shares, count, largest and HHI are what all assignments give, no wider and no narrower", () => {
  fc.assert(
    fc.property(byElement, (one) => {
      assertExact(one);
      const count = (world: World) => world.filter((units) => units > 0).length;
      assert.deepEqual(countSpan(tallyOf(one)), bounds(one, count));
    }),
    { seed: 23, numRuns: 150 },
  );
});

test("in other bases they are exact too where all is placed", () => {
  const part = fc.integer({ min: 0, max: 12 }).map((twelfths) => twelfths / 12);
  const placed = part.map((units) => ({ units, may: 0 }));
  const bySite: fc.Arbitrary<Case> = fc
    .record({
      base: fc.constant("site" as const),
      holders: fc.array(placed, { maxLength: 3 }),
      groups: fc.array(placed, { maxLength: 2 }),
      singles: fc.array(part, { maxLength: 3 }),
      loose: fc.constant(0),
    })
    .filter((one) => tallyOf(one).total > 0);
  fc.assert(fc.property(bySite, assertExact), { seed: 29, numRuns: 150 });
});

test("many makers of whom each may have more: the search for the greatest HHI agrees with trying every choice", () => {
  const twelve = fc.array(fc.record({ units: fc.nat(40), may: fc.nat(40) }), { minLength: 6, maxLength: 9 });
  fc.assert(
    fc.property(twelve, fc.nat(20), (holders, loose) => {
      const one: Case = { base: "element", holders, groups: [], singles: [], loose };
      if (tallyOf(one).total === 0) return;
      let most = 0;
      for (let choice = 0; choice < 2 ** holders.length; choice += 1) {
        const has = holders.map(({ units, may }, at) => units + ((choice >> at) & 1 ? may : 0));
        for (const at of has.keys()) most = Math.max(most, hhi(has.with(at, has[at]! + loose)));
        if (loose > 0) most = Math.max(most, hhi([...has, loose]));
      }
      assert.ok(Math.abs(hhiSpan(tallyOf(one)).most - most) < 1e-4, `${hhiSpan(tallyOf(one)).most} is not ${most}`);
    }),
    { seed: 31, numRuns: 100 },
  );
});

test("the effective number is 10,000 / HHI, and of nothing it is nothing", () => {
  assert.deepEqual(effectiveSpan({ least: 2500, most: 5000 }), { least: 2, most: 4 });
  const nothing = tallyOf({ base: "element", holders: [], groups: [], singles: [], loose: 0 });
  assert.deepEqual(effectiveSpan(hhiSpan(nothing)), { least: 0, most: 0 });
  assert.deepEqual(largestSpan(nothing), { least: 0, most: 0 });
});
