import type { EquipmentRange, MaintenanceTuple, QuestionGroup, VerdictRow } from "../../model/ports/store.ts";
import { keepAnswers } from "./answers.ts";
import { type Cell, type Database, identifier, literal } from "./database.ts";
import { equipmentColumns } from "./elements.ts";
import { plainCell } from "./plain-cell.ts";

/**
 * Joins every (element, operator) to its range of days and its parties (the view `asked`), and counts by what is asked
 * (the table `posed`). A join here can neither lose nor double an element unnoticed: ranges of a key must not overlap,
 * and the counts must add up. `keep`: rows are looked at again, so the join is done once (the table `answered`).
 */
export async function askQuestions(
  db: Database,
  ranges: readonly EquipmentRange[],
  maintenance: readonly MaintenanceTuple[],
  keep: boolean,
): Promise<readonly QuestionGroup[]> {
  ensureDisjoint(ranges, maintenance);
  await giveTuples(db, ranges, maintenance);
  await db.run(await askedSql(db));
  if (keep) await keepAnswers(db);
  await db.run(`create or replace table posed as
    select r.operator, r.domain, r.tuple as equipment, maintenance, sum(c)::double as n, min(example) as example
    from (select range, maintenance, count(*) as c, min(id) as example from ${keep ? "answered" : "asked"} group by 1, 2)
    join ranged r on r.n = range group by 1, 2, 3, 4`);
  const groups = await db.rows<Omit<QuestionGroup, "elements"> & { elements: number }>(`
    select operator, domain, equipment, maintenance, n as "elements", example from posed order by 1, 2, 3, 4`);
  const asked = groups.reduce((sum, { elements }) => sum + elements, 0);
  const all = await assessedRows(db);
  if (asked !== all) throw new Error(`${all} elements were to be asked about, and the ranges hold ${asked}`);
  return groups;
}

/** Rows of `assessed`: elements, each as often as it has responsible operators; `inUse`: without what has left. */
export async function assessedRows(db: Database, { inUse = false } = {}): Promise<number> {
  const where = inUse ? "where \"left\" is distinct from 'left'" : "";
  const [row] = await db.rows<{ n: number }>(`select coalesce(sum(n), 0)::double as n from equipment ${where}`);
  return row!.n;
}

