import { domainOf } from "../../model/functions.ts";
import type { IdSet, InventoryPart } from "../../model/ports/store.ts";
import type { Database } from "./database.ts";
import { isNotInUse, presentSql } from "./elements.ts";

/** Counts and names the elements of each part, as `InventoryStore.idSets` says. After `load`. */
export async function idSets(db: Database, parts: readonly InventoryPart[]): Promise<readonly IdSet[]> {
  if (parts.length === 0) return [];
  await db.run("create or replace table part_in (operator varchar)");
  await db.append(
    "part_in",
    parts.map(({ operator }) => [operator]),
    ["text"],
  );
  await db.run(`create or replace table held as
    select distinct id, operator, functions, in_service_since as since from (
      select id, operator, functions, in_service_since from (${presentSql})
      union all select id, operator, functions, in_service_since from placed where fate is not null and not ${isNotInUse("fate")})
    where id is not null and operator in (select operator from part_in)`);
  const texts = await db.rows<{ functions: string | null }>("select distinct functions from held");
  await db.run("create or replace table domain_in (functions varchar, domain varchar)");
  await db.append(
    "domain_in",
    texts.map(({ functions }) => [functions, domainOf(functions)]),
    ["text", "text"],
  );
  const found: IdSet[] = [];
  for (const { operator, domain, until } of parts) {
    const [set] = await db.rows<{ count: number; sha256: string }>(
      `select count(*)::double as count, sha256(coalesce(string_agg(id || chr(10), '' order by id), '')) as sha256 from (
         select distinct id from held join domain_in d on d.functions is not distinct from held.functions
         where operator = $1 and coalesce(since <= $2::date, true) and ($3::varchar is null or domain = $3))`,
      [operator, until, domain],
    );
    found.push(set!);
  }
  return found;
}
