import type { Network, Pool } from "../model/network.ts";
import type { PlaceKinds } from "./outage-kinds.ts";

/** Elements of which `needed` must live and be reached. A member lives while one bundle of its set does. */
export interface Supply {
  readonly pool: Pool | null;
  readonly needed: number;
  readonly place: Uint32Array;
  /** Numbers of bundles (pools) or of sets of them (gateways). */
  readonly of: "bundle" | "set";
  readonly member: Uint32Array;
}

/** What sites of one operator need; those of several regions may need the same. */
export interface Need {
  readonly operator: number;
  /** Numbers of supplies; empty: nothing is known that they need, so no path is looked at. */
  readonly supplies: readonly number[];
}

export interface Needs {
  readonly supplies: readonly Supply[];
  readonly needs: readonly Need[];
  /** Number of the need of each cell (operator x regions + region). */
  readonly ofCell: Uint32Array;
  /** Each operator's first need; one more at the end. */
  readonly first: Uint32Array;
}

/**
 * What a site needs beyond itself: every pool of its operator that serves its region; where there is none, one live
 * gateway of the operator, if it has any.
 */
export function needsOf(network: Network, kinds: PlaceKinds): Needs {
  const { operators, regions, pools } = network;
  const supplies: Supply[] = pools.map((pool) => ({
    pool,
    needed: pool.needed,
    place: pool.place,
    of: "bundle",
    member: pool.bundle,
  }));
  const needs: Need[] = [];
  const ofCell = new Uint32Array(operators.length * regions.length);
  const first = new Uint32Array(operators.length + 1);
  for (let operator = 0; operator < operators.length; operator += 1) {
    const gateways = gatewaysOf(network, kinds, operator);
    const own = pools.flatMap((pool, at) => (pool.operator === operator ? [at] : []));
    const numbers = new Map<string, number>();
    let gatewaySupply = -1;
    for (let region = 0; region < regions.length; region += 1) {
      let needed = own.filter((at) => pools[at]!.regions.length === 0 || pools[at]!.regions.includes(region));
      if (needed.length === 0 && gateways.place.length > 0) {
        if (gatewaySupply < 0) gatewaySupply = supplies.push(gateways) - 1;
        needed = [gatewaySupply];
      }
      const key = needed.join();
      if (!numbers.has(key)) numbers.set(key, needs.push({ operator, supplies: needed }) - 1);
      ofCell[operator * regions.length + region] = numbers.get(key)!;
    }
    first[operator + 1] = needs.length;
  }
  return { supplies, needs, ofCell, first };
}

function gatewaysOf({ places }: Network, { gateway }: PlaceKinds, operator: number): Supply {
  const found: number[] = [];
  for (let at = 0; at < places.count; at += 1) {
    if (gateway[at] !== 0 && places.operator[at] === operator) found.push(at);
  }
  const place = Uint32Array.from(found);
  return { pool: null, needed: 1, place, of: "set", member: place.map((at) => gateway[at]!) };
}
