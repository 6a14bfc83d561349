import type { CoreTable } from "./core-table.ts";
import type { ExposedSums } from "./exposure.ts";
import type { RoutedNetwork } from "./routed.ts";
import {
  countIn,
  fillCoreRow,
  fillRowBelow,
  freeOf,
  type HubRows,
  isClean,
  isOpen,
  newRows,
  noRow,
  type Rows,
  rowAbove,
} from "./rows.ts";
import { type Marks, type Seen, touching } from "./seen.ts";
import { type SeveralWays, severalWays } from "./several-ways.ts";

export interface Sources {
  /** By node: what it sends to *each* target; 0: nothing. */
  readonly value: Float64Array;
  /** By node. */
  readonly group: Uint16Array;
}

/** Climbing sources by the row above them: those below row `r` stand at `first[r]` up to `first[r + 1]`. */
export interface SourcesByRow {
  readonly first: Uint32Array;
  readonly value: Float64Array;
  readonly group: Uint16Array;
  /** Row of marks. */
  readonly end: Uint32Array;
  /** The only uplink; empty where links touch nothing. */
  readonly link: Uint32Array;
  /** Sources without one row above them. */
  readonly others: Uint32Array;
}

/** Sorts sources, once for all passes: what those below one row have in common is added once for all of them. */
export function sourcesByRow(network: RoutedNetwork, hubs: HubRows, sources: Sources, seen: Seen): SourcesByRow {
  const { order, first: uplinks, link: links } = network.climb;
  const withLinks = seen.link !== undefined;
  const first = new Uint32Array(network.core.length + hubs.hubs.length + 1);
  const others: number[] = [];
  for (let place = 0; place < order.length; place++) {
    const node = order[place]!;
    if (!(sources.value[node]! > 0)) continue;
    const above = rowAbove(network, hubs, node);
    if (above === noRow) others.push(node);
    else first[above + 1]!++;
  }
  for (let row = 1; row < first.length; row++) first[row]! += first[row - 1]!;
  const size = first[first.length - 1]!;
  const next = first.slice();
  const value = new Float64Array(size);
  const group = new Uint16Array(size);
  const end = new Uint32Array(size);
  const link = new Uint32Array(withLinks ? size : 0);
  for (let place = 0; place < order.length; place++) {
    const node = order[place]!;
    if (!(sources.value[node]! > 0)) continue;
    const above = rowAbove(network, hubs, node);
    if (above === noRow) continue;
    const at = next[above]!++;
    value[at] = sources.value[node]!;
    group[at] = sources.group[node]!;
    end[at] = seen.end[node]!;
    if (withLinks) link[at] = links[uplinks[node]!]!;
  }
  return { first, value, group, end, link, others: Uint32Array.from(others) };
}

/** One pass over all sources, towards the targets of one table. */
interface Pass {
  readonly network: RoutedNetwork;
  readonly marks: Marks;
  readonly table: CoreTable;
  readonly hubs: HubRows;
  readonly sources: Sources;
  readonly sorted: SourcesByRow;
  readonly sums: ExposedSums;
  readonly rows: Rows;
  /** Where the suspects of a group begin in the sums. */
  readonly at: (group: number) => number;
}

/** Adds what all sources send to the targets of one table to the sums of the suspects from `begin` on; uses the table up. */
export function addSources(
  network: RoutedNetwork,
  marks: Marks,
  table: CoreTable,
  hubs: HubRows,
  sources: Sources,
  sorted: SourcesByRow,
  sums: ExposedSums,
  begin: number,
): void {
  const suspects = sums.must.length / sums.routed.length;
  const rows = newRows((network.core.length + hubs.hubs.length) * marks.width);
  const at = (group: number) => group * suspects + begin;
  const pass: Pass = { network, marks, table, hubs, sources, sorted, sums, rows, at };
  addCore(pass);
  const several = severalWays(network, marks, table, hubs, rows);
  fillHubRows(pass, several);
  addBelowRows(pass);
  for (const node of sorted.others) several.addSource(node, sources.value[node]!, at(sources.group[node]!), sums);
}

