import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type Sketch, sketched, type Thing } from "../../test/kit/network.ts";
import { segmentOf } from "../facts/segment.ts";
import type { DependenceRow } from "../model/dependence.ts";
import type { Span } from "../model/measure.ts";
import type { SharedElement, Shares } from "../model/shares.ts";
import { countShares } from "./count-shares.ts";
import { inventoryRows, type Ties, takeInventory } from "./dependence.ts";
import type { RegionsTable } from "./merge-people.ts";
import { mergeShares } from "./merge-shares.ts";
import { similarityOf } from "./similarity.ts";

const ties: Ties = {
  listed: new Set(["L"]),
  owner: (maker) => (maker === "c" ? { together: maker } : { known: maker === "a" ? "holding" : maker }),
  country: (maker) => (maker === "c" ? { together: maker } : { known: maker === "a" ? "XL" : "DE" }),
  similarity: similarityOf([]),
};
/** What the tables say beside the elements. */
interface World {
  readonly regionOf: Readonly<Record<string, string>>;
  readonly people: Readonly<Record<string, number>>;
  readonly customers: Readonly<Record<string, number>>;
  /** Whether each operator has traffic between its first place and its last. */
  readonly traffic?: boolean;
}
const plainWorld: World = { regionOf: { S1: "north", S2: "south" }, people: {}, customers: {} };
const worlds = fc.record({
  regionOf: fc.constantFrom(
    { S1: "north", S2: "south", S3: "south" },
    { S1: "north", S2: "north", S3: "north" },
    plainWorld.regionOf,
  ),
  people: fc.constantFrom({ north: 300, south: 100 }, { north: 90 }, {}),
  customers: fc.constantFrom({ n: 3, s: 1, w: 2 }, { n: 3, s: 1 }),
  traffic: fc.boolean(),
});

/** An element as the tables of all operators have it. */
interface Piece {
  readonly id: string;
  readonly site: string;
  readonly operators: readonly string[];
  readonly functions: string | undefined;
  readonly made: string | undefined;
  readonly product: string | undefined;
  readonly maintained: readonly string[] | undefined;
}

const piece = fc.record({
  site: fc.constantFrom("S1", "S2", "S3"),
  operators: fc.constantFrom(["n"], ["s"], ["w"], ["n", "s"], ["s", "w"], ["n", "s", "w"]),
  functions: fc.constantFrom("gNB", "AMF", "transport-router", "gNB;AMF", "AMF;unheard-of", undefined),
  made: fc.constantFrom("a", "b", "c", undefined),
  product: fc.constantFrom("P", "Q", "L", undefined),
  maintained: fc.constantFrom(["a"], ["a", "d"], undefined),
});
const pieces = fc
  .array(piece, { minLength: 1, maxLength: 9 })
  .map((some) => some.map((one, at): Piece => ({ ...one, id: `e${at}` })));

/** What of all pieces stands in some operators' networks. */
function thingsOf(some: readonly Piece[], operators: readonly string[]): readonly Thing[] {
  return some.flatMap(({ site, operators: all, functions, made, product, maintained }) => {
    const own = all.filter((one) => operators.includes(one));
    return own.map((operator, at) => ({
      at: `${operator}/${site}`,
      first: at === 0,
      ...(functions !== undefined && { functions }),
      ...(made !== undefined && { made }),
      ...(product !== undefined && { product }),
      ...(maintained !== undefined && { maintained }),
    }));
  });
}

const hashed = (key: string, text: string) => createHash("sha256").update(`${key} ${text}`).digest("hex");

