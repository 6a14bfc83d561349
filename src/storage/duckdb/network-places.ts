import { UserError } from "../../model/errors.ts";
import { noSite, type RawPlaces } from "../../model/ports/network.ts";
import type { Database } from "./database.ts";

/** Operators, regions and makers of links are numbered in two bytes, and a few numbers have a meaning of their own. */
const mostNames = 65_000;

/**
 * Makes the numbered tables `net_operator`, `net_site` (every site with equipment in use, and both ends of every link that
 * names its operator), `net_region` and `net_place`. Numbers follow the order of texts, so not that of rows.
 */
export async function numberPlaces(db: Database): Promise<void> {
  for (const step of steps) await db.run(step);
}

/**
 * SQL of the `key` by which `net_place` is joined. One number and not two columns: places joined by operator alone, as the
 * database sometimes chooses to begin, are millions times millions.
 */
export function placeKey(operator: string, site: string): string {
  return `(${operator}::bigint * 4294967296 + ${site})`;
}

const numbered = (order: string) => `(row_number() over (order by ${order}) - 1)::integer as n`;

/** Makes a view that numbers the rows of a table as they lie: sorted tables take half the time and memory of windows. */
const asItLies = (table: string) =>
  `create or replace temp view ${table} as select rowid::integer as n, * from ${table}_row`;

/** A link's ends are places of the operator that it names; one from a site to itself says nothing. */
const endsSql = `select operator, "from", "to" from b_links
  where flaw is null and operator is not null and "from" <> "to"`;

const steps = [
  `create or replace table net_at as
    select operator, site from placed where fate is null and operator is not null
    union select operator, site from extra
    union select operator, "from" from (${endsSql})
    union select operator, "to" from (${endsSql})`,
  `create or replace temp table net_operator as select ${numbered("id")}, id from (select distinct operator as id from net_at)`,
  `create or replace temp table net_region as select ${numbered("name")}, name from (
    select coalesce(region, '') as name from s_sites where fate is null and region is not null
    union select name from s_regions where fate is null
    union select '' from net_at where site is null or site not in (select id from s_sites where fate is null and region is not null))`,
  `create or replace table net_site_row as
    select a.id, r.n as region,
      case when sound then s.latitude else 'nan'::double end as latitude, case when sound then s.longitude else 'nan'::double end as longitude
    from (select distinct site as id from net_at where site is not null) a
    left join (
      select *, coalesce(latitude between -90 and 90 and longitude between -180 and 180, false) as sound
      from s_sites where fate is null) s on s.id = a.id
    join net_region r on r.name = coalesce(s.region, '') order by a.id`,
  asItLies("net_site"),
  // Where the site is not known it is -1, and comes last.
  `create or replace table net_place_row as
    select operator, site, ${placeKey("operator", "site")} as key from (
      select o.n as operator, coalesce(s.n, -1) as site
      from net_at a join net_operator o on o.id = a.operator left join net_site s on s.id = a.site)
    order by operator, site < 0, site`,
  asItLies("net_place"),
  "drop table net_at",
];

/** Texts of `net_operator` or `net_region` in the order of their numbers. Throws `UserError` if there are too many. */
export async function namesOf(
  db: Database,
  table: "net_operator" | "net_region" | "net_maker",
): Promise<readonly string[]> {
  const [what, column] = words[table];
  const rows = await db.rows<{ name: string }>(
    `select ${column} as name from ${table} order by n limit ${mostNames + 1}`,
  );
  if (rows.length > mostNames) {
    throw new UserError(
      `the tables name more than ${mostNames} ${what}`,
      `check whether the column holds ${what} and nothing else`,
    );
  }
  return rows.map(({ name }) => name);
}

const words = {
  net_operator: ["operators", "id"],
  net_region: ["regions", "name"],
  net_maker: ["makers of links", "name"],
} as const;

/** The places as numbers, in their order. */
export async function readPlaces(db: Database): Promise<RawPlaces> {
  const count = await rowsIn(db, "net_place");
  const places = {
    count,
    operator: new Uint16Array(count),
    region: new Uint16Array(count),
    site: new Uint32Array(count),
    latitude: new Float32Array(count),
    longitude: new Float32Array(count),
  };
  const { operator, region, site, latitude, longitude } = places;
  await db.fill(
    `select p.operator, coalesce(s.region, 0), case when p.site < 0 then ${noSite}::double else p.site::double end,
      coalesce(s.latitude, 'nan'::double), coalesce(s.longitude, 'nan'::double)
    from net_place p left join net_site s on s.n = p.site order by p.n`,
    [operator, region, site, latitude, longitude],
  );
  return places;
}

/** Ids of sites by their numbers; the one of `noSite` is empty. Throws if a number is none. */
export async function siteTexts(db: Database, numbers: Uint32Array): Promise<readonly string[]> {
  const wanted = new Set(numbers);
  wanted.delete(noSite);
  await db.run("create or replace table net_wanted (n integer)");
  await db.append(
    "net_wanted",
    Array.from(wanted, (n) => [n]),
    ["integer"],
  );
  const rows = await db.rows<{ n: number; id: string }>("select n, id from net_site join net_wanted using (n)");
  const ids = new Map([[noSite, ""], ...rows.map(({ n, id }) => [n, id] as const)]);
  return Array.from(numbers, (number) => {
    const id = ids.get(number);
    if (id === undefined) throw new Error(`${number} is not the number of a site`);
    return id;
  });
}

/** Rows of a table of ours. */
export async function rowsIn(db: Database, table: string): Promise<number> {
  const [row] = await db.rows<{ n: number }>(`select count(*)::double as n from ${table}`);
  return row!.n;
}
