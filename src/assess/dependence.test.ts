import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type NetworkShape, piecesTogether as networkOf, type Piece } from "../../test/kit/pieces.ts";
import type { DependenceRow } from "../model/dependence.ts";
import { bases, type MakerSpread, type Span, unknownUnits } from "../model/measure.ts";
import { inventoryRows, type Ties, takeInventory } from "./dependence.ts";
import { type Ordered, spreadOverMakers } from "./dependence-spreads.ts";
import { similarityOf } from "./similarity.ts";

const nobodyAlike = similarityOf([]);
const everybodyAlone: Ties = {
  listed: new Set(),
  owner: (maker) => ({ known: maker }),
  country: (maker) => ({ known: maker }),
  similarity: nobodyAlike,
};

const server = (maker: string | null, more: Partial<Piece> = {}): Piece => ({
  operator: "DEMO-north",
  site: "S1",
  maker,
  functions: ["server"],
  ...more,
});
const many = (count: number, one: Piece) => Array.from({ length: count }, () => one);
const spreadsOf = (pieces: readonly Piece[], shape: Partial<NetworkShape> = {}, ordered: readonly Ordered[] = []) =>
  spreadOverMakers(takeInventory(networkOf({ pieces, ...shape }), everybodyAlone).inventory, ordered);
const byElement = (pieces: readonly Piece[], shape: Partial<NetworkShape> = {}, ordered: readonly Ordered[] = []) =>
  spreadsOf(pieces, shape, ordered).map(({ element }) => element);
const rowsOf = (shape: NetworkShape, ties: Partial<Ties> = {}): readonly DependenceRow[] => {
  const { inventory, regions } = takeInventory(networkOf(shape), { ...everybodyAlone, ...ties });
  return inventoryRows(inventory, regions);
};

test("shares are exact where every maker and segment is known", () => {
  const [spread] = byElement([...many(3, server("a")), server("b")]);
  assert.deepEqual(spread?.largestShare, { least: 75, most: 75 });
  assert.deepEqual(spread?.makers, { least: 2, most: 2 });
  assert.equal(spread?.tally.holders[0]?.units, 3);
});

test("an unknown maker may be any known or a new one", () => {
  const [spread] = byElement([...many(2, server("a")), ...many(2, server(null))]);
  assert.deepEqual(spread?.largestShare, { least: 50, most: 100 });
  assert.deepEqual(spread?.makers, { least: 1, most: 3 });
  assert.deepEqual(spread?.effective, { least: 1, most: 2.666667 }, "all of one, or 2, 1 and 1 of four");
});

test("units of one product stay together, and are of the maker that some of them name", () => {
  const [together] = byElement([...many(2, server("a")), ...many(2, server(null, { product: "P" }))]);
  assert.deepEqual(together?.makers, { least: 1, most: 2 });
  assert.deepEqual(together?.effective, { least: 1, most: 2 });
  const [named] = byElement([server("a", { product: "P" }), ...many(2, server(null, { product: "P" })), server("b")]);
  assert.deepEqual(named?.largestShare, { least: 75, most: 75 });
});

test("of makers that are all unknown one has at least its even part", () => {
  assert.deepEqual(byElement(many(4, server(null)))[0]?.largestShare, { least: 25, most: 100 });
});

test("elements of unknown function widen their own operator's segments, unread ones everybody's", () => {
  const south = many(3, server("a", { operator: "DEMO-south", site: "S2" }));
  const [north, other, nation] = byElement([...many(3, server("a")), ...south, server("b", { functions: [] })]);
  assert.deepEqual(north?.largestShare, { least: 75, most: 100 });
  assert.deepEqual(other?.largestShare, { least: 100, most: 100 });
  assert.deepEqual([nation?.scope, nation?.unplaced], ["nation", 1]);
  assert.deepEqual(byElement(many(3, server("a")), { unread: 1 })[0]?.makers, { least: 1, most: 2 });
});

test("the nation counts what operators share once", () => {
  const shared = many(2, server("a")).flatMap((one) => [one, { ...one, operator: "DEMO-south", again: true }]);
  const [north, south, nation] = byElement([...shared, ...many(2, server("b", { operator: "DEMO-south" }))]);
  assert.deepEqual(
    [north, south, nation].map((one) => one?.tally.total),
    [2, 4, 4],
  );
  assert.deepEqual([nation?.operator, nation?.largestShare], ["", { least: 50, most: 50 }]);
});

