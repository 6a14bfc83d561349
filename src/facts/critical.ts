import type { FactDefinition, SelectingFact } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import { selecting } from "./build.ts";
import { classOf, listOn } from "./first-use.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

export const critical: FactDefinition = {
  name: "critical",
  mode: "selecting",
  values: [false, true],
  question: "Is the function critical under the list in force on the as-of day?",
  subject: "element",
  who: ["operator"],
};

/** From the pack's versioned lists; a function that neither we nor the pack know may be either. */
export function deriveCritical(setting: Setting, { function: name }: Equipment): SelectingFact {
  const list = listOn(setting, setting.asOf);
  const source = {
    kind: "pack",
    pack: setting.pack.name,
    text: list ? `${list.title} (${list.cites})` : "no list in force",
  } as const;
  const found = classOf(setting, name);
  if (found) return selecting(critical, [list?.classes.includes(found.id) ?? false], [source]);
  if (name !== undefined && domainOfFunction.has(name)) return selecting(critical, [false], [source]);
  const text = name === undefined ? "the element's function is not named" : `\`${name}\` is no function we know`;
  return selecting(critical, [false, true], [source], [{ code: "missing", text, who: "operator" }]);
}
