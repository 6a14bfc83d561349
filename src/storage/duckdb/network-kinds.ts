import type { RawParty, RawTrait } from "../../model/ports/network.ts";
import { type Database, identifier } from "./database.ts";
import type { Kind } from "./network-closure.ts";

/** What the row of an element says of its kind, and what relations say beside it, as lists in JSON. */
const equipment = ["operator", "maker", "product", "release", "digest", "functions", "left"] as const;
const said = ["built", "maintained", "managed"] as const;
const columns = [...equipment, ...said];

/** Columns of an element that hold its kind and its place. */
export const ownColumns = ["id", "site", ...equipment].map(identifier).join(", ");

/** SQL of whether `a` is of base `b`, which no relation says more of. */
export const plainBase = `${same("a", "b", equipment)} and ${said.map((name) => `b.${name} is null`).join(" and ")}`;

/** SQL of whether node `x`, of which `d` is said, is of base `b`. */
export const nodeBase = `${same("x", "b", equipment)} and ${same("d", "b", said)}`;

/** SQL of whether nothing is known of base `b` but its operator. */
export const unknownBase = columns
  .slice(1)
  .map((name) => `b.${identifier(name)} is null`)
  .join(" and ");

function same(a: string, b: string, names: readonly string[]): string {
  return names.map((name) => `${a}."${name}" is not distinct from ${b}."${name}"`).join(" and ");
}

/**
 * Makes the numbered table `net_base`: what elements are and who has to do with them, managing elements aside; for each operator
 * also a base of which nothing is known. From `equipment` and the nodes.
 */
export const baseSql = `create or replace temp table net_base as
  select (row_number() over (order by ${columns.map((name) => `${identifier(name)} nulls first`).join(", ")}) - 1)::integer as n, * from (
    select ${equipment.map(identifier).join(", ")}, ${said.map((name) => `null::varchar as ${name}`).join(", ")} from equipment where "left" is distinct from 'left'
    union select ${columns.map(identifier).join(", ")} from net_node left join net_said using (id)
    union select id, ${columns.slice(1).map(() => "null")} from net_operator)`;

/** The kinds with their texts, in their order. */
export async function readTraits(db: Database, kinds: readonly Kind[]): Promise<readonly RawTrait[]> {
  const rows = await db.rows<{ [name in (typeof columns)[number]]: string | null }>(
    `select ${columns.map(identifier).join(", ")} from net_base order by n`,
  );
  return kinds.map(({ base, managers }): RawTrait => {
    const { operator, maker, product, release, digest, functions, left, built, maintained, managed } = rows[base]!;
    return {
      ...{ operator: operator!, maker, product, release, digest, functions, managers },
      moved: left !== null,
      builtBy: listOf<string>(built),
      maintainedBy: listOf<RawParty>(maintained),
      managedBy: listOf<RawParty>(managed),
    };
  });
}

/** A list as `net_said` has it. */
function listOf<T>(json: string | null): readonly T[] {
  return json === null ? [] : JSON.parse(json);
}