test("a site is split over its makers, and what is not placed joins a site or makes one", () => {
  const sites = ["a", "a", "a", "a", "a", "a", "a", "a", "b", "b"].map((maker, at) =>
    server(maker, { site: `S${at}` }),
  );
  const bySite = (pieces: readonly Piece[], shape: Partial<NetworkShape> = {}, ordered: readonly Ordered[] = []) =>
    spreadsOf(pieces, shape, ordered)[0]?.site;
  assert.deepEqual(bySite(sites)?.largestShare, { least: 80, most: 80 });
  // At a site of its own: 8 of 11, or of the same maker 9 of 11; at one that is there: 7.5 to 8.5 of 10.
  const adrift = bySite(sites, { unread: 1 });
  assert.deepEqual(adrift?.largestShare, { least: 72.72727273, most: 85 });
  assert.deepEqual(adrift?.makers, { least: 2, most: 3 });
  // At a known site only that site's parts move: 7.5 of 10 at least, and at most still 8.
  const known = bySite([...sites, server("c", { site: "S0", functions: [] })]);
  assert.deepEqual(known?.largestShare, { least: 75, most: 80 });
  const order = { operator: "DEMO-north", segment: "core", maker: "c", units: 1 };
  assert.deepEqual(bySite(sites, {}, [order])?.makers, { least: 3, most: 3 });
});

test("people and traffic weigh sites, and where no table tells them every share is open", () => {
  const radio = (maker: string, site: string, region: string): Piece =>
    server(maker, { site, region, functions: ["gNB"] });
  const pieces = [radio("a", "S1", "East"), radio("b", "S2", "East"), radio("b", "S3", "West")];
  const regions = [
    { name: "East", people: 100 },
    { name: "West", people: 300 },
  ];
  const [told] = spreadsOf(pieces, { regions, traffic: { S1: 10, S2: 0, S3: 30 } });
  assert.deepEqual(told?.people.largestShare, { least: 87.5, most: 87.5 });
  assert.deepEqual(told?.traffic.largestShare, { least: 75, most: 75 });
  const [untold] = spreadsOf(pieces);
  assert.deepEqual(untold?.people.largestShare, { least: 0, most: 100 });
  assert.match(untold?.people.lacking ?? "", /regions\.csv/);
  assert.match(untold?.traffic.lacking ?? "", /demands\.csv/);
  const [part] = spreadsOf(pieces, { regions: [regions[0]!, { name: "West", people: null }] });
  assert.match(part?.people.lacking ?? "", /people around each radio site/);
});

test("people of a region are shared among its operators by their customers, so that each counts once", () => {
  const radio = (operator: string, maker: string): Piece =>
    server(maker, { operator, site: `S-${operator}`, region: "East", functions: ["gNB"] });
  const pieces = [radio("DEMO-north", "a"), radio("DEMO-south", "b")];
  const regions = [{ name: "East", people: 100 }];
  const nation = (customers: Record<string, number>) =>
    spreadsOf(pieces, { regions, customers }).find(({ element }) => element.scope === "nation")?.people;
  const told = nation({ "DEMO-north": 30, "DEMO-south": 10 });
  assert.deepEqual([told?.tally.total, told?.largestShare], [100, { least: 75, most: 75 }]);
  assert.match(nation({ "DEMO-north": 30 })?.lacking ?? "", /operators\.csv/);
});

test("owners join makers; a maker whose owner is not known may be anybody's", () => {
  const owner: Ties["owner"] = (maker) => (maker === "c" ? { together: "c" } : { known: maker === "b" ? "a" : maker });
  const pieces = [...many(2, server("a")), server("b"), server("c")];
  const row = rowsOf({ pieces }, { owner }).find(({ by, part }) => by === "owner" && part === "core");
  assert.deepEqual(row?.holders[0], { name: "a", units: 3, share: { least: 75, most: 100 } });
  assert.deepEqual([row?.unknown, row?.count, row?.hhi], [1, { least: 1, most: 2 }, { least: 6250, most: 10_000 }]);
});

test("where an element may have several holders, shares are parts touched and there is no index", () => {
  const pieces = [
    server("a", { maintained: { sure: ["x", "y"], open: false } }),
    server("a", { maintained: { sure: ["x"], open: true } }),
    server("a", { maintained: { sure: [], open: true } }),
    server("a", { maintained: { sure: [], open: false } }),
  ];
  const row = rowsOf({ pieces }).find(({ channel, part }) => channel === "maintained" && part === "core");
  assert.deepEqual(row?.holders, [
    { name: "x", units: 2, share: { least: 50, most: 75 } },
    { name: "y", units: 1, share: { least: 25, most: 75 } },
  ]);
  assert.deepEqual([row?.unknown, row?.hhi, row?.similar], [1, null, null]);
});

