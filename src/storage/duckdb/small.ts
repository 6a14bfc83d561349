import { type TableName, tableNames, tables } from "../../model/columns.ts";
import type { TableRow } from "../../model/ports/store.ts";
import { type Database, identifier, type Row } from "./database.ts";
import { linesOfRows } from "./file.ts";
import { allColumns, sqlType } from "./shape.ts";
import type { Source } from "./source.ts";

/** The tables that are handed out row by row. */
export const smallTables: readonly TableName[] = tableNames.filter((table) => !("large" in tables[table]));

/** Statement that makes `s_NAME`, the rows of a small table with their fate; rows that share a key are all of no use. */
export function settleSql(table: TableName): string {
  const definition = tables[table];
  const key = "key" in definition ? definition.key.map(identifier).join(", ") : undefined;
  const repeated = key ? `when count(*) over (partition by ${key}) > 1 then 'duplicate-id'` : "";
  return `create table s_${table} as
    select *, case when flaw is not null then flaw ${repeated} else null end as fate from b_${table}`;
}

/** Rows of a small table that were set aside, as SQL of file, row, fate, id. */
export function smallAside(table: TableName): string {
  const definition = tables[table];
  const id = "key" in definition ? identifier(definition.key[0]) : "null";
  return `select file, "row", fate, ${id} as id from s_${table} where fate is not null`;
}

/** The good rows of a small table in the order of files and lines, with the place of each. */
export async function smallRows(
  db: Database,
  table: TableName,
  sources: readonly Source[],
  firstRows: ReadonlyMap<number, number>,
): Promise<readonly TableRow[]> {
  const columns = allColumns(table).map(([name, column]) =>
    sqlType(column) === "DATE" ? `${identifier(name)}::varchar as ${identifier(name)}` : identifier(name),
  );
  // Our own two columns stand under names that no table can have.
  const rows = await db.rows<Row & { "#file": number; "#row": number }>(
    `select file as "#file", "row"::double as "#row", ${columns.join(", ")} from s_${table} where fate is null order by 1, 2`,
  );
  const lines = new Map<number, readonly number[]>();
  for (const source of sources.filter((candidate) => candidate.table === table && candidate.format === "csv")) {
    lines.set(source.index, await linesOfRows(source));
  }
  const names = new Map(sources.map(({ index, name }) => [index, name]));
  return rows.map(({ "#file": file, "#row": row, ...values }) => {
    const at = row - (firstRows.get(file) ?? 0);
    return { values, file: names.get(file)!, line: lines.get(file)?.[at] ?? at + 1 };
  });
}
