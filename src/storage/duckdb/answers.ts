import type { KindRow } from "../../model/ports/store.ts";
import type { Database } from "./database.ts";

/**
 * Makes `spot`, the sites of the sites table by number, and `answered`: each row of the view `asked` by numbers alone but
 * for its id, so that maps and lists need not join the inventory again. `spot` is null for a site not in the table.
 */
export async function keepAnswers(db: Database): Promise<void> {
  await db.run(spotSql);
  await db.run(`create or replace table answered as
    select a.id, s.n as spot, a.range, a.maintenance, a.file, a."row" from asked a left join spot s on s.id = a.site`);
}

/** Positions become whole millionths of a degree: sums of them do not depend on the order of rows. */
const spotSql = `create or replace table spot as
  select (row_number() over () - 1)::integer as n, id, name, coalesce(region, '') as region,
    case when sound then latitude end as latitude, case when sound then longitude end as longitude,
    case when sound then round((latitude + 90) * 1e6)::bigint end as south,
    case when sound then round((longitude + 180) * 1e6)::bigint end as west
  from (select *, latitude between -90 and 90 and longitude between -180 and 180 as sound from s_sites where fate is null)`;

/** Makes `kind_in`: the kind of each question that was given one, by range and parties. Throws if a question has two. */
export async function giveKinds(db: Database, kinds: readonly KindRow[]): Promise<void> {
  const named = new Set(kinds.map(({ equipment, maintenance }) => `${equipment} ${maintenance}`));
  if (named.size < kinds.length) throw new Error("a question was given two kinds");
  await db.run("create or replace table kind_of (equipment integer, maintenance integer, kind integer)");
  await db.append(
    "kind_of",
    kinds.map(({ equipment, maintenance, kind }) => [equipment, maintenance, kind]),
    ["integer", "integer", "integer"],
  );
  await db.run(`create or replace table kind_in as
    select r.n as range, k.maintenance, k.kind from kind_of k join ranged r on r.tuple = k.equipment`);
}
