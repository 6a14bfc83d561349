import type { Incoming, Tally } from "./incoming.ts";

/** The file of links of one source: rows are told apart by their id, and columns a source fills are its own. */
export function linkTable(
  file: string,
  rows: readonly Readonly<Record<string, string>>[],
  owned: readonly string[],
): readonly Incoming[] {
  if (rows.length === 0) return [];
  return [
    {
      table: "links",
      file: `links/${file}.csv`,
      key: ["id"],
      rows: rows.map((values) => ({ values })),
      existing: "updated",
      owned,
      complete: true,
    },
  ];
}

/** What stays unknown about links that have rows. */
export function linkRemarks(rows: readonly Readonly<Record<string, string>>[]): readonly Tally[] {
  const blank = (column: string) => rows.filter((row) => (row[column] ?? "") === "").length;
  return nonZero([
    ["links: weight unknown, so each counts as 1", blank("weight")],
    ["links: capacity unknown", blank("capacity")],
  ]);
}

/** Tallies that count something. */
export function nonZero(counts: readonly (readonly [reason: string, records: number])[]): readonly Tally[] {
  return counts.flatMap(([reason, records]) => (records > 0 ? [{ reason, records }] : []));
}
