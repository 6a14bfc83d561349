/**
 * How much of the demands passes what suspects stand behind, exactly, under equal-cost splitting (routed.ts says how traffic
 * goes). Of one path the part that is free of suspect `j` is the product over its nodes and links of what `Seen` says: both ends by
 * `end`, what lies between by `transit`; a node that is passed twice (up and down again) counts twice.
 *
 * - `must`: value of demands of which every path is wholly touched (free part 0);
 * - `expected`: value times what equal splitting touches;
 * - `may`: value of demands of which some path is touched (free part below 1).
 *
 * must <= expected <= may. A coalition is a suspect of its own, with its own column of free parts: never the sum of its
 * members.
 */
import { type Cases, casesOf } from "./cases.ts";
import type { Demands } from "./ecmp.ts";
import { passages } from "./passage.ts";
import { newProfile, profiler } from "./profile.ts";
import { type Router, router } from "./route.ts";
import { type Alive, givenSteps, type RoutedNetwork, trunkGraph } from "./routed.ts";
import { marksOf, ranges, type Seen } from "./seen.ts";
import { addMet, addTally, addWay, alongGivenPaths, clearWay, newTally, newWay, type Tally } from "./tally.ts";

export interface GroupedDemands extends Demands {
  /** Group of each demand; sums are told by group. */
  readonly group: Uint16Array;
}

/** Sums of value: `x[group * suspects + j]`, and `routed[group]`: demands without a path are in no sum. */
export interface ExposedSums {
  readonly must: Float64Array;
  readonly expected: Float64Array;
  readonly may: Float64Array;
  readonly routed: Float64Array;
}

/**
 * Sums by group and suspect over demands, re-routed around what is dead.
 * @param turnBelow See `router`.
 */
export function exposedSums(
  network: RoutedNetwork,
  seen: Seen,
  demands: GroupedDemands,
  groups: number,
  turnBelow = true,
  alive: Alive = {},
): ExposedSums {
  const trunk = alive.nodes || alive.links ? trunkGraph(network, alive) : network.trunk;
  const found = router(network, trunk, alive, turnBelow);
  const cases = casesOf(network, demands, seen.link, !alive.nodes && !alive.links);
  const visits = visitsOf(network, found, demands, cases, alive);
  const sums = newSums(groups, seen.suspects);
  sums.routed.set(routedSums(demands, visits.routed, groups));
  for (const [begin, end] of ranges(seen.suspects, network.core.length)) {
    const tally = newTally(marksOf(seen, begin, end), demands, groups);
    alongGivenPaths(network, tally, visits.routed, alive);
    acrossNetwork({ ...network, trunk }, tally, found, cases, visits);
    addTally(sums, tally, visits.routed, begin);
  }
  return sums;
}

function newSums(groups: number, suspects: number): ExposedSums {
  const table = () => new Float64Array(groups * suspects);
  return { must: table(), expected: table(), may: table(), routed: new Float64Array(groups) };
}

/** Which core nodes each case comes down from: pairs sorted by core number; those that meet below the core under `direct`. */
interface Visits {
  /** By demand. */
  readonly routed: Uint8Array;
  readonly of: Uint32Array;
  /** Core number, or the number of core nodes for what meets below. */
  readonly top: Uint32Array;
}

function visitsOf(
  network: RoutedNetwork,
  { find, route, part }: Router,
  demands: GroupedDemands,
  { example, first, demand }: Cases,
  alive: Alive,
): Visits {
  const direct = network.core.length;
  const routed = new Uint8Array(demands.from.length);
  for (const [at, path] of demands.paths ?? []) routed[at] = givenSteps(network, path, alive) ? 1 : 0;
  const of: number[] = [];
  const top: number[] = [];
  for (let own = 0; own < example.length; own++) {
    find(demands.from[example[own]!]!, demands.to[example[own]!]!);
    if (route.total === 0) continue;
    for (let at = first[own]!; at < first[own + 1]!; at++) routed[demand[at]!] = 1;
    if (route.direct > 0) visit(own, direct);
    for (const b of route.down.tops) if (route.up.tops.some((a) => part[a] === part[b])) visit(own, b);
  }
  const order = sortedBy(top, direct + 1);
  return { routed, of: order.map((at) => of[at]!), top: order.map((at) => top[at]!) };

  function visit(own: number, node: number): void {
    of.push(own);
    top.push(node);
  }
}

