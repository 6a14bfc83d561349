import type { RoutedNetwork } from "./routed.ts";
import type { Marks } from "./seen.ts";
import { type Search, searcher } from "./shortest-paths.ts";

/**
 * What meets no suspect on its way over the core to one target: rows by core number, of what lies between the node and the
 * target without either of them. Used again by the next `to`.
 */
export interface Passage {
  readonly free: Float64Array;
  /** Bit set: on some path some traffic meets nothing of the suspect; on all paths all of it does. */
  readonly open: Uint32Array;
  readonly clean: Uint32Array;
  /** Core nodes that reach the target, nearest first. */
  readonly order: Uint32Array;
  /** Looks at a target anew; answers how many nodes reach it. */
  readonly to: (target: number) => number;
}

/**
 * Per target one search, then in the order of distance: what is free at a node is the mean over its next hops of what is free
 * on the link, at the next node, and from there (docs/exposure.md). Equal splitting has no memory, so this is exact.
 */
export function passages(network: RoutedNetwork, marks: Marks): Passage {
  const { width, words } = marks;
  const nodes = network.core.length;
  const search = searcher(network.trunk, network.weight);
  const free = new Float64Array(nodes * width);
  // The same with the node itself, as those farther away meet it.
  const through = new Float64Array(nodes * width);
  const open = new Uint32Array(nodes * words);
  const clean = new Uint32Array(nodes * words);
  const row = Uint32Array.from(network.core, (node) => marks.transit[node]!);
  return { free, open, clean, order: search.order, to };

  function to(target: number): number {
    const reached = search.run(target);
    free.fill(1, target * width, (target + 1) * width);
    through.fill(1, target * width, (target + 1) * width);
    open.fill(0xffffffff, target * words, (target + 1) * words);
    clean.fill(0xffffffff, target * words, (target + 1) * words);
    for (let place = 1; place < reached; place++) {
      meanOfNextHops(search, place);
      bitsOfNextHops(search, place, target);
    }
    return reached;
  }

  function meanOfNextHops({ order, nextFirst, nextTo, nextLink }: Search, place: number): void {
    const node = order[place]!;
    const [begin, end] = [nextFirst[place]!, nextFirst[place + 1]!];
    const own = node * width;
    const passes = row[node]! * width;
    if (end - begin === 1 && marks.link === undefined) {
      const next = nextTo[begin]! * width;
      for (let j = 0; j < width; j++) {
        const part = through[next + j]!;
        free[own + j] = part;
        through[own + j] = part * marks.free[passes + j]!;
      }
      return;
    }
    free.fill(0, own, own + width);
    for (let hop = begin; hop < end; hop++) addHop(own, nextTo[hop]! * width, marks.link?.[nextLink[hop]!]);
    for (let j = 0; j < width; j++) {
      free[own + j]! /= end - begin;
      through[own + j] = free[own + j]! * marks.free[passes + j]!;
    }
  }

  function addHop(own: number, next: number, linkRow: number | undefined): void {
    if (linkRow === undefined) for (let j = 0; j < width; j++) free[own + j]! += through[next + j]!;
    else {
      const link = linkRow * width;
      for (let j = 0; j < width; j++) free[own + j]! += through[next + j]! * marks.free[link + j]!;
    }
  }

  function bitsOfNextHops({ order, nextFirst, nextTo, nextLink }: Search, place: number, target: number): void {
    const own = order[place]! * words;
    for (let word = 0; word < words; word++) {
      let some = 0;
      let every = 0xffffffff;
      for (let hop = nextFirst[place]!; hop < nextFirst[place + 1]!; hop++) {
        const next = nextTo[hop]!;
        let opens = open[next * words + word]!;
        let cleans = clean[next * words + word]!;
        if (next !== target) {
          opens &= marks.open[row[next]! * words + word]!;
          cleans &= marks.clean[row[next]! * words + word]!;
        }
        if (marks.link) {
          const link = marks.link[nextLink[hop]!]! * words + word;
          opens &= marks.open[link]!;
          cleans &= marks.clean[link]!;
        }
        some |= opens;
        every &= cleans;
      }
      open[own + word] = some;
      clean[own + word] = every;
    }
  }
}
