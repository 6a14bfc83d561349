import { DistinctLists } from "./distinct-lists.ts";
import type { Demands } from "./ecmp.ts";
import { notCore, type RoutedNetwork } from "./routed.ts";

/**
 * Demands to one node from nodes that have the same uplinks, and that nothing climbs to: they go the same way but for where they
 * begin, so that the way is looked at once for thousands of them. All others are cases of their own.
 */
export interface Cases {
  /** An example of each: a demand. */
  readonly example: Uint32Array;
  /** 1: what stands where the demands begin is not on the way that is looked at, and counts for each by itself. */
  readonly apart: Uint8Array;
  /** Demands of case `c` from `first[c]` up to `first[c + 1]` of `demand`. */
  readonly first: Uint32Array;
  readonly demand: Uint32Array;
}

/**
 * @param link Rows of links: uplinks by alike links to one node are the same.
 * @param whole False: something is dead, and every node goes its own way.
 */
export function casesOf(
  network: RoutedNetwork,
  demands: Demands,
  link: Uint32Array | undefined,
  whole: boolean,
): Cases {
  const sources = numberSources(network, link, whole);
  const { from, to, paths } = demands;
  const pairs = new DistinctLists();
  const pair = new Uint32Array(2);
  // Number 0 is that of demands whose path is given: they are no case.
  const number = new Uint32Array(from.length);
  for (let at = 0; at < number.length; at++) {
    if (paths?.has(at)) continue;
    pair[0] = (from[at] === to[at] ? ownNumber : sources)(from[at]!);
    pair[1] = to[at]!;
    number[at] = pairs.numberOf(pair, 0, 2);
  }
  const count = pairs.lists().count;
  const starts = new Uint32Array(count + 1);
  for (const own of number) starts[own + 1]!++;
  for (let at = 0; at < count; at++) starts[at + 1]! += starts[at]!;
  const next = starts.slice();
  const demand = new Uint32Array(number.length);
  for (let at = 0; at < number.length; at++) demand[next[number[at]!]!++] = at;
  const first = starts.subarray(1);
  const example = Uint32Array.from({ length: count - 1 }, (_, at) => demand[first[at]!]!);
  return { example, apart: Uint8Array.from(example, isApart), first, demand };

  function ownNumber(node: number): number {
    return network.nodes + node;
  }

  function isApart(at: number): number {
    return from[at] !== to[at] && sources(from[at]!) < network.nodes ? 1 : 0;
  }
}

/** Numbers nodes: below `nodes` those that have the same uplinks and that nothing climbs to, above it each other one. */
function numberSources(
  { nodes, climb, coreOf }: RoutedNetwork,
  link: Uint32Array | undefined,
  whole: boolean,
): (node: number) => number {
  const numbers = Uint32Array.from({ length: nodes }, (_, node) => nodes + node);
  if (!whole) return (node) => numbers[node]!;
  const below = new Uint8Array(nodes);
  for (const upper of climb.to) below[upper] = 1;
  const lists = new DistinctLists();
  let uplinks = new Uint32Array(16);
  for (let node = 0; node < nodes; node++) {
    if (coreOf[node] !== notCore || below[node] === 1) continue;
    const [begin, end] = [climb.first[node]!, climb.first[node + 1]!];
    if (2 * (end - begin) > uplinks.length) uplinks = new Uint32Array(4 * (end - begin));
    for (let at = begin; at < end; at++) {
      uplinks[2 * (at - begin)] = climb.to[at]!;
      uplinks[2 * (at - begin) + 1] = link?.[climb.link[at]!] ?? 0;
    }
    numbers[node] = lists.numberOf(uplinks, 0, 2 * (end - begin));
  }
  return (node) => numbers[node]!;
}
