/** Random small worlds around a fixed invented cast: who may sign what is right, what they say is anything. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { register, type Signatory, type Signed, type World } from "./world.ts";

/** The day on which generated worlds are asked, and up to which their statements are known. */
export const today = "2026-11-20";

const tags = ["DEMO-north", "DEMO-south"] as const;
const releases = ["1.0", "1.1", "2.0"] as const;
/** One of each era: before 9b, 9b before the list, 9b, 9b, the gap, certificate, certificate. */
const uses = [
  "2019-05-01",
  "2021-06-15",
  "2022-03-01",
  "2024-02-05",
  "2025-12-10",
  "2026-02-02",
  "2026-06-02",
] as const;
const since2026 = ["2026-02-02", "2026-03-02", "2026-06-02", "2026-07-02"] as const;

/** A kind of equipment: its product, who sells it, what it does, and what certifies it. */
export interface Kind {
  readonly product: string;
  readonly maker: string;
  readonly functions: string;
  readonly scheme: string;
  readonly documents?: readonly string[];
}

const nesas = "NESAS-CCS-GI";
export const kinds: readonly Kind[] = [
  { product: "DEMO-core", maker: "DEMO-nord", functions: "AMF", scheme: nesas, documents: ["TS 33.512"] },
  { product: "DEMO-gateway", maker: "DEMO-taiga", functions: "UPF", scheme: nesas, documents: ["TS 33.513"] },
  { product: "DEMO-router", maker: "DEMO-taiga", functions: "transport-router", scheme: "BSZ" },
  { product: "DEMO-manager", maker: "DEMO-subsidiary", functions: "RAN-management", scheme: nesas },
  { product: "DEMO-radio", maker: "DEMO-lotus", functions: "gNB", scheme: nesas },
];
/** Kinds that something can certify come up more often: elsewhere little can be learned from evidence. */
const anyKind = fc.constantFrom(...kinds, kinds[0]!, kinds[1]!, kinds[2]!);

const keys: readonly Signatory[] = [
  { id: "DEMO-body", party: "DEMO body", role: "body" },
  { id: "DEMO-body-2", party: "DEMO other body", role: "body" },
  { id: "DEMO-lab", party: "DEMO lab", role: "lab" },
  { id: "DEMO-lab-2", party: "DEMO other lab", role: "lab" },
  { id: "DEMO-ministry", party: "DEMO ministry", role: "authority" },
  { id: "DEMO-approver-1", party: "DEMO-north", role: "approver" },
  { id: "DEMO-approver-2", party: "DEMO-north", role: "approver" },
  ...tags.map((operator): Signatory => ({ id: `${operator}-key`, party: operator, role: "operator" })),
  ...[...new Set(kinds.map(({ maker }) => maker))].map(
    (maker): Signatory => ({ id: `${maker}-key`, party: maker, role: "maker" }),
  ),
];
const copyists = ["DEMO-approver-1", "DEMO-approver-2"];

/** Ways of configuring `de-2026`, so that packs load a few times only. */
export const parameterSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { criticalList: "draft-2025-10" },
  { exemptEraMustBeShown: "no" },
  { firstUseMeans: "element", lapse: "admitted", certifiedLate: "refused" },
];

const config = fc
  .record({
    parameters: fc.constantFrom(...parameterSets, {}, {}),
    roles: fc.constantFrom("absent", "empty", "listed", "listed"),
    asOf: fc.constantFrom(today, today, "2027-01-15", "2026-03-20"),
  })
  .map(({ parameters, roles, asOf }): World["config"] => ({
    name: "generated",
    country: "DE",
    demo: true,
    binding: [{ pack: "de-2026", parameters }],
    compare: [{ pack: "de-2019" }],
    ...(roles !== "absent" && {
      roles: {
        "de-2024-contract-maker": roles === "empty" ? [] : [{ supplier: "DEMO-lotus", source: "invented" }],
      },
    }),
    days: { asOf, knownAt: today },
  }));

const companies = fc
  .record({ risk: fc.constantFrom("yes", "yes", "no", ""), held: fc.constantFrom(40, 51, 100), gap: fc.boolean() })
  .map(({ risk, held, gap }): World["tables"] => ({
    operators: [
      { id: "DEMO-north", name: "DEMO north", increased_risk: "yes" },
      { id: "DEMO-south", name: "DEMO south", increased_risk: risk },
    ],
    suppliers: [...new Set(kinds.map(({ maker }) => maker)), "DEMO-nord-before"].map((id) => ({ id, name: id })),
    owners: [
      { owner: "free-float", owned: "DEMO-nord", percent: 100 },
      { owner: "free-float", owned: "DEMO-taiga", percent: gap ? 45 : 100 },
      { owner: "free-float", owned: "DEMO-lotus", percent: 100 },
      { owner: "DEMO-lotus", owned: "DEMO-subsidiary", percent: held },
      { owner: "free-float", owned: "DEMO-subsidiary", percent: 100 - held },
    ],
    succession: [{ predecessor: "DEMO-nord-before", successor: "DEMO-nord", day: "2025-01-01" }],
    products: kinds.map(({ product, maker }) => ({ id: product, supplier: maker, name: product })),
  }));

/** The first value nine times in ten: what is odd about a world should mostly be odd alone. */
const often = <T>(value: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 9 * others.length, arbitrary: fc.constant(value) }, ...others.map((other) => fc.constant(other)));

