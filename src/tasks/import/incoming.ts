import type { TableName } from "../../model/columns.ts";
import type { Problem } from "../../model/problem.ts";

/** Rows for one table of the workspace, in our words, as a source gives them. */
export interface Incoming {
  readonly table: TableName;
  /** Path below the workspace. */
  readonly file: string;
  /** Columns by which rows are told apart, where the table has no key of its own and not all columns are meant. */
  readonly key?: readonly string[];
  readonly rows: readonly IncomingRow[];
  /** A row that exists already is kept (its empty cells are filled), or updated where the source says something. */
  readonly existing: "kept" | "updated";
  /** Columns in which the source has the last word even where it says nothing. */
  readonly owned: readonly string[];
  /** The source names every row of the file: what it does not name is gone there. */
  readonly complete: boolean;
}

export interface IncomingRow {
  /** Our column -> text; a column that is missing or empty is unknown. */
  readonly values: Readonly<Record<string, string>>;
}

/** How many records, and what is to be said about them. */
export interface Tally {
  readonly reason: string;
  readonly records: number;
}

/** A source in our words. Every record looked at was taken, set aside by the map, or is a problem. */
export interface Translated {
  readonly examined: number;
  readonly taken: number;
  readonly setAside: readonly Tally[];
  /** What stays unknown, or was left alone, and why; never a reason to stop. */
  readonly remarks: readonly Tally[];
  readonly problems: readonly Problem[];
  readonly tables: readonly Incoming[];
}

/** Counts equal reasons; most frequent first, then by text. */
export function tally(reasons: readonly string[]): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, records]) => ({ reason, records }))
    .sort((a, b) => b.records - a.records || (a.reason < b.reason ? -1 : 1));
}