test("regions tell who made their access network; what has no region may stand in any", () => {
  const radio = (maker: string, site: string, region?: string): Piece =>
    server(maker, { site, functions: ["gNB"], ...(region && { region }) });
  const pieces = [radio("a", "S1", "East"), radio("b", "S2", "West"), radio("c", "S3")];
  const rows = rowsOf({
    pieces,
    regions: [
      { name: "East", people: 1 },
      { name: "West", people: 1 },
    ],
  });
  const shown = rows.filter(({ scope, base }) => scope === "region" && base === "element");
  assert.deepEqual(
    shown.map(({ name, holders }) => [name, holders[0]?.name, holders[0]?.share]),
    [
      ["East", "a", { least: 50, most: 100 }],
      ["West", "b", { least: 50, most: 100 }],
    ],
  );
});

test("an empty network has no rows, and no maker known leaves everything open", () => {
  assert.deepEqual(rowsOf({ pieces: [] }), []);
  const [row] = rowsOf({ pieces: many(2, server(null)) });
  assert.deepEqual([row?.holders, row?.count, row?.hhi], [[], { least: 1, most: 2 }, { least: 5000, most: 10_000 }]);
  assert.deepEqual(byElement([], { unread: 3 }), []);
});

/** A row whose truth is known, and what of it the tables do not say. */
interface Hidden {
  readonly truth: Required<Pick<Piece, "operator" | "site" | "maker" | "functions" | "product">>;
  readonly hides: { readonly maker: boolean; readonly functions: boolean; readonly site: boolean };
}

/** Truth: each product has one maker. */
const piece = fc.record({
  operator: fc.constantFrom("DEMO-north", "DEMO-south"),
  site: fc.constantFrom("S1", "S2", "S3"),
  maker: fc.constantFrom("a", "b", "c"),
  functions: fc.constantFrom(["server"], ["gNB"]),
  product: fc.constantFrom(null, "P", "Q"),
});
const hidden: fc.Arbitrary<Hidden> = fc
  .tuple(piece, fc.record({ maker: fc.boolean(), functions: fc.boolean(), site: fc.boolean() }))
  .map(([truth, hides]) => ({
    truth: { ...truth, product: truth.product === null ? null : `${truth.product} of ${truth.maker}` },
    hides,
  }));
const worlds = fc.array(hidden, { minLength: 1, maxLength: 9 });
const hide = ({ truth, hides }: Hidden): Piece => ({
  ...truth,
  site: hides.site ? null : truth.site,
  maker: hides.maker ? null : truth.maker,
  functions: hides.functions ? [] : truth.functions,
});
const shape: Partial<NetworkShape> = {
  sites: { S1: "East", S2: "East", S3: "West" },
  regions: [
    { name: "East", people: 100 },
    { name: "West", people: 60 },
  ],
  customers: { "DEMO-north": 30, "DEMO-south": 10 },
  traffic: { S1: 5, S2: 20, S3: 75 },
};
/** Something stands at every site, for traffic can only begin where an operator has equipment. */
const everywhere = ["DEMO-north", "DEMO-south"].flatMap((operator) =>
  ["S1", "S2", "S3"].map((site): Piece => ({ operator, site, maker: "d", functions: ["OSS-BSS"] })),
);
const told = (pieces: readonly Piece[]) => spreadsOf([...everywhere, ...pieces], shape);
const same = (one: MakerSpread) => (other: MakerSpread) =>
  one.scope === other.scope && one.operator === other.operator && one.segment === other.segment;

function assertWithin(inner: Span, outer: Span, what: string) {
  const text = `${what}: ${JSON.stringify(inner)} is not within ${JSON.stringify(outer)}`;
  assert.ok(outer.least <= inner.least + 1e-4 && inner.most <= outer.most + 1e-4, text);
}

function assertNarrower(now: MakerSpread, before: MakerSpread) {
  assertWithin(now.makers, before.makers, "makers");
  if (now.lacking !== undefined) return;
  for (const name of ["largestShare", "largestOwnerShare", "effective", "similar"] as const)
    assertWithin(now[name], before[name], `${name} by ${now.base}`);
}

