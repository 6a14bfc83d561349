/** Random small worlds around a fixed invented cast: who may sign what is right, what they say is anything. */
import fc from "fast-check";
import { anyKind, keys, kinds, manifestOf, often, operatorIds, releases, today } from "./generate-cast.ts";
import { certifying, registers, said } from "./generate-statements.ts";
import type { Signed, World } from "./world.ts";

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

/** Ways of configuring `de-2026`, so that packs load a few times only. */
const parameterSets: readonly Readonly<Record<string, string>>[] = [
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
      operatorRoles: {
        "de-2024-contract-operator": roles === "empty" ? [] : [{ operator: operatorIds[0]!, source: "invented" }],
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

/** An element as its table has it, without its id. */
type ElementRow = Readonly<Record<string, string | undefined>>;

const anyElement: fc.Arbitrary<ElementRow> = fc
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

const party = fc.record({
  from: fc.nat(),
  kind: fc.constant("maintained-by"),
  to: fc.constantFrom("DEMO-taiga", "DEMO-subsidiary"),
  place: fc.constantFrom("DE", "XL", ""),
  access: fc.constantFrom("mediated", "unmediated", "none", ""),
});

interface Size {
  readonly elements: readonly [least: number, most: number];
  readonly statements: number;
}
const small: Size = { elements: [3, 8], statements: 8 };

/** A random world. Element ids are `DEMO-e0` and so on; every statement has a file of its own. */
export function anyWorld({ elements: [minLength, maxLength], statements }: Size = small): fc.Arbitrary<World> {
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
