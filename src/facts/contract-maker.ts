import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import { graded } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { belongsTo, resolve } from "./suppliers.ts";

export const contractMaker: FactDefinition = {
  name: "contractMaker",
  mode: "graded",
  values: [true, false],
  labels: ["has the role, or is controlled by one that has", "has not"],
  question: "Does the maker have the role `de-2024-contract-maker`?",
  subject: "element",
  who: ["operator"],
};

const role = "de-2024-contract-maker";

/** From the configuration's list and the ownership table; votes that nobody is known to hold leave it open. */
export function deriveContractMaker(setting: Setting, { maker }: Equipment): GradedFact {
  const listed = setting.roles[role];
  if (listed === undefined) {
    const text = `freigabe.yaml does not say who has the role \`${role}\` (an empty list says: nobody)`;
    return graded(true, false, [], [{ code: "missing", text, who: "operator" }]);
  }
  const sources = listed.map(
    ({ supplier, source }) =>
      ({ kind: "row", file: "freigabe.yaml", text: `${role}: ${supplier} (${source})` }) as const,
  );
  if (listed.length === 0)
    return graded(false, false, [{ kind: "row", file: "freigabe.yaml", text: `${role}: nobody` }]);
  if (maker.id === undefined) return graded(true, false, sources, [maker.why]);
  const named = listed.map(({ supplier }) => [supplier, holder(setting, supplier)] as const);
  const ids = new Set(named.flatMap(([, id]) => id ?? []));
  const known = belongsTo(setting.knowledge, maker.id, ids, setting.asOf);
  const nobody = named.filter(([, id]) => id === undefined).map(([text]) => text);
  if (known === true || (known === false && nobody.length === 0)) return graded(known, known, sources);
  const why: Why[] = nobody.map((text) => unknownHolder(text));
  if (known === "unknown") {
    const text = `owners.csv does not tell who holds the majority of \`${maker.id}\``;
    why.push({ code: "missing", text, who: "operator" });
  }
  return graded(true, false, sources, why);
}

/** Whom a listed name means: a supplier, or a holder that owners.csv knows by that name. */
function holder({ knowledge, asOf }: Setting, name: string): string | undefined {
  if (knowledge.companies.owners.some(({ owner }) => owner === name)) return name;
  return resolve(knowledge, "supplier", name, asOf).id;
}

/** A misspelt name on the list must not clear the maker that was meant. */
function unknownHolder(name: string): Why {
  const text = `freigabe.yaml gives the role \`${role}\` to \`${name}\`, which names no supplier and no owner`;
  return { code: "identity", text, who: "operator" };
}
