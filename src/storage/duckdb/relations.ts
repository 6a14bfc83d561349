import type { Day } from "../../model/day.ts";
import { nodesOnCycles } from "./cycles.ts";
import type { Database } from "./database.ts";

/**
 * Makes the tables that tie elements to others, of what is in force on the day: `live` (relations), `shared`
 * (responsible operators named by `uses`), `tied` (the rows of the elements spoken of: one scan, so that later steps need
 * none), `known` (their ids and those of lost records), `parties` (per element).
 */
export async function relate(db: Database, asOf: Day): Promise<void> {
  const inForce = (from: string, until: string) =>
    `flaw is null and coalesce("${from}" <= $1::date, true) and coalesce("${until}" >= $1::date, true)`;
  await db.run(
    `create table live as select file, "row", "from", kind, "to", place, access from b_relations
     where ${inForce("from_day", "until_day")}`,
    [asOf],
  );
  await db.run(
    `create table used as select file, "row", operator, element, coalesce(kind, 'own') as kind from b_uses
     where ${inForce("from", "until")}`,
    [asOf],
  );
  await db.run(`create temp table spoken as
    select "from" as id from live union select "to" from live union select element from used`);
  await db.run("create table tied as select * from b_elements where id in (select id from spoken)");
  await db.run(`create table known as
    select id from tied union select id from lost_ids where id in (select id from spoken)`);
  await db.run(`create table shared as
    select distinct element as id, operator from used where kind <> 'roaming' and element in (select id from known)`);
  await db.run(partiesSql);
}

/** A separator inside a text is replaced, so that no text can pass for two; the text then names nobody we know. */
const part = (column: string) => `translate(coalesce(${column}, ''), '|;', '/,')`;

/** Who works on which element, as SQL of id, party, file and row. */
export const workersSql = `
  select "from" as id, ${part('"to"')} || '|' || ${part("place")} || '|' || ${part("access")} as party, file, "row" from live
  where (kind = 'maintained-by' or (kind = 'managed-by' and "to" not in (select id from known)))
    and "from" in (select id from known)`;

const partiesSql = `create table parties as
  select id, string_agg(distinct party, ';' order by party) as parties from (${workersSql}) group by id`;

/** Rows of `live` and `used` that speak of an element that does not exist, as SQL of file, row, id. */
export const danglingSql = `
  select file, "row", "from" as id from live where "from" not in (select id from known)
  union all
  select file, "row", "to" from live where kind in ('part-of', 'runs-on') and "from" in (select id from known)
    and "to" not in (select id from known)
  union all
  select file, "row", element from used where element not in (select id from known)`;

/** Ids of the elements that are part of themselves or run on themselves, however far around; makes the table `cyclic`. */
export async function findCycles(db: Database): Promise<void> {
  await db.run("create table cyclic (id varchar, kind varchar)");
  for (const kind of ["part-of", "runs-on"]) await findCyclesOf(db, kind);
}

async function findCyclesOf(db: Database, kind: string): Promise<void> {
  // Who lies on a cycle has an edge in and an edge out; in trees of two levels, which most are, nothing is left.
  await db.run(
    `create or replace temp table edge as
     with e as (select distinct "from" as a, "to" as b from live where kind = $1)
     select a, b from e where a in (select b from e) and b in (select a from e)`,
    [kind],
  );
  await db.run(`create or replace temp table node as
    select id, (row_number() over (order by id) - 1)::integer as n from (select a as id from edge union select b from edge)`);
  const edges = await db.rows<{ a: number; b: number }>(
    "select f.n as a, t.n as b from edge join node f on f.id = edge.a join node t on t.id = edge.b",
  );
  if (edges.length === 0) return;
  const [size] = await db.rows<{ n: number }>("select count(*)::integer as n from node");
  const found = nodesOnCycles(
    size!.n,
    Int32Array.from(edges, ({ a }) => a),
    Int32Array.from(edges, ({ b }) => b),
  );
  await db.run("create or replace temp table hit (n integer)");
  await db.run("insert into hit select unnest(from_json($1, '[\"INTEGER\"]'))", [JSON.stringify(found)]);
  await db.run("insert into cyclic select id, $1 from node join hit using (n)", [kind]);
}
