/**
 * Exposure of what every node sends to each of the same targets in equal parts: the sums of `exposedSums` over all these demands,
 * without a demand of each. A node sends nothing to itself, and nothing to targets it has no path to. Direction counts: from the
 * nodes to the targets (the expected part of the way back may differ, must and may are the same).
 *
 * Cost: a search per core node that targets come down from, then one pass over all nodes from above to below; a million nodes,
 * 200 targets and 40 suspects take about half a second (bench/graph.ts).
 */
import { ascender, newAscent, nowhere } from "./ascent.ts";
import { coreTable, targetsPerChunk } from "./core-table.ts";
import { type ExposedSums, exposedSums, type GroupedDemands, newSums } from "./exposure.ts";
import { partsOf } from "./graph.ts";
import { notCore, type RoutedNetwork } from "./routed.ts";
import { type HubRows, hubRows, severalParts } from "./rows.ts";
import { marksOf, ranges, type Seen } from "./seen.ts";
import { addSources, type Sources, sourcesByRow } from "./source-pass.ts";
import { between } from "./tally.ts";

export type { Sources };

/** Sums by group and suspect over all pairs of a source and a target; targets named twice count once. */
export function exposedSumsToAll(
  network: RoutedNetwork,
  seen: Seen,
  sources: Sources,
  targets: Uint32Array,
  groups: number,
): ExposedSums {
  const part = partsOf(network.trunk);
  const sorted = sortTargets(network, part, targets);
  const sums = newSums(groups, seen.suspects);
  const hubs = hubRows(network, part);
  const climbing = sourcesByRow(network, hubs, sources, seen);
  for (const [begin, end] of ranges(seen.suspects, network.core.length + hubs.hubs.length)) {
    const marks = marksOf(seen, begin, end);
    const size = targetsPerChunk(network.core.length, marks.words);
    for (let at = 0; at < sorted.plain.length; at += size) {
      const table = coreTable(network, marks, part, sorted.plain.slice(at, at + size));
      addSources(network, marks, table, hubs, sources, climbing, sums, begin);
    }
  }
  addRouted(network, part, hubs, sources, sorted.plain, sums.routed);
  mend(network, seen, sources, sorted, sums);
  clamp(sums, seen.suspects);
  return sums;
}

/** Targets that come down from one part of the core, and those that come down from several; each sorted. */
interface SortedTargets {
  readonly plain: readonly number[];
  readonly split: readonly number[];
}

function sortTargets(network: RoutedNetwork, part: Uint32Array, targets: Uint32Array): SortedTargets {
  const ascend = ascender(network);
  const ascent = newAscent();
  const [plain, split]: [number[], number[]] = [[], []];
  for (const target of new Set(targets.toSorted())) {
    ascend(ascent, target, nowhere);
    const first = part[ascent.tops[0]!];
    (ascent.tops.every((top) => part[top] === first) ? plain : split).push(target);
  }
  return { plain, split };
}

/** Adds what sources send to targets that they have a path to. */
function addRouted(
  network: RoutedNetwork,
  corePart: Uint32Array,
  hubs: HubRows,
  sources: Sources,
  targets: readonly number[],
  routed: Float64Array,
): void {
  const ascend = ascender(network);
  const ascent = newAscent();
  const count = new Map<number, number>();
  const isTarget = new Uint8Array(network.nodes);
  for (const target of targets) {
    isTarget[target] = 1;
    for (const part of partsAbove(target)) count.set(part, (count.get(part) ?? 0) + 1);
  }
  for (let node = 0; node < network.nodes; node++) {
    if (!(sources.value[node]! > 0)) continue;
    let reached = 0;
    for (const part of partsAbove(node)) reached += count.get(part) ?? 0;
    if (isTarget[node] === 1 && network.coreOf[node] !== notCore) reached--;
    routed[sources.group[node]!]! += sources.value[node]! * reached;
  }

  function partsAbove(node: number): Iterable<number> {
    if (hubs.part[node] !== severalParts) return [hubs.part[node]!];
    ascend(ascent, node, nowhere);
    return new Set(ascent.tops.map((top) => corePart[top]!));
  }
}

/**
 * The pass takes every target as one that is reached over the core. Where a target lies on the climb of a source, or the
 * other way round, or both are one climbing node, what it took is taken back and the true path is added.
 */
function mend(network: RoutedNetwork, seen: Seen, sources: Sources, targets: SortedTargets, sums: ExposedSums): void {
  const near = demandsOf(sources, pairsOnOneClimb(network, sources, targets.plain));
  if (near.from.length > 0) {
    add(sums, exposedSums(network, seen, near, sums.routed.length, false), -1);
    add(sums, exposedSums(network, seen, near, sums.routed.length), 1);
  }
  for (const target of targets.split) {
    const pairs: (readonly [number, number])[] = [];
    for (let node = 0; node < network.nodes; node++)
      if (sources.value[node]! > 0 && node !== target) pairs.push([node, target]);
    add(sums, exposedSums(network, seen, demandsOf(sources, pairs), sums.routed.length), 1);
  }
}

type Pairs = readonly (readonly [source: number, target: number])[];

function pairsOnOneClimb(network: RoutedNetwork, sources: Sources, targets: readonly number[]): Pairs {
  const { order, first, to } = network.climb;
  const climbing = targets.filter((target) => network.coreOf[target] === notCore);
  if (climbing.length === 0) return [];
  const ascend = ascender(network);
  const ascent = newAscent();
  const pairs: [number, number][] = [];
  for (const target of climbing) {
    ascend(ascent, target, nowhere);
    for (const node of ascent.steps) if (sources.value[node]! > 0) pairs.push([node, target]);
  }
  const isTarget = new Uint8Array(network.nodes);
  for (const target of climbing) isTarget[target] = 1;
  const below = new Uint8Array(network.nodes);
  for (const node of order) {
    for (let at = first[node]!; at < first[node + 1]!; at++) below[node]! |= below[to[at]!]! | isTarget[to[at]!]!;
    if (below[node] === 0 || !(sources.value[node]! > 0)) continue;
    ascend(ascent, node, nowhere);
    for (const step of ascent.steps) if (step !== node && isTarget[step] === 1) pairs.push([node, step]);
  }
  return pairs;
}

function demandsOf(sources: Sources, pairs: Pairs): GroupedDemands {
  return {
    from: Uint32Array.from(pairs, ([source]) => source),
    to: Uint32Array.from(pairs, ([, target]) => target),
    value: Float64Array.from(pairs, ([source]) => sources.value[source]!),
    group: Uint16Array.from(pairs, ([source]) => sources.group[source]!),
  };
}

function add(sums: ExposedSums, more: ExposedSums, sign: 1 | -1): void {
  for (const name of ["must", "expected", "may", "routed"] as const)
    for (let at = 0; at < sums[name].length; at++) sums[name][at]! += sign * more[name][at]!;
}

function clamp(sums: ExposedSums, suspects: number): void {
  for (let at = 0; at < sums.expected.length; at++) {
    const routed = Math.max(0, sums.routed[Math.floor(at / suspects)]!);
    sums.must[at] = between(0, sums.must[at]!, routed);
    sums.may[at] = between(sums.must[at]!, sums.may[at]!, routed);
    sums.expected[at] = between(sums.must[at]!, sums.expected[at]!, sums.may[at]!);
  }
}