function ensureDisjoint(ranges: readonly EquipmentRange[], maintenance: readonly MaintenanceTuple[]): void {
  const broken = (what: string, key: number) => new Error(`${what} of key ${key} overlap`);
  for (const [key, own] of Map.groupBy(ranges, (range) => range.key)) {
    const known = own.filter(({ lo, hi }) => lo !== null || hi !== null);
    if (own.length - known.length > 1) throw broken("ranges", key);
    const sorted = known.sort((a, b) => compare(a.lo ?? "", b.lo ?? ""));
    if (sorted.some(({ lo }, at) => at > 0 && compare(sorted[at - 1]!.hi ?? "9999", lo ?? "") > 0))
      throw broken("ranges", key);
  }
  for (const [key, own] of Map.groupBy(maintenance, (tuple) => tuple.key)) {
    if (own.length > 1) throw broken("maintenance tuples", key);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

async function giveTuples(
  db: Database,
  ranges: readonly EquipmentRange[],
  maintenance: readonly MaintenanceTuple[],
): Promise<void> {
  await db.run("create or replace table range_in (key integer, lo varchar, hi varchar, tuple integer, domain varchar)");
  await db.append(
    "range_in",
    ranges.map(({ key, lo, hi, tuple, domain }) => [key, lo, hi, tuple, domain]),
    ["integer", "text", "text", "integer", "text"],
  );
  await db.run("create or replace table maintenance_in (key integer, tuple integer)");
  await db.append(
    "maintenance_in",
    maintenance.map(({ key, tuple }) => [key, tuple]),
    ["integer", "integer"],
  );
  await db.run(`create or replace table ranged as
    select (row_number() over (order by key, lo nulls first, hi nulls first) - 1)::integer as n, key,
      ${equipmentColumns.map((name) => `e."${name}"`).join(", ")}, lo is null and hi is null as unknown,
      coalesce(lo::date, date '0001-01-01') as lo, coalesce(hi::date, date '9999-12-31') as hi, tuple, domain
    from range_in join equipment e using (key)`);
  await db.run(`create or replace table tended as
    select m.id, m.operator, m."left", t.tuple from maintained m
    join maintenance k on k.operator = m.operator and k.parties = m.parties join maintenance_in t on t.key = k.key`);
  await db.run(`create or replace table untended as
    select k.operator, t.tuple from maintenance k join maintenance_in t on t.key = k.key where k.parties = ''`);
}

/** A day that a verdict gives, or the element's first day if that is later; none if the verdict gives none. */
function laterDay(name: string): string {
  return `case when ${name} = '' then '' else greatest(${name}, coalesce(a.in_service_since::varchar, '')) end as ${name}`;
}

async function askedSql(db: Database): Promise<string> {
  const [first] = await db.rows<{ n: number }>("select count(*)::double as n from maintained");
  const some = first!.n > 0;
  const same = equipmentColumns.map((name) => `a."${name}" is not distinct from r."${name}"`).join(" and ");
  return `create or replace view asked as
    select a.id, a.operator, a.in_service_since, a.site, a.file, a."row", r.n as range, r.tuple as equipment, ${some ? "coalesce(t.tuple, u.tuple)" : "u.tuple"} as maintenance
    from assessed a
    join ranged r on ${same} and (a.in_service_since is null) = r.unknown
      and (r.unknown or (a.in_service_since >= r.lo and a.in_service_since < r.hi))
    ${some ? 'left join tended t on t.id = a.id and t.operator = a.operator and (t."left" is null) = (a."left" is distinct from \'left\')' : ""}
    left join untended u on u.operator = a.operator`;
}

/**
 * Writes the answer to each (element, operator), and the records that were set aside, sorted by element and operator;
 * records of unknown id come last. `plain`: for people, with no cell that a spreadsheet or a terminal would obey. Returns
 * how many rows; throws if it is not one for each.
 */
export async function writeAnswers(
  db: Database,
  path: string,
  header: readonly string[],
  verdicts: readonly VerdictRow[],
  sinceColumn: string,
  aside: { readonly texts: readonly string[]; readonly sql: string; readonly rows: number },
  plain: boolean,
): Promise<number> {
  const cell = plain ? plainCell : (text: string) => text;
  const texts = header.slice(2).map((_, at) => `c${at}`);
  await db.run(
    `create or replace table verdict_in (equipment integer, maintenance integer${texts.map((name) => `, ${name} varchar`).join("")})`,
  );
  await db.append(
    "verdict_in",
    verdicts.map(({ equipment, maintenance, columns }): readonly Cell[] => [equipment, maintenance, ...columns]),
    ["integer", "integer", ...texts.map(() => "text" as const)],
  );
  await db.run(`create or replace table verdict_out as
    select equipment, maintenance${texts.map((name) => `, ${cell(name)} as ${name}`).join("")} from verdict_in`);
  const names = ["id", "operator", ...texts].map((name, at) => {
    return `${at < 2 ? cell(name) : name} as ${identifier(header[at]!)}`;
  });
  const since = texts[header.indexOf(sinceColumn) - 2];
  const shown = texts.map((name) => (name === since ? laterDay(name) : name));
  const values = aside.texts.map((text, at) => `${literal(text)} as c${at}`);
  const written = await db.run(`copy (
    select ${names.join(", ")} from (
      select ${["a.id", "a.operator", ...shown].join(", ")} from asked a join verdict_out v
        on v.equipment = a.equipment and v.maintenance = a.maintenance
      union all
      select ${["id", "null", ...values].join(", ")} from (${aside.sql}))
    order by id nulls last, operator nulls first) to ${literal(path)} (format csv, header true)`);
  const expected = (await assessedRows(db)) + aside.rows;
  if (written !== expected) throw new Error(`${expected} rows were to be written, and ${written} were`);
  return written;
}
