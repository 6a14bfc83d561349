import type { RawDemands } from "../../model/ports/network.ts";
import type { Database } from "./database.ts";
import { asNameSql } from "./names.ts";
import { placeKey, rowsIn } from "./network-places.ts";

/** Reads the demands, sorted by ends, value and path. After `numberPlaces`. */
export async function readDemands(db: Database): Promise<RawDemands> {
  for (const step of steps) await db.run(step);
  const count = await rowsIn(db, "net_demand");
  const demands = { from: new Uint32Array(count), to: new Uint32Array(count), value: new Float64Array(count) };
  await db.fill('select "from", "to", value from net_demand order by rowid', [
    ...[demands.from, demands.to, demands.value],
  ]);
  const [rows] = await db.rows<{ loops: number; sound: number }>(`
    select count(*) filter ("from" = "to")::double as loops, count(*) filter ("from" <> "to")::double as sound
    from b_demands where flaw is null`);
  const paths = await readPaths(db);
  await db.run("drop table net_owned; drop table net_asked; drop table net_step; drop table net_demand");
  return { count, ...demands, paths, loops: rows!.loops, loose: rows!.sound - count };
}

/**
 * A demand is of the operator it names, or of the only one at its beginning; both ends must be places of that operator.
 * A path must lead from one end to the other, all through places of that operator.
 */
const steps = [
  `create or replace table net_owned as
    with sole as (select site, min(operator) as operator from net_place group by site having count(*) = 1)
    select case when d.operator is null then sole.operator else o.n end as operator, x.n as x, y.n as y, d.value, d.path
        from b_demands d
        join net_site x on x.id = d."from" join net_site y on y.id = d."to"
        left join net_operator o on o.id = d.operator left join sole on sole.site = x.n
    where d.flaw is null and d."from" <> d."to"`,
  `create or replace table net_asked as
    select (row_number() over ())::integer as n, d.operator, f.n as "from", t.n as "to", d.value, d.path
    from net_owned d
    join net_place f on f.key = ${placeKey("d.operator", "d.x")} join net_place t on t.key = ${placeKey("d.operator", "d.y")}`,
  `create or replace table net_step as
    select s.n, s.turn, p.n as place
    from (
      select n, operator, unnest(string_split(path, ';')) as site, generate_subscripts(string_split(path, ';'), 1)::integer as turn
      from net_asked where path is not null) s
    left join net_site x on x.id = ${asNameSql("s.site")}
    left join net_place p on p.key = ${placeKey("s.operator", "x.n")}`,
  `create or replace table net_demand as
    select n, "from", "to", value from net_asked
    where n not in (
      select a.n from net_asked a join net_step s using (n) group by a.n, a."from", a."to"
      having bool_or(s.place is null) or min_by(s.place, s.turn) <> a."from" or max_by(s.place, s.turn) <> a."to")
    order by "from", "to", value, path nulls first`,
];

async function readPaths(db: Database): Promise<ReadonlyMap<number, Uint32Array>> {
  const steps = "net_step join (select rowid::integer as demand, n from net_demand) using (n)";
  const size = await rowsIn(db, steps);
  const demand = new Uint32Array(size);
  const place = new Uint32Array(size);
  await db.fill(`select demand, place from ${steps} order by demand, turn`, [demand, place]);
  const paths = new Map<number, Uint32Array>();
  for (let from = 0; from < size; ) {
    let end = from + 1;
    while (demand[end] === demand[from]) end++;
    paths.set(demand[from]!, place.slice(from, end));
    from = end;
  }
  return paths;
}
