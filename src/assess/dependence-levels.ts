import { percent, type Tally } from "../model/measure.ts";

/** Holders that are alike: each has so many elements, and may have so many more; all whole numbers. */
export interface Bin {
  readonly has: number;
  readonly may: number;
  readonly count: number;
}

/** A tally by element as bins in which everything unknown has a holder of its own. */
export function bins({ holders, groups, singles, loose }: Tally): readonly Bin[] {
  return [
    ...[...holders, ...groups].map(({ units, may }): Bin => ({ has: units, may, count: 1 })),
    { has: 1, may: 0, count: singles.units },
    { has: 0, may: 1, count: loose },
  ].filter(({ count }) => count > 0);
}

/**
 * The least that the largest of some holders can have of the whole, in percent, where each may come to have up to `may` more.
 * With a top of L, as much comes as fits below L, so the share is L / (total + sum of min(may, L - has)): between two levels at
 * which some holder is full it rises or falls throughout, so one of these levels is the least.
 */
export function leastLevel(holders: readonly Bin[], total: number): number {
  if (total === 0) return 0;
  const top = Math.max(...holders.map(({ has }) => has));
  const levels = [top, ...holders.map(({ has, may }) => has + may).filter((level) => level > top)];
  return Math.min(...new Set(levels.map((level) => percent(level, filled(holders, total, level)))));
}

function filled(holders: readonly Bin[], total: number, level: number): number {
  return holders.reduce((sum, { has, may, count }) => sum + count * Math.min(may, Math.max(0, level - has)), total);
}

/**
 * The least HHI of holders that may each come to have up to `may` more. For a given number of elements that come, the sum of
 * squares is least if each goes to who has least; so the candidates are levels up to which all are filled. With n holders
 * filling between two levels, HHI is (a + n L^2) / (b + n L)^2, which falls until L = a / b and rises from there.
 */
export function leastSquares(holders: readonly Bin[], total: number): number {
  if (total === 0) return 0;
  const marks = [...new Set(holders.flatMap(({ has, may }) => [has, has + may]))].sort((a, b) => a - b);
  const found = marks.flatMap((from, at) => {
    const to = marks[at + 1] ?? from;
    const rising = holders.filter(({ has, may }) => has <= from && has + may > from);
    const n = rising.reduce((sum, { count }) => sum + count, 0);
    const [whole, squares] = atLevel(holders, from);
    if (n === 0) return [squares / whole ** 2];
    const turn = (squares - n * from ** 2) / (whole - n * from);
    const near = [from, to, Math.floor(turn), Math.floor(turn) + 1].filter((level) => level >= from && level <= to);
    return near.map((level) => {
      const [sum, ofSquares] = atLevel(holders, level);
      return ofSquares / sum ** 2;
    });
  });
  const real = found.filter((value) => Number.isFinite(value));
  return Math.round(1e10 * Math.min(...real)) / 1e6;
}

/** Sum and sum of squares with all filled up to a level. */
function atLevel(holders: readonly Bin[], level: number): readonly [number, number] {
  let [sum, squares] = [0, 0];
  for (const { has, may, count } of holders) {
    const full = Math.min(has + may, Math.max(has, level));
    sum += count * full;
    squares += count * full ** 2;
  }
  return [sum, squares];
}
