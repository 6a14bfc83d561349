import type { TableFile } from "../../model/ports/store.ts";
import type { Ingested } from "./csv.ts";
import { type Database, identifier, oneFile } from "./database.ts";
import { passOver } from "./file.ts";
import { type Mapping, mapHeader } from "./header.ts";
import { allColumns, converted, expectation, type Kept, keptColumns } from "./shape.ts";
import { fileProblem } from "./source.ts";

/** Takes a Parquet file in: it is not copied, since its columns are read where they lie as fast as from memory. */
export async function ingestParquet(
  db: Database,
  file: TableFile,
  index: number,
  stamp: string,
  mapping: Mapping,
): Promise<Ingested> {
  const { sha256 } = await passOver(file.path, undefined);
  const aside = (rows: number, problems: Ingested["problems"]): Ingested => ({
    ...{ sha256, rows, problems, pending: [], lost: rows, lostIds: [] },
  });
  const about = await describe(db, file.path);
  if (about === undefined) return aside(1, [unreadable(file.name, 1)]);
  const header = mapHeader(
    about.columns.map(({ name }) => name),
    file.table,
    mapping,
    file.name,
  );
  const { rows } = about;
  if (header.fatal) {
    const fatal = fileProblem(file.name, "missing-column", "its columns are not those of the table", "see above", rows);
    return aside(rows, [...header.problems, fatal]);
  }
  const values = allColumns(file.table).map(([name, column]) => {
    const at = header.names.indexOf(name);
    if (at < 0) return { name, expected: "", sql: `null as ${identifier(name)}` };
    const found = about.columns[at]!;
    const sql = converted(column, identifier(found.name), found.type);
    return {
      name,
      expected: `${expectation(column)}, got type ${found.type}`,
      sql: sql && `${sql} as ${identifier(name)}`,
    };
  });
  const wrong = values.find(({ sql }) => sql === undefined);
  if (wrong) {
    const message = `\`${wrong.name}\`: expected ${wrong.expected}`;
    const hint = "write the file with another type for this column";
    return aside(rows, [...header.problems, fileProblem(file.name, "wrong-type", message, hint, rows)]);
  }
  const select = `select ${index} as file, file_row_number as "row", ${values.map(({ sql }) => sql).join(", ")} from ${reader(file.path)}`;
  const source = { index, stamp, names: header.names, delimiter: "", rejected: new Set<number>(), select, ...file };
  return { source, sha256, rows, problems: header.problems, pending: [], lost: 0, lostIds: [] };
}

/** Reads every kept column of a Parquet file; whether that works. */
export async function isReadable(
  db: Database,
  table: TableFile["table"],
  select: string,
  kept: Kept,
): Promise<boolean> {
  const columns = keptColumns(table, kept).map(([name]) => identifier(name));
  try {
    await db.rows(`select bit_xor(hash(${columns.join(", ")}))::varchar as "all" from (${select})`);
    return true;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}

export function unreadable(file: string, rows: number) {
  return fileProblem(file, "unreadable", "not a Parquet file that can be read", "write the file again", rows);
}

async function describe(db: Database, path: string) {
  try {
    const columns = await db.rows<{ name: string; type: string }>(
      `select column_name as "name", column_type as "type" from (describe select * exclude (file_row_number) from ${reader(path)})`,
    );
    const [count] = await db.rows<{ n: number }>(`select count(*)::double as n from ${reader(path)}`);
    return { columns, rows: count!.n };
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

const reader = (path: string) => `read_parquet(${oneFile(path)}, file_row_number = true, hive_partitioning = false)`;

const isFault = (error: unknown) =>
  error instanceof Error &&
  /^(Invalid Input|Invalid|Conversion|IO|Binder|Serialization|TransactionContext) Error/.test(error.message);
