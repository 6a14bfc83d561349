import type { Day } from "../../model/day.ts";
import type { Database } from "./database.ts";
import { allColumns } from "./shape.ts";

/** Columns that tell one kind of equipment from another, as `EquipmentKey` has them. */
export const equipmentColumns = [
  ...["operator", "maker", "product", "release", "digest", "functions", "mark"],
  "left",
] as const;
const equipment = equipmentColumns.map((name) => `"${name}"`).join(", ");

/** The fates of elements that are no concern of the question: retired, planned for later, in service only after the as-of day. */
export const notInUse = { retired: "not-in-use:retired", planned: "not-in-use:planned", later: "not-in-use:later" };
/** SQL of whether a fate is one of these. */
export const isNotInUse = (fate: string) => `split_part(${fate}, ':', 1) = 'not-in-use'`;

/**
 * Makes the view `placed`: each element row with its `fate`, null for the rows to assess, else why not; and `placed_tied`,
 * the same of the rows in `tied`; both with the element's `mark`. A flaw in the row comes first, then what makes its id
 * useless; only then does it matter whether the element is in use. What is in use cannot begin on a day that nobody has seen
 * yet: only a plan can. `left` says `moved` of what is among the ids in `stray`: it once stood elsewhere.
 */
export async function place(db: Database, asOf: Day, knownAt: Day): Promise<void> {
  const names = allColumns("elements").map(([name]) => `"${name}"`);
  const lastSeen = asOf > knownAt ? asOf : knownAt;
  const anyOf = async (table: string) => (await db.rows(`select 1 as n from ${table} limit 1`)).length > 0;
  const cases = [
    "when flaw is not null then flaw",
    ...((await anyOf("repeated")) ? ["when id in (select id from repeated) then 'duplicate-id'"] : []),
    ...((await anyOf("cyclic")) ? ["when id in (select id from cyclic) then 'cycle'"] : []),
    `when status = 'retired' then '${notInUse.retired}'`,
    `when status = 'planned' and in_service_since > date '${asOf}' then '${notInUse.planned}'`,
    ...["in_service_since", "release_since"].map(
      (day) => `when status is distinct from 'planned' and ${day} > date '${lastSeen}' then 'future-day:${day}'`,
    ),
    `when in_service_since > date '${asOf}' then '${notInUse.later}'`,
    (await anyOf("shared"))
      ? "when operator is null and id not in (select id from shared) then 'no-operator'"
      : "when operator is null then 'no-operator'",
  ];
  const moved = (await anyOf("stray")) ? "case when id in (select id from stray) then 'moved' end" : "null::varchar";
  const some = await anyOf("marked");
  const mark = some ? "m.mark" : "null::varchar";
  const select = `select file, "row", ${names.join(", ")}, ${mark} as mark, ${moved} as "left", case ${cases.join(" ")} end as fate`;
  const from = (table: string) => (some ? `${table} left join marked m using (id)` : table);
  await db.run(`create or replace view placed as ${select} from ${from("b_elements")}`);
  await db.run(`create or replace view placed_tied as ${select} from ${from("tied")}`);
}

/** SQL of the rows that are assessed, each with its operators. */
export const presentSql = `
  select * exclude (fate) from placed where fate is null and operator is not null union all select * from extra`;

/** Makes `marked`: the marks that elements were given from outside. */
export async function keepMarks(db: Database, marks: ReadonlyMap<string, string>): Promise<void> {
  await db.run("create table marked (id varchar, mark varchar)");
  await db.append("marked", marks, ["text", "text"]);
}

/** What the one scan of all elements counted. */
export interface Tally {
  readonly elements: number;
  readonly notInUse: number;
  readonly planned: number;
  /** Rows set aside, by fate, sorted by it. */
  readonly aside: readonly { readonly fate: string; readonly rows: number }[];
}

/**
 * Makes `assessed`, a row per (element, responsible operator), and the numbered table `equipment` of its distinct kinds.
 * Numbers follow the order of the columns, so they do not depend on the order of rows.
 */
export async function tally(db: Database): Promise<Tally> {
  await db.run(`create or replace temp table counted as
    select fate, ${equipment}, count(*) as n, min(in_service_since) as since, count(*) filter (in_service_since is null) as since_unknown,
      min(release_since) as released, count(*) filter (release_since is null) as release_unknown,
      min(in_service_since) filter (release_since is null) as release_unknown_from,
      count(*) filter (release_since is null and in_service_since is null) as neither
    from placed group by all`);
  await db.run(`create or replace table extra as
    select p.* exclude (fate) replace (s.operator as operator) from placed_tied p join shared s on s.id = p.id
    where fate is null and s.operator is distinct from p.operator`);
  await db.run(`create or replace view assessed as ${presentSql}`);
  await db.run(equipmentSql);
  const fates = await db.rows<{ fate: string | null; rows: number }>(
    'select fate, sum(n)::double as "rows" from counted group by fate order by fate',
  );
  const rowsOf = (...wanted: readonly (string | null)[]) =>
    fates.reduce((sum, { fate, rows }) => sum + (wanted.includes(fate) ? rows : 0), 0);
  const outside: readonly (string | null)[] = [null, ...Object.values(notInUse)];
  return {
    elements: rowsOf(null),
    notInUse: rowsOf(...Object.values(notInUse)),
    planned: rowsOf(notInUse.planned),
    aside: fates.flatMap(({ fate, rows }) => (fate === null || outside.includes(fate) ? [] : [{ fate, rows }])),
  };
}

const equipmentSql = `create or replace table equipment as
  with part as (
    select * exclude (fate) from counted where fate is null and operator is not null
    union all
    select ${equipment}, count(*), min(in_service_since), count(*) filter (in_service_since is null),
      min(release_since), count(*) filter (release_since is null), min(in_service_since) filter (release_since is null),
      count(*) filter (release_since is null and in_service_since is null)
    from extra group by ${equipment})
  select (row_number() over (order by ${equipmentColumns.map((name) => `"${name}" nulls first`).join(", ")}) - 1)::integer as key, *
  from (
    select ${equipment}, sum(n)::double as n, min(since) as since, sum(since_unknown)::double as since_unknown,
      min(released) as released, sum(release_unknown)::double as release_unknown,
      case when sum(neither) = 0 then min(release_unknown_from) end as release_unknown_from
    from part group by ${equipment})`;

/**
 * Makes `maintained` (parties per element and operator, where the tables name any) and the numbered table `maintenance`; again
 * where something has left, with who was known to work on it.
 */
export async function tallyMaintenance(db: Database): Promise<void> {
  await db.run(`create or replace table maintained as
    with own as (
      select id, operator from placed_tied where fate is null and operator is not null union all select id, operator from extra)
    select own.id, own.operator, null::varchar as "left", p.parties from own join parties p on p.id = own.id
    union all select element, operator, 'left', any_value(parties) from left_row where parties <> '' group by element, operator`);
  await db.run(`create or replace table maintenance as
    with listed as (select operator, parties, count(*)::double as n from maintained group by operator, parties),
      every as (select operator, sum(n) as n from equipment group by operator),
      rest as (select operator, '' as parties,
        n - coalesce((select sum(l.n) from listed l where l.operator = every.operator), 0) as n from every)
    select (row_number() over (order by operator, parties) - 1)::integer as key, operator, parties, n
    from (select * from listed union all select * from rest where n > 0)`);
}