/** What an operator signs whose tables have these pieces, whoever else uses them. */
function signed(some: readonly Piece[], operator: string, key = "common", world = plainWorld): Shares {
  const own = some.filter(({ operators }) => operators.includes(operator));
  const things = own.flatMap((one) => thingsOf([one], one.operators).filter((_, at) => one.operators[at] === operator));
  const network = sketched(sketchOf(things, world));
  const customers = world.customers[operator];
  return {
    ...{ operator, asOf: "2026-01-01", elements: own.length, unread: 0 },
    ...(customers !== undefined && { customers }),
    ...(key === "common" && { commonKey: "0".repeat(16) }),
    ...(own.length > 0 && countShares(network, 0, ties.listed, (product) => hashed(key, product))),
    shared: own.filter(({ operators }) => operators.length > 1).map((one) => sharedOf(one, operator, key, world)),
  };
}

function sharedOf(
  { id, site, operators, functions, made, product }: Piece,
  operator: string,
  key: string,
  { regionOf }: World,
): SharedElement {
  const known = (functions?.split(";") ?? [undefined]).map(segmentOf);
  return {
    element: hashed(key, id),
    first: operators[0] === operator,
    parts: known.flatMap((segment) => segment ?? []),
    loose: known.includes(undefined),
    region: regionOf[site] ?? "",
    ...(made !== undefined
      ? { maker: made }
      : product !== undefined && product !== "L" && { product: hashed(key, product) }),
  };
}

function sketchOf(things: readonly Thing[], { traffic, ...world }: World): Sketch {
  const places = Map.groupBy(new Set(things.map(({ at }) => at)), (at) => at.split("/")[0]!);
  const demands = [...places.values()].map((some) => ({ from: some.sort()[0]!, to: some.at(-1)!, value: some.length }));
  return { things, ...world, ...(traffic === true && { demands }) };
}

function inventoryOf(things: readonly Thing[], world = plainWorld, unread = 0): readonly DependenceRow[] {
  const { inventory, regions } = takeInventory(sketched({ ...sketchOf(things, world), unread }), ties);
  return tellable(inventoryRows(inventory, regions));
}

/** Rows that both tell: shares tell no functions, and of regions more parts than an inventory does. */
function tellable(rows: readonly DependenceRow[]): readonly DependenceRow[] {
  return rows.filter(
    ({ partKind, scope, part }) => partKind !== "function" && (scope !== "region" || part === "access"),
  );
}
const nameOf = ({ scope, name, by, channel, part, base }: DependenceRow) =>
  [scope, name, by, channel, part, base].join(" ");

const measures = ["count", "largest", "hhi", "effective", "similar"] as const;

function assertAlike(told: readonly DependenceRow[], expected: readonly DependenceRow[]): void {
  assert.deepEqual(told.map(nameOf).sort(), expected.map(nameOf).sort());
  for (const row of expected) {
    const own = told.find((one) => nameOf(one) === nameOf(row))!;
    const near = (a: number, b: number, what: string) =>
      assert.ok(Math.abs(a - b) < slack(b), `${nameOf(row)}: ${what} ${a}, not ${b}`);
    const alike = (a: Span | null, b: Span | null, what: string) => {
      if (a === null || b === null) return assert.equal(a, b);
      near(a.least, b.least, what);
      near(a.most, b.most, what);
    };
    for (const amount of ["total", "unknown", "unplaced"] as const) near(own[amount], row[amount], amount);
    for (const measure of measures) alike(own[measure], row[measure], measure);
    const holders = (some: DependenceRow) => some.holders.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(
      holders(own).map(({ name }) => name),
      holders(row).map(({ name }) => name),
      nameOf(row),
    );
    for (const [at, { name, units, share }] of holders(row).entries()) {
      near(holders(own)[at]!.units, units, name);
      alike(holders(own)[at]!.share, share, name);
    }
  }
}

/** Parts of sites are told to a millionth. */
const slack = (number: number) => 1e-5 * Math.max(1, number);

