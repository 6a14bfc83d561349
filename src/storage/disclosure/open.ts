import type { DisclosureStore } from "../../model/ports/disclosure.ts";
import { openPostgres } from "./postgres.ts";
import { reads } from "./read.ts";
import { openSqlite } from "./sqlite.ts";
import { makeTables } from "./tables.ts";
import { writes } from "./write.ts";

/** Opens the state of a server: a SQLite file, or `postgres://...`. Throws `UserError`. */
export async function openDisclosureStore(where: string, name = where): Promise<DisclosureStore> {
  const database = /^postgres(ql)?:\/\//.test(where) ? await openPostgres(where) : openSqlite(where, name);
  await makeTables(database);
  return {
    ...reads(database.reader),
    name: database.name,
    change: (work) => database.change((sql) => work(writes(sql))),
    close: () => database.close(),
  };
}
