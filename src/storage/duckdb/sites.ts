import type { KindRow, SiteCounts, SitePoint } from "../../model/ports/store.ts";
import { giveKinds } from "./answers.ts";
import type { Cell, Database } from "./database.ts";
import { assessedRows } from "./questions.ts";

/** Sides that cells of the grid may have, in millionths of a degree, about 100 m and up; the last holds the whole globe. */
const sides = [1, 2, 5]
  .flatMap((digit) => [1e3, 1e4, 1e5, 1e6, 1e7].map((size) => digit * size))
  .concat(720e6)
  .sort((a, b) => a - b);

/**
 * Counts the verdicts at each site of the sites table, and gathers sites into cells of a grid where more than `most` have
 * a position. Verdicts whose site has no place in the table, or no position there, are counted as unplaced; all of them
 * count for the region `""`, so that the regions hold every verdict. Throws if a question has no kind.
 */
export async function countSites(db: Database, kinds: readonly KindRow[], most: number): Promise<SiteCounts> {
  await giveKinds(db, kinds);
  await db.run(`create or replace table at_spot as
    select spot, kind, count(*)::double as verdicts from answered join kind_in using (range, maintenance) group by 1, 2`);
  const width = kinds.reduce((widest, { kind }) => Math.max(widest, kind + 1), 0);
  const [whole] = await db.rows<{ placed: number; unplaced: number; sites: number }>(`
    select coalesce(sum(verdicts) filter (s.latitude is not null), 0) as placed,
      coalesce(sum(verdicts) filter (s.latitude is null), 0) as unplaced,
      count(distinct spot) filter (s.latitude is not null)::double as sites
    from at_spot left join spot s on s.n = spot`);
  const { placed, unplaced, sites } = whole!;
  const all = await assessedRows(db);
  if (placed + unplaced !== all)
    throw new Error(`${all} verdicts were to be placed, and ${placed + unplaced} have a kind`);
  const side = sites <= most ? null : await sideFor(db, most);
  return {
    ...{ placed, unplaced, sites, cell: side === null ? null : side / 1e6 },
    points: side === null ? await singlePoints(db, width) : await cellPoints(db, width, side),
    regions: await regionsOf(db, width),
  };
}

/** Spots with a position and at least one verdict. */
const shownSql = "spot where latitude is not null and n in (select spot from at_spot where spot is not null)";

/** The least side of cells of which at most `most` are needed. */
async function sideFor(db: Database, most: number): Promise<number> {
  for (const side of sides) {
    const [cells] = await db.rows<{ n: number }>(
      `select count(*)::double as n from (select distinct south // ${side}, west // ${side} from ${shownSql})`,
    );
    if (cells!.n <= most) return side;
  }
  throw new Error(`no point may be shown: expected room for one at least, got ${most}`);
}

/** Verdicts by kind as columns `k0`, `k1` and so on. */
function kindColumns(width: number): string {
  const kinds = Array.from({ length: width }, (_, kind) => kind);
  return kinds.map((kind) => `, coalesce(sum(verdicts) filter (kind = ${kind}), 0) as k${kind}`).join("");
}

function countsOf(row: Readonly<Record<string, Cell>>, width: number): readonly number[] {
  return Array.from({ length: width }, (_, kind) => Number(row[`k${kind}`]));
}

interface Counted {
  readonly [column: string]: Cell;
}

async function singlePoints(db: Database, width: number): Promise<readonly SitePoint[]> {
  const rows = await db.rows<
    Counted & { id: string; name: string | null; region: string; latitude: number; longitude: number }
  >(`
    select id, any_value(name) as name, any_value(region) as region, any_value(latitude) as latitude,
      any_value(longitude) as longitude${kindColumns(width)}
    from at_spot join spot on n = spot where latitude is not null group by id order by id`);
  return rows.map((row) => {
    const { id, name, region, latitude, longitude } = row;
    return { id, name, region: region || null, latitude, longitude, sites: 1, counts: countsOf(row, width) };
  });
}

async function cellPoints(db: Database, width: number, side: number): Promise<readonly SitePoint[]> {
  // Each site is counted once for its position, and as often as it has kinds for its verdicts.
  const rows = await db.rows<
    Counted & { south: number; west: number; sites: number; meanSouth: number; meanWest: number }
  >(`
    with cell as (
      select south // ${side} as s, west // ${side} as w, count(*) as sites, sum(south) as souths, sum(west) as wests
      from ${shownSql} group by s, w),
    counted as (
      select south // ${side} as s, west // ${side} as w${kindColumns(width)}
      from at_spot join spot on n = spot where latitude is not null group by s, w)
    select (s * ${side})::double as south, (w * ${side})::double as west, sites::double as sites,
      (souths // sites)::double as "meanSouth", (wests // sites)::double as "meanWest", counted.* exclude (s, w)
    from cell join counted using (s, w)`);
  const digits = Math.max(1, 6 - Math.floor(Math.log10(side)));
  const degrees = (millionths: number, from: number) => (millionths - from * 1e6) / 1e6;
  const points = rows.map((row): SitePoint => {
    const corner = [degrees(row.south, 90), degrees(row.west, 180)].map((value) => value.toFixed(digits));
    return {
      ...{ id: corner.join(" "), name: null, region: null, sites: row.sites, counts: countsOf(row, width) },
      latitude: degrees(row.meanSouth, 90),
      longitude: degrees(row.meanWest, 180),
    };
  });
  return points.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function regionsOf(db: Database, width: number): Promise<SiteCounts["regions"]> {
  const rows = await db.rows<Counted & { name: string; sites: number }>(`
    select coalesce(region, '') as name, count(distinct spot)::double as sites${kindColumns(width)}
    from at_spot left join spot on n = spot group by 1 order by 1`);
  return rows.map((row) => ({ name: row.name, sites: row.sites, counts: countsOf(row, width) }));
}
