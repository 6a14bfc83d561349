/**
 * How traffic finds its way here; all of `graph/` goes by it.
 *
 * - Links are numbered as given, trunks and uplinks together. A *climbing* node splits evenly over its uplinks and carries
 *   only what is below it; all other nodes are *core* (climb.ts says when an uplink counts as a trunk: mixed nodes, rings).
 * - From s to t: up the uplinks of s to core nodes, over trunks by shortest paths with equal-cost splitting per link (parallel
 *   links count apart), down to t as mirrored by the even split over the uplinks of t. Traffic turns at core nodes only, but for one case:
 *   if t lies on the climb of s, what comes by t ends there; and if s lies on the climb of t, what goes up from t by s began there.
 * - Pairs of core nodes without a path between them carry nothing: their part goes to the other pairs in proportion. With
 *   dead nodes or links a climbing node splits evenly over those uplinks that still lead to the core (or to the other end).
 * - No part has a path: not routed. From a node to itself: not routed.
 * - A path that is given in nodes is taken as given; a step is shared evenly by all (living) links between its two nodes, and a
 *   step between nodes that no link joins counts without a link.
 */
import { type Climb, climbOf, core } from "./climb.ts";
import { type Graph, undirected } from "./graph.ts";

export interface RoutedNetwork {
  readonly nodes: number;
  readonly links: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weight: Float64Array;
  readonly climb: Climb;
  /** Core nodes, sorted; `trunk` numbers nodes by their place here. */
  readonly core: Uint32Array;
  /** Place of each node in `core`, or `notCore`. */
  readonly coreOf: Uint32Array;
  readonly trunk: Graph;
}
export const notCore = 0xffffffff;

/** What lives: 1 or 0 by number; all without it. */
export interface Alive {
  readonly nodes?: Uint8Array;
  readonly links?: Uint8Array;
}

/**
 * A network ready for routing.
 * @param weight Cost of each link; only trunks are measured by it.
 * @throws RangeError if a link names a node that is not there, or a weight is not above zero and finite.
 */
export function routed(
  nodes: number,
  from: Uint32Array,
  to: Uint32Array,
  uplink: Uint8Array,
  weight: Float64Array,
): RoutedNetwork {
  for (let link = 0; link < from.length; link++) {
    if (from[link]! >= nodes || to[link]! >= nodes)
      throw new RangeError(`link ${link}: expected ends below ${nodes}, got ${from[link]} and ${to[link]}`);
    if (!(weight[link]! > 0 && weight[link]! < Infinity))
      throw new RangeError(`link ${link}: expected a weight above 0, got ${weight[link]}`);
  }
  const climb = climbOf(nodes, from, to, uplink);
  const coreOf = new Uint32Array(nodes).fill(notCore);
  const cores = new Uint32Array(nodes - climb.order.length);
  for (let node = 0, at = 0; node < nodes; node++) {
    if (climb.rank[node] !== core) continue;
    coreOf[node] = at;
    cores[at++] = node;
  }
  const network = { nodes, links: from.length, from, to, weight, climb, core: cores, coreOf };
  return { ...network, trunk: trunkGraph(network) };
}

/** Core nodes and trunks as a graph, without what is dead. */
export function trunkGraph(network: Omit<RoutedNetwork, "trunk">, alive: Alive = {}): Graph {
  const { from, to, coreOf } = network;
  // Both ends are core only for trunks: an uplink that is none begins at a climbing node.
  const trunks: number[] = [];
  for (let link = 0; link < from.length; link++)
    if (coreOf[from[link]!] !== notCore && coreOf[to[link]!] !== notCore && lives(link)) trunks.push(link);
  const ends = (end: Uint32Array) => Uint32Array.from(trunks, (link) => coreOf[end[link]!]!);
  const graph = undirected(network.core.length, ends(from), ends(to));
  return { ...graph, link: graph.link.map((at) => trunks[at]!) };

  function lives(link: number): boolean {
    if (alive.links?.[link] === 0) return false;
    return alive.nodes === undefined || (alive.nodes[from[link]!] === 1 && alive.nodes[to[link]!] === 1);
  }
}

/**
 * The living links of each step of a path that is given in nodes; none for a step between nodes that no link joins. Undefined:
 * something on the path is dead, or it is no path, for it has fewer than two nodes.
 */
export function givenSteps(
  network: RoutedNetwork,
  path: Uint32Array,
  alive: Alive = {},
): readonly (readonly number[])[] | undefined {
  if (path.length < 2 || path.some((node) => alive.nodes?.[node] === 0)) return undefined;
  const steps = Array.from(path.subarray(1), (node, at) => linksBetween(network, path[at]!, node));
  const living = steps.map((links) => links.filter((link) => alive.links?.[link] !== 0));
  return living.some((links, at) => links.length === 0 && steps[at]!.length > 0) ? undefined : living;
}

/** All links between two nodes, in either direction. */
function linksBetween(network: RoutedNetwork, one: number, other: number): readonly number[] {
  const { climb, trunk, coreOf } = network;
  const found: number[] = [];
  for (const [lower, upper] of [
    [one, other],
    [other, one],
  ] as const)
    for (let at = climb.first[lower]!; at < climb.first[lower + 1]!; at++)
      if (climb.to[at] === upper) found.push(climb.link[at]!);
  const [a, b] = [coreOf[one]!, coreOf[other]!];
  if (a === notCore || b === notCore) return found;
  for (let at = trunk.first[a]!; at < trunk.first[a + 1]!; at++) if (trunk.to[at] === b) found.push(trunk.link[at]!);
  return found;
}
