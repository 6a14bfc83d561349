import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { EquipmentKey, Product, Supplier } from "../../model/inventory.ts";
import { fold } from "../../model/name.ts";
import { likenessTo } from "./likeness.ts";
import type { Known, KnownAlias } from "./matches.ts";
import { proposeMatches } from "./propose.ts";

const suppliers: readonly Supplier[] = [
  { id: "demo-nordfunk", name: "Nordfunk Systems GmbH", seat: "DE" },
  { id: "demo-westwave", name: "Westwave Networks", seat: null },
];
const products: readonly Product[] = [
  { id: "nf-core", supplier: "demo-nordfunk", name: "Core 5", cpe: "cpe:2.3:a:nordfunk:core_five", purl: null },
  { id: "ww-core", supplier: "demo-westwave", name: "Core 6", cpe: null, purl: "pkg:generic/westwave/core6" },
];
const known = (aliases: readonly KnownAlias[] = [], releases: Known["releases"] = []): Known => ({
  suppliers: new Map(suppliers.map((supplier) => [supplier.id, supplier])),
  products: new Map(products.map((product) => [product.id, product])),
  aliases,
  releases,
});
const key = (
  maker: string | null,
  product: string | null,
  elements = 1,
  release: string | null = null,
): EquipmentKey => ({
  ...{ key: 0, operator: "DEMO-north", maker, product, release, digest: null, functions: null, mark: null, elements },
  ...{
    left: false,
    inService: null,
    inServiceUnknown: 0,
    releaseSince: null,
    releaseUnknown: 0,
    releaseUnknownFrom: null,
  },
});
const first = (keys: readonly EquipmentKey[], of = known()) => proposeMatches(keys, of).open[0];

test("the same text but for case, spaces and hyphens is proposed first", () => {
  const found = first([key("NORDFUNK  systems GmbH", null)]);
  assert.deepEqual(
    found?.proposals.map(({ as, by, score }) => [as, by, score]),
    [["supplier:demo-nordfunk", "text", 1]],
  );
});

test("CPE names and package URLs are understood without their version", () => {
  assert.equal(first([key(null, "cpe:2.3:a:nordfunk:core_five:21.3:*:*:*:*:*:*:*")])?.proposals[0]?.by, "cpe");
  assert.equal(first([key(null, "core_five")])?.proposals[0]?.as, "product:nf-core");
  assert.deepEqual(
    [first([key(null, "pkg:generic/westwave/core6@9.1")])?.proposals[0]].map((found) => [found?.as, found?.by]),
    [["product:ww-core", "purl"]],
  );
  assert.deepEqual(first([key(null, "pkg:%%%")])?.proposals, []);
});

test("likeness comes last, with its score, and only among the products of a known maker", () => {
  const found = first([key("demo-westwave", "Core 7")]);
  assert.deepEqual(
    found?.proposals.map(({ as, by }) => [as, by]),
    [["product:ww-core", "similarity"]],
  );
  assert.ok(found!.proposals[0]!.score < 1);
  assert.match(found!.proposals[0]!.reason, /by 0\.\d\d$/);
});

test("an unsigned alias is a proposal, a signed one settles the text", () => {
  const alias = { text: "NF", aliasOf: "supplier", id: "demo-nordfunk" } as const;
  assert.equal(first([key("NF", null)], known([{ ...alias, signed: false }]))?.proposals[0]?.by, "alias");
  const settled = proposeMatches([key("NF", null)], known([{ ...alias, signed: true }]));
  assert.deepEqual([settled.open, settled.known, settled.texts], [[], 1, 1]);
});

test("a release is proposed where it is the same version, never where it only looks alike", () => {
  const releases = [{ product: "nf-core", release: "21.3" }];
  const open = (release: string) =>
    proposeMatches([key("demo-nordfunk", "nf-core", 3, release)], known([], releases)).open;
  assert.equal(open("Release 21.3")[0]?.proposals[0]?.as, "release:nf-core@21.3");
  assert.deepEqual(open("21.3.2"), []);
  assert.equal(proposeMatches([key("demo-nordfunk", "nf-core", 3, "21.3.2")], known([], releases)).incomparable, 1);
  assert.deepEqual(open("21.3"), []);
});

test("texts on which most elements hang come first, each once, whatever the order of keys", () => {
  const keys = [key("x", "Core 5", 2), key("y", "Core 5", 9), key("y", "zz", 1)];
  const { open } = proposeMatches(keys, known());
  assert.deepEqual(
    open.map(({ column, text, elements }) => [column, text, elements]),
    [
      ["product", "Core 5", 11],
      ["maker", "y", 10],
      ["maker", "x", 2],
      ["product", "zz", 1],
    ],
  );
  assert.deepEqual(proposeMatches(keys.toReversed(), known()).open, open);
});

test("likeness is 1 for the same text, symmetric, and within bounds", () => {
  const text = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."abc 1".split("")) });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const of = (from: string, to: string) => likenessTo([{ id: "x", text: to }], 0)(from, 1)[0]?.score ?? 0;
      assert.equal(of(a, b), of(b, a));
      assert.ok(of(a, b) >= 0 && of(a, b) <= 1);
      if (fold(a) === fold(b)) assert.equal(of(a, b), 1);
    }),
    { seed: 3, numRuns: 200 },
  );
});
