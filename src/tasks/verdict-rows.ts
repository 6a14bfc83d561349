import type { VerdictRow } from "../model/ports/store.ts";
import type { Action } from "../model/verdict.ts";
import { type JudgedGroup, reasonsOf, whoCanAct } from "./judge.ts";

/** Header of the CSV of verdicts: a row per element, operator and action. */
export const csvHeader = [
  "element",
  "operator",
  "action",
  "outcome",
  "basis",
  "all_bases",
  "rules",
  "since",
  "grade",
  "who_can_act",
  "exceptions",
  "underlying",
];

/** What the rows of each question say after element and operator. */
export function csvRows(action: Action, judged: readonly JudgedGroup[]): readonly VerdictRow[] {
  const rows = new Map<string, VerdictRow>();
  for (const { group, binding } of judged) {
    const { outcome, basis, bases, since, grade, deciding, exceptions = [], underlying } = binding;
    const rules = reasonsOf(deciding);
    const who = outcome === "admitted" ? [] : whoCanAct(deciding);
    const columns = [
      ...[action, outcome, basis, bases.join(";"), rules.join(";"), since ?? "", grade ?? "", who.join(";")],
      exceptions.join(";"),
      underlying ? `${underlying.outcome}/${underlying.basis}` : "",
    ];
    rows.set(`${group.equipment} ${group.maintenance}`, {
      equipment: group.equipment,
      maintenance: group.maintenance,
      columns,
    });
  }
  return [...rows.values()];
}

/** The same for a record that was set aside. */
export function csvSetAside(action: Action): readonly string[] {
  return [action, "undecided", "input", "input", "", "", "", "operator", "", ""];
}
