import type { Database } from "./database.ts";
import { isNotInUse } from "./elements.ts";
import type { Edges } from "./network-closure.ts";
import { nodeBase, ownColumns, unknownBase } from "./network-kinds.ts";
import { placeKey, rowsIn } from "./network-places.ts";

/** The elements in use that relations or uses speak of, once for each operator, as a graph; sorted by id and operator. */
export interface Nodes {
  readonly count: number;
  readonly place: Uint32Array;
  /** 1: the first operator of the element. */
  readonly lead: Uint8Array;
  /** 1: a part of another element in use. */
  readonly part: Uint8Array;
  /** Base of each node, and after them of those that stand for what is not known. */
  readonly base: Uint32Array;
  /** What must live for a node to live, and what manages it. */
  readonly needs: Edges;
  readonly managed: Edges;
}

/**
 * Makes `net_node`, and `net_said`: who built, maintains and manages them. Lists are in JSON, so that no two look alike
 * whatever stands in a name.
 */
export const nodeSteps = [
  `create or replace temp table net_node as
    select (row_number() over (order by id, operator) - 1)::integer as n, row_number() over (partition by id order by operator) = 1 as lead, *
    from (
      select ${ownColumns} from placed_tied where fate is null and operator is not null union all select ${ownColumns} from extra)`,
  `create or replace temp table net_said as
    with party as (
      select "from" as id, kind, "to", {'supplier': "to", 'place': place, 'access': access} as who from live
      where "from" in (select id from net_node))
    select id,
      to_json(list(distinct "to" order by "to") filter (kind = 'built-by'))::varchar as built,
      to_json(list(distinct who order by who) filter (kind = 'maintained-by'))::varchar as maintained,
      to_json(list(distinct who order by who) filter (kind = 'managed-by' and "to" not in (select id from known)))::varchar as managed
    from party group by id`,
];

/**
 * Makes `net_edge`. Of an element with several operators the row of the same operator is meant, else that of the first. Where
 * the other end was set aside or is not there, it is -1: anybody's. A part that is not in use is gone; a platform is missed.
 */
const edgeSql = `create or replace temp table net_edge as
  with tie as (
    select 'needs' as kind, "to" as a, "from" as b, true as part from live where kind = 'part-of'
    union select 'needs', "from", "to", false from live where kind = 'runs-on'
    union select 'managed', "from", "to", false from live where kind = 'managed-by' and "to" in (select id from known))
  select distinct tie.kind, x.n as a, coalesce(same.n, lead.n, -1) as b, x.operator
  from tie join net_node x on x.id = tie.a
  left join net_node same on same.id = tie.b and same.operator = x.operator
  left join net_node lead on lead.id = tie.b and lead.lead
  where lead.n is not null or not tie.part or tie.b not in (select id from placed_tied where ${isNotInUse("fate")})`;

/** Reads the nodes as numbers, once places and bases have theirs. */
export async function readNodes(db: Database): Promise<Nodes> {
  await db.run(edgeSql);
  const count = await rowsIn(db, "net_node");
  const own = {
    place: new Uint32Array(count),
    base: new Uint32Array(count),
    lead: new Uint8Array(count),
    part: new Uint8Array(count),
  };
  await db.fill(
    `select p.n, b.n, x.lead::integer, (x.id in (
        select "from" from live where kind = 'part-of' and "to" in (select id from net_node)))::integer
    from net_node x left join net_said d on d.id = x.id join net_base b on ${nodeBase}
    join net_operator o on o.id = x.operator left join net_site s on s.id = x.site
    join net_place p on p.key = ${placeKey("o.n", "coalesce(s.n, -1)")}
    order by x.n`,
    [own.place, own.base, own.lead, own.part],
  );
  const unknown = await unknownNodes(db, count);
  return {
    ...{ count, ...own, base: Uint32Array.from([...own.base, ...unknown]) },
    needs: await readEdges(db, "needs"),
    managed: await readEdges(db, "managed"),
  };
}

/** Gives what is not known a node for each operator, after all others, and answers their bases. */
async function unknownNodes(db: Database, count: number): Promise<readonly number[]> {
  await db.run(`create or replace temp table net_unknown as
    select (row_number() over (order by operator) - 1 + ${count})::integer as n, operator, b.n as base
    from net_base b where ${unknownBase} and operator in (select operator from net_edge where b < 0)`);
  const rows = await db.rows<{ base: number }>("select base from net_unknown order by n");
  return rows.map(({ base }) => base);
}

async function readEdges(db: Database, kind: "needs" | "managed"): Promise<Edges> {
  const rows = `net_edge e left join net_unknown u on u.operator = e.operator where e.kind = '${kind}'`;
  const size = await rowsIn(db, rows);
  const edges = { from: new Int32Array(size), to: new Int32Array(size) };
  await db.fill(`select e.a, case when e.b < 0 then u.n else e.b end from ${rows}`, [edges.from, edges.to]);
  return edges;
}
