/**
 * Loads of links under equal-cost splitting, re-routed around what is dead. Definitions in routed.ts. `forward` is what goes
 * from `from[l]` to `to[l]` of a link. Cost: a shortest-path search per core node that demands come down from.
 */
import type { Ascent } from "./ascent.ts";
import { type Router, router } from "./route.ts";
import { type Alive, givenSteps, type RoutedNetwork, trunkGraph } from "./routed.ts";
import { searcher } from "./shortest-paths.ts";

export interface Demands {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly value: Float64Array;
  /** Demand -> nodes it goes through, both ends included, for those whose path is given. */
  readonly paths?: ReadonlyMap<number, Uint32Array>;
}

export interface LinkLoads {
  readonly forward: Float64Array;
  readonly back: Float64Array;
  /** By demand: 1 if it has a path. */
  readonly routed: Uint8Array;
}

interface Loads extends LinkLoads {
  readonly network: RoutedNetwork;
}

/** Carries every demand over what lives; a demand whose path is given is carried only if that path lives wholly. */
export function linkLoads(network: RoutedNetwork, demands: Demands, alive: Alive = {}): LinkLoads {
  const trunk = alive.nodes || alive.links ? trunkGraph(network, alive) : network.trunk;
  const found = router(network, trunk, alive);
  const loads: Loads = {
    network,
    forward: new Float64Array(network.links),
    back: new Float64Array(network.links),
    routed: new Uint8Array(demands.from.length),
  };
  const crossings = newCrossings();
  for (let demand = 0; demand < demands.from.length; demand++) {
    const path = demands.paths?.get(demand);
    const value = demands.value[demand]!;
    if (path) loads.routed[demand] = carryAlong(loads, path, value, alive);
    else
      loads.routed[demand] = carryUpAndDown(loads, found, demands.from[demand]!, demands.to[demand]!, value, crossings);
  }
  carryAcross(loads, searcher(trunk, network.weight), crossings);
  return { forward: loads.forward, back: loads.back, routed: loads.routed };
}

/** What is to cross the core: from one core node to another. */
interface Crossings {
  readonly from: number[];
  readonly to: number[];
  readonly value: number[];
}
const newCrossings = (): Crossings => ({ from: [], to: [], value: [] });

function carryUpAndDown(
  loads: Loads,
  found: Router,
  from: number,
  to: number,
  value: number,
  crossings: Crossings,
): 0 | 1 {
  const { route, part } = found;
  found.find(from, to);
  if (route.total === 0) return 0;
  const { up, down, total } = route;
  climbLoads(loads.forward, up, down, part, value / total);
  climbLoads(loads.back, down, up, part, value / total);
  for (let i = 0; i < up.tops.length; i++)
    for (let j = 0; j < down.tops.length; j++) {
      const [a, b] = [up.tops[i]!, down.tops[j]!];
      if (a === b || part[a] !== part[b]) continue;
      crossings.from.push(a);
      crossings.to.push(b);
      crossings.value.push((value / total) * up.topShare[i]! * down.topShare[j]!);
    }
  return 1;
}

/** Loads uplinks by what comes to the core on them and finds a way on there, or ends below. */
function climbLoads(load: Float64Array, own: Ascent, other: Ascent, part: Uint32Array, value: number): void {
  const goesOn = own.tops.map((top) => {
    let sum = 0;
    for (let i = 0; i < other.tops.length; i++) if (part[other.tops[i]!] === part[top]) sum += other.topShare[i]!;
    return sum;
  });
  const worth = own.steps.map((_, step) => (step === own.stop ? 1 : 0));
  for (let edge = own.edgeFrom.length - 1; edge >= 0; edge--) {
    const [step, upper] = [own.edgeFrom[edge]!, own.edgeTo[edge]!];
    const on = upper < 0 ? goesOn[-1 - upper]! : worth[upper]!;
    worth[step]! += on / own.ways[step]!;
    load[own.edgeLink[edge]!]! += (value * own.share[step]! * on) / own.ways[step]!;
  }
}

function carryAlong(loads: Loads, path: Uint32Array, value: number, alive: Alive): 0 | 1 {
  const { network } = loads;
  const steps = givenSteps(network, path, alive);
  if (steps === undefined) return 0;
  for (const [at, links] of steps.entries())
    for (const link of links) {
      const side = network.from[link] === path[at] ? loads.forward : loads.back;
      side[link]! += value / links.length;
    }
  return 1;
}

/** Pushes what is bound for each core node towards it, the farthest nodes first. */
function carryAcross(loads: Loads, search: ReturnType<typeof searcher>, crossings: Crossings): void {
  const { from, core } = loads.network;
  const { order, nextFirst, nextTo, nextLink } = search;
  const bound = crossings.to.map((_, at) => at).sort((a, b) => crossings.to[a]! - crossings.to[b]! || a - b);
  const amount = new Float64Array(core.length);
  for (let start = 0, end = 0; start < bound.length; start = end) {
    const target = crossings.to[bound[start]!]!;
    for (; end < bound.length && crossings.to[bound[end]!] === target; end++)
      amount[crossings.from[bound[end]!]!]! += crossings.value[bound[end]!]!;
    for (let place = search.run(target) - 1; place > 0; place--) {
      const node = order[place]!;
      const share = amount[node]! / (nextFirst[place + 1]! - nextFirst[place]!);
      amount[node] = 0;
      if (share === 0) continue;
      for (let hop = nextFirst[place]!; hop < nextFirst[place + 1]!; hop++) {
        const link = nextLink[hop]!;
        const side = from[link] === core[node] ? loads.forward : loads.back;
        side[link]! += share;
        amount[nextTo[hop]!]! += share;
      }
    }
    amount[target] = 0;
  }
}
