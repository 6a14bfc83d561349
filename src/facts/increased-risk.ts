import type { FactDefinition, SelectingFact } from "../model/fact.ts";
import { selecting } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

export const increasedRisk: FactDefinition = {
  name: "increasedRisk",
  mode: "selecting",
  values: [false, true],
  question: "Does the operator run a public network with increased risk potential (TKG 167)?",
  subject: "element",
  who: ["operator", "authority"],
};

export function deriveIncreasedRisk(_setting: Setting, { operator, registered }: Equipment): SelectingFact {
  const known = registered?.increasedRisk ?? null;
  const source = {
    kind: "row",
    ...(registered?.place ?? { file: "operators.csv" }),
    text: `operator \`${operator}\`: increased_risk ${known === null ? "empty" : known ? "yes" : "no"}`,
  } as const;
  const text = registered
    ? `increased_risk of \`${operator}\` is empty`
    : `\`${operator}\` does not stand in operators.csv`;
  return selecting(
    increasedRisk,
    known === null ? [false, true] : [known],
    [source],
    [{ code: "missing", text, who: "operator" }],
  );
}
