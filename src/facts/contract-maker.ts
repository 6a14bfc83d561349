import type { FactDefinition, GradedFact } from "../model/fact.ts";
import { graded } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { belongsTo } from "./suppliers.ts";

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
  const known = belongsTo(setting.knowledge, maker.id, new Set(listed.map(({ supplier }) => supplier)), setting.asOf);
  if (known !== "unknown") return graded(known, known, sources);
  const text = `owners.csv does not tell who holds the majority of \`${maker.id}\``;
  return graded(true, false, sources, [{ code: "missing", text, who: "operator" }]);
}
