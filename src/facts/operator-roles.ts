import type { FactDefinition, SelectingFact, Source, Why } from "../model/fact.ts";
import { selecting } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

/** Fact -> the role of operators that it asks about; who has a role stands in `freigabe.yaml`, with its source. */
const roleOf: Readonly<Record<string, string>> = {
  contractOperator: "de-2024-contract-operator",
  universalService: "us-universal-service",
};

/** A fact for each role of operators: whom a rule binds, so neither value is the better one. */
export const operatorRoleFacts: readonly (readonly [
  definition: FactDefinition,
  derive: (setting: Setting, equipment: Equipment) => SelectingFact,
])[] = Object.entries(roleOf).map(([name, role]) => {
  const definition: FactDefinition = {
    name,
    mode: "selecting",
    values: [false, true],
    question: `Does the operator have the role \`${role}\`?`,
    subject: "element",
    who: ["operator"],
  };
  return [definition, (setting, equipment) => deriveRole(setting, definition, role, equipment)];
});

/** From the configuration's list, by id alone. A role that nobody filled in, and a name that is no operator's id, leave it open. */
function deriveRole(
  { operatorRoles = {}, knowledge }: Setting,
  definition: FactDefinition,
  role: string,
  { operator, registered }: Equipment,
): SelectingFact {
  const listed = operatorRoles[role];
  const open = (why: Why, sources: readonly Source[] = []) => selecting(definition, [false, true], sources, [why]);
  if (listed === undefined) {
    const text = `freigabe.yaml does not say which operators have the role \`${role}\` (an empty list says: none)`;
    return open({ code: "missing", text, who: "operator" });
  }
  const texts = listed.length === 0 ? ["nobody"] : listed.map((one) => `${one.operator} (${one.source})`);
  const sources = texts.map((text): Source => ({ kind: "row", file: "freigabe.yaml", text: `${role}: ${text}` }));
  if (listed.some((one) => one.operator === operator)) return selecting(definition, [true], sources);
  const strange = listed.find((one) => !knowledge.companies.operators.has(one.operator));
  if (!strange && (registered || listed.length === 0)) return selecting(definition, [false], sources);
  const text = strange
    ? `freigabe.yaml gives the role \`${role}\` to \`${strange.operator}\`, which is no operator's id`
    : `\`${operator}\` does not stand in operators.csv`;
  return open({ code: "identity", text, who: "operator" }, sources);
}