for (const base of bases) {
  test(`by ${base}: whatever the unknown turns out to be lies within the spans`, () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const truth = told(world.map(({ truth: one }) => one)).map((one) => one[base]);
        for (const { [base]: seen } of told(world.map(hide))) assertNarrower(truth.find(same(seen))!, seen);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test(`by ${base}: knowing one thing more only narrows`, () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.constantFrom("maker", "functions"), (world, place, what) => {
        const at = place % world.length;
        const more = world.map((one, index) =>
          index === at ? { ...one, hides: { ...one.hides, [what]: false } } : one,
        );
        const after = told(more.map(hide)).map((one) => one[base]);
        for (const { [base]: before } of told(world.map(hide))) assertNarrower(after.find(same(before))!, before);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test(`by ${base}: the makers' parts and what is of unknown maker add up to the whole`, () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const {
          [base]: { tally },
        } of told(world.map(hide))) {
          const sum = tally.holders.reduce((all, { units }) => all + units, unknownUnits(tally));
          assert.ok(Math.abs(sum - tally.total) < 1e-4, `${sum} is not ${tally.total}`);
        }
      }),
      { seed: 13, numRuns: 200 },
    );
  });
}

test("units are what a plain count gives, of an operator and with what is shared counted once", () => {
  const shared = fc.record({ truth: piece, both: fc.boolean() });
  const weightOf = (site: string) => shape.traffic![site]!;
  fc.assert(
    fc.property(fc.array(shared, { minLength: 1, maxLength: 8 }), (some) => {
      const rows = some.flatMap(({ truth, both }): readonly Piece[] => {
        const one = { ...truth, product: null };
        return both
          ? [
              { ...one, operator: "DEMO-north" },
              { ...one, operator: "DEMO-south", again: true },
            ]
          : [one];
      });
      for (const { element, site, traffic } of told(rows)) {
        const { scope, operator, segment } = element;
        const functions = segment === "core" ? ["server"] : segment === "access" ? ["gNB"] : ["OSS-BSS"];
        const own = [...everywhere, ...rows].filter((row) =>
          scope === "nation" ? row.again !== true : row.operator === operator,
        );
        const here = own.filter((row) => row.functions[0] === functions[0]);
        for (const { name } of element.tally.holders) {
          const mine = here.filter(({ maker }) => maker === name);
          const split = (weight: (site: string) => number) =>
            mine.reduce((sum, row) => {
              const beside = here.filter((other) => other.site === row.site && other.operator === row.operator);
              return sum + weight(row.site!) / beside.length;
            }, 0);
          const units = ({ tally }: MakerSpread) => tally.holders.find((holder) => holder.name === name)?.units ?? 0;
          assert.equal(units(element), mine.length);
          assert.ok(Math.abs(units(site) - split(() => 1)) < 1e-5);
          if (traffic.lacking === undefined) assert.ok(Math.abs(units(traffic) - split(weightOf)) < 1e-4);
        }
      }
    }),
    { seed: 43, numRuns: 200 },
  );
});

test("knowing an owner more only narrows what owners have", () => {
  const owners = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("X", "Y"));
  const tiesOf = (known: Readonly<Record<string, string>>): Partial<Ties> => ({
    owner: (maker) => (known[maker] === undefined ? { together: maker } : { known: known[maker] }),
  });
  fc.assert(
    fc.property(
      worlds,
      owners,
      fc.constantFrom("a", "b", "c"),
      fc.constantFrom("X", "Y"),
      (world, known, maker, owner) => {
        const network = { ...shape, pieces: world.map(hide) };
        const byOwner = (some: Readonly<Record<string, string>>) =>
          rowsOf(network, tiesOf(some)).filter(({ by }) => by === "owner");
        const after = byOwner({ [maker]: owner, ...known });
        for (const [at, before] of byOwner(known).entries()) {
          const now = after[at]!;
          assertWithin(now.count, before.count, "count");
          assertWithin(now.largest, before.largest, "largest");
          assertWithin(now.hhi!, before.hhi!, "HHI");
        }
      },
    ),
    { seed: 17, numRuns: 200 },
  );
});

test("rows do not depend on the order of elements", () => {
  fc.assert(
    fc.property(worlds, fc.func(fc.nat()), (world, order) => {
      const pieces = world.map(hide);
      const shuffled = pieces.toSorted((a, b) => order(JSON.stringify(a)) - order(JSON.stringify(b)));
      assert.deepEqual(rowsOf({ ...shape, pieces: shuffled }), rowsOf({ ...shape, pieces }));
    }),
    { seed: 19, numRuns: 60 },
  );
});
