/** Random statements of every kind, single and in registers, each by somebody who may say it. */
import fc from "fast-check";
import { anyKind, copyists, kinds, manifestOf, nesas, often, operatorIds, releases } from "./generate-cast.ts";
import { register, type Signed } from "./world.ts";

const transcriptOf = {
  title: "DEMO public list",
  address: "https://example.org/list",
  seen: "2026-05-02",
  digest: { sha256: "a".repeat(64) },
};

type Says = Signed["says"];
/** Who says something, and when; a transcript says of what. */
export function signedBy(says: Says, by: readonly string[], on: string): Omit<Signed, "file"> {
  const copied = by.length > 1 && { transcriptOf };
  return { says: { ...says, predicate: { ...says.predicate, ...copied } }, by, on };
}

const certificateEntry = fc
  .record({
    kind: anyKind,
    number: fc.constantFrom(1, 1, 2),
    release: fc.constantFrom(...releases, "1.0", "1.0"),
    issued: fc.constantFrom("2024-06-03", "2025-11-19", "2026-01-15", "2026-01-15", "2026-05-01"),
    until: fc.constantFrom(undefined, undefined, "2026-10-01"),
    status: often("issued", "withdrawn"),
    holder: often("own", "DEMO-nord-before"),
    scheme: often("own", "BSZ", "EUCC"),
    complete: often(true, false),
  })
  .map(({ kind, number, holder, scheme, complete, until, ...rest }) => ({
    certificateId: `DEMO-C-${kind.functions}-${number}`,
    scheme: scheme === "own" ? kind.scheme : scheme,
    holder: holder === "own" ? kind.maker : holder,
    product: kind.product,
    ...(complete && kind.documents && { documents: [...kind.documents] }),
    ...(until !== undefined && { until }),
    ...rest,
  }));

const certificate = fc
  .tuple(certificateEntry, often(["DEMO-body"], ["DEMO-body-2"], copyists), fc.constantFrom("2026-05-02", "2026-09-01"))
  .map(([predicate, by, on]) => signedBy({ kind: "certificate", predicate }, by, on));

const update = fc
  .record({
    kind: anyKind,
    number: fc.constantFrom(1, 2),
    change: often("minor", "major"),
    by: fc.constantFrom("own", "lab"),
  })
  .map(({ kind, number, change, by }) => {
    const certificateId = `DEMO-C-${kind.functions}-${number}`;
    const predicate = { certificateId, product: kind.product, fromRelease: "1.0", toRelease: "1.1", change };
    return signedBy(
      { kind: "update-statement", predicate },
      [by === "own" ? `${kind.maker}-key` : "DEMO-lab"],
      "2026-06-01",
    );
  });

const orderEntry = fc
  .record({
    kind: anyKind,
    number: fc.constantFrom(1, 2),
    operators: fc.constantFrom("all", ["DEMO-north"], ["DEMO-south"]),
    makers: fc.constantFrom("own", "own", "parent", "all"),
    narrow: fc.constantFrom("product", "product", "function", "none"),
    subsidiaries: fc.boolean(),
    effective: often("2026-10-01", "2027-06-01"),
    status: often("in-force", "repealed"),
  })
  .map(({ kind, number, makers, narrow, operators, ...rest }) => ({
    orderId: `DEMO-O-${number}`,
    law: "BSIG 41",
    issued: "2026-08-01",
    operators: operators === "all" ? operators : [...operators],
    makers: makers === "all" ? makers : [makers === "own" ? kind.maker : "DEMO-lotus"],
    ...(narrow === "product" && { products: [kind.product] }),
    ...(narrow === "function" && { functions: [kind.functions] }),
    ...rest,
  }));

const order = fc
  .tuple(orderEntry, often(["DEMO-ministry"], copyists), fc.constantFrom("2026-08-02", "2026-09-01"))
  .map(([predicate, by, on]) => signedBy({ kind: "order", predicate }, by, on));

const noticeEntry = (operator: string) =>
  fc
    .record({ kind: anyKind, given: fc.constantFrom("2021-07-01", "2023-11-06", "2026-10-20"), narrow: fc.boolean() })
    .map(({ kind, given, narrow }) => ({
      declarationId: `DEMO-N-${operator}-${kind.functions}-${given}`,
      declaration: "notice",
      operator,
      product: kind.product,
      ...(narrow && { functions: [kind.functions] }),
      given,
    }));

const notice = fc
  .constantFrom(...operatorIds)
  .chain((operator) =>
    noticeEntry(operator).map((predicate) =>
      signedBy({ kind: "declaration", predicate }, [`${operator}-key`], "2026-10-21"),
    ),
  );

const guaranteeEntry = anyKind.map(({ functions, maker, product }) => ({
  declarationId: `DEMO-G-${functions}`,
  declaration: "guarantee",
  maker,
  product,
  given: "2021-07-01",
}));
const guarantee = guaranteeEntry.map((predicate) =>
  signedBy({ kind: "declaration", predicate }, [`${predicate.maker}-key`], "2026-05-02"),
);

