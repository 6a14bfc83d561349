import type { FactDefinition, SelectingFact } from "../model/fact.ts";
import { selecting } from "./build.ts";
import { isCritical, listOn, unknownFunction, unsettled } from "./first-use.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

export const critical: FactDefinition = {
  name: "critical",
  mode: "selecting",
  values: [false, true],
  question: "Is the function critical under the list in force on the as-of day?",
  subject: "element",
  who: ["operator", "authority"],
};

/** From the pack's versioned lists; a function that nobody knows, or that the list does not settle, may be either. */
export function deriveCritical(setting: Setting, { function: name }: Equipment): SelectingFact {
  const list = listOn(setting, setting.asOf);
  const source = {
    kind: "pack",
    pack: setting.pack.name,
    text: list ? `${list.title} (${list.cites})` : "no list in force",
  } as const;
  const open = unknownFunction(setting, name) ?? unsettled(setting, name, setting.asOf);
  if (open) return selecting(critical, [false, true], [source], [open]);
  return selecting(critical, [isCritical(setting, name, list) === true], [source]);
}
