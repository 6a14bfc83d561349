import { ascender, newAscent, nowhere } from "./ascent.ts";
import { transpose } from "./bits.ts";
import { passages } from "./passage.ts";
import { newProfile, profiler } from "./profile.ts";
import type { RoutedNetwork } from "./routed.ts";
import { hasBit, type Marks } from "./seen.ts";

/**
 * From every core node to a chunk of targets: rows by core number. Neither holds anything of the core node itself, and
 * neither counts it where it is a target: what comes from below meets it in passing, or at its end, and what begins there elsewise.
 */
export interface CoreTable {
  /** `free[node * width + j]`: sum over the other targets of what meets nothing of suspect `j`. */
  readonly free: Float64Array;
  /** Words of `sets[(node * width + j) * setWords]`, a bit per target: some path is open, all of every path is clean. */
  readonly open: Int32Array;
  readonly clean: Int32Array;
  readonly setWords: number;
  /** Place of a core node among the targets, or -1. */
  readonly targetAt: Int32Array;
  /** By part of the core: targets, as a count and as a set. */
  readonly count: Uint32Array;
  /** By part of the core and suspect: targets at which nothing is free of it, wherever it comes from. */
  readonly blocked: Uint32Array;
  readonly sets: readonly Int32Array[];
}

/** A target by one of the core nodes it comes down from. */
interface Way {
  readonly target: number;
  readonly isTop: boolean;
  /** What lies below the top, in the part of the traffic that comes down there. */
  readonly free: Float64Array;
  readonly open: Uint32Array;
  readonly clean: Uint32Array;
}

/** As many targets as tables of some tens of MiB can hold. */
export function targetsPerChunk(coreNodes: number, words: number): number {
  return Math.min(1024, Math.max(1, Math.floor(8_000_000 / Math.max(1, coreNodes * words))));
}

/** Looks at targets that come down from one part of the core each: a search per core node they come down from. */
export function coreTable(
  network: RoutedNetwork,
  marks: Marks,
  part: Uint32Array,
  targets: readonly number[],
): CoreTable {
  const { width, words } = marks;
  const nodes = network.core.length;
  const parts = part.reduce((most, at) => Math.max(most, at + 1), 0);
  const setWords = Math.ceil(targets.length / 32);
  const ways = waysByTop(network, marks, targets);
  const free = new Float64Array(nodes * width);
  // By node and target, a bit per suspect: turned over at the end.
  const open = new Int32Array(nodes * targets.length * words);
  const clean = new Int32Array(nodes * targets.length * words).fill(-1);
  const targetAt = new Int32Array(nodes).fill(-1);
  const count = new Uint32Array(parts);
  const blocked = new Uint32Array(parts * width);
  const sets = Array.from({ length: parts }, () => new Int32Array(setWords));
  const passage = passages(network, marks);
  for (const [top, list] of ways) {
    for (const way of list) {
      if (way.isTop) targetAt[top] = way.target;
      addTarget(part[top]!, way.target);
    }
    addTop(top, list, passage.to(top));
  }
  return {
    free,
    open: turned(open, nodes, targets.length, width, words, setWords),
    clean: turned(clean, nodes, targets.length, width, words, setWords),
    setWords,
    targetAt,
    count,
    blocked,
    sets,
  };

  function addTarget(partOfTop: number, target: number): void {
    const set = sets[partOfTop]!;
    const [word, bit] = [target >> 5, 1 << (target & 31)];
    if ((set[word]! & bit) !== 0) return;
    set[word]! |= bit;
    count[partOfTop]!++;
    const row = marks.end[targets[target]!]! * words;
    for (let j = 0; j < width; j++) if (!hasBit(marks.open, row, j)) blocked[partOfTop * width + j]!++;
  }

  function addTop(top: number, list: readonly Way[], reached: number): void {
    const beyond = new Float64Array(width);
    for (const way of list)
      for (let j = 0; j < width; j++) {
        if (!way.isTop) free[top * width + j]! += way.free[j]!;
        beyond[j]! += way.free[j]! * marks.free[rowOf(top, way) * width + j]!;
      }
    for (let place = 1; place < reached; place++) {
      const own = passage.order[place]! * width;
      for (let j = 0; j < width; j++) free[own + j]! += passage.free[own + j]! * beyond[j]!;
    }
    for (const way of list) for (let word = 0; word < words; word++) addBits(top, way, word, reached);
  }

  function addBits(top: number, way: Way, word: number, reached: number): void {
    const row = rowOf(top, way) * words + word;
    const opens = way.open[word]! & marks.open[row]!;
    const cleans = way.clean[word]! & marks.clean[row]!;
    const column = way.target * words + word;
    const stride = targets.length * words;
    open[top * stride + column]! |= way.open[word]!;
    clean[top * stride + column]! &= way.clean[word]!;
    for (let place = 1; place < reached; place++) {
      const other = passage.order[place]!;
      open[other * stride + column]! |= passage.open[other * words + word]! & opens;
      clean[other * stride + column]! &= passage.clean[other * words + word]! & cleans;
    }
  }

  function rowOf(top: number, way: Way): number {
    return (way.isTop ? marks.end : marks.transit)[network.core[top]!]!;
  }
}

function waysByTop(network: RoutedNetwork, marks: Marks, targets: readonly number[]): ReadonlyMap<number, Way[]> {
  const { width, words } = marks;
  const ascend = ascender(network);
  const profile = profiler(marks);
  const ascent = newAscent();
  const found = newProfile(marks);
  const ways = new Map<number, Way[]>();
  for (const [target, node] of targets.entries()) {
    ascend(ascent, node, nowhere);
    profile(found, ascent);
    for (const [i, top] of ascent.tops.entries()) {
      const way = {
        target,
        isTop: ascent.steps.length === 0,
        free: found.free.slice(i * width, (i + 1) * width),
        open: found.open.slice(i * words, (i + 1) * words),
        clean: found.clean.slice(i * words, (i + 1) * words),
      };
      const list = ways.get(top);
      if (list) list.push(way);
      else ways.set(top, [way]);
    }
  }
  return ways;
}

/** Bits of suspects by target, turned into bits of targets by suspect. */
function turned(
  bits: Int32Array,
  nodes: number,
  targets: number,
  width: number,
  words: number,
  setWords: number,
): Int32Array {
  const out = new Int32Array(nodes * width * setWords);
  const block = new Int32Array(32);
  for (let node = 0; node < nodes; node++)
    for (let word = 0; word < words; word++)
      for (let set = 0; set < setWords; set++) {
        block.fill(0);
        const size = Math.min(32, targets - 32 * set);
        for (let i = 0; i < size; i++) block[i] = bits[(node * targets + 32 * set + i) * words + word]!;
        transpose(block);
        const columns = Math.min(32, width - 32 * word);
        for (let j = 0; j < columns; j++) out[(node * width + 32 * word + j) * setWords + set] = block[j]!;
      }
  return out;
}
