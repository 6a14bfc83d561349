import type { Why } from "../model/fact.ts";
import type { Verdict } from "../model/verdict.ts";

const why: Why = {
  code: "left",
  text: "the ledger has it, the tables do not have it so any more, and no removal is signed: put the row back, or have two people sign that it is gone (`freigabe certify removal`)",
  who: "operator",
};

/**
 * What is said of equipment that left the tables: neither that it is there, nor that it is gone. `facts` stay those of what would hold
 * if it were still there; no rule stands against it, for none was asked.
 */
export function openOf(verdict: Verdict): Verdict {
  const { exceptions, underlying, until, since, ...there } = verdict;
  const rules = verdict.rules.map((rule) => ({ ...rule, reason: false }));
  return { ...there, outcome: "undecided", basis: "left", bases: ["left"], rules, reasons: [], why: [why] };
}
