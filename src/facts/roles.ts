import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import { fold } from "../model/name.ts";
import { graded, type Known } from "./build.ts";
import { belongsTo } from "./owners.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve } from "./suppliers.ts";

/** Fact -> the role of a law that it asks about; who has a role stands in `freigabe.yaml`, with its source. */
export const roleOf: Readonly<Record<string, string>> = {
  contractMaker: "de-2024-contract-maker",
  designatedVendor: "uk-designated",
  coveredSupplier: "us-covered",
  highRiskSupplier: "eu-high-risk",
};

/** A fact for each role, all derived in one way. */
export const roleFacts: readonly (readonly [
  definition: FactDefinition,
  derive: (setting: Setting, equipment: Equipment) => GradedFact,
])[] = Object.entries(roleOf).map(([name, role]) => [
  {
    name,
    mode: "graded",
    values: [true, false],
    labels: ["has the role, or is controlled by one that has", "has not"],
    question: `Does the maker have the role \`${role}\`?`,
    subject: "element",
    who: ["operator"],
  },
  (setting, { maker }) => deriveRole(setting, role, maker),
]);

/** From the configuration's list and the ownership table; votes that nobody is known to hold leave it open. */
function deriveRole(setting: Setting, role: string, maker: Equipment["maker"]): GradedFact {
  const holders = holdersOf(setting, role);
  if (holders.kind === "unfilled") return graded(true, false, [], [holders.why]);
  if (holders.ids.size === 0 && holders.unclear.length === 0) return graded(false, false, holders.sources);
  if (maker.id === undefined) return graded(true, false, holders.sources, [maker.why]);
  const { known, why } = hasRole(setting, holders, maker.id);
  return known === "unknown" ? graded(true, false, holders.sources, why) : graded(known, known, holders.sources);
}

/** Who has a role, as far as the configuration says. */
export type Holders =
  | { readonly kind: "unfilled"; readonly why: Why }
  | {
      readonly kind: "listed";
      readonly ids: ReadonlySet<string>;
      /** Listed names that mean nobody we know: each may be anybody. */
      readonly unclear: readonly Why[];
      readonly sources: readonly Source[];
    };

/** The holders of a role. One that was never filled in is open; an empty list says that nobody has it. */
export function holdersOf(setting: Setting, role: string): Holders {
  const listed = setting.roles[role];
  if (listed === undefined) {
    const text = `freigabe.yaml does not say who has the role \`${role}\` (an empty list says: nobody)`;
    return { kind: "unfilled", why: { code: "missing", text, who: "operator" } };
  }
  const named = listed.map(({ supplier }) => [supplier, holder(setting, supplier)] as const);
  const texts = listed.length === 0 ? ["nobody"] : listed.map(({ supplier, source }) => `${supplier} (${source})`);
  return {
    kind: "listed",
    ids: new Set(named.flatMap(([, id]) => id ?? [])),
    unclear: [
      ...named.flatMap(([text, id]) => (id === undefined ? [unknownHolder(role, text)] : [])),
      ...almost(setting, role).map((other) => almostRole(role, other)),
    ],
    sources: texts.map((text): Source => ({ kind: "row", file: "freigabe.yaml", text: `${role}: ${text}` })),
  };
}

/** Whether a supplier is one of the holders or belongs to one; if that is not known, why. */
export function hasRole(
  { knowledge, asOf }: Setting,
  { ids, unclear }: Extract<Holders, { kind: "listed" }>,
  supplier: string,
): { readonly known: Known; readonly why: readonly Why[] } {
  const known = belongsTo(knowledge, supplier, ids, asOf);
  // A misspelt name on the list must not clear the maker that was meant.
  if (known === true || (known === false && unclear.length === 0)) return { known, why: [] };
  const text = `owners.csv does not tell who holds the majority of \`${supplier}\``;
  const owners: readonly Why[] = known === "unknown" ? [{ code: "missing", text, who: "operator" }] : [];
  return { known: "unknown", why: [...unclear, ...owners] };
}

/** Whom a listed name means: a supplier, or a holder that owners.csv knows by that name. */
function holder({ knowledge, asOf }: Setting, name: string): string | undefined {
  if (knowledge.companies.owners.some(({ owner }) => owner === name)) return name;
  return resolve(knowledge, "supplier", name, asOf).id;
}

/** Roles of the configuration that differ from one by case, white space or hyphens alone: whoever has them may have it. */
function almost({ roles }: Setting, role: string): readonly string[] {
  return Object.keys(roles).filter((other) => other !== role && fold(other) === fold(role));
}

function almostRole(role: string, other: string): Why {
  const text = `freigabe.yaml speaks of the role \`${other}\`, which may be \`${role}\``;
  return { code: "identity", text, who: "operator" };
}

function unknownHolder(role: string, name: string): Why {
  const text = `freigabe.yaml gives the role \`${role}\` to \`${name}\`, which names no supplier and no owner`;
  return { code: "identity", text, who: "operator" };
}
