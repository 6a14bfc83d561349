import type { NationalView } from "../model/shares.ts";
import { dependenceTable } from "./dependence-text.ts";
import { columns, counted, grouped, paint, printable, type Style, wrap } from "./terminal.ts";

/** The view from signed counts, for people: whose networks, what was left out, dependence, and what is not told. */
export function nationalText(view: NationalView, style: Style): string {
  const sections = [
    head(view, style),
    operators(view, style),
    leftOut(view, style),
    dependence(view, style),
    foot(view),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function head({ operators: own, leftOut: out, asOf, knownAt, demo }: NationalView, style: Style): string[] {
  const missing = out.length > 0 ? `; INCOMPLETE: ${counted(out.length, "file")} did not count` : "";
  return [
    paint(
      style,
      "bold",
      `All operators together, from the signed counts of ${counted(own.length, "operator")}${missing}`,
    ),
    `  as of ${asOf}, known at ${knownAt}${asOf > knownAt ? " (a projection)" : ""}`,
    ...(demo ? ["  DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
  ];
}

function operators({ operators: own, sharedOnce }: NationalView, style: Style): string[] {
  if (own.length === 0) return [paint(style, "bold", "Whose networks"), "  nobody's: nothing was added up"];
  const rows = own.map(({ operator, asOf, signedOn, elements, unread, shared, file }) => [
    ...[printable(operator), grouped(elements), grouped(unread), grouped(shared), asOf, signedOn, printable(file)],
  ]);
  const once = sharedOnce > 0 ? [`  ${counted(sharedOnce, "element")} told by several, counted once by element`] : [];
  return [
    paint(style, "bold", "Whose networks"),
    ...columns([["operator", "elements", "not read", "shared", "as of", "signed on", "file"], ...rows]),
    ...once,
  ];
}

function leftOut({ leftOut: out }: NationalView, style: Style): string[] {
  if (out.length === 0) return [];
  const lines = out.flatMap(({ file, why }) => wrap(`${printable(file)}: ${why}`, "  "));
  return [paint(style, "bold", "Files that do not count: the view is without these networks"), ...lines];
}

function dependence({ dependence: { rows } }: NationalView, style: Style): string[] {
  const lines = dependenceTable(rows);
  return lines.length > 0 ? [paint(style, "bold", "Dependence: who made access and core"), ...lines] : [];
}

function foot({ notes }: NationalView): string[] {
  return notes.flatMap((note) => wrap(`${note}.`, "  "));
}
