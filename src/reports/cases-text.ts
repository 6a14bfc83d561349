import type { WarningCases } from "../model/disclosure.ts";
import { paint, printable, type Style, wrap } from "./terminal.ts";

type Case = WarningCases["cases"][number];

const words: Readonly<Record<Case["state"], string>> = {
  open: "waits for two officers",
  overdue: "OVERDUE, waits for two officers",
  release: "released",
  tearline: "a lesser object given instead",
  waiver: "waived",
  ended: "ended: given by rule, or it warns no longer",
};
const colours: Readonly<Record<Case["state"], "red" | "yellow" | "green" | "dim">> = {
  ...{ open: "yellow", overdue: "red", release: "green", tearline: "green", waiver: "dim", ended: "dim" },
};
const order: readonly Case["state"][] = ["overdue", "open", "release", "tearline", "waiver", "ended"];

/** Warnings of a threat to life that rules keep from partners: those that wait first, by deadline. */
export function casesText({ cases }: WarningCases, style: Style): string {
  if (cases.length === 0) return "no case: no warning of a threat to life is kept from anybody\n";
  const sorted = cases.toSorted(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.deadline < b.deadline ? -1 : 1),
  );
  const lines = sorted.flatMap(({ id, version, opened, deadline, state, reason, by }) => [
    paint(style, colours[state], `${printable(id)}: ${words[state]}`),
    `    version ${printable(version)}, opened ${opened}, to be decided by ${deadline}`,
    ...(reason === undefined ? [] : wrap(`${(by ?? []).join(", ")}: ${reason}`, "    ")),
  ]);
  return `${lines.join("\n")}\n`;
}
