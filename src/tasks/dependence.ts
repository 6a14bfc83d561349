import { componentWeights } from "../assess/component-weights.ts";
import { basesOf, type Inventory, inventoryRows, type Ties, takeInventory } from "../assess/dependence.ts";
import type { Behind } from "../assess/dependence-tally.ts";
import { pairsOf, similarityOf } from "../assess/similarity.ts";
import { seatOf, ultimateOwner } from "../facts/owners.ts";
import type { Dependence, DependenceRow } from "../model/dependence.ts";
import type { Network } from "../model/network.ts";
import { stockOf } from "./component-stock.ts";
import { networkOf } from "./network-of.ts";
import type { Workspace } from "./workspace.ts";

const mostPairs = 50;

/** How dependent the networks of a workspace are on whom: shares, indices, and what makers have in common. Needs sites kept. */
export async function dependenceOf(workspace: Workspace): Promise<Dependence> {
  const { inventory, regions } = await inventoryOf(workspace);
  const { similarity } = inventory.ties;
  return {
    kind: "dependence",
    rows: [...inventoryRows(inventory, regions)],
    similarity: {
      weights: componentWeights,
      makers: similarity.makers.length,
      withBills: similarity.withBills.length,
      pairs: [...pairsOf(similarity, mostPairs)],
    },
    ...basesOf(inventory.network),
  };
}

interface Taken {
  readonly inventory: Inventory;
  readonly regions: readonly DependenceRow[];
}
const taken = new WeakMap<Workspace, Promise<Taken>>();

/** The network counted, with all that ties its makers to each other; once for a workspace. */
export function inventoryOf(workspace: Workspace): Promise<Taken> {
  const held = taken.get(workspace) ?? take(workspace);
  taken.set(workspace, held);
  return held;
}

async function take(workspace: Workspace): Promise<Taken> {
  return takeInventory(await networkOf(workspace), await tiesOf(workspace));
}

/** Another network counted with the same ties: what a workspace's would be if something in it were otherwise. */
export async function inventoryOver(workspace: Workspace, network: Network): Promise<Inventory> {
  return takeInventory(network, await tiesOf(workspace)).inventory;
}

const ties = new WeakMap<Workspace, Promise<Ties>>();

/** What ties makers to each other and to their owners, from what a workspace knows; once for a workspace. */
export function tiesOf(workspace: Workspace): Promise<Ties> {
  const held = ties.get(workspace) ?? readTies(workspace);
  ties.set(workspace, held);
  return held;
}

async function readTies(workspace: Workspace): Promise<Ties> {
  const { knowledge, asOf } = workspace;
  const owner = once((maker) => {
    const top = ultimateOwner(knowledge, maker, asOf);
    return top === "unknown" ? { together: maker } : { known: top.owner };
  });
  const country = once((maker) => {
    const top = owner(maker);
    if (top.known === undefined) return top;
    const seat = seatOf(knowledge, top.known);
    // Whatever its seat, all that one owner has is in one country.
    return seat === null ? { together: `owner ${top.known}` } : { known: seat };
  });
  return {
    listed: new Set(knowledge.companies.products.keys()),
    owner,
    country,
    similarity: similarityOf(await stockOf(workspace)),
  };
}

function once(ask: Behind): Behind {
  const known = new Map<string, ReturnType<Behind>>();
  return (maker) => {
    const held = known.get(maker) ?? ask(maker);
    known.set(maker, held);
    return held;
  };
}
