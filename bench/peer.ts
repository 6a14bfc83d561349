import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/**
 * The peer that `bench/assess.ts` is compared with: what a person with DuckDB alone would run, one `group by` over the
 * same columns of the same file, from process start to answer. It checks nothing, decides nothing and hashes nothing.
 */
const [folder = "", format = "parquet"] = process.argv.slice(2);
const file = join(folder, "elements", `elements.${format}`).replaceAll("'", "''");
const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
const connection = await instance.connect();
const answer = await connection.runAndReadAll(
  `select operator, maker, product, release, digest, functions, year(in_service_since), count(*), min(id)
   from '${file}' where status <> 'retired' group by all`,
);
console.log(answer.currentRowCount);