/** An element as its table has it, without its id. */
export type ElementRow = Readonly<Record<string, string | undefined>>;

export const anyElement: fc.Arbitrary<ElementRow> = fc
  .record({
    kind: anyKind,
    operator: often("DEMO-north", "DEMO-south", "DEMO-unregistered"),
    maker: often("own", "", "DEMO-nord-before", "Nord AG", "DEMO-lotus", "nobody we know"),
    product: often("own", "", "own text", "DEMO-radio"),
    release: fc.constantFrom(...releases, "1.0", "1.0", "1.1", "build 9", ""),
    functions: often("own", "", "own;gNB", "own;AMF", "flux-capacitor"),
    since: fc.option(fc.constantFrom(...uses, ...since2026), { nil: undefined, freq: 8 }),
    later: fc.constantFrom("same", "same", "", "2026-06-02", "2026-09-01"),
    digest: often("", "manifest", "f".repeat(64)),
  })
  .map(({ kind, since, later, digest, ...row }) => ({
    operator: row.operator,
    maker: row.maker === "own" ? kind.maker : row.maker,
    product: row.product === "own" ? kind.product : row.product === "own text" ? `${kind.product} text` : row.product,
    release: row.release,
    functions: row.functions.replace("own", kind.functions),
    in_service_since: since,
    release_since: later === "same" || (since !== undefined && later < since) ? since : later,
    digest: digest === "manifest" ? manifestOf(`${kind.product}@${row.release}`) : digest,
  }));

/** The digest that statements about a release have as their subject. */
function manifestOf(name: string): string {
  return createHash("sha256").update(`manifest of ${name}`).digest("hex");
}

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

export const certificateEntry = fc
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
  .constantFrom(...tags)
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
    result: often("PASSED", "FAILED"),
    by: often("DEMO-lab", "DEMO-lab-2"),
  })
  .map(({ kind, release, result, by }) => ({
    ...signedBy({ kind: "test-result", predicate: { result, configuration: [{ name: "suite" }] } }, [by], "2026-06-01"),
    subject: { name: `${kind.product}@${release}`, digest: { sha256: manifestOf(`${kind.product}@${release}`) } },
  }));

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

/** Editions of one register, in one state; numbers may have a gap. */
function editions(
  fields: { readonly register: string; readonly operator?: string; readonly schemes?: readonly string[] },
  by: readonly string[],
  entry: fc.Arbitrary<object>,
): fc.Arbitrary<readonly Omit<Signed, "file">[]> {
  return fc
    .record({
      numbers: fc.constantFrom([1], [1], [2], [1, 2, 3], [1, 2, 3], [1, 3]),
      state: often("fresh", "stale", "incomplete", "old"),
      entries: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(entry, { maxLength: 2 })),
    })
    .map(({ numbers, state, entries }) =>
      numbers.map((edition) => {
        const says = register({
          ...fields,
          edition,
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

const registers = fc
  .tuple(
    maybe(editions({ register: "orders" }, ["DEMO-ministry"], orderEntry), 8),
    ...tags.flatMap((operator) => [
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
function certifying(rows: readonly ElementRow[]): fc.Arbitrary<readonly Omit<Signed, "file">[]> {
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

const party = fc.record({
  from: fc.nat(),
  kind: fc.constant("maintained-by"),
  to: fc.constantFrom("DEMO-taiga", "DEMO-subsidiary"),
  place: fc.constantFrom("DE", "XL", ""),
  access: fc.constantFrom("mediated", "unmediated", "none", ""),
});

export interface Size {
  readonly elements: readonly [least: number, most: number];
  readonly statements: number;
}
export const small: Size = { elements: [3, 8], statements: 8 };

/** A random world. Element ids are `DEMO-e0` and so on; every statement has a file of its own. */
export function anyWorld({ elements: [minLength, maxLength], statements }: Size = small): fc.Arbitrary<World> {
  const said = fc.oneof(certificate, certificate, update, order, notice, guarantee, testResult, oversight, alias);
  return fc.array(anyElement, { minLength, maxLength }).chain((rows) =>
    fc
      .record({
        config,
        companies,
        signed: fc.array(said, { maxLength: statements }),
        fitting: certifying(rows),
        registers,
        parties: fc.array(party, { maxLength: 3 }),
        shared: fc.array(fc.nat(), { maxLength: 1 }),
      })
      .map(({ config, companies, signed, fitting, registers, parties, shared }): World => {
        const idOf = (number: number) => `DEMO-e${number % rows.length}`;
        return {
          config,
          tables: {
            ...companies,
            elements: rows.map((row, at) => ({ id: idOf(at), ...row })),
            ...(parties.length > 0 && { relations: parties.map((row) => ({ ...row, from: idOf(row.from) })) }),
            ...(shared.length > 0 && {
              uses: shared.map((at) => ({ operator: "DEMO-south", element: idOf(at), kind: "shared" })),
            }),
          },
          keys,
          signed: withFiles([...fitting, ...signed, ...registers]),
        };
      }),
  );
}

/** Gives each statement a file of its own. */
export function withFiles(signed: readonly Omit<Signed, "file">[], prefix = "s"): readonly Signed[] {
  return signed.map((one, at) => {
    const folder = one.says.kind === "register" ? "registers" : "evidence";
    return { ...one, file: `${folder}/${prefix}${String(at).padStart(3, "0")}.json` };
  });
}
