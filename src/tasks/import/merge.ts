import { type Table, tables } from "../../model/columns.ts";
import { asName } from "../../model/name.ts";
import type { Sheet, SheetRow } from "../../readers/spreadsheet.ts";
import type { Incoming } from "./incoming.ts";

/** What an import does to one file. Ids are sorted; rows of other ids stay as they are. */
export interface TableDifference {
  readonly table: string;
  readonly file: string;
  readonly added: readonly string[];
  readonly changed: readonly CellChange[];
  readonly unchanged: number;
  /** Rows of the file that the source no longer names. They stay: a person deletes or retires them. */
  readonly gone: readonly string[];
}

export interface CellChange {
  readonly id: string;
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The file as it would be: rows that came are added or merged by id, all others stay, with the file's own headers,
 * order and further columns. `headers`: our column -> the file's header, where freigabe.yaml says so.
 */
export function mergeTable(
  existing: Sheet | undefined,
  incoming: Incoming,
  headers: Readonly<Record<string, string>>,
): { readonly sheet: Sheet; readonly difference: TableDifference } {
  const columns = Object.keys(tables[incoming.table].columns);
  const rows = incoming.rows.map(({ values }) => named(values));
  const layout = layoutOf(existing, columns, headers);
  const wanted = new Map(rows.map((values) => [keyOf(incoming, values), values]));
  const changed: CellChange[] = [];
  const gone: string[] = [];
  const kept = (existing?.rows ?? []).map((row) => {
    const old = layout.valuesOf(row);
    const id = keyOf(incoming, old);
    const next = wanted.get(id);
    if (!next && incoming.complete) gone.push(label(incoming, old));
    const cells = next ? mergeRow(incoming, old, next) : {};
    for (const [column, to] of Object.entries(cells))
      changed.push({ id: label(incoming, old), column, from: old[column] ?? "", to });
    wanted.delete(id);
    return layout.rowOf(cells, row);
  });
  const added = [...wanted.values()].sort((a, b) => (label(incoming, a) < label(incoming, b) ? -1 : 1));
  const merged = [...kept, ...added.map((values) => layout.rowOf(values))];
  const touched = new Set(changed.map(({ id }) => id)).size;
  return {
    sheet: { delimiter: existing?.delimiter ?? ",", header: layout.header, rows: merged },
    difference: {
      table: incoming.table,
      file: incoming.file,
      added: added.map((values) => label(incoming, values)),
      changed: changed.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
      unchanged: incoming.rows.length - added.length - touched,
      gone: gone.sort(),
    },
  };
}

/** Cells as the store will read them: else a row would never be found again. */
function named(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([column, text]) => [column, asName(text)]));
}

/** The first row of a file whose id an earlier row has: then nobody can tell which of them is meant. */
export function repeatedRow(
  existing: Sheet,
  incoming: Incoming,
  headers: Readonly<Record<string, string>>,
): { readonly id: string; readonly line: number } | undefined {
  const { columns, key = incoming.key }: Table = tables[incoming.table];
  if (!key) return undefined;
  const { valuesOf } = layoutOf(existing, Object.keys(columns), headers);
  const seen = new Set<string>();
  for (const row of existing.rows) {
    const id = keyOf(incoming, valuesOf(row));
    if (seen.has(id)) return { id: label(incoming, valuesOf(row)), line: row.line };
    seen.add(id);
  }
  return undefined;
}

/** Cells of an existing row that change. */
function mergeRow(
  { table, existing, owned }: Incoming,
  old: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const cells: Record<string, string> = {};
  for (const column of Object.keys(tables[table].columns)) {
    const [from, to] = [old[column] ?? "", next[column] ?? ""];
    const wins = from === "" || existing === "updated";
    if (from !== to && ((to !== "" && wins) || (to === "" && owned.includes(column)))) cells[column] = to;
  }
  if (table !== "elements") return cells;
  const forgotten = outdated(old, cells).filter((column) => (old[column] ?? "") !== "" && (next[column] ?? "") === "");
  return { ...cells, ...Object.fromEntries(forgotten.map((column) => [column, ""])) };
}

/** What was known of other equipment says nothing about the equipment that stands there now. */
function outdated(old: Readonly<Record<string, string>>, cells: Readonly<Record<string, string>>): readonly string[] {
  const replaced = (column: string) => (old[column] ?? "") !== "" && column in cells;
  if (replaced("maker") || replaced("product")) return ["release", "digest", "in_service_since", "release_since"];
  return replaced("release") ? ["digest", "release_since"] : [];
}

function keyOf(incoming: Incoming, values: Readonly<Record<string, string>>): string {
  const key = keyColumns(incoming);
  return JSON.stringify(key.map((column) => values[column] ?? ""));
}

/** A row as people know it: its id, or its cells where the table has none. */
function label(incoming: Incoming, values: Readonly<Record<string, string>>): string {
  return keyColumns(incoming)
    .map((column) => values[column] ?? "")
    .filter((cell) => cell !== "")
    .join(" ");
}

/** Columns by which two rows are the same row. */
function keyColumns({ table, key: own }: Incoming): readonly string[] {
  const { columns, key = own ?? Object.keys(columns) }: Table = tables[table];
  return key;
}

/** How our columns lie in the file: its own header, with the columns it lacks at the end. */
export function layoutOf(
  existing: Sheet | undefined,
  columns: readonly string[],
  headers: Readonly<Record<string, string>>,
) {
  const own = existing?.header ?? [];
  const find = (column: string) => {
    const name = (headers[column] ?? column).toLowerCase();
    return own.findIndex((header) => header.toLowerCase() === name);
  };
  const missing = columns.filter((column) => find(column) < 0);
  const header = [...own, ...missing.map((column) => headers[column] ?? column)];
  const places = new Map(
    columns.map((column) => [column, find(column) < 0 ? own.length + missing.indexOf(column) : find(column)]),
  );
  return {
    header,
    valuesOf: ({ cells }: SheetRow) =>
      Object.fromEntries([...places].map(([column, at]) => [column, asName(cells[at] ?? "")])),
    rowOf: (values: Readonly<Record<string, string>>, row?: SheetRow): SheetRow => {
      const cells = header.map((_, index) => row?.cells[index] ?? "");
      for (const [column, at] of places) if (Object.hasOwn(values, column)) cells[at] = values[column] ?? "";
      return { line: row?.line ?? 0, cells };
    },
  };
}
