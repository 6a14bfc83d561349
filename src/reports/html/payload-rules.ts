import type { ReportData } from "../../model/report-data.ts";
import type { PayloadRule } from "./payload-shape.ts";
import type { Texts } from "./texts.ts";

/** The rules in the order of the data, with their German words where the pack has them. */
export function payloadRules(texts: Texts, { rules, translations }: ReportData): readonly PayloadRule[] {
  return rules.map(({ pack, id, title, remedy, cites, certainty, kind }) => {
    const german = translations[pack]?.de?.rules[id];
    return {
      pack: texts.place(pack),
      id: texts.place(id),
      kind,
      title: [texts.place(title), texts.place(german?.title ?? null)],
      remedy: [texts.place(remedy), texts.place(german?.remedy ?? null)],
      cites: texts.place(cites),
      certainty,
    };
  });
}