/** Every number of the inventory lies within what is told. */
function assertHeld(rows: readonly DependenceRow[], truth: readonly DependenceRow[]): void {
  for (const row of truth) {
    const own = rows.find((one) => nameOf(one) === nameOf(row));
    // Of elements that come back it is not known at which sites they stand.
    if (!own && (row.base === "site" || row.base === "traffic")) continue;
    assert.ok(own, nameOf(row));
    const within = (outer: Span | null, inner: Span | null, what: string) => {
      if (outer === null || inner === null) return;
      const held = outer.least - inner.least <= slack(inner.least) && inner.most - outer.most <= slack(inner.most);
      assert.ok(held, `${nameOf(row)}: ${what} ${JSON.stringify([outer, inner])}`);
    };
    // An element of which it is not known who else touches it counts as one more supplier at most.
    const told = row.channel === "made" ? measures : (["largest"] as const);
    for (const measure of told) within(own[measure], row[measure], measure);
    for (const { name, share } of own.holders) {
      const other = row.holders.find((holder) => holder.name === name);
      if (other) within(share, other.share, name);
    }
  }
}

const all = ["n", "s", "w"];
const filesOf = (some: readonly Piece[], world = plainWorld, key?: (operator: string) => string) =>
  all
    .filter((operator) => some.some(({ operators }) => operators.includes(operator)))
    .map((operator) => signed(some, operator, key?.(operator), world));
const nationally = (rows: readonly DependenceRow[]) => rows.filter(({ scope }) => scope !== "operator");

test("counts under a common key tell all that one inventory does: shared elements, products of open makers, people, traffic", () => {
  fc.assert(
    fc.property(pieces, worlds, (some, world) => {
      assertAlike(tellable(mergeShares(filesOf(some, world), ties).rows), inventoryOf(thingsOf(some, all), world));
    }),
    { seed: 8, numRuns: 400 },
  );
});

test("where an operator's file is not there, what it would have counted counts for the others", () => {
  fc.assert(
    fc.property(pieces, fc.constantFrom(...all), worlds, (some, missing, world) => {
      const there = all.filter((operator) => operator !== missing);
      const { rows } = mergeShares(
        filesOf(some, world).filter(({ operator }) => operator !== missing),
        ties,
      );
      const things = thingsOf(some, there);
      if (things.length > 0) assertHeld(tellable(rows), inventoryOf(things, world));
      const alone = filesOf(some, world).filter(({ operator }) => operator === missing);
      const own = thingsOf(some, [missing]);
      if (own.length > 0) assertAlike(tellable(mergeShares(alone, ties).rows), inventoryOf(own, world));
    }),
    { seed: 9, numRuns: 300 },
  );
});

test("without a key in common the numbers hold those with one", () => {
  fc.assert(
    fc.property(pieces, fc.constantFrom(["n"], ["w"], all), (some, without) => {
      const files = filesOf(some, plainWorld, (operator) => (without.includes(operator) ? operator : "common"));
      const truth = inventoryOf(thingsOf(some, all));
      assertHeld(nationally(tellable(mergeShares(files, ties).rows)), nationally(truth));
    }),
    { seed: 10, numRuns: 300 },
  );
});

test("where operators name different makers of what they share, the numbers hold both", () => {
  const isMade = ({ channel }: DependenceRow) => channel === "made";
  fc.assert(
    fc.property(pieces, fc.constantFrom("a", "b", "d", undefined), (some, other) => {
      // South sees another maker of all that it shares; products tell nothing of it.
      const plain = some.map((one) => ({ ...one, product: undefined }));
      const isShared = ({ operators }: Piece) => operators.length > 1 && operators.includes("s");
      const changed = (made: (one: Piece) => string | undefined) =>
        plain.map((one) => (isShared(one) ? { ...one, made: made(one) } : one));
      const files = [
        signed(plain, "n"),
        signed(
          changed(() => other),
          "s",
        ),
        signed(plain, "w"),
      ];
      const told = nationally(tellable(mergeShares(files, ties).rows)).filter(isMade);
      for (const truth of [changed(({ made }) => made ?? other), changed(({ made }) => other ?? made)])
        assertHeld(told, nationally(inventoryOf(thingsOf(truth, all))).filter(isMade));
    }),
    { seed: 11, numRuns: 300 },
  );
});

