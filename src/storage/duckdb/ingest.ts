import { type TableName, tableNames, tables } from "../../model/columns.ts";
import { UserError } from "../../model/errors.ts";
import type { LoadedTables, TableFile } from "../../model/ports/store.ts";
import type { Problem } from "../../model/problem.ts";
import { type Ingested, ingestCsv, type LostId } from "./csv.ts";
import { type Database, identifier } from "./database.ts";
import { stampOf } from "./file.ts";
import { columnsOf } from "./header.ts";
import { ingestParquet, isReadable, unreadable } from "./parquet.ts";
import { allColumns, flawOf, isKept, type Kept, keptColumns, sqlType } from "./shape.ts";
import { fileProblem, type Pending, type Source } from "./source.ts";

export type Columns = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every file of every table, taken in or set aside. */
export interface Tables {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
  readonly pending: readonly Pending[];
  readonly inputs: LoadedTables["inputs"];
  /** Element records that are not in the database, and what is known of their ids. */
  readonly lost: number;
  readonly lostIds: readonly LostId[];
  /** Rows of `uses` that are not in the database. */
  readonly lostUses: number;
}

/** Rows of a table that is not `large`: they are handed out whole. */
const mostSmallRows = 1_000_000;

/**
 * Takes all files in: CSV becomes a table `t_NAME`, Parquet stays where it lies, and the view `b_NAME` shows both with
 * `file`, `row`, our columns, and `flaw`. Throws `UserError` if `columns` maps what does not exist.
 */
export async function ingest(
  db: Database,
  files: readonly TableFile[],
  columns: Columns,
  mostBytes: number,
  kept: Kept,
): Promise<Tables> {
  checkMapping(columns);
  await db.run(tableNames.map((table) => createTable(table, kept)).join("; "));
  const ordered = [...files].sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
  const all: { readonly file: TableFile; readonly bytes: number; readonly got: Ingested }[] = [];
  for (const file of ordered)
    all.push({ file, ...(await ingestOne(db, file, all.length, columns[file.table] ?? {}, mostBytes, kept)) });
  const checked = await withoutBrokenParquet(db, all, kept);
  const sources = checked.flatMap(({ got }) => got.source ?? []);
  await db.run(tableNames.map((table) => createView(table, sources, kept)).join("; "));
  const ofElements = checked.filter(({ file }) => file.table === "elements").map(({ got }) => got);
  return {
    sources,
    problems: checked.flatMap(({ got }) => got.problems),
    pending: checked.flatMap(({ got }) => got.pending),
    inputs: checked.map(({ file, bytes, got }) => ({ file: file.name, sha256: got.sha256, bytes, rows: got.rows })),
    lost: ofElements.reduce((sum, { lost }) => sum + lost, 0),
    lostIds: ofElements.flatMap(({ lostIds }) => lostIds),
    lostUses: checked.filter(({ file }) => file.table === "uses").reduce((sum, { got }) => sum + got.lost, 0),
  };
}

const order = ({ table }: TableFile) => tableNames.indexOf(table);

function checkMapping(columns: Columns): void {
  for (const [table, mapping] of Object.entries(columns)) {
    const name = tableNames.find((known) => known === table);
    if (!name)
      throw new UserError(`\`columns\` in freigabe.yaml: no table \`${table}\``, `tables: ${tableNames.join(", ")}`);
    const known = Object.keys(columnsOf(name));
    const wrong = Object.keys(mapping).find((column) => !known.includes(column));
    if (wrong === undefined) continue;
    throw new UserError(
      `\`columns\` in freigabe.yaml: table \`${table}\` has no column \`${wrong}\``,
      `columns: ${known.join(", ")}; on the left stands our name, on the right the file's`,
    );
  }
}

async function ingestOne(
  db: Database,
  file: TableFile,
  index: number,
  mapping: Readonly<Record<string, string>>,
  mostBytes: number,
  kept: Kept,
) {
  const aside = (bytes: number, code: Problem["code"], message: string, hint: string) => {
    // Its records were not counted; one stands for them, so that they cannot go unnoticed.
    const problems = [fileProblem(file.name, code, message, hint, 1)];
    return { bytes, got: { sha256: "", rows: 1, problems, pending: [], lost: 1, lostIds: [] } satisfies Ingested };
  };
  if (file.refused !== undefined) return aside(0, file.refused.code, file.refused.message, file.refused.hint);
  try {
    const { bytes, stamp } = await stampOf(file.path);
    if (bytes > mostBytes) {
      return aside(
        bytes,
        "too-large",
        `expected at most ${mostBytes} bytes, got ${bytes}`,
        "split the file, or write it as Parquet",
      );
    }
    const read = file.format === "csv" ? ingestCsv : ingestParquet;
    const got = await read(db, file, index, stamp, mapping, kept);
    return { bytes, got: isLarge(file.table) || got.rows <= mostSmallRows ? got : await tooLong(db, file, index, got) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return aside(0, "unreadable", `the file cannot be opened: ${error.code}`, "check that it exists and may be read");
  }
}

const isLarge = (table: TableName) => "large" in tables[table];

async function tooLong(db: Database, file: TableFile, index: number, got: Ingested): Promise<Ingested> {
  await db.run(`delete from t_${file.table} where file = ${index}`);
  const message = `expected at most ${mostSmallRows} records, got ${got.rows}`;
  const problem = fileProblem(file.name, "too-large", message, "leave out what the network does not use", got.rows);
  return { sha256: got.sha256, rows: got.rows, problems: [problem], pending: [], lost: got.rows, lostIds: [] };
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "code" in error;

/** A Parquet file can be broken in any of its pages; a look at all kept values costs little and tells now. */
async function withoutBrokenParquet<T extends { readonly file: TableFile; readonly got: Ingested }>(
  db: Database,
  all: readonly T[],
  kept: Kept,
): Promise<readonly T[]> {
  const checked: T[] = [];
  for (const entry of all) {
    const { source, rows } = entry.got;
    if (source?.select === undefined || (await isReadable(db, source.table, source.select, kept))) checked.push(entry);
    else {
      const { source: _, ...rest } = entry.got;
      checked.push({
        ...entry,
        got: { ...rest, lost: rows, problems: [...rest.problems, unreadable(source.name, rows)] },
      });
    }
  }
  return checked;
}

function createTable(table: TableName, kept: Kept): string {
  const columns = keptColumns(table, kept).map(([name, column]) => `${identifier(name)} ${sqlType(column)}`);
  return `create table t_${table} (file integer, ${columns.join(", ")})`;
}

function createView(table: TableName, sources: readonly Source[], kept: Kept): string {
  const names = allColumns(table).map(([name]) =>
    isKept(table, name, kept) ? identifier(name) : `null::varchar as ${identifier(name)}`,
  );
  const parts = sources.flatMap((source) => (source.table === table && source.select ? [source.select] : []));
  const all = [`select file, rowid as "row", ${names.join(", ")} from t_${table}`, ...parts].join(" union all ");
  return `create view b_${table} as select *, ${flawOf(table)} as flaw from (${all})`;
}
