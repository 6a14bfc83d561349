import type { Span } from "../model/measure.ts";

/** Rows as CSV (RFC 4180); a cell of text that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

/** Both ends of a number that is not known exactly; empty where nothing is said. */
export function ends(span: Span | null | undefined): readonly (number | "")[] {
  return span ? [span.least, span.most] : ["", ""];
}

function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
