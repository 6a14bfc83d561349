import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import { UserError } from "../../model/errors.ts";

/** A value as our queries return it: they cast everything else to one of these. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** One connection to an in-memory DuckDB. Values reach it as parameters or through `append`, never inside SQL. */
export interface Database {
  run(sql: string, values?: readonly Cell[]): Promise<number>;
  rows<T extends Row>(sql: string, values?: readonly Cell[]): Promise<readonly T[]>;
  /**
   * Streams rows whose values are numbers and none null into arrays, one for each column, from position `at` on; answers the
   * position after the last. No row becomes an object. Throws if the arrays are too short.
   */
  fill(sql: string, arrays: readonly NumberArray[], at?: number): Promise<number>;
  /** Adds rows to a table whose columns are INTEGER, VARCHAR or DOUBLE; days go in as text and are cast by queries. */
  append(table: string, rows: Iterable<readonly Cell[]>, types: readonly ColumnKind[]): Promise<void>;
  close(): void;
}

export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
export type ColumnKind = "integer" | "text" | "double";

export interface DatabaseOptions {
  /** What DuckDB may use before it spills to `tempDirectory`, for example `700MB`, which is the default. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly tempDirectory?: string;
}

/** Opens an empty database with built-in extensions only; nothing is ever downloaded. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const spill = options.tempDirectory ?? join(tmpdir(), `freigabe-${randomUUID()}`);
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: options.memoryLimit ?? "700MB",
    threads: String(options.threads ?? Math.min(8, availableParallelism())),
    temp_directory: spill,
  });
  const connection = await instance.connect();
  // Only an attached database is compressed in memory: a third of the size for a few per cent of the time.
  await connection.run("attach ':memory:' as inventory (compress)");
  await connection.run("use inventory");
  const bind = (values: readonly Cell[] | undefined) => (values === undefined ? undefined : [...values]);
  return {
    run: (sql, values) => translate(async () => (await connection.run(sql, bind(values))).rowsChanged),
    rows: <T extends Row>(sql: string, values?: readonly Cell[]) =>
      translate(async () => (await connection.runAndReadAll(sql, bind(values))).getRowObjectsJS() as T[]),
    fill: (sql, arrays, at = 0) => translate(() => fill(connection, sql, arrays, at)),
    append: async (table, rows, types) => {
      const appender = await connection.createAppender(table, "main", "inventory");
      for (const row of rows) {
        row.forEach((cell, index) => {
          if (cell === null) appender.appendNull();
          else if (types[index] === "integer") appender.appendInteger(Number(cell));
          else if (types[index] === "double") appender.appendDouble(Number(cell));
          else appender.appendVarchar(String(cell));
        });
        appender.endRow();
      }
      appender.closeSync();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
      if (options.tempDirectory === undefined) rmSync(spill, { recursive: true, force: true });
    },
  };
}

async function fill(connection: DuckDBConnection, sql: string, arrays: readonly NumberArray[], at: number) {
  const result = await connection.stream(sql);
  let end = at;
  for (;;) {
    const chunk = await result.fetchChunk();
    const rows = chunk?.rowCount ?? 0;
    if (!chunk || rows === 0) return end;
    if (arrays.some(({ length }) => length < end + rows))
      throw new Error("a query gave more rows than there is room for");
    arrays.forEach((array, column) => {
      copyColumn(chunk, column, rows, array, end);
    });
    end += rows;
  }
}

function copyColumn(chunk: DuckDBDataChunk, column: number, rows: number, array: NumberArray, at: number): void {
  const vector = chunk.getColumnVector(column);
  // The values as they lie, unless there is a mask of nulls; the library has no other way to them than one by one.
  if ("items" in vector && "validity" in vector && isNumbers(vector.items) && isUnmasked(vector.validity)) {
    array.set(vector.items.subarray(0, rows), at);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const value = vector.getItem(row);
    if (typeof value !== "number") throw new Error(`expected numbers in column ${column}, got ${typeof value}`);
    array[at + row] = value;
  }
}

const numberArrays = [Uint8Array, Uint16Array, Int32Array, Float64Array];
const isNumbers = (items: unknown): items is NumberArray => numberArrays.some((kind) => items instanceof kind);

const isUnmasked = (validity: unknown) =>
  typeof validity === "object" && validity !== null && "data" in validity && validity.data === null;

/** Running out of memory or disk is not the fault of the file that was being read: it ends the run. */
async function translate<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!/out of memory|no space left/i.test(message)) throw error;
    throw new UserError(
      "the tables need more memory or temporary disk space than there is",
      "free some, or give the tables as Parquet, which needs less",
    );
  }
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL string, where DuckDB takes no parameter (names of files, options). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The name of one file for `read_csv` and `read_parquet`, which else would take `*`, `?` and `[` as patterns. */
export function oneFile(path: string): string {
  return literal(path.replaceAll(/[*?[]/g, "[$&]"));
}
