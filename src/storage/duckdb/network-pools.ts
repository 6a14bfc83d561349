import { splitFunctions } from "../../model/functions.ts";
import { asName } from "../../model/name.ts";
import type { RawPool } from "../../model/ports/network.ts";
import type { Database } from "./database.ts";
import { asNameSql } from "./names.ts";
import type { ReadElements } from "./network-elements.ts";
import { ownColumns, plainBase } from "./network-kinds.ts";
import { placeKey } from "./network-places.ts";

/** Pools of an operator, or of regions, that no table knows, as SQL of file, row, fate, id; the latter are kept. */
export const poolReferences: readonly string[] = [
  `select file, "row", 'dangling-reference:operator' as fate, operator as id from s_pools
   where fate is null and operator not in (select id from s_operators where fate is null union select operator from equipment)`,
  `select file, "row", 'dangling-reference:regions' as fate, min(name) as id
   from (select file, "row", ${asNameSql("region")} as name from (
     select file, "row", unnest(string_split(regions, ';')) as region from s_pools where fate is null and regions is not null))
   where name is not null and name not in (
     select region from s_sites where fate is null and region is not null union select name from s_regions where fate is null)
   group by file, "row"`,
];

interface Row {
  readonly n: number;
  readonly id: string;
  readonly operator: string;
  readonly function: string;
  readonly members: string | null;
  readonly needed: number;
  readonly regions: string | null;
}

interface Member {
  readonly place: number;
  readonly bundle: number;
}

/** Reads the pools with their members, sorted by id. After `numberPlaces` and `readElements`. */
export async function readPools(
  db: Database,
  read: ReadElements,
  operators: readonly string[],
  regions: readonly string[],
): Promise<readonly RawPool[]> {
  await db.run(
    `create or replace temp table net_pool as
      select (row_number() over (order by id) - 1)::integer as n, id, operator, "function", members, needed, regions
      from s_pools where fate is null and operator in (select id from net_operator)`,
  );
  const rows = await db.rows<{ [name in keyof Row]: Row[name] }>(
    'select n, id, operator, "function", members, needed, regions from net_pool order by n',
  );
  const operatorOf = new Map(operators.map((id, at) => [id, at]));
  const regionOf = new Map(regions.map((name, at) => [name, at]));
  const named = await namedMembers(db, read);
  const bearing = membersBearing(rows, read);
  return rows.map((row): RawPool => {
    const found = row.members === null ? bearing.get(row.n) : named.found.get(row.n);
    const members = (found ?? []).toSorted((a, b) => a.place - b.place || a.bundle - b.bundle);
    return {
      id: row.id,
      operator: operatorOf.get(row.operator)!,
      function: row.function,
      needed: row.needed,
      regions: regionsOf(row.regions, regionOf),
      place: Uint32Array.from(members, ({ place }) => place),
      bundle: Uint32Array.from(members, ({ bundle }) => bundle),
      missing: named.missing.get(row.n) ?? 0,
    };
  });
}

/** A region that nobody knows may be any, so that all need the pool. */
function regionsOf(text: string | null, numberOf: ReadonlyMap<string, number>): readonly number[] {
  const names = (text ?? "").split(";").map(asName);
  const numbers = new Set(names.filter((name) => name !== "").map((name) => numberOf.get(name) ?? -1));
  return numbers.has(-1) ? [] : [...numbers].sort((a, b) => a - b);
}

/** Members that pools name: with the pool's operator where that uses them, else with the first that does. */
async function namedMembers(db: Database, { nodes, traitOf }: ReadElements) {
  await db.run(`create or replace temp table net_member as
    select distinct n as pool, operator, ${asNameSql("member")} as id from (select n, operator, unnest(string_split(members, ';')) as member from net_pool where members is not null)`);
  await db.run(`create or replace temp table net_found as
    select m.pool, coalesce(p.n, -1) as place, coalesce(x.n, -1) as node, coalesce(b.n, -1) as base
    from net_member m
    left join (
      select ${ownColumns} from assessed
      where id in (select id from net_member) and "left" is distinct from 'left') a on a.id = m.id
    left join net_node x on x.id = a.id and x.operator = a.operator
    left join net_base b on ${plainBase}
    left join net_operator o on o.id = a.operator left join net_site s on s.id = a.site
    left join net_place p on p.key = ${placeKey("o.n", "coalesce(s.n, -1)")}
    where m.id is not null
    qualify row_number() over (partition by m.pool, m.id order by a.operator = m.operator desc nulls last, a.operator) = 1`);
  const found = new Map<number, Member[]>();
  const missing = new Map<number, number>();
  const rows = await db.rows<{ pool: number; place: number; node: number; base: number }>(
    "select pool, place, node, base from net_found",
  );
  for (const { pool, place, node, base } of rows) {
    if (place < 0) missing.set(pool, (missing.get(pool) ?? 0) + 1);
    else add(found, pool, { place, bundle: node < 0 ? traitOf[base]! : nodes.bundle[node]! });
  }
  return { found, missing };
}

/** Members of the pools that name none: every element of the operator that bears the function, parts of others too. */
function membersBearing(rows: readonly Row[], { elements, traits, nodes }: ReadElements) {
  const key = (operator: string, name: string) => JSON.stringify([operator, name]);
  const open = rows.filter(({ members }) => members === null);
  const poolsBy = Map.groupBy(open, (row) => key(row.operator, row.function));
  const poolsOf = traits.map(({ operator, functions }) =>
    splitFunctions(functions).flatMap((name) => poolsBy.get(key(operator, name)) ?? []),
  );
  const found = new Map<number, Member[]>();
  elements.trait.forEach((trait, at) => {
    for (const { n } of poolsOf[trait]!) {
      const bundle = at < nodes.from ? trait : nodes.bundle[at - nodes.from]!;
      add(found, n, { place: elements.place[at]!, bundle });
    }
  });
  return found;
}

function add(found: Map<number, Member[]>, pool: number, member: Member): void {
  const members = found.get(pool);
  if (members) members.push(member);
  else found.set(pool, [member]);
}
