import type { Base } from "../../model/measure.ts";
import type { MakerUnits, SegmentPlace } from "../../model/ports/store.ts";
import type { Database } from "./database.ts";

/**
 * How much of each operator's segments is of which maker, counted in elements or sites. An element without a site stands
 * at one of its own whose segment is not placed: it may add to any other. Throws if a `functions` text was not placed.
 */
export async function unitsByMaker(
  db: Database,
  base: Base,
  places: readonly SegmentPlace[],
): Promise<readonly MakerUnits[]> {
  await givePlaces(db, places);
  await db.run(laterSql);
  if (base === "site") for (const step of siteSteps) await db.run(step);
  return db.rows<{ [name in keyof MakerUnits]: MakerUnits[name] }>(base === "element" ? elementsSql : sitesSql);
}

async function givePlaces(db: Database, places: readonly SegmentPlace[]): Promise<void> {
  await db.run("create or replace table segment_in (functions varchar, segment varchar)");
  const rows = places.flatMap(({ functions, segments }) => [...new Set(segments)].map((one) => [functions, one]));
  await db.append("segment_in", rows, ["text", "text"]);
  const placed = new Set(places.map(({ functions }) => functions));
  const used = await db.rows<{ functions: string | null }>("select distinct functions from equipment order by 1");
  const missing = used.find(({ functions }) => !placed.has(functions));
  if (missing) throw new Error(`the functions \`${missing.functions}\` were not placed in a segment`);
}

/** Rows of elements with several operators, but the one of the first operator; mostly few, and often none. */
const laterSql = `create or replace table later as
  with own as (
    select id, operator, functions, maker from placed_tied
    where fate is null and operator is not null and id in (select id from extra)
    union all select id, operator, functions, maker from extra)
  select * from own qualify row_number() over (partition by id order by operator) > 1`;

const sorted = "order by operator, segment nulls first, maker nulls first";

const elementsSql = `
  with every as (select operator, functions, maker, sum(n) as units from equipment group by all),
    again as (select operator, functions, maker, count(*)::double as units from later group by all)
  select e.operator, p.segment, e.maker, sum(e.units)::double as units,
    sum(e.units - coalesce(a.units, 0))::double as once
  from every e join segment_in p on p.functions is not distinct from e.functions
  left join again a on a.operator = e.operator
    and a.functions is not distinct from e.functions and a.maker is not distinct from e.maker
  group by e.operator, p.segment, e.maker ${sorted}`;

/**
 * Millions of rows are grouped by two numbers, not by texts: `at_part` counts the elements of each site by operator,
 * functions and maker; `of_part` says to which segments of an operator those belong.
 */
const siteSteps = [
  `create or replace temp table site_number as
    select site, (row_number() over ())::integer as n from (select distinct site from assessed where site is not null)`,
  `create or replace temp table part_number as
    select operator, functions, maker, (row_number() over ())::integer as n
    from (select distinct operator, functions, maker from equipment)`,
  `create or replace temp table at_part as
    select s.n as site, k.n as part, count(*)::integer as n, (count(*) filter (l.id is null))::integer as m
    from assessed a join part_number k on k.operator = a.operator
      and k.functions is not distinct from a.functions and k.maker is not distinct from a.maker
    left join site_number s on s.site = a.site left join later l on l.id = a.id and l.operator = a.operator
    group by s.n, k.n`,
  `create or replace temp table of_part as
    select k.n as part, k.operator, p.segment, k.maker, dense_rank() over (order by k.operator, p.segment) as place
    from part_number k join segment_in p on p.functions is not distinct from k.functions`,
];

/**
 * A maker's part of a site is its number of elements over that of all. Equal parts are counted before they are summed, in
 * a fixed order, so that rounding does not depend on the order of rows.
 */
const sitesSql = `
  with whole as (
      select site, place, sum(n) as n_all, sum(m) as m_all from at_part join of_part using (part)
      where site is not null group by site, place),
    part as (
      select site, place, operator, segment, maker, sum(n) as n, sum(m) as m from at_part join of_part using (part)
      where site is not null group by all),
    alike as (
      select operator, segment, maker, n, n_all, m, m_all, count(*) as sites
      from part join whole using (site, place) group by all),
    every as (
      select operator, segment, maker, sum(sites * n / n_all order by n, n_all, m, m_all) as units,
        sum(case when m_all > 0 then sites * m / m_all else 0 end order by n, n_all, m, m_all) as once
      from alike group by operator, segment, maker
      union all
      select operator, null, maker, sum(a.n), sum(a.m) from at_part a join part_number k on k.n = a.part
      where site is null group by operator, maker)
  select operator, segment, maker, sum(units order by units)::double as units, sum(once order by once)::double as once
  from every group by operator, segment, maker ${sorted}`;
