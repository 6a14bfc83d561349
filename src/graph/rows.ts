import { popcount } from "./bits.ts";
import type { CoreTable } from "./core-table.ts";
import type { RoutedNetwork } from "./routed.ts";
import { hasBit, type Marks } from "./seen.ts";

/** Core nodes, and climbing nodes that others climb to and that lead to one part of the core (hubs), have rows of numbers. */
export interface HubRows {
  /** Hubs, each after those it climbs to; their rows come after those of the core nodes. */
  readonly hubs: Uint32Array;
  /** By node: its row; `noRow` for the others. */
  readonly row: Uint32Array;
  /** By node: the part of the core it leads to; `severalParts` if it is not one. */
  readonly part: Uint32Array;
}
export const noRow = 0xffffffff;
export const severalParts = 0xffffffff;

/** Numbers the rows of a network whose core has these connected parts. */
export function hubRows(network: RoutedNetwork, corePart: Uint32Array): HubRows {
  const { order, first, to } = network.climb;
  const part = new Uint32Array(network.nodes).fill(severalParts);
  for (let at = 0; at < network.core.length; at++) part[network.core[at]!] = corePart[at]!;
  const isUpper = new Uint8Array(network.nodes);
  for (let place = 0; place < order.length; place++) {
    const node = order[place]!;
    const common = part[to[first[node]!]!]!;
    let same = true;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      isUpper[to[at]!] = 1;
      if (part[to[at]!] !== common) same = false;
    }
    if (same) part[node] = common;
  }
  const hubs = order.filter((node) => isUpper[node] === 1 && part[node] !== severalParts);
  const row = network.coreOf.slice();
  for (let at = 0; at < hubs.length; at++) row[hubs[at]!] = network.core.length + at;
  return { hubs, row, part };
}

/** The row above a node with one uplink; `noRow` where it has several, or leads to several parts of the core. */
export function rowAbove({ climb }: RoutedNetwork, { row }: HubRows, node: number): number {
  const begin = climb.first[node]!;
  return climb.first[node + 1]! - begin === 1 ? row[climb.to[begin]!]! : noRow;
}

/**
 * What stands between a row's node, with itself, and the targets, for what comes from below: by row and suspect, over the targets
 * of one table. Parts of the traffic that are lost to the suspect; targets to which no path is open; to which some path is touched.
 */
export interface Rows {
  readonly lost: Float64Array;
  readonly blocked: Uint16Array;
  readonly touched: Uint16Array;
}

export function newRows(size: number): Rows {
  return { lost: new Float64Array(size), blocked: new Uint16Array(size), touched: new Uint16Array(size) };
}

/**
 * The row of a core node; its sets of targets in the table become those for what comes from below: with the node itself, and of
 * clean paths only the targets it reaches.
 */
export function fillCoreRow(rows: Rows, table: CoreTable, marks: Marks, at: number, part: number, node: number): void {
  const { setWords } = table;
  const { width, words } = marks;
  const [transit, end] = [marks.transit[node]!, marks.end[node]!];
  const reached = table.sets[part]!;
  const own = table.targetAt[at]!;
  const count = table.count[part]!;
  for (let j = 0; j < width; j++) {
    const column = at * width + j;
    const set = column * setWords;
    if (!hasBit(marks.open, transit * words, j)) table.open.fill(0, set, set + setWords);
    if (!hasBit(marks.clean, transit * words, j)) table.clean.fill(0, set, set + setWords);
    if (own !== -1) {
      setBit(table.open, set, own, hasBit(marks.open, end * words, j));
      setBit(table.clean, set, own, hasBit(marks.clean, end * words, j));
    }
    rows.blocked[column] = count - countIn(table.open, set, reached);
    rows.touched[column] = count - countIn(table.clean, set, reached);
    const ending = own === -1 ? 0 : marks.free[end * width + j]!;
    rows.lost[column] = count - (table.free[column]! * marks.free[transit * width + j]! + ending);
  }
}

/** The row of a hub with one uplink: that of the row above, but for what it and its link touch. */
export function fillRowBelow(
  rows: Rows,
  marks: Marks,
  own: number,
  above: number,
  count: number,
  transit: number,
  linkRow: number | undefined,
): void {
  const { width } = marks;
  const [lower, upper] = [own * width, above * width];
  for (const list of [rows.lost, rows.blocked, rows.touched]) list.copyWithin(lower, upper, upper + width);
  for (let j = 0; j < width; j++) {
    if (isClean(marks, transit, linkRow, j)) continue;
    const takes = 1 - freeOf(marks, transit, linkRow, j);
    rows.lost[lower + j]! += takes * (count - rows.lost[lower + j]!);
    rows.touched[lower + j] = count;
    if (!isOpen(marks, transit, linkRow, j)) rows.blocked[lower + j] = count;
  }
}

/** Of a node and the link above it, where links touch anything. */
export function freeOf(marks: Marks, row: number, linkRow: number | undefined, j: number): number {
  const free = marks.free[row * marks.width + j]!;
  return linkRow === undefined ? free : free * marks.free[linkRow * marks.width + j]!;
}
export function isOpen({ open, words }: Marks, row: number, linkRow: number | undefined, j: number): boolean {
  return hasBit(open, row * words, j) && (linkRow === undefined || hasBit(open, linkRow * words, j));
}
export function isClean({ clean, words }: Marks, row: number, linkRow: number | undefined, j: number): boolean {
  return hasBit(clean, row * words, j) && (linkRow === undefined || hasBit(clean, linkRow * words, j));
}

/** How many things of the set that begins at `at` are in the other one, too; `without`: but for this one, unless it is -1. */
export function countIn(sets: Int32Array, at: number, other: Int32Array, without = -1): number {
  let count = 0;
  for (let word = 0; word < other.length; word++) count += popcount(sets[at + word]! & other[word]!);
  if (without === -1) return count;
  const [word, bit] = [without >> 5, 1 << (without & 31)];
  return (sets[at + word]! & other[word]! & bit) === 0 ? count : count - 1;
}

function setBit(sets: Int32Array, at: number, bit: number, on: boolean): void {
  const mask = 1 << (bit & 31);
  if (on) sets[at + (bit >> 5)]! |= mask;
  else sets[at + (bit >> 5)]! &= ~mask;
}
