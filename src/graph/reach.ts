/**
 * What reaches what, for 32 scenarios at once: bit `i` of every word belongs to scenario `i` (after MS-BFS: Then et al.,
 * VLDB 2014, with a bit per scenario for a bit per source). Agrees with `linkLoads`: a node is reached exactly if traffic
 * from it to one of the seeds would be routed, or it is a seed itself (routed.ts has the rules).
 *
 * Words by node: `alive` (bit set: lives), `bits` (in: living seeds; out: all that reach one of them). By link: `linkAlive`.
 */
import type { RoutedNetwork } from "./routed.ts";

const all = 0xffffffff;

/** Spreads seeds at any nodes: up to the core, over trunks, and down again. */
export function spread(network: RoutedNetwork, alive: Uint32Array, bits: Uint32Array, linkAlive?: Uint32Array): void {
  for (let node = 0; node < network.nodes; node++) bits[node]! &= alive[node]!;
  const risen = climbs(network, bits) ? bits.slice() : undefined;
  if (risen) rise(network, alive, risen, linkAlive);
  const start = risen ?? bits;
  const coreAlive = network.core.map((node) => alive[node]!);
  const coreBits = network.core.map((node) => start[node]!);
  spreadTrunks(network, coreAlive, coreBits, linkAlive);
  for (let at = 0; at < coreBits.length; at++) bits[network.core[at]!] = coreBits[at]!;
  descend(network, alive, bits, linkAlive);
  // What stands above a seed reaches it, but is no place for what comes from beside to turn: only the core is.
  if (risen) for (const node of network.climb.order) bits[node]! |= risen[node]!;
}

/** Does any climbing node have a bit? */
function climbs({ climb: { order } }: RoutedNetwork, bits: Uint32Array): boolean {
  for (let place = 0; place < order.length; place++) if (bits[order[place]!] !== 0) return true;
  return false;
}

/** Carries bits from climbing nodes up to all they climb to. */
export function rise(network: RoutedNetwork, alive: Uint32Array, bits: Uint32Array, linkAlive?: Uint32Array): void {
  const { order, first, to, link } = network.climb;
  for (let place = order.length - 1; place >= 0; place--) {
    const node = order[place]!;
    const own = bits[node]!;
    if (own === 0) continue;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      const passes = linkAlive === undefined ? all : linkAlive[link[at]!]!;
      bits[to[at]!]! |= own & alive[to[at]!]! & passes;
    }
  }
}

/** Carries bits over trunks, to a fix-point. Words of nodes here by their place in `network.core`. */
export function spreadTrunks(
  network: RoutedNetwork,
  alive: Uint32Array,
  bits: Uint32Array,
  linkAlive?: Uint32Array,
): void {
  const { nodes, first, to, link } = network.trunk;
  // A ring buffer holds each node at most once, so it never overflows.
  const queue = new Uint32Array(nodes);
  const waiting = new Uint8Array(nodes);
  let [head, length] = [0, 0];
  for (let node = 0; node < nodes; node++) if (bits[node] !== 0) enqueue(node);
  while (length > 0) {
    const node = queue[head]!;
    head = head + 1 === nodes ? 0 : head + 1;
    length--;
    waiting[node] = 0;
    const own = bits[node]!;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      const neighbour = to[at]!;
      const passes = linkAlive === undefined ? all : linkAlive[link[at]!]!;
      const news = own & alive[neighbour]! & passes & ~bits[neighbour]!;
      if (news === 0) continue;
      bits[neighbour]! |= news;
      if (waiting[neighbour] === 0) enqueue(neighbour);
    }
  }

  function enqueue(node: number): void {
    const tail = head + length++;
    queue[tail >= nodes ? tail - nodes : tail] = node;
    waiting[node] = 1;
  }
}

/** Carries bits from what a node climbs to down to it. */
export function descend(network: RoutedNetwork, alive: Uint32Array, bits: Uint32Array, linkAlive?: Uint32Array): void {
  const { order, first, to, link } = network.climb;
  for (let place = 0; place < order.length; place++) {
    const node = order[place]!;
    let found = 0;
    for (let at = first[node]!; at < first[node + 1]!; at++)
      found |= bits[to[at]!]! & (linkAlive === undefined ? all : linkAlive[link[at]!]!);
    bits[node]! |= found & alive[node]!;
  }
}
