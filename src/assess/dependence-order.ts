import type { Network } from "../model/network.ts";

/**
 * Elements place by place, and places region by region, so that whoever counts them reads memory in order. The n-th place is
 * `place[n]`, its elements are `start[n]` to `start[n + 1]`; region r has the places `region[r]` to `region[r + 1]`.
 */
export interface SortedElements {
  readonly region: Uint32Array;
  readonly place: Uint32Array;
  readonly start: Uint32Array;
  readonly trait: Uint32Array;
  readonly first: Uint8Array;
}

/** Sorts by counting: a few passes, and no comparison. */
export function sortElements({ places, regions, elements }: Network): SortedElements {
  const region = startsOf(places.region, places.count, regions.length);
  const place = new Uint32Array(places.count);
  const rank = new Uint32Array(places.count);
  const nextPlace = region.slice();
  for (let at = 0; at < places.count; at += 1) {
    const to = nextPlace[places.region[at]!]!;
    nextPlace[places.region[at]!] = to + 1;
    place[to] = at;
    rank[at] = to;
  }
  const count = elements.place.length;
  const ranks = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) ranks[at] = rank[elements.place[at]!]!;
  const start = startsOf(ranks, count, places.count);
  const next = start.slice();
  const trait = new Uint32Array(count);
  const first = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    const to = next[ranks[at]!]!;
    next[ranks[at]!] = to + 1;
    trait[to] = elements.trait[at]!;
    first[to] = elements.first[at]!;
  }
  return { region, place, start, trait, first };
}

/** Where each of `buckets` begins once `count` keys are sorted into them; one more entry for the end. */
function startsOf(keys: Uint32Array | Uint16Array, count: number, buckets: number): Uint32Array {
  const start = new Uint32Array(buckets + 1);
  for (let at = 0; at < count; at += 1) start[keys[at]! + 1]! += 1;
  for (let at = 0; at < buckets; at += 1) start[at + 1]! += start[at]!;
  return start;
}
