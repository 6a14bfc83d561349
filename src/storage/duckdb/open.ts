import { tables } from "../../model/columns.ts";
import type { EquipmentKey, MaintenanceKey } from "../../model/inventory.ts";
import type { InventoryStore } from "../../model/ports/store.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database.ts";
import { ensureUnchanged } from "./file.ts";
import { idSets } from "./id-sets.ts";
import { listByKind } from "./listing.ts";
import { asideSql, type Loaded, load } from "./load.ts";
import { elementRows, sampleRows, similarTo, standingIds } from "./lookup.ts";
import { readNetwork } from "./network.ts";
import { siteTexts } from "./network-places.ts";
import { askQuestions, writeAnswers } from "./questions.ts";
import { recall, writeRecord } from "./recall.ts";
import { sharedRows } from "./shared.ts";
import { countSites } from "./sites.ts";
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
  const withSites = async () => {
    const state = await ready();
    if (!state.sites) throw new Error("sites were asked for, and `load` did not keep them");
    return state;
  };
  return {
    load: async (files, asOf, columns, kept) => {
      if (loaded) throw new Error("`load` was called twice");
      const { answer, state } = await load(db, files, asOf, columns, options.mostBytes ?? 8e9, kept);
      loaded = state;
      return answer;
    },
    recall: (recorded) => ready().then((state) => recall(db, recorded, state)),
    idSets: (parts) => ready().then(() => idSets(db, parts)),
    writeRecord: (path) => ready().then(({ asOf, knownAt }) => writeRecord(db, path, asOf, knownAt)),
    rows: async (table) => {
      const { sources, firstRows } = await ready();
      if ("large" in tables[table]) throw new Error(`\`${table}\` is large: its rows never leave the store`);
      return smallRows(db, table, sources, firstRows);
    },
    equipmentKeys: () => ready().then(() => equipmentKeys(db)),
    maintenanceKeys: () => ready().then(() => maintenanceKeys(db)),
    questions: (ranges, maintenance) => ready().then(({ sites }) => askQuestions(db, ranges, maintenance, sites)),
    siteCounts: (kinds, most) => withSites().then(() => countSites(db, kinds, most)),
    listElements: async (kinds, most, { places = false } = {}) => {
      const { sites, ...origin } = await ready();
      return listByKind(db, kinds, most, sites, places ? origin : undefined);
    },
    network: () => withSites().then(() => readNetwork(db)),
    siteIds: (numbers) => withSites().then(() => siteTexts(db, numbers)),
    sharedElements: () => withSites().then(() => sharedRows(db)),
    standing: (ids) => ready().then(() => standingIds(db, ids)),
    element: async (id) => elementRows(db, id, await ready()),
    elements: async (ids) => {
      const { sites, ...origin } = await ready();
      const rows = await sampleRows(db, ids, origin);
      return sites ? rows : rows.map((row) => ({ ...row, site: null }));
    },
    similarIds: (id) => ready().then(() => similarTo(db, id)),
    writeCsv: async (path, header, verdicts, texts, since, { plain }) => {
      const { setAside, nameless } = await ready();
      const sql = `select id from (${asideSql} union all select null, null from range(${nameless}))`;
      return writeAnswers(db, path, header, verdicts, since, { texts, sql, rows: setAside }, plain);
    },
    close: async () => db.close(),
  };
}

async function equipmentKeys(db: Database): Promise<readonly EquipmentKey[]> {
  type Stored = Omit<EquipmentKey, "left"> & { readonly left: number };
  const rows = await db.rows<{ [name in keyof Stored]: Stored[name] }>(`
    select key, operator, maker, product, release, digest, functions, mark, coalesce("left" = 'left', false)::integer as "left", n as "elements",
      since::varchar as "inService", since_unknown as "inServiceUnknown", released::varchar as "releaseSince",
      release_unknown as "releaseUnknown", release_unknown_from::varchar as "releaseUnknownFrom"
    from equipment order by key`);
  return rows.map((row) => ({ ...row, left: row.left === 1 }));
}

async function maintenanceKeys(db: Database): Promise<readonly MaintenanceKey[]> {
  return db.rows<{ [name in keyof MaintenanceKey]: MaintenanceKey[name] }>(
    'select key, operator, parties, n as "elements" from maintenance order by key',
  );
}
