import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Sketch, sketched } from "../../test/kit/network.ts";
import type { DependenceRow } from "../model/dependence.ts";
import type { Span } from "../model/measure.ts";
import type { Shares } from "../model/shares.ts";
import { countShares } from "./count-shares.ts";
import { inventoryRows, type Ties, takeInventory } from "./dependence.ts";
import { mergeShares } from "./merge-shares.ts";
import { similarityOf } from "./similarity.ts";

const ties: Ties = {
  listed: new Set(["L"]),
  owner: (maker) => (maker === "c" ? { together: maker } : { known: maker === "a" ? "holding" : maker }),
  country: (maker) => (maker === "c" ? { together: maker } : { known: maker === "a" ? "XL" : "DE" }),
  similarity: similarityOf([]),
};

/** A hash that two operators share stands for the product itself. */
const hashOf = (product: string) => Buffer.from(product.padEnd(32, "0")).toString("hex").slice(0, 64);

function signed(sketch: Sketch, operator: string, hash: (product: string) => string | null = hashOf): Shares {
  const network = sketched(sketch);
  const at = network.operators.findIndex(({ id }) => id === operator);
  const { shares, touched } = countShares(network, at, ties.listed, hash);
  return {
    operator,
    asOf: "2026-01-01",
    elements: 99,
    unread: sketch.unread ?? 0,
    commonKey: "0".repeat(16),
    shares,
    touched,
  };
}

const thing = fc.record({
  site: fc.constantFrom("S1", "S2", "S3"),
  functions: fc.constantFrom("gNB", "AMF", "transport-router", undefined),
  made: fc.constantFrom("a", "b", "c", undefined),
  product: fc.constantFrom("P", "L", undefined),
  maintained: fc.constantFrom(["a"], ["a", "d"], undefined),
});
type Piece = typeof thing extends fc.Arbitrary<infer One> ? One : never;
const network = fc.array(thing, { minLength: 1, maxLength: 7 });

function sketchOf(name: string, things: readonly Piece[], sites: (site: string) => string): Sketch["things"] {
  return things.map(({ site, functions, made, product, maintained }) => ({
    at: `${name}/${sites(site)}`,
    ...(functions !== undefined && { functions }),
    ...(made !== undefined && { made }),
    ...(product !== undefined && { product }),
    ...(maintained !== undefined && { maintained }),
  }));
}

const regionOf = { S1: "north", S2: "south", T1: "north", T2: "south" };
/** Rows that shares can tell: by element and site, but functions and operators, whom they tell alike. */
const tellable = (rows: readonly DependenceRow[]) =>
  rows.filter(
    ({ base, partKind, scope }) =>
      (base === "element" || base === "site") && partKind !== "function" && scope === "nation",
  );
const nameOf = ({ by, channel, part, base }: DependenceRow) => [by, channel, part, base].join(" ");

/** Sites are told to a millionth: sums of fractions are alike to a thousandth, HHI of shares in percent to one. */
const coarse = (row: DependenceRow | undefined) =>
  JSON.parse(JSON.stringify(row), (name, value) =>
    typeof value === "number"
      ? Number(value.toFixed(value > 100 ? 0 : 3))
      : name === "holders"
        ? sortedByName(value)
        : value,
  );
const sortedByName = (holders: readonly { readonly name: string }[]) =>
  holders.toSorted((a, b) => (a.name < b.name ? -1 : 1));

test("with all makers of products known alike, counts of two operators tell what one inventory of both does", () => {
  fc.assert(
    fc.property(network, network, (north, south) => {
      // Makers of products are told by neither or by both, so that no inventory knows more than the counts.
      const even = (things: readonly Piece[]) =>
        things.map((one) => (one.product === "P" ? { ...one, made: undefined } : one));
      const [n, s] = [
        sketchOf("n", even(north), (site) => site),
        sketchOf("s", even(south), (site) => site.replace("S", "T")),
      ];
      const whole = sketched({ things: [...n, ...s], regionOf });
      const { inventory, regions } = takeInventory(whole, ties);
      const expected = tellable(inventoryRows(inventory, regions));
      const { rows } = mergeShares([signed({ things: n, regionOf }, "n"), signed({ things: s, regionOf }, "s")], ties);
      assert.deepEqual(tellable(rows).map(nameOf).sort(), expected.map(nameOf).sort());
      for (const row of expected)
        assert.deepEqual(coarse(tellable(rows).find((one) => nameOf(one) === nameOf(row))), coarse(row));
    }),
    { seed: 8, numRuns: 150 },
  );
});

