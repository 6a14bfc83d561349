import { noSupplier } from "../model/network.ts";
import { addBits, countLanes } from "./outage-counts.ts";
import type { Frame } from "./outage-frame.ts";

/**
 * Radio places that are alike for every question, as one of them and how many; and all that is asked about them side by side,
 * for millions of them are looked at again for every 32 scenarios.
 */
export interface Units {
  readonly place: Uint32Array;
  readonly weight: Uint32Array;
  readonly cell: Uint32Array;
  readonly need: Uint32Array;
  /** Number of the pair of sets of which each must have something live: what serves people, and what carries. */
  readonly own: Uint32Array;
  readonly pairs: readonly (readonly [radio: number, transit: number])[];
  /** Where a unit gets what it needs: `first[unit]` up to `first[unit + 1]`; its uplinks, or itself where its reach is held. */
  readonly first: Uint32Array;
  readonly from: Uint32Array;
  /** Maker of the line in between. */
  readonly maker: Uint16Array;
}

/** A unit for each of the places, or for as many as `weight` says; sorted by cell, whatever the order of places. */
export function unitsOf(
  frame: Frame,
  places: Uint32Array,
  weights: Uint32Array = new Uint32Array(places.length).fill(1),
): Units {
  const { kinds, needs } = frame;
  const order = byCell(frame, places);
  const place = order.map((at) => places[at]!);
  const cell = place.map((at) => frame.cell[at]!);
  const numbers = new Map<number, number>();
  const pairs: [number, number][] = [];
  const own = place.map((at) => {
    const [radio, transit] = [kinds.radio[at]!, kinds.transit[at]!];
    const key = radio * kinds.sets.count + transit;
    const held = numbers.get(key);
    if (held !== undefined) return held;
    numbers.set(key, pairs.length);
    return pairs.push([radio, transit]) - 1;
  });
  const need = cell.map((at) => needs.ofCell[at]!);
  return { place, weight: order.map((at) => weights[at]!), cell, need, own, pairs, ...waysOf(frame, place) };
}

/** Positions sorted by cell, else as they were: sums then run over one cell at a time. */
function byCell({ cell, network }: Frame, places: Uint32Array): Uint32Array {
  const starts = new Uint32Array(network.operators.length * network.regions.length + 1);
  for (const place of places) starts[cell[place]! + 1]! += 1;
  for (let at = 1; at < starts.length; at += 1) starts[at]! += starts[at - 1]!;
  const order = new Uint32Array(places.length);
  for (let at = 0; at < places.length; at += 1) order[starts[cell[places[at]!]!]!++] = at;
  return order;
}

function waysOf({ held, network, routes: { climb } }: Frame, place: Uint32Array) {
  const first = new Uint32Array(place.length + 1);
  const waysAt = (at: number) => (held[at] === 1 ? 1 : climb.first[at + 1]! - climb.first[at]!);
  for (let unit = 0; unit < place.length; unit += 1) first[unit + 1] = first[unit]! + waysAt(place[unit]!);
  const from = new Uint32Array(first[place.length]!);
  const maker = new Uint16Array(from.length).fill(noSupplier);
  for (let unit = 0; unit < place.length; unit += 1) {
    const at = place[unit]!;
    let way = first[unit]!;
    if (held[at] === 1) {
      from[way] = at;
      continue;
    }
    for (let edge = climb.first[at]!; edge < climb.first[at + 1]!; edge += 1) {
      from[way] = climb.to[edge]!;
      maker[way++] = network.linkMaker[climb.link[edge]!]!;
    }
  }
  return { first, from, maker };
}

/** Units that are alike for every question taken together; weights add up. */
export function merged(frame: Frame, units: Units): Units {
  const count = units.place.length;
  const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
  // Open addressing: the first unit of each kind, plus one; 0 is free.
  const table = new Uint32Array(size);
  const sums = new Uint32Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    let at = hashOf(units, unit) & (size - 1);
    while (table[at] !== 0 && !areAlike(units, table[at]! - 1, unit)) at = (at + 1) & (size - 1);
    if (table[at] === 0) table[at] = unit + 1;
    sums[table[at]! - 1]! += units.weight[unit]!;
  }
  return unitsOf(
    frame,
    units.place.filter((_, unit) => sums[unit]! > 0),
    sums.filter((sum) => sum > 0),
  );
}

function hashOf({ cell, own, first, from, maker }: Units, unit: number): number {
  // FNV-1a over numbers.
  let hash = Math.imul((0x811c9dc5 ^ cell[unit]!) >>> 0, 0x01000193);
  hash = Math.imul(hash ^ own[unit]!, 0x01000193);
  for (let way = first[unit]!; way < first[unit + 1]!; way += 1) {
    hash = Math.imul(hash ^ from[way]!, 0x01000193);
    hash = Math.imul(hash ^ maker[way]!, 0x01000193);
  }
  // What is mixed into the high bits alone would be cut off.
  return hash ^ (hash >>> 15);
}

function areAlike({ cell, own, first, from, maker }: Units, one: number, other: number): boolean {
  if (cell[one] !== cell[other] || own[one] !== own[other]) return false;
  const [a, b, count] = [first[one]!, first[other]!, first[one + 1]! - first[one]!];
  if (first[other + 1]! - b !== count) return false;
  for (let at = 0; at < count; at += 1) {
    if (from[a + at] !== from[b + at] || maker[a + at] !== maker[b + at]) return false;
  }
  return true;
}

/** Adds up weights by cell and scenario (cell x lanes + scenario) of the units whose word has the scenario's bit. */
export function sumByCell({ network }: Frame, units: Units, lanes: number, words: Uint32Array): Float64Array {
  const sums = new Float64Array(network.operators.length * network.regions.length * lanes);
  const { cell, weight } = units;
  for (let unit = 0, end = 0; unit < words.length; unit = end) {
    // Runs of single units are counted together.
    for (end = unit; end < words.length && cell[end] === cell[unit] && weight[end] === 1; ) end += 1;
    const at = cell[unit]! * lanes;
    if (end > unit) countLanes(words, unit, end, sums, at, lanes);
    else addBits(words[end]!, weight[end++]!, sums, at, lanes);
  }
  return sums;
}
