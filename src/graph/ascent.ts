import { type Alive, notCore, type RoutedNetwork } from "./routed.ts";

/**
 * How traffic climbs from one node to the core, split evenly over usable uplinks. Lists are used again by the next climb.
 * A position is `i` for `steps[i]`, and `-1 - i` for `tops[i]`.
 */
export interface Ascent {
  /** Climbing nodes passed, the first one below all others, each before those it climbs to; empty at a core node. */
  readonly steps: number[];
  /** Part of the traffic that passes each step. */
  readonly share: number[];
  /** Usable uplinks of each step; 0: it ends here. */
  readonly ways: number[];
  /** Usable uplinks, in the order of the steps they leave: positions of both ends, and the link. */
  readonly edgeFrom: number[];
  readonly edgeTo: number[];
  readonly edgeLink: number[];
  /** Core nodes that are reached, by their place in `core`, and the part of the traffic that comes to each. */
  readonly tops: number[];
  readonly topShare: number[];
  /** Position of the node at which traffic stops below the core, or -1; and the part that does. */
  stop: number;
  met: number;
}

export function newAscent(): Ascent {
  return {
    steps: [],
    share: [],
    ways: [],
    edgeFrom: [],
    edgeTo: [],
    edgeLink: [],
    tops: [],
    topShare: [],
    stop: -1,
    met: 0,
  };
}

/** No node: nothing stops the climb below the core. */
export const nowhere = 0xffffffff;

/**
 * Climbs from a node; what comes by the climbing node `stop` ends there. Where neither the core nor `stop` is reached, there
 * are no tops, and `met` is 0.
 */
export type Ascend = (out: Ascent, from: number, stop: number) => void;

/** A climber with scratch space of its own, over what lives. */
export function ascender(network: RoutedNetwork, alive: Alive = {}): Ascend {
  const { climb, coreOf } = network;
  const { order, rank, first, to, link } = climb;
  // Per node: 0 not seen, above 0 its step + 1, below 0 as a position of a top.
  const seen = new Int32Array(order.length === 0 ? 0 : network.nodes);
  const usable: number[] = [];
  const whole = alive.nodes === undefined && alive.links === undefined;
  return ascend;

  function ascend(out: Ascent, from: number, stop: number): void {
    empty(out.steps);
    empty(out.share);
    empty(out.ways);
    empty(out.edgeFrom);
    empty(out.edgeTo);
    empty(out.edgeLink);
    empty(out.tops);
    empty(out.topShare);
    out.stop = -1;
    out.met = 0;
    if (coreOf[from] !== notCore) {
      out.tops.push(coreOf[from]!);
      out.topShare.push(1);
      return;
    }
    gather(out, from, stop);
    if (countWays(out, stop)) split(out, stop);
    for (let step = 0; step < out.steps.length; step++) seen[out.steps[step]!] = 0;
    for (let top = 0; top < out.tops.length; top++) seen[network.core[out.tops[top]!]!] = 0;
    if (out.topShare.length === 0) empty(out.tops);
  }

  function gather(out: Ascent, from: number, stop: number): void {
    const { steps, tops } = out;
    steps.push(from);
    seen[from] = 1;
    for (let step = 0; step < steps.length; step++) {
      const node = steps[step]!;
      if (node === stop) continue;
      for (let at = first[node]!; at < first[node + 1]!; at++) {
        const upper = to[at]!;
        if (seen[upper] !== 0 || !lives(at)) continue;
        if (coreOf[upper] !== notCore) {
          tops.push(coreOf[upper]!);
          seen[upper] = -tops.length;
        } else {
          steps.push(upper);
          seen[upper] = 1;
        }
      }
    }
    if (steps.length > 2) steps.sort((a, b) => rank[b]! - rank[a]!);
    for (let step = 0; step < steps.length; step++) seen[steps[step]!] = step + 1;
  }

  /** From above to below: over how many uplinks does each step lead on? Answers whether the first one does. */
  function countWays(out: Ascent, stop: number): boolean {
    const { steps, ways } = out;
    while (usable.length < steps.length) usable.push(0);
    for (let step = steps.length - 1; step >= 0; step--)
      usable[step] = steps[step] === stop ? -1 : waysOf(steps[step]!);
    for (let step = 0; step < steps.length; step++) ways.push(Math.max(usable[step]!, 0));
    return usable[0] !== 0;
  }

  function waysOf(node: number): number {
    let count = 0;
    for (let at = first[node]!; at < first[node + 1]!; at++) if (leadsOn(at)) count++;
    return count;
  }

  function split(out: Ascent, stop: number): void {
    const { steps, share, tops, topShare } = out;
    for (let step = 0; step < steps.length; step++) share.push(0);
    for (let top = 0; top < tops.length; top++) topShare.push(0);
    share[0] = 1;
    for (let step = 0; step < steps.length; step++) {
      if (steps[step] === stop) {
        out.stop = step;
        out.met = share[step]!;
      } else splitStep(out, step);
    }
  }

  function splitStep({ steps, share, ways, edgeFrom, edgeTo, edgeLink, topShare }: Ascent, step: number): void {
    const node = steps[step]!;
    const part = share[step]! / ways[step]!;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      if (!leadsOn(at)) continue;
      const upper = seen[to[at]!]!;
      edgeFrom.push(step);
      edgeTo.push(upper > 0 ? upper - 1 : upper);
      edgeLink.push(link[at]!);
      if (upper < 0) topShare[-1 - upper]! += part;
      else share[upper - 1]! += part;
    }
  }

  function lives(at: number): boolean {
    return whole || (alive.links?.[link[at]!] !== 0 && alive.nodes?.[to[at]!] !== 0);
  }

  function leadsOn(at: number): boolean {
    if (!lives(at)) return false;
    const upper = seen[to[at]!]!;
    return upper < 0 || usable[upper - 1] !== 0;
  }
}

/** Item by item, for a list that is cut to nothing gives its room back, and the next climb would ask for it again. */
function empty(list: number[]): void {
  while (list.length > 0) list.pop();
}
