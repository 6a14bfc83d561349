import { type Ascent, ascender, newAscent, nowhere } from "./ascent.ts";
import { type Graph, partsOf } from "./graph.ts";
import { type Alive, notCore, type RoutedNetwork } from "./routed.ts";

/**
 * A demand as its two climbs. It takes the pair of core nodes (up.tops[i], down.tops[j]) with the part
 * `up.topShare[i] * down.topShare[j] / total` if both are in one part of the core, and else not at all; with the part
 * `direct / total` one end lies on the climb of the other, and the path ends there.
 */
export interface Route {
  readonly up: Ascent;
  readonly down: Ascent;
  direct: number;
  /** 0: there is no path. */
  total: number;
}

export interface Router {
  readonly route: Route;
  /** Connected part of the core by core number. */
  readonly part: Uint32Array;
  /** Routes a demand into `route`; `total` is 0 where it has no path, an end is dead, or both ends are one node. */
  readonly find: (from: number, to: number) => void;
}

/**
 * Routes demands one by one over what lives.
 * @param trunk The core without what is dead (`trunkGraph`).
 * @param turnBelow False: traffic turns in the core even where one end lies on the climb of the other, and where both ends are
 * one node. Sums over many demands are made so and mended afterwards.
 */
export function router(network: RoutedNetwork, trunk: Graph, alive: Alive = {}, turnBelow = true): Router {
  const part = partsOf(trunk);
  const ascend = ascender(network, alive);
  const route: Route = { up: newAscent(), down: newAscent(), direct: 0, total: 0 };
  return { route, part, find };

  function find(from: number, to: number): void {
    route.direct = route.total = 0;
    if (from === to && (turnBelow || network.coreOf[from] !== notCore)) return;
    if (alive.nodes?.[from] === 0 || alive.nodes?.[to] === 0) return;
    ascend(route.up, from, turnBelow ? to : nowhere);
    ascend(route.down, to, turnBelow ? from : nowhere);
    route.direct = route.total = route.up.met + route.down.met;
    for (let i = 0; i < route.up.tops.length; i++)
      route.total += route.up.topShare[i]! * sharedPart(route.up.tops[i]!, route.down);
  }

  /** Part of the other end's climb that comes to the same part of the core. */
  function sharedPart(top: number, other: Ascent): number {
    let sum = 0;
    for (let i = 0; i < other.tops.length; i++) if (part[other.tops[i]!] === part[top]) sum += other.topShare[i]!;
    return sum;
  }
}
