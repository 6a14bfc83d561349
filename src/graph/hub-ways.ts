import { notCore, type RoutedNetwork } from "./routed.ts";
import { type HubRows, severalParts } from "./rows.ts";
import type { Marks } from "./seen.ts";

/** To which core nodes a climb leads, each once, and whom it meets below them: bits by suspect. Used again by the next climb. */
export interface Ways {
  count: number;
  readonly tops: number[];
  /** Words of way `i` at `i * words`: some traffic misses the suspect; all of it does. */
  open: Uint32Array;
  clean: Uint32Array;
}

export function newWays({ words }: Marks): Ways {
  return { count: 0, tops: [], open: new Uint32Array(8 * words), clean: new Uint32Array(8 * words) };
}

export function makeRoom(ways: Ways, words: number): void {
  if ((ways.count + 1) * words <= ways.open.length) return;
  const [open, clean] = [ways.open, ways.clean];
  ways.open = new Uint32Array(2 * open.length);
  ways.clean = new Uint32Array(2 * clean.length);
  ways.open.set(open);
  ways.clean.set(clean);
}

/** All ways of all hubs are kept only while they are so many at most; a site with thousands of uplinks must not eat the memory. */
const mostKept = 2_000_000;

export interface HubWays {
  /** Keeps the ways of all hubs, as traffic from below them goes. */
  readonly keepAll: () => void;
  /** Joins the kept ways above a node behind a row of its own; false: some above it are not kept. */
  readonly join: (out: Ways, node: number, row: number) => boolean;
}

/** The ways of hubs, each from those of the nodes above it. */
export function hubWays(network: RoutedNetwork, marks: Marks, hubs: HubRows): HubWays {
  const { climb, core, coreOf } = network;
  const { words } = marks;
  const first = new Uint32Array(hubs.hubs.length + 1);
  const tops: number[] = [];
  const open: number[] = [];
  const clean: number[] = [];
  const scratch = newWays(marks);
  // By core node: 1 + its place among the ways that are being joined.
  const placed = new Uint32Array(core.length);
  let kept = 0;
  return { keepAll, join };

  function keepAll(): void {
    for (const [hub, node] of hubs.hubs.entries()) {
      if (!join(scratch, node, marks.transit[node]!) || tops.length + scratch.count > mostKept) return;
      for (let i = 0; i < scratch.count; i++) {
        tops.push(scratch.tops[i]!);
        for (let word = 0; word < words; word++) {
          open.push(scratch.open[i * words + word]!);
          clean.push(scratch.clean[i * words + word]!);
        }
      }
      first[hub + 1] = tops.length;
      kept = hub + 1;
    }
  }

  function join(out: Ways, node: number, row: number): boolean {
    if (hubs.part[node] === severalParts) return false;
    out.count = 0;
    let known = true;
    for (let at = climb.first[node]!; at < climb.first[node + 1]! && known; at++)
      known = addAbove(out, climb.to[at]!, marks.link?.[climb.link[at]!]);
    for (let i = 0; i < out.count; i++) {
      placed[out.tops[i]!] = 0;
      for (let word = 0; word < words; word++) {
        out.open[i * words + word]! &= marks.open[row * words + word]!;
        out.clean[i * words + word]! &= marks.clean[row * words + word]!;
      }
    }
    return known;
  }

  function addAbove(out: Ways, upper: number, linkRow: number | undefined): boolean {
    if (coreOf[upper] !== notCore) {
      addWay(out, coreOf[upper]!, -1, linkRow);
      return true;
    }
    const hub = hubs.row[upper]! - core.length;
    if (hub >= kept) return false;
    for (let way = first[hub]!; way < first[hub + 1]!; way++) addWay(out, tops[way]!, way, linkRow);
    return true;
  }

  /** Several climbs to one core node are one way. */
  function addWay(out: Ways, top: number, way: number, linkRow: number | undefined): void {
    const isNew = placed[top] === 0;
    if (isNew) {
      makeRoom(out, words);
      out.tops[out.count++] = top;
      placed[top] = out.count;
    }
    const at = (placed[top]! - 1) * words;
    for (let word = 0; word < words; word++) {
      let opens = way === -1 ? -1 : open[way * words + word]!;
      let cleans = way === -1 ? -1 : clean[way * words + word]!;
      if (linkRow !== undefined) {
        opens &= marks.open[linkRow * words + word]!;
        cleans &= marks.clean[linkRow * words + word]!;
      }
      out.open[at + word] = isNew ? opens : out.open[at + word]! | opens;
      out.clean[at + word] = isNew ? cleans : out.clean[at + word]! & cleans;
    }
  }
}

/** What is lost between a node with several uplinks and the targets, from the rows above it, for what comes from below or begins. */
export function lostBelow(
  network: RoutedNetwork,
  marks: Marks,
  hubs: HubRows,
  lostAbove: Float64Array,
  node: number,
  row: number,
  count: number,
  out: Float64Array,
): void {
  const { climb } = network;
  const { width, free } = marks;
  const [begin, end] = [climb.first[node]!, climb.first[node + 1]!];
  out.fill(0);
  for (let at = begin; at < end; at++) {
    const above = hubs.row[climb.to[at]!]! * width;
    const linkRow = marks.link?.[climb.link[at]!];
    if (linkRow === undefined) for (let j = 0; j < width; j++) out[j]! += lostAbove[above + j]!;
    else
      for (let j = 0; j < width; j++) {
        const lost = lostAbove[above + j]!;
        out[j]! += lost + (1 - free[linkRow * width + j]!) * (count - lost);
      }
  }
  for (let j = 0; j < width; j++) {
    const lost = out[j]! / (end - begin);
    out[j] = lost + (1 - free[row * width + j]!) * (count - lost);
  }
}
