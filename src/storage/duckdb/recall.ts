import type { Day } from "../../model/day.ts";
import type { Changed, LeftCount, Recorded } from "../../model/ports/store.ts";
import { type Database, literal, oneFile } from "./database.ts";
import { equipmentColumns, isNotInUse, place, presentSql, tally, tallyMaintenance } from "./elements.ts";
import { allColumns } from "./shape.ts";

/** Distinct changes that are asked about; what changed in more ways than that has changed. */
const mostAsked = 100_000;
/**
 * What the file of a record has of each element and operator; `seen`, `as_of`: when the tables last had it, and for which day;
 * `aside`: its record was set aside, so that only its id can be relied on.
 */
const recordedColumns = [
  ...["element", "operator", "site", "maker", "product", "release", "digest", "functions"],
  ...["since", "release_since", "parties", "seen", "as_of", "aside"],
];
const columnList = recordedColumns.join(", ");
const none: LeftCount = { verdicts: 0, elements: 0 };

/**
 * Compares what a ledger last saw with what is in use now. What stood there and does not stand there any more (the same
 * operator, site, maker, product and functions under the same id), and of which nobody has signed that it is gone, joins the
 * view `assessed` and the tables made from it, marked as `left`. After `load`; asked again it begins anew.
 */
export async function recall(
  db: Database,
  recorded: Recorded | undefined,
  { asOf, knownAt, sites }: { readonly asOf: Day; readonly knownAt: Day; readonly sites: boolean },
): Promise<LeftCount> {
  if (await hasRecalled(db)) await forget(db, asOf, knownAt);
  await db.run("drop view if exists recorded");
  if (!recorded) return none;
  await db.run(
    `create or replace temp view recorded as select ${columnList} from read_parquet(${oneFile(recorded.path)})`,
  );
  await db.run(movedSql(sites));
  await forgive(db, recorded);
  await forgiveLater(db, asOf);
  await db.run("create or replace table removal_in (operator varchar, element varchar, signed varchar)");
  await db.append("removal_in", removalRows(recorded.removals), ["text", "text", "text"]);
  await db.run(`create or replace table left_row as
    select n, ${columnList} from departed d where not later and not exists (
      select 1 from removal_in r where r.element = d.element and coalesce(r.operator = d.operator, true)
        and r.signed >= d.seen::varchar)`);
  return takeBack(db, asOf, knownAt);
}

function* removalRows(removals: Recorded["removals"]): Generator<readonly [string, string, string]> {
  for (const { operator, elements, signedOn } of removals)
    for (const element of elements) yield [operator, element, signedOn];
}

async function hasRecalled(db: Database): Promise<boolean> {
  const [row] = await db.rows(`select 1 as n from equipment where "left" is not null limit 1`);
  return row !== undefined;
}

/** As `load` left it: nothing has left. */
async function forget(db: Database, asOf: Day, knownAt: Day): Promise<void> {
  await db.run("create or replace table left_row (element varchar, operator varchar, parties varchar)");
  await db.run("delete from stray");
  await place(db, asOf, knownAt);
  await tally(db);
  await tallyMaintenance(db);
}

/**
 * Makes `departed`: recorded rows without one now that has their id, operator and all that was known of them; of one that was
 * set aside, without any that has its id.
 */
function movedSql(sites: boolean): string {
  const differs = (name: string) => `(r.${name} is not null and a.${name} is distinct from r.${name})`;
  const names = ["maker", "product", "functions", ...(sites ? ["site"] : [])];
  return `create or replace table departed as
    select (row_number() over (order by r.element, r.operator, r.seen))::integer as n, r.*, false as later,
      a.id is not null as stays, ${sites ? differs("site") : "false"} as moved,
      a.maker as now_maker, a.product as now_product, a.functions as now_functions
    from recorded r left join assessed a on a.id = r.element and a.operator = r.operator
    where case when r.aside then r.element not in (${asideIds}) and r.element not in (
        select id from assessed where id in (select element from recorded where aside) and coalesce(operator = r.operator, true))
      else a.id is null or ${names.map(differs).join(" or ")} end`;
}

/** Records that were set aside now, as far as their ids can be told. */
const asideIds = "select id from aside where id is not null union all select id from lost_ids where id is not null";

/** What only has another name now, or is known of better, has not left. */
async function forgive(db: Database, { same }: Recorded): Promise<void> {
  const texts = ["operator", "maker", "product", "functions", "now_maker", "now_product", "now_functions"] as const;
  await db.run(`create or replace temp table change as
    select (row_number() over (order by ${texts.map((name) => `${name} nulls first`).join(", ")}))::integer as change, * from (
      select distinct ${texts.join(", ")} from departed where stays and not moved limit ${mostAsked})`);
  const rows = await db.rows<{ [name in (typeof texts)[number]]: string | null } & { change: number }>(
    "select * from change order by change",
  );
  if (rows.length === 0) return;
  const changes = rows.map(
    (row): Changed => ({
      operator: row.operator!,
      was: { maker: row.maker, product: row.product, functions: row.functions },
      now: { maker: row.now_maker, product: row.now_product, functions: row.now_functions },
    }),
  );
  const unchanged = rows.filter((_, at) => same(changes[at]!)).map(({ change }) => [change]);
  await db.run("create or replace table unchanged (change integer)");
  await db.append("unchanged", unchanged, ["integer"]);
  const equal = texts.map((name) => `d.${name} is not distinct from c.${name}`).join(" and ");
  await db.run(`delete from departed d using change c
    where d.stays and not d.moved and ${equal} and c.change in (select change from unchanged)`);
}

