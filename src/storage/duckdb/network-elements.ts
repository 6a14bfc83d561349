import { partOnly, type RawElements, type RawTrait } from "../../model/ports/network.ts";
import type { Database } from "./database.ts";
import { bundlesOf, type Kind, kindsOf } from "./network-closure.ts";
import { baseSql, plainBase, readTraits } from "./network-kinds.ts";
import { type Nodes, nodeSteps, readNodes } from "./network-nodes.ts";
import { placeKey, rowsIn } from "./network-places.ts";
import { assessedRows } from "./questions.ts";

/** Elements as numbers: first the many that no relation speaks of, then the nodes, in their order. */
export interface ReadElements {
  readonly elements: RawElements;
  readonly traits: readonly RawTrait[];
  readonly bundles: readonly (readonly number[])[];
  /** Row of the first node, and what must live for each node to live, also if it is a part of another element. */
  readonly nodes: { readonly from: number; readonly bundle: Uint32Array };
  /** Trait of the elements with each base that no relation speaks of. */
  readonly traitOf: Uint32Array;
}

/**
 * Reads all (element, operator) rows. Most are alike but for their site and are only joined to numbers; the few that
 * relations or uses speak of are nodes of a graph, for their kind and bundle hang on others. After `numberPlaces`.
 */
export async function readElements(db: Database): Promise<ReadElements> {
  for (const step of [...nodeSteps, baseSql]) await db.run(step);
  const { place, trait, bulk } = await readBulk(db);
  const nodes = await readNodes(db);
  const count = place.length;
  if (bulk + nodes.count !== count)
    throw new Error(`${count} elements were to be read, and ${bulk + nodes.count} were`);

  const bases = await rowsIn(db, "net_base");
  const plain = new Uint8Array(bases);
  for (let row = 0; row < bulk; row++) plain[trait[row]!] = 1;
  const { kinds, ofNode } = kindsOf(nodes.base, nodes.managed, plain);
  const { bundles, ofNode: bundle } = bundlesOf(ofNode, kinds.length, nodes.needs);
  const traitOf = traitsOfBases(kinds, bases);
  for (let row = 0; row < bulk; row++) trait[row] = traitOf[trait[row]!]!;
  const elements = { place, trait, bundle: trait.slice(), first: new Uint8Array(count).fill(1) };
  addNodes(elements, bulk, nodes, ofNode, bundle);
  return { elements, traits: await readTraits(db, kinds), bundles, nodes: { from: bulk, bundle }, traitOf };
}

/** Places and bases of the elements that are no nodes, in arrays that have room for the nodes behind them. */
async function readBulk(db: Database) {
  const count = await assessedRows(db, { inUse: true });
  const place = new Uint32Array(count);
  const trait = new Uint32Array(count);
  // Kept first: a query that is streamed is computed by one thread.
  await db.run(`create or replace table net_row as
    select p.n as place, b.n as base from placed a join net_base b on ${plainBase}
    join net_operator o on o.id = a.operator left join net_site s on s.id = a.site
    join net_place p on p.key = ${placeKey("o.n", "coalesce(s.n, -1)")}
    where a.fate is null and a.operator is not null and a.id not in (select id from tied)`);
  const bulk = await db.fill("select place, base from net_row", [place, trait]);
  await db.run("drop table net_row");
  return { place, trait, bulk };
}

/** The kind of each base without managers; of a base that none has, any. */
function traitsOfBases(kinds: readonly Kind[], bases: number): Uint32Array {
  const traits = new Uint32Array(bases);
  kinds.forEach(({ base, managers }, kind) => {
    if (managers.length === 0) traits[base] = kind;
  });
  return traits;
}

function addNodes(elements: RawElements, from: number, nodes: Nodes, trait: Uint32Array, bundle: Uint32Array): void {
  for (let node = 0; node < nodes.count; node++) {
    elements.place[from + node] = nodes.place[node]!;
    elements.trait[from + node] = trait[node]!;
    elements.bundle[from + node] = nodes.part[node] === 1 ? partOnly : bundle[node]!;
    elements.first[from + node] = nodes.lead[node]!;
  }
}
