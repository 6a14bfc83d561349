import type { ExposedSums, GroupedDemands } from "./exposure.ts";
import type { Profile } from "./profile.ts";
import { type Alive, givenSteps, type RoutedNetwork } from "./routed.ts";
import type { Marks } from "./seen.ts";

/** What was found of the demands so far, for one range of suspects. */
export interface Tally {
  readonly marks: Marks;
  readonly demands: GroupedDemands;
  /** By group and suspect: value that met nothing. */
  readonly free: Float64Array;
  /** By demand: bits of suspects that miss some traffic of some path, and that touch some. */
  readonly open: Uint32Array;
  readonly touched: Uint32Array;
}

export function newTally(marks: Marks, demands: GroupedDemands, groups: number): Tally {
  return {
    marks,
    demands,
    free: new Float64Array(groups * marks.width),
    open: new Uint32Array(demands.from.length * marks.words),
    touched: new Uint32Array(demands.from.length * marks.words),
  };
}

/** Demands whose path is given, as far as they are routed. */
export function alongGivenPaths(network: RoutedNetwork, tally: Tally, routed: Uint8Array, alive: Alive): void {
  const { marks, demands } = tally;
  for (const [demand, path] of demands.paths ?? []) {
    if (routed[demand] === 0) continue;
    const along = newAlong(marks, demands.value[demand]!);
    for (const [at, links] of givenSteps(network, path, alive)!.entries()) {
      if (marks.link)
        passOneOf(
          along,
          marks,
          Array.from(links, (link) => marks.link![link]!),
        );
      passOneOf(along, marks, [(at === path.length - 2 ? marks.end : marks.transit)[path[at + 1]!]!]);
    }
    passOneOf(along, marks, [marks.end[path[0]!]!]);
    for (let j = 0; j < marks.width; j++) tally.free[demands.group[demand]! * marks.width + j]! += along.left[j]!;
    for (let word = 0; word < marks.words; word++) {
      tally.open[demand * marks.words + word] = along.open[word]!;
      tally.touched[demand * marks.words + word] = ~along.clean[word]!;
    }
  }
}

/** What is left of a demand on its way. */
interface Along {
  readonly left: Float64Array;
  readonly open: Uint32Array;
  readonly clean: Uint32Array;
}

function newAlong({ width, words }: Marks, value: number): Along {
  return {
    left: new Float64Array(width).fill(value),
    open: new Uint32Array(words).fill(0xffffffff),
    clean: new Uint32Array(words).fill(0xffffffff),
  };
}

/** Passes one of several things, each equally often; nothing where there are none. */
function passOneOf({ left, open, clean }: Along, marks: Marks, rows: readonly number[]): void {
  const { width, words } = marks;
  if (rows.length === 0) return;
  for (let j = 0; j < width; j++)
    left[j]! *= rows.reduce((sum, row) => sum + marks.free[row * width + j]!, 0) / rows.length;
  for (let word = 0; word < words; word++) {
    open[word]! &= rows.reduce((bits, row) => bits | marks.open[row * words + word]!, 0);
    clean[word]! &= rows.reduce((bits, row) => bits & marks.clean[row * words + word]!, 0xffffffff);
  }
}

/** What meets nothing on a way that several demands go: the free part, and bits as in `Tally`, `clean` for untouched. */
export interface Way {
  readonly free: Float64Array;
  readonly open: Uint32Array;
  readonly clean: Uint32Array;
}

export function newWay({ width, words }: Marks): Way {
  return { free: new Float64Array(width), open: new Uint32Array(words), clean: new Uint32Array(words) };
}

export function clearWay({ free, open, clean }: Way): void {
  free.fill(0);
  open.fill(0);
  clean.fill(0xffffffff);
}

/** What stops below the core. */
export function addMet({ free, open, clean }: Way, met: Profile): void {
  for (let j = 0; j < free.length; j++) free[j]! += met.metFree[j]!;
  for (let word = 0; word < open.length; word++) {
    open[word]! |= met.metOpen[word]!;
    clean[word]! &= met.metClean[word]!;
  }
}

/** A demand that goes a way, a `total`th of it; with what stands where it begins, if that is looked at apart. */
export function addWay(
  { marks, demands, free, open, touched }: Tally,
  demand: number,
  way: Way,
  total: number,
  apart: boolean,
): void {
  const { width, words } = marks;
  const value = demands.value[demand]! / total;
  const sum = demands.group[demand]! * width;
  if (!apart) {
    for (let j = 0; j < width; j++) free[sum + j]! += value * way.free[j]!;
    for (let word = 0; word < words; word++) {
      open[demand * words + word]! |= way.open[word]!;
      touched[demand * words + word]! |= ~way.clean[word]!;
    }
    return;
  }
  const end = marks.end[demands.from[demand]!]!;
  const [passed, begun] = [way.free, marks.free];
  for (let j = 0, at = end * width; j < width; j++, at++) free[sum + j]! += value * passed[j]! * begun[at]!;
  for (let word = 0; word < words; word++) {
    open[demand * words + word]! |= way.open[word]! & marks.open[end * words + word]!;
    touched[demand * words + word]! |= ~(way.clean[word]! & marks.clean[end * words + word]!);
  }
}

/** Adds what was found to the sums of the suspects from `begin` on. */
export function addTally(
  sums: ExposedSums,
  { marks, demands, free, open, touched }: Tally,
  routed: Uint8Array,
  begin: number,
) {
  const { width, words } = marks;
  const groups = sums.routed.length;
  const suspects = sums.must.length / Math.max(1, groups);
  for (let demand = 0; demand < routed.length; demand++) {
    if (routed[demand] === 0) continue;
    const sum = demands.group[demand]! * suspects + begin;
    const value = demands.value[demand]!;
    for (let word = 0; word < words; word++) {
      const met = touched[demand * words + word]! & inRange(width, word);
      addBits(sums.may, sum + 32 * word, met, value);
      addBits(sums.must, sum + 32 * word, met & ~open[demand * words + word]!, value);
    }
  }
  for (let group = 0; group < groups; group++)
    for (let j = 0; j < width; j++) {
      const at = group * suspects + begin + j;
      const met = sums.routed[group]! - free[group * width + j]!;
      sums.expected[at] = between(sums.must[at]!, met, sums.may[at]!, sums.routed[group]!);
    }
}

/** Bits of a word that stand for a suspect. */
function inRange(width: number, word: number): number {
  return width - 32 * word >= 32 ? 0xffffffff : (1 << (width - 32 * word)) - 1;
}

/** Adds a value where a bit is set, lowest first: most suspects touch none of a demand. */
function addBits(sums: Float64Array, first: number, word: number, value: number): void {
  for (let bits = word; bits !== 0; bits &= bits - 1) sums[first + 31 - Math.clz32(bits & -bits)]! += value;
}

/** Part of the whole by which sums of very many parts may miss their bounds. */
const rounding = 1e-7;

/**
 * Sums of thirds do not come back to the whole in rounding: a value that misses its bounds by so little is put on them.
 * @throws RangeError if it misses them by more: then something was counted twice, or not at all.
 */
export function between(least: number, value: number, most: number, whole: number): number {
  const slack = rounding * whole;
  if (!(value >= least - slack && value <= most + slack))
    throw new RangeError(`expected a sum from ${least} to ${most}, got ${value}`);
  return Math.min(Math.max(value, least), most);
}
