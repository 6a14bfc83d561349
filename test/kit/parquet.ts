import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { TableName } from "../../src/model/columns.ts";
import { withTables } from "../tables.ts";

/** A table as Parquet, all of it text but for the columns of days. */
export async function parquetOf(
  text: string,
  days: readonly string[],
  table: TableName = "elements",
  type = "date",
): Promise<Uint8Array> {
  return withTables([{ table, text }], async ({ folder }) => {
    const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
    const connection = await instance.connect();
    const from = `read_csv('${folder}/${table}-0.csv', all_varchar = true, header = true, delim = ',', quote = '"')`;
    const casts = days.map((name) => `"${name}"::${type} as "${name}"`).join(", ");
    const columns = days.length > 0 ? `* replace (${casts})` : "*";
    await connection.run(`copy (select ${columns} from ${from}) to '${folder}/out.parquet' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    return readFileSync(join(folder, "out.parquet"));
  });
}