/** Places of a list in the order of its numbers, which are below `bound`; equal ones as they come. */
function sortedBy(list: readonly number[], bound: number): Uint32Array {
  const next = new Uint32Array(bound + 1);
  for (const value of list) next[value + 1]!++;
  for (let value = 0; value < bound; value++) next[value + 1]! += next[value]!;
  const order = new Uint32Array(list.length);
  for (let at = 0; at < list.length; at++) order[next[list[at]!]!++] = at;
  return order;
}

function acrossNetwork(network: RoutedNetwork, tally: Tally, found: Router, cases: Cases, visits: Visits): void {
  const { marks, demands } = tally;
  const { width, words } = marks;
  const { up, down } = found.route;
  const passage = passages(network, marks);
  const profile = profiler(marks);
  const upProfile = newProfile(marks);
  const downProfile = newProfile(marks);
  const way = newWay(marks);
  for (let visit = 0, looked = -1; visit < visits.of.length; visit++) {
    const own = visits.of[visit]!;
    const example = cases.example[own]!;
    const top = visits.top[visit]!;
    if (top !== looked && top < network.core.length) passage.to(top);
    looked = top;
    found.find(demands.from[example]!, demands.to[example]!);
    profile(upProfile, up, cases.apart[own] === 1 ? "apart" : "end");
    profile(downProfile, down);
    clearWay(way);
    if (top === network.core.length) addDirect();
    else addPairs(top, demands.from[example]!, demands.to[example]!);
    for (let at = cases.first[own]!; at < cases.first[own + 1]!; at++)
      addWay(tally, cases.demand[at]!, way, found.route.total, cases.apart[own] === 1);
  }

  function addDirect(): void {
    if (up.met > 0) addMet(way, upProfile);
    if (down.met > 0) addMet(way, downProfile);
  }

  function addPairs(top: number, from: number, to: number): void {
    const j = down.tops.indexOf(top);
    for (let i = 0; i < up.tops.length; i++) if (found.part[up.tops[i]!] === found.part[top]) addPair(i, j, from, to);
  }

  /** What goes up to top `i`, over the core, and down from top `j`. */
  function addPair(i: number, j: number, from: number, to: number): void {
    const [a, b] = [up.tops[i]!, down.tops[j]!];
    const first = rowAt(a, from, to);
    const last = a === b ? -1 : rowAt(b, from, to);
    const [ups, downs, crossing] = [i * width, j * width, a * width];
    for (let k = 0; k < width; k++) {
      let left = upProfile.free[ups + k]! * downProfile.free[downs + k]! * passage.free[crossing + k]!;
      left *= marks.free[first * width + k]!;
      if (last !== -1) left *= marks.free[last * width + k]!;
      way.free[k]! += left;
    }
    for (let word = 0; word < words; word++) {
      const [u, d, c] = [i * words + word, j * words + word, a * words + word];
      let open = upProfile.open[u]! & downProfile.open[d]! & passage.open[c]! & marks.open[first * words + word]!;
      let clean = upProfile.clean[u]! & downProfile.clean[d]! & passage.clean[c]! & marks.clean[first * words + word]!;
      if (last !== -1) {
        open &= marks.open[last * words + word]!;
        clean &= marks.clean[last * words + word]!;
      }
      way.open[word]! |= open;
      way.clean[word]! &= clean;
    }
  }

  function rowAt(coreNumber: number, from: number, to: number): number {
    const node = network.core[coreNumber]!;
    return (node === from || node === to ? marks.end : marks.transit)[node]!;
  }
}

function routedSums(demands: GroupedDemands, routed: Uint8Array, groups: number): Float64Array {
  const sums = new Float64Array(groups);
  for (let at = 0; at < routed.length; at++) if (routed[at] === 1) sums[demands.group[at]!]! += demands.value[at]!;
  return sums;
}
