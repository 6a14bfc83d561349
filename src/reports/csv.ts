import type { Span } from "../model/measure.ts";
import { printable } from "./terminal.ts";

/** Rows as CSV (RFC 4180), with no cell of text that a spreadsheet or a terminal would obey; the store writes verdicts so too. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

/** Both ends of a number that is not known exactly; empty where nothing is said. */
export function ends(span: Span | null | undefined): readonly (number | "")[] {
  return span ? [span.least, span.most] : ["", ""];
}

/** After a semicolon too: where that is what separates cells, a spreadsheet begins another one there. */
const formula = /(^|;)([=+\-@＝＋－＠])/g;

function cell(value: string | number): string {
  const text = typeof value === "string" ? printable(value).replace(formula, "$1'$2") : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
