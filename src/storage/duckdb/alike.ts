import { tableNames, tables } from "../../model/columns.ts";
import type { LoadedTables } from "../../model/ports/store.ts";
import { type Database, identifier } from "./database.ts";
import { foldSql } from "./names.ts";

const mostTold = 100;

/**
 * Makes `repeated`, the ids that stand on several element rows, or on one and on a record that could not be read; and
 * `alike_elements`, ids that differ by case, white space or hyphens alone, by what they have in common.
 */
export async function findRepeated(db: Database): Promise<void> {
  // Hashes first: five million of them take a third of the memory that the ids take. Equal ids fold alike too.
  const folded = `hash(${foldSql("id")})`;
  await db.run(`create temp table alike_hash as
    select h from (select ${folded} as h from b_elements where id is not null) group by h having count(*) > 1`);
  const [found] = await db.rows<{ n: number }>("select count(*)::double as n from alike_hash");
  const only = found!.n > 0 ? `${folded} in (select h from alike_hash)` : "false";
  await db.run(`create temp table alike_rows as select id from b_elements where ${only}`);
  await db.run(`create table repeated as
    select id from alike_rows group by id having count(*) > 1
    union select id from b_elements where id in (select id from lost_ids)`);
  await db.run(`create table alike_elements as ${alikeSql("elements", "id", "alike_rows")}`);
  await db.run("drop table alike_hash; drop table alike_rows");
}

/** Ids of one table that differ by habit of writing alone, the first of them by table and id. After `findRepeated`. */
export async function alikeIds(db: Database): Promise<LoadedTables["alike"]> {
  const small = tableNames.flatMap((table) => {
    const definition = tables[table];
    if ("large" in definition || !("key" in definition)) return [];
    return [alikeSql(table, definition.key[0], `s_${table} where fate is null`)];
  });
  const rows = await db.rows<{ table: string; ids: string; n: number }>(
    `select "table", to_json(ids)::varchar as ids, n from (${["from alike_elements", ...small].join(" union all ")})
     order by "table", ids limit ${mostTold}`,
  );
  return rows.map(({ table, ids, n }) => ({
    table: tableNames.find((name) => name === table)!,
    ids: JSON.parse(ids),
    count: n,
  }));
}

function alikeSql(table: string, key: string, from: string): string {
  const id = identifier(key);
  return `select '${table}' as "table", min(${id}, 3) as ids, count(*)::double as n
    from (select distinct ${id} from ${from}) group by ${foldSql(id)} having count(*) > 1`;
}