test("an element that two operators both count counts once, and what is contested is told", () => {
  fc.assert(
    fc.property(pieces, (some) => {
      // West's tables do not know that others use what it shares, and it counts all of it.
      const files = filesOf(some).map((file) =>
        file.operator === "w"
          ? { ...forWest(some), shared: file.shared!.map((one) => ({ ...one, first: true })) }
          : file,
      );
      const { rows, sharedOnce, contested } = mergeShares(files, ties);
      const told = nationally(tellable(rows)).filter(({ channel }) => channel === "made");
      assertHeld(
        told,
        nationally(inventoryOf(thingsOf(some, all))).filter(({ channel }) => channel === "made"),
      );
      const twice = some.filter(({ operators }) => operators.length > 1);
      assert.equal(sharedOnce, twice.length);
      assert.equal(contested, twice.filter(({ operators }) => operators.includes("w")).length);
    }),
    { seed: 12, numRuns: 300 },
  );
});

function forWest(some: readonly Piece[]): Shares {
  const { nationShares: _, nationTouched: __, ...file } = signed(some, "w");
  return file;
}

test("records that could not be read count once for one inventory, and for each of several", () => {
  const some: readonly Piece[] = all.map((operator, at) => ({
    ...{ id: `e${at}`, site: "S1", operators: [operator], functions: "gNB", made: "a" },
    ...{ product: undefined, maintained: undefined },
  }));
  const files = all.map((operator) => ({ ...signed(some, operator), unread: 2 }));
  const access = (own: readonly Shares[]) =>
    mergeShares(own, ties).rows.find(
      ({ scope, part, channel }) => scope === "nation" && part === "access" && channel === "made",
    );
  assert.equal(access(files)?.unplaced, 6);
  assert.equal(access(files.map((file) => ({ ...file, inventory: "0".repeat(64) })))?.unplaced, 2);
  assertAlike(
    tellable(
      mergeShares(
        files.map((file) => ({ ...file, inventory: "0".repeat(64) })),
        ties,
      ).rows,
    ),
    inventoryOf(thingsOf(some, all), plainWorld, 2),
  );
});

test("people of a region are those of the authority's own table, else what all operators say, else not known", () => {
  const some: readonly Piece[] = ["n", "s"].map((operator, at) => ({
    ...{ id: `e${at}`, site: "S1", operators: [operator], functions: "gNB", made: operator === "n" ? "a" : "b" },
    ...{ product: undefined, maintained: undefined },
  }));
  const world = (north: number): World => ({
    regionOf: { S1: "north" },
    people: { north },
    customers: { n: 3, s: 1 },
  });
  const north = signed(some, "n", "common", world(400));
  const share = (files: readonly Shares[], table: RegionsTable = []) =>
    mergeShares(files, ties, table)
      .rows.find(
        ({ scope, base, part, by }) => scope === "nation" && base === "people" && part === "" && by === "supplier",
      )
      ?.holders.map(({ name, units }) => [name, units]);
  const expected = [
    ["a", 300],
    ["b", 100],
  ];
  assert.deepEqual(share([north, signed(some, "s", "common", world(400))]), expected);
  const other = signed(some, "s", "common", world(500));
  assert.equal(share([north, other]), undefined);
  assert.deepEqual(share([north, other], [{ name: "north", people: 400, year: 2026, source: "invented" }]), expected);
  const { customers: _, ...silent } = north;
  assert.equal(share([silent, signed(some, "s", "common", world(400))]), undefined);
});

test("nothing added up is nothing told", () => {
  const people = { known: false, total: 0, years: [], sources: [], placed: 0 };
  assert.deepEqual(mergeShares([], ties), { rows: [], sharedOnce: 0, contested: 0, people });
});