const testResult = fc
  .record({
    kind: anyKind,
    release: fc.constantFrom(...releases),
    result: often("PASSED", "FAILED", "WARNED"),
    passedTests: often(["suite"], undefined, ["other suite"]),
    failedTests: often(undefined, ["suite"], ["other suite"]),
    by: often(["DEMO-lab"], ["DEMO-lab-2"], copyists),
    on: fc.constantFrom("2026-06-01", "2026-09-01"),
    manifest: often(true, false),
  })
  .map(({ kind, release, by, on, manifest, ...says }) => {
    const name = `${kind.product}@${release}`;
    const predicate = { configuration: [{ name: "suite" }], ...says };
    const digest = by.length > 1 ? transcriptOf.digest : { sha256: manifest ? manifestOf(name) : "a".repeat(64) };
    return { ...signedBy({ kind: "test-result", predicate }, by, on), subject: { name, digest } };
  });

const oversight = fc
  .record({
    kind: anyKind,
    ofProduct: fc.boolean(),
    level: fc.nat({ max: 6 }),
    until: often("", "2026-08-01"),
    by: fc.constantFrom("DEMO-lab", "DEMO-ministry"),
  })
  .map(({ kind, ofProduct, level, until, by }) => {
    const about = { maker: kind.maker, ...(ofProduct && { product: kind.product }), ...(until && { until }) };
    return signedBy({ kind: "oversight", predicate: { ...about, level } }, [by], "2026-06-01");
  });

const alias = fc
  .oneof(
    fc.constant({ text: "Nord AG", aliasOf: "supplier", id: "DEMO-nord" }),
    anyKind.map(({ product }) => ({ text: `${product} text`, aliasOf: "product", id: product })),
    anyKind.map(({ product }) => ({ text: "build 9", aliasOf: "release", id: "1.0", product })),
  )
  .map((predicate) => signedBy({ kind: "alias", predicate }, ["DEMO-north-key"], "2026-06-01"));

/** Any single statement; certificates come up twice as often. */
export const said = fc.oneof(certificate, certificate, update, order, notice, guarantee, testResult, oversight, alias);

/** Editions of one register, in one state; numbers may have a gap, and what begins late may say so. */
function editions(
  fields: { readonly register: string; readonly operator?: string; readonly schemes?: readonly string[] },
  by: readonly string[],
  entry: fc.Arbitrary<object>,
): fc.Arbitrary<readonly Omit<Signed, "file">[]> {
  return fc
    .record({
      numbers: fc.constantFrom([1], [1], [2], [1, 2, 3], [1, 2, 3], [1, 3], [4, 5]),
      saysFirst: often(true, false),
      state: often("fresh", "stale", "incomplete", "old"),
      entries: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(entry, { maxLength: 2 })),
    })
    .map(({ numbers, saysFirst, state, entries }) =>
      numbers.map((edition) => {
        const says = register({
          ...fields,
          edition,
          ...(saysFirst && edition > 1 && edition === numbers[0] && { first: true }),
          complete: state !== "incomplete",
          asOf: state === "old" ? "2026-01-10" : "2026-11-02",
          nextDue: state === "stale" ? "2026-11-10" : "2027-01-31",
          entries,
        } as never);
        return signedBy(says, by, "2026-11-03");
      }),
    );
}

const onScheme = (scheme: string) => certificateEntry.map((entry) => ({ ...entry, scheme }));
const maybe = <T>(arbitrary: fc.Arbitrary<readonly T[]>, freq: number) => fc.option(arbitrary, { nil: [], freq });

/** Registers of every kind in every state, or none. */
export const registers = fc
  .tuple(
    maybe(editions({ register: "orders" }, ["DEMO-ministry"], orderEntry), 8),
    ...operatorIds.flatMap((operator) => [
      maybe(editions({ register: "orders", operator }, [`${operator}-key`], orderEntry), 1),
      maybe(editions({ register: "certificates", operator }, [`${operator}-key`], certificateEntry), 2),
      maybe(editions({ register: "notices", operator }, [`${operator}-key`], noticeEntry(operator)), 2),
      maybe(editions({ register: "guarantees", operator }, [`${operator}-key`], guaranteeEntry), 2),
      maybe(editions({ register: "maintenance", operator }, [`${operator}-key`], fc.constant({ operator })), 3),
    ]),
    maybe(editions({ register: "certificates", schemes: [nesas] }, ["DEMO-body"], onScheme(nesas)), 1),
    maybe(editions({ register: "certificates", schemes: ["BSZ"] }, ["DEMO-body"], onScheme("BSZ")), 1),
  )
  .map((all) => all.flat());

/** A certificate, and what else it takes, for one of the elements: else hardly anything would ever be admitted. */
export function certifying(
  rows: readonly Readonly<Record<string, string | undefined>>[],
): fc.Arbitrary<readonly Omit<Signed, "file">[]> {
  return fc.subarray([...rows]).map((chosen) =>
    chosen.flatMap((row) => {
      const kind = kinds.find(({ product }) => product === row.product);
      if (!kind || !row.release) return [];
      const certified = {
        certificateId: `DEMO-C-${kind.functions}-${row.release === "1.0" ? 1 : 2}`,
        scheme: kind.scheme,
        status: "issued",
        holder: kind.maker,
        product: kind.product,
        release: row.release,
        ...(kind.documents && { documents: [...kind.documents] }),
        issued: "2026-01-15",
      };
      const guaranteed = {
        declarationId: `DEMO-G-${kind.functions}`,
        declaration: "guarantee",
        maker: kind.maker,
        product: kind.product,
        given: "2021-07-01",
      };
      return [
        signedBy({ kind: "certificate", predicate: certified }, ["DEMO-body"], "2026-05-02"),
        signedBy({ kind: "declaration", predicate: guaranteed }, [`${kind.maker}-key`], "2026-05-02"),
      ];
    }),
  );
}