function addCore({ network, marks, table, hubs, sources, sums, rows, at }: Pass): void {
  const { width } = marks;
  for (let place = 0; place < network.core.length; place++) {
    const node = network.core[place]!;
    const part = hubs.part[node]!;
    const value = sources.value[node]!;
    if (value > 0) {
      const own = table.targetAt[place]!;
      const targets = table.count[part]! - (own === -1 ? 0 : 1);
      const row = marks.end[node]!;
      const sum = at(sources.group[node]!);
      for (let j = 0; j < width; j++) {
        const column = place * width + j;
        const count = (sets: Int32Array) => countIn(sets, column * table.setWords, table.sets[part]!, own);
        const opens = isOpen(marks, row, undefined, j) ? count(table.open) : 0;
        const cleans = isClean(marks, row, undefined, j) ? count(table.clean) : 0;
        sums.must[sum + j]! += value * (targets - opens);
        sums.may[sum + j]! += value * (targets - cleans);
        sums.expected[sum + j]! += value * (targets - table.free[column]! * marks.free[row * width + j]!);
      }
    }
    fillCoreRow(rows, table, marks, place, part, node);
  }
}

function fillHubRows({ network, marks, table, hubs, rows }: Pass, several: SeveralWays): void {
  const { first, link } = network.climb;
  for (const node of hubs.hubs) {
    const above = rowAbove(network, hubs, node);
    const own = hubs.row[node]!;
    if (above === noRow) several.fillRow(node, own);
    else {
      const linkRow = marks.link?.[link[first[node]!]!];
      fillRowBelow(rows, marks, own, above, table.count[hubs.part[node]!]!, marks.transit[node]!, linkRow);
    }
  }
}

/**
 * Sources with one uplink. What those of one group below a row have in common is added once for all, so that a source costs
 * no more than the few suspects it has itself.
 */
function addBelowRows({ network, marks, table, hubs, sorted, sums, rows, at }: Pass): void {
  const { width } = marks;
  const own = touching(marks);
  for (let row = 0; row + 1 < sorted.first.length; row++) {
    const begin = sorted.first[row]!;
    const end = sorted.first[row + 1]!;
    if (begin === end) continue;
    const node = row < network.core.length ? network.core[row]! : hubs.hubs[row - network.core.length]!;
    const count = table.count[hubs.part[node]!]!;
    let total = 0;
    for (let source = begin; source < end; source++) {
      total += sorted.value[source]!;
      addSource(source, row * width, count);
      if (source + 1 < end && sorted.group[source] === sorted.group[source + 1]) continue;
      addCommon(at(sorted.group[source]!), row * width, total);
      total = 0;
    }
  }

  function addCommon(sum: number, above: number, value: number): void {
    for (let j = 0; j < width; j++) {
      sums.expected[sum + j]! += value * rows.lost[above + j]!;
      sums.may[sum + j]! += value * rows.touched[above + j]!;
      sums.must[sum + j]! += value * rows.blocked[above + j]!;
    }
  }

  function addSource(source: number, above: number, count: number): void {
    const end = sorted.end[source]!;
    const linkRow = marks.link?.[sorted.link[source]!];
    const touchesLink = linkRow !== undefined && own.first[linkRow] !== own.first[linkRow + 1];
    if (touchesLink) addTouches(source, above, count, end, linkRow);
    else addOwn(source, above, count, end);
  }

  /** What the source takes of what is left above. */
  function addOwn(source: number, above: number, count: number, end: number): void {
    const value = sorted.value[source]!;
    const sum = at(sorted.group[source]!);
    for (let i = own.first[end]!; i < own.first[end + 1]!; i++) {
      const j = own.suspect[i]!;
      sums.expected[sum + j]! += value * own.takes[i]! * (count - rows.lost[above + j]!);
      sums.may[sum + j]! += value * (count - rows.touched[above + j]!);
      if (own.blocks[i] === 1) sums.must[sum + j]! += value * (count - rows.blocked[above + j]!);
    }
  }

  /** What the source and its link take. */
  function addTouches(source: number, above: number, count: number, end: number, linkRow: number): void {
    const sum = at(sorted.group[source]!);
    const value = sorted.value[source]!;
    for (let j = 0; j < width; j++) {
      if (isClean(marks, end, linkRow, j)) continue;
      const takes = 1 - freeOf(marks, end, linkRow, j);
      sums.expected[sum + j]! += value * takes * (count - rows.lost[above + j]!);
      sums.may[sum + j]! += value * (count - rows.touched[above + j]!);
      if (!isOpen(marks, end, linkRow, j)) sums.must[sum + j]! += value * (count - rows.blocked[above + j]!);
    }
  }
}
