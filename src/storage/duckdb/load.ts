import { type TableName, tableNames } from "../../model/columns.ts";
import { type Day, isDay } from "../../model/day.ts";
import type { LoadedTables, LoadOptions, TableFile } from "../../model/ports/store.ts";
import type { Problem } from "../../model/problem.ts";
import { alikeIds, findRepeated } from "./alike.ts";
import type { Database } from "./database.ts";
import { isNotInUse, keepMarks, notInUse, place, tally, tallyMaintenance } from "./elements.ts";
import { ensureUnchanged } from "./file.ts";
import { type Columns, ingest, type Tables } from "./ingest.ts";
import { poolReferences } from "./network-pools.ts";
import { rowProblems, withLines } from "./problems.ts";
import { danglingSql, findCycles, relate } from "./relations.ts";
import { settleSql, smallAside, smallTables } from "./small.ts";
import type { Pending, Source } from "./source.ts";

/** What `load` leaves for the questions after it. */
export interface Loaded {
  readonly sources: readonly Source[];
  /** First number that rows of a CSV file have in the database's `row`. */
  readonly firstRows: ReadonlyMap<number, number>;
  readonly setAside: number;
  /** Records set aside whose id cannot be told. */
  readonly nameless: number;
  /** Whether the site of each element was kept. */
  readonly sites: boolean;
  readonly asOf: Day;
  readonly knownAt: Day;
}

const mostPlanned = 20;

/** Ids and fates of the element records that were set aside, where they are known. */
export const asideSql = "select id, fate from aside union all select id, code as fate from lost_ids";

/** Takes the files in, decides what is in use and sound on the day, and counts it. */
export async function load(
  db: Database,
  files: readonly TableFile[],
  asOf: Day,
  columns: Columns,
  mostBytes: number,
  { sites = false, marks = new Map(), knownAt = asOf }: LoadOptions = {},
): Promise<{ readonly answer: LoadedTables; readonly state: Loaded }> {
  for (const day of [asOf, knownAt]) if (!isDay(day)) throw new Error(`\`${day}\` is not a day`);
  const taken = await ingest(db, files, columns, mostBytes, { sites });
  await db.run("create table lost_ids (id varchar, code varchar)");
  await db.append(
    "lost_ids",
    taken.lostIds.map(({ id, code }) => [id, code]),
    ["text", "text"],
  );
  const present = new Set(taken.sources.map(({ table }) => table));
  await db.run(smallTables.map(settleSql).join("; "));
  await relate(db, asOf);
  await findCycles(db);
  await findRepeated(db);
  await keepMarks(db, marks);
  await db.run("create table stray (id varchar)");
  await place(db, asOf, knownAt);
  const counted = await tally(db);
  await db.run("create table left_row (element varchar, operator varchar, parties varchar)");
  await tallyMaintenance(db);

  const firstRows = await firstRowsOf(db);
  // Settled, they are there a second time: a million sites are a hundred megabytes.
  await db.run(smallTables.map((table) => `drop view b_${table}; drop table t_${table}`).join("; "));
  const rowsAside = counted.aside.reduce((sum, { rows }) => sum + rows, 0);
  await keepAside(db, rowsAside);
  const told = await allProblems(db, taken, present, firstRows);
  const setAside = taken.lost + rowsAside;
  const [named] = await db.rows<{ n: number }>(`select count(*)::double as n from (${asideSql})`);
  await ensureUnchanged(taken.sources);
  return {
    answer: {
      problems: told,
      inputs: [...taken.inputs].sort((a, b) => (a.file < b.file ? -1 : 1)),
      setAside,
      usesSetAside: taken.lostUses + (await flawedUses(db)),
      setAsideIds: await setAsideIds(db),
      alike: await alikeIds(db),
      notInUse: counted.notInUse,
      planned: { elements: counted.planned, first: await firstPlanned(db, counted.planned) },
      elements: counted.elements,
    },
    state: { sources: taken.sources, firstRows, setAside, nameless: setAside - named!.n, sites, asOf, knownAt },
  };
}

/** Makes `aside`: the element rows that were set aside. Mostly there are none, and another scan is spared. */
async function keepAside(db: Database, rows: number): Promise<void> {
  const some = `where fate is not null and not ${isNotInUse("fate")}`;
  await db.run(
    `create table aside as select file, "row", id, fate from ${rows > 0 ? "placed" : "placed_tied"} ${some}`,
  );
}

/** The planned elements that begin first, as examples. */
async function firstPlanned(db: Database, planned: number): Promise<LoadedTables["planned"]["first"]> {
  if (planned === 0) return [];
  return db.rows<{ id: string; day: string }>(
    `select id, in_service_since::varchar as day from placed where fate = '${notInUse.planned}' order by 2, 1 limit ${mostPlanned}`,
  );
}

async function flawedUses(db: Database): Promise<number> {
  const [row] = await db.rows<{ n: number }>("select count(*)::double as n from b_uses where flaw is not null");
  return row!.n;
}

async function firstRowsOf(db: Database): Promise<ReadonlyMap<number, number>> {
  const parts = tableNames.map((table) => `select file, min(rowid)::double as "first" from t_${table} group by file`);
  const rows = await db.rows<{ file: number; first: number }>(parts.join(" union all "));
  return new Map(rows.map(({ file, first }) => [file, first]));
}

async function allProblems(
  db: Database,
  taken: Tables,
  present: ReadonlySet<TableName>,
  firstRows: ReadonlyMap<number, number>,
): Promise<readonly Problem[]> {
  const flawed = (table: TableName) =>
    `select file, "row", flaw as fate, null as id from b_${table} where flaw is not null`;
  const queries = [
    ...smallTables.filter((table) => present.has(table)).map(smallAside),
    ...(["relations", "uses", "links", "demands"] as const).filter((table) => present.has(table)).map(flawed),
    ...(present.has("pools") ? poolReferences : []),
    `select file, "row", 'dangling-reference' as fate, id from (${danglingSql})`,
    "from aside",
  ];
  const pending: Pending[] = [...taken.pending];
  const problems: Problem[] = [...taken.problems];
  for (const sql of queries) {
    const found = await rowProblems(db, taken.sources, firstRows, sql);
    pending.push(...found.pending);
    problems.push(...found.problems);
  }
  return withLines(pending, problems);
}

async function setAsideIds(db: Database): Promise<LoadedTables["setAsideIds"]> {
  return db.rows<{ id: string; code: string }>(
    `select distinct id, split_part(fate, ':', 1) as code from (${asideSql}) where id is not null order by id, code limit 1000`,
  );
}
