import { protections, type RawLinks } from "../../model/ports/network.ts";
import { type Database, literal } from "./database.ts";
import { namesOf, placeKey, rowsIn } from "./network-places.ts";

/** Ids are fetched as texts of so many, and taken apart when somebody asks. */
const idsPerText = 65_536;
const between = "\u001f";

/** Reads the links of every operator, sorted by ends and then by what they are. After `numberPlaces`. */
export async function readLinks(db: Database): Promise<RawLinks> {
  await db.run(makersSql);
  const makers = [null, ...(await namesOf(db, "net_maker"))];
  for (const step of steps) await db.run(step);
  const count = await rowsIn(db, "net_link");
  const links = {
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    uplink: new Uint8Array(count),
    weight: new Float64Array(count),
    capacity: new Float64Array(count),
    maker: new Uint16Array(count),
    protection: new Uint8Array(count),
    first: new Uint8Array(count),
  };
  await db.fill(
    `select "from", "to", uplink, weight, capacity, maker, protection, "first" from net_link order by rowid`,
    [...[links.from, links.to, links.uplink, links.weight, links.capacity, links.maker, links.protection, links.first]],
  );
  const ids = await readIds(db);
  const lost = await countLost(db);
  await db.run("drop table net_line; drop table net_link");
  return { count, ...links, makers, ids, ...lost };
}

const protectionCases = protections.map((name, at) => `when ${literal(name)} then ${at}`).join(" ");

const makersSql = `create or replace temp table net_maker as
  select (row_number() over (order by maker))::integer as n, maker as name
  from (select distinct maker from b_links where flaw is null and maker is not null)`;

/** A link that names no operator is one of each operator that has places at both ends. */
const steps = [
  `create or replace table net_line as
    select o.n as operator, x.n as x, y.n as y, (coalesce(l.kind, 'trunk') = 'uplink')::utinyint as uplink,
      coalesce(l.weight, 1) as weight, coalesce(l.capacity, 'nan'::double) as capacity, coalesce(m.n, 0)::usmallint as maker,
      case coalesce(l.protection, '') ${protectionCases} end::utinyint as protection,
      coalesce(l.id, l."from" || ' ' || l."to") as id,
      l.operator is null as anyones
    from b_links l
    join net_site x on x.id = l."from" join net_site y on y.id = l."to"
    left join net_operator o on o.id = l.operator left join net_maker m on m.name = l.maker
    where l.flaw is null and l."from" <> l."to"`,
  `create or replace table net_link as
    with owned as (
      select *, null as line from net_line where not anyones
      union all select l.* replace (f.operator as operator), l.rowid as line from net_line l join net_place f on f.site = l.x where anyones)
    select f.n as "from", t.n as "to", l.* exclude (operator, x, y, anyones),
      (line is null or row_number() over (partition by line order by l.operator) = 1)::utinyint as "first"
    from owned l
    join net_place f on f.key = ${placeKey("l.operator", "l.x")} join net_place t on t.key = ${placeKey("l.operator", "l.y")}
    order by f.n, t.n, uplink, id, weight, capacity, maker, protection`,
];

async function readIds(db: Database): Promise<(link: number) => string> {
  const rows = await db.rows<{ text: string }>(`
    select string_agg(replace(id, ${literal(between)}, '?'), ${literal(between)} order by rowid) as text
    from net_link group by rowid // ${idsPerText} order by rowid // ${idsPerText}`);
  let last: { readonly at: number; readonly ids: readonly string[] } | undefined;
  return (link) => {
    const at = Math.floor(link / idsPerText);
    if (last?.at !== at) last = { at, ids: rows[at]?.text.split(between) ?? [] };
    const id = last.ids[link % idsPerText];
    if (id === undefined) throw new Error(`there is no link ${link}`);
    return id;
  };
}

async function countLost(db: Database): Promise<Pick<RawLinks, "loose" | "loops">> {
  const [row] = await db.rows<{ loops: number; sound: number; placed: number }>(`
    select count(*) filter ("from" = "to")::double as loops, count(*) filter ("from" <> "to")::double as sound,
      (select count(*) filter (line is null) + count(distinct line) from net_link)::double as placed
    from b_links where flaw is null`);
  return { loops: row!.loops, loose: row!.sound - row!.placed };
}
