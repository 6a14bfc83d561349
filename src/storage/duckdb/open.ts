import { tables } from "../../model/columns.ts";
import type { EquipmentKey, MaintenanceKey } from "../../model/inventory.ts";
import type { InventoryStore, MakerCount } from "../../model/ports/store.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database.ts";
import { ensureUnchanged } from "./file.ts";
import { asideSql, type Loaded, load } from "./load.ts";
import { elementRows, similarTo } from "./lookup.ts";
import { askQuestions, writeAnswers } from "./questions.ts";
import { smallRows } from "./small.ts";

export interface InventoryOptions extends DatabaseOptions {
  /** Files above this are refused; 8 GB if not given. */
  readonly mostBytes?: number;
}

/**
 * Opens a store over files of tables, with DuckDB in memory: CSV is taken in compressed, Parquet is read where it lies.
 * `load` answers what could not be read as problems; thrown is `UserError` if memory or disk run out, if a file changes
 * between two looks, or if `columns` maps what does not exist.
 */
export async function openInventory(options: InventoryOptions = {}): Promise<InventoryStore> {
  const db = await openDatabase(options);
  let loaded: Loaded | undefined;
  const ready = async () => {
    if (!loaded) throw new Error("the store was asked before `load`");
    await ensureUnchanged(loaded.sources);
    return loaded;
  };
  return {
    load: async (files, asOf, columns) => {
      if (loaded) throw new Error("`load` was called twice");
      const { answer, state } = await load(db, files, asOf, columns, options.mostBytes ?? 8e9);
      loaded = state;
      return answer;
    },
    rows: async (table) => {
      const { sources, firstRows } = await ready();
      if ("large" in tables[table]) throw new Error(`\`${table}\` is large: its rows never leave the store`);
      return smallRows(db, table, sources, firstRows);
    },
    equipmentKeys: () => ready().then(() => equipmentKeys(db)),
    maintenanceKeys: () => ready().then(() => maintenanceKeys(db)),
    makerCounts: () => ready().then(() => makerCounts(db)),
    questions: (ranges, maintenance) => ready().then(() => askQuestions(db, ranges, maintenance)),
    element: async (id) => {
      const { sources, firstRows } = await ready();
      return elementRows(db, id, sources, firstRows);
    },
    similarIds: (id) => ready().then(() => similarTo(db, id)),
    writeCsv: async (path, header, verdicts, texts, since) => {
      const { setAside, nameless } = await ready();
      const sql = `select id from (${asideSql} union all select null, null from range(${nameless}))`;
      return writeAnswers(db, path, header, verdicts, since, { texts, sql, rows: setAside });
    },
    close: async () => db.close(),
  };
}

async function equipmentKeys(db: Database): Promise<readonly EquipmentKey[]> {
  const rows = await db.rows<{ [name in keyof EquipmentKey]: EquipmentKey[name] }>(`
    select key, operator, maker, product, release, digest, functions, n as "elements",
      since::varchar as "inService", since_unknown as "inServiceUnknown", released::varchar as "releaseSince",
      release_unknown as "releaseUnknown", release_unknown_from::varchar as "releaseUnknownFrom"
    from equipment order by key`);
  return rows;
}

async function maintenanceKeys(db: Database): Promise<readonly MaintenanceKey[]> {
  return db.rows<{ [name in keyof MaintenanceKey]: MaintenanceKey[name] }>(
    'select key, operator, parties, n as "elements" from maintenance order by key',
  );
}

async function makerCounts(db: Database): Promise<readonly MakerCount[]> {
  return db.rows<{ [name in keyof MakerCount]: MakerCount[name] }>(`
    select operator, functions, maker, sum(n)::double as "elements" from equipment
    group by operator, functions, maker order by operator, functions nulls first, maker nulls first`);
}
