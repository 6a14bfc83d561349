import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import { graded } from "./build.ts";
import { closure } from "./registers.ts";
import { parameter, type Setting } from "./setting.ts";

const best = 3;

export const maintenance: FactDefinition = {
  name: "maintenance",
  mode: "graded",
  values: [0, 1, 2, best],
  labels: [
    "unmediated, from abroad",
    "mediated, from abroad",
    "unmediated, at home",
    "mediated, at home, or nobody from outside",
  ],
  question: "From where do people of suppliers work on it, and through the operator's own gateway or not?",
  subject: "element",
  who: ["operator"],
};

/** The widest access of all parties that the tables name (`supplier|place|access`, joined by `;`). */
export function deriveMaintenance(setting: Setting, operator: string, parties: string): GradedFact {
  const each = parties === "" ? [] : parties.split(";").map((party) => ofParty(setting, party));
  const worst = Math.min(best, ...each.map((span) => span.worst));
  const reached = Math.min(best, ...each.map((span) => span.best));
  const sources = each.map(({ text }) => ({ kind: "row", file: "relations", text }) as const);
  const why = each.flatMap((span) => span.why);
  const whole = closure(setting, "maintenance", operator);
  if (whole.closed && !setting.knowledge.damaged.has("relations")) {
    return graded(worst, reached, [...sources, ...whole.sources], why);
  }
  const lost: Why = { code: "input", text: "rows of the relations table could not be read", who: "operator" };
  return graded(0, reached, sources, [...why, whole.closed ? lost : whole.why]);
}

function ofParty(setting: Setting, party: string): { worst: number; best: number; text: string; why: readonly Why[] } {
  const [supplier = "", place = "", access = ""] = party.split("|");
  const home: readonly boolean[] =
    place === "" || setting.country === undefined ? [false, true] : [place === setting.country];
  const mediated: readonly boolean[] = access === "" ? [false, true] : [access !== "unmediated"];
  const levels =
    access === "none"
      ? [best]
      : home.flatMap((isHome) => mediated.map((isMediated) => (isHome ? 2 : 0) + (isMediated ? 1 : 0)));
  const text = `\`${supplier}\` from \`${place || "unknown"}\`, access ${access || "unknown"}`;
  const why: Why = { code: "missing", text: `place or access of \`${supplier}\` is not known`, who: "operator" };
  return { worst: Math.min(...levels), best: Math.max(...levels), text, why: levels.length > 1 ? [why] : [] };
}

export const accessAllowed: FactDefinition = {
  name: "accessAllowed",
  mode: "graded",
  values: [false, true],
  question: "Is all access of suppliers' people within what the pack's parameter `accessAtMost` allows?",
  subject: "element",
  who: ["operator"],
};

/** Words of the parameter, and the lowest level that each allows. */
export const accessWords: Readonly<Record<string, number>> = {
  any: 0,
  "mediated-from-abroad": 1,
  "from-home": 2,
  "mediated-from-home": best,
};

/** The level cut at the pack's parameter; a word that the pack does not know allows the least. */
export function deriveAccessAllowed(setting: Setting, operator: string, parties: string): GradedFact {
  const { worst, best: reached, sources, why } = deriveMaintenance(setting, operator, parties);
  const wanted = accessWords[parameter(setting, "accessAtMost")] ?? best;
  return graded(Number(worst) >= wanted, Number(reached) >= wanted, sources, why);
}