test("what one operator knows of a maker, or a product that nobody hashed, only widens what counts tell", () => {
  const holds = (outer: Span | null, inner: Span | null) =>
    outer === null || inner === null
      ? outer === inner
      : outer.least <= inner.least + 0.01 && inner.most <= outer.most + 0.01;
  fc.assert(
    fc.property(network, network, fc.boolean(), (north, south, hashed) => {
      // Whoever names the maker of a product names the same.
      const agreed = (things: readonly Piece[]) =>
        things.map((one) => (one.product === "P" && one.made !== undefined ? { ...one, made: "a" as const } : one));
      const [n, s] = [
        sketchOf("n", agreed(north), (site) => site),
        sketchOf("s", agreed(south), (site) => site.replace("S", "T")),
      ];
      const { inventory, regions } = takeInventory(sketched({ things: [...n, ...s], regionOf }), ties);
      const hash = hashed ? hashOf : () => null;
      const files = [signed({ things: n, regionOf }, "n", hash), signed({ things: s, regionOf }, "s", hash)];
      const rows = tellable(mergeShares(files, ties).rows);
      for (const row of tellable(inventoryRows(inventory, regions)).filter(({ channel }) => channel === "made")) {
        const told = rows.find((one) => nameOf(one) === nameOf(row))!;
        for (const measure of ["count", "largest", "hhi", "effective"] as const)
          assert.ok(
            holds(told[measure], row[measure]),
            `${nameOf(row)}: ${measure} ${JSON.stringify([told[measure], row[measure]])}`,
          );
      }
    }),
    { seed: 9, numRuns: 150 },
  );
});

const element = "ab".repeat(32);
const one = {
  part: "access",
  base: "element",
  groups: [],
  singles: { units: 0, low: 0, squares: 0, greatest: 0 },
} as const;
const rest = { loose: 0, free: 0, adrift: 0, joins: 0, adds: 0 };
const file = (operator: string, maker: string, more: Partial<Shares> = {}): Shares => ({
  ...{ operator, asOf: "2026-01-01", elements: 3, unread: 0, commonKey: "1".repeat(16) },
  shares: ["", "access"].map((part) => ({
    ...one,
    ...rest,
    part,
    holders: [{ name: maker, units: 3, low: 3, may: 0 }],
  })),
  shared: [{ element, parts: ["access"], region: "", maker }],
  ...more,
});
const access = (files: readonly Shares[]) =>
  mergeShares(files, ties).rows.find(
    ({ scope, by, part, base }) => scope === "nation" && by === "supplier" && part === "access" && base === "element",
  )!;

test("a shared element counts once; where two makers are named, of nobody known", () => {
  const same = access([file("n", "a"), file("s", "a")]);
  assert.deepEqual(
    [same.total, same.unknown, mergeShares([file("n", "a"), file("s", "a")], ties).sharedOnce],
    [5, 0, 1],
  );
  const contested = access([file("n", "a"), file("s", "b")]);
  assert.deepEqual([contested.total, contested.unknown], [5, 1]);
  assert.deepEqual(
    contested.holders.map(({ units }) => units),
    [2, 2],
  );
});

test("without a key in common what is shared counts for one, and perhaps for the other", () => {
  const [least, most] = [
    access([file("n", "a"), file("s", "b", { commonKey: "2".repeat(16) })]),
    access([file("n", "a"), file("s", "b", { shared: [] })]),
  ];
  assert.deepEqual([least.total, least.unplaced, most.total], [5, 1, 6]);
  assert.deepEqual(least.holders.find(({ name }) => name === "a")!.share, { least: 50, most: 60 });
});

test("nothing added up is nothing told", () => {
  assert.deepEqual(mergeShares([], ties), { rows: [], sharedOnce: 0 });
});
