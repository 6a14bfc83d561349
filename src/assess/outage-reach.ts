import type { Frame } from "./outage-frame.ts";
import type { Hits } from "./outage-hits.ts";
import { type DeadSets, deadMember, fineParts } from "./outage-parts.ts";

/** For each need, at each place whose reach others build on: the scenarios in which it gets all that the need asks for. */
export interface Reach {
  /** By an operator's how-manieth need, then place. Only held places are filled in. */
  readonly fine: readonly Uint32Array[];
  /** By need: the scenarios in which a supply has too few live members even if every path were up. */
  readonly gone: Uint32Array;
}

/** What turning and climbing places reach; traffic climbs from a place to those it has uplinks to, and never down and up. */
export function reachOf(frame: Frame, hits: Hits, dead: DeadSets): Reach {
  const { needs, turning, climbing, kinds, network, routes } = frame;
  const parts = fineParts(frame, hits, dead);
  const most = needs.needs.reduce((wide, { operator }, at) => Math.max(wide, at - needs.first[operator]! + 1), 0);
  const fine = Array.from({ length: most }, () => new Uint32Array(network.places.count));
  for (const [at, { operator }] of needs.needs.entries()) {
    const [words, own] = [fine[at - needs.first[operator]!]!, parts[at]!];
    for (let node = 0; node < own.length; node += 1) words[turning[node]!]! |= own[node]!;
  }
  suppliedBeside(frame, hits, dead, fine);
  const { first, to, link } = routes.climb;
  for (const place of climbing) {
    const operator = network.places.operator[place]!;
    const carries = ~dead[kinds.transit[place]!]!;
    for (let need = needs.first[operator]!; need < needs.first[operator + 1]!; need += 1) {
      const words = fine[need - needs.first[operator]!]!;
      let word = words[place]!;
      for (let edge = first[place]!; edge < first[place + 1]!; edge += 1) {
        word |= words[to[edge]!]! & ~hits.line[network.linkMaker[link[edge]!]!]!;
      }
      words[place] = word & carries;
    }
  }
  return { fine, gone: goneOf(frame, hits, dead) };
}

/** Scenarios in which fewer members live than are needed, by need; whatever paths there are. */
function goneOf({ needs }: Frame, hits: Hits, dead: DeadSets): Uint32Array {
  const short = needs.supplies.map((supply) => {
    const words = Array.from(supply.member, (_, at) => ~deadMember(supply, at, hits, dead));
    return ~atLeast(words, supply.needed, hits.lanes);
  });
  return Uint32Array.from(needs.needs, ({ supplies }) => supplies.reduce((word, at) => word | short[at]!, 0));
}

/**
 * Whoever climbs to a place where all that it needs stands is served there, even where the place itself has lost its way up.
 */
function suppliedBeside({ needs, beside }: Frame, hits: Hits, dead: DeadSets, fine: readonly Uint32Array[]): void {
  for (const { place, need, members } of beside) {
    let all = ~0;
    for (const { supply, at } of members) {
      const own = needs.supplies[supply]!;
      const words = at.map((member) => ~deadMember(own, member, hits, dead));
      all &= atLeast(words, own.needed, hits.lanes);
    }
    fine[need - needs.first[needs.needs[need]!.operator]!]![place]! |= all;
  }
}

/** The scenarios in which at least so many of the words have their bit set. */
function atLeast(words: readonly number[], needed: number, lanes: number): number {
  let enough = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    let count = 0;
    for (const word of words) count += (word >>> lane) & 1;
    if (count >= needed) enough |= 1 << lane;
  }
  return enough;
}