/**
 * Marks as `later` what the tables still have and what is in use only after the as-of day, because the record was made for a
 * later one.
 */
async function forgiveLater(db: Database, asOf: Day): Promise<void> {
  const [later] = await db.rows("select 1 as n from departed where as_of > $1::date and not stays limit 1", [asOf]);
  if (!later) return;
  const known = ["maker", "product", "functions"].map((name) => `(d.${name} is null or e.${name} = d.${name})`);
  await db.run(
    `update departed d set later = true from b_elements e
     where d.as_of > $1::date and not d.stays and e.id = d.element and e.flaw is null and e.status is distinct from 'retired'
       and coalesce(e.in_service_since <= d.as_of, true) and ${known.join(" and ")}
       and (e.operator = d.operator or exists (
         select 1 from b_uses u where u.flaw is null and u.element = d.element and u.operator = d.operator
           and coalesce(u.kind, 'own') <> 'roaming' and coalesce(u."from" <= d.as_of, true) and coalesce(u.until >= d.as_of, true)))`,
    [asOf],
  );
}

/** Lets `left_row` be assessed beside what is in use; what is in use and once stood elsewhere is marked as moved. */
async function takeBack(db: Database, asOf: Day, knownAt: Day): Promise<LeftCount> {
  const [count] = await db.rows<{ verdicts: number; elements: number }>(`
    select count(*)::double as verdicts,
      (count(distinct element) filter (element not in (select id from assessed)))::double as elements from left_row`);
  if (!count || count.verdicts === 0) return none;
  if (
    (await db.run(
      "insert into stray select distinct element from left_row where element in (select id from assessed)",
    )) > 0
  ) {
    await place(db, asOf, knownAt);
    await tally(db);
  }
  const own = new Map([
    ["id", "l.element"],
    ["operator", "coalesce(l.operator, '')"],
    ["in_service_since", "l.since"],
    ["status", "null::varchar"],
  ]);
  const names = allColumns("elements").map(([name]) => `${own.get(name) ?? `l."${name}"`} as "${name}"`);
  await db.run(`create or replace view assessed as ${presentSql} union all
    select -1 as file, l.n as "row", ${names.join(", ")}, m.mark, 'left' as "left"
    from left_row l left join marked m on m.id = l.element`);
  await db.run(equipmentOfLeft);
  await tallyMaintenance(db);
  return count;
}

const equipment = equipmentColumns.map((name) => `"${name}"`).join(", ");

/** The kinds of what has left, numbered after all others. */
const equipmentOfLeft = `insert into equipment
  select (row_number() over (order by ${equipmentColumns.map((name) => `"${name}" nulls first`).join(", ")}) - 1
      + (select count(*) from equipment))::integer, *
  from (
    select ${equipment}, count(*)::double, min(in_service_since), (count(*) filter (in_service_since is null))::double,
      min(release_since), (count(*) filter (release_since is null))::double,
      case when count(*) filter (release_since is null and in_service_since is null) = 0
        then min(in_service_since) filter (release_since is null) end
    from assessed where "left" = 'left' group by ${equipment})`;

/**
 * Writes what a later run is to be compared with: all that is in use, and all that was recorded before and does not stand
 * there any more, sorted, as Parquet. Plans for a day after known-at are no equipment yet. Returns how many rows.
 */
export async function writeRecord(db: Database, path: string, asOf: Day, knownAt: Day): Promise<number> {
  const hadRecord = (await db.rows("select 1 as n from duckdb_views() where view_name = 'recorded'")).length > 0;
  const day = (name: string) => `date '${name}'`;
  // Somebody may have recorded for a later day before: what was seen then was seen.
  const [last] = hadRecord
    ? await db.rows<{ later: number }>(
        `select (max(seen) > ${day(knownAt)} or max(as_of) > ${day(asOf)})::integer as later from recorded`,
      )
    : [];
  const before =
    last?.later === 1
      ? "left join (select element, operator, max(seen) as seen, max(as_of) as as_of from recorded group by all) b on b.element = a.id and b.operator = a.operator"
      : "left join (select null::date as seen, null::date as as_of) b on true";
  const gone = hadRecord ? `union all select ${columnList} from departed` : "";
  return db.run(`copy (
    select a.id as element, a.operator, a.site, a.maker, a.product, a.release, a.digest, a.functions,
      a.in_service_since as since, a.release_since, m.parties,
      greatest(${day(knownAt)}, b.seen) as seen, greatest(${day(asOf)}, b.as_of) as as_of, false as aside
    from assessed a left join maintained m on m.id = a.id and m.operator = a.operator and m."left" is null ${before}
    where a."left" is distinct from 'left' and coalesce(a.in_service_since <= ${day(knownAt)}, true)
    ${await asideRows(db, `${day(knownAt)} as seen, ${day(asOf)} as as_of`)}
    ${gone}
    order by element, operator, seen, maker, product, functions, site) to ${literal(path)} (format parquet, compression zstd)`);
}

/** SQL of the records that were set aside and have an id, to follow others; days that were no days are not kept. */
async function asideRows(db: Database, days: string): Promise<string> {
  if ((await db.rows(`${asideIds} limit 1`)).length === 0) return "";
  return `union all
    select distinct id, operator, site, maker, product, release, digest, functions, null::date, null::date, null, ${days}, true
    from placed where id is not null and fate is not null and not ${isNotInUse("fate")}
    union all select distinct id, null, null, null, null, null, null, null, null::date, null::date, null, ${days}, true
    from lost_ids where id is not null`;
}
