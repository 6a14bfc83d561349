import type { FactDefinition, SelectingFact } from "../model/fact.ts";
import { selecting } from "./build.ts";
import { classOf, listOn, unknownFunction } from "./first-use.ts";
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
  const unknown = unknownFunction(setting, name);
  if (unknown) return selecting(critical, [false, true], [source], [unknown]);
  const found = classOf(setting, name);
  return selecting(critical, [found !== undefined && list?.classes.includes(found.id) === true], [source]);
}
