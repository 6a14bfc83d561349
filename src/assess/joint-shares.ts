import type { MarketFigure } from "../model/market.ts";
import type { Span } from "../model/measure.ts";

/** More suppliers than anybody asks about at once: every set of them is looked at. */
export const mostWanted = 12;

/** Figures of the same suppliers by several sources as one: from the least that one says to the most. */
export function hullsOf(rows: readonly MarketFigure[]): readonly MarketFigure[] {
  const same = Map.groupBy(rows, ({ suppliers }) => JSON.stringify([...new Set(suppliers)].sort()));
  return [...same.values()].map((own) => ({
    ...own[0]!,
    least: Math.min(...own.map(({ least }) => least)),
    most: Math.max(...own.map(({ most }) => most)),
    source: [...new Set(own.map(({ source }) => source))].join("; "),
    tag: [...new Set(own.map(({ tag }) => tag))].sort().join(", "),
  }));
}

/**
 * What some suppliers have together by figures of which each is for a set of suppliers, no two for the same: at least what
 * disjoint sets within them add up to, at most what sets that cover them add up to. Who is in no set may be among the
 * `others`, or where there is no such figure, have all that nobody else is said to have. Figures that contradict each
 * other are enclosed.
 * @param wanted At most `mostWanted` names.
 */
export function shareTogether(rows: readonly MarketFigure[], wanted: readonly string[], others: string): Span {
  const names = [...new Set(wanted)];
  if (names.length > mostWanted) throw new RangeError(`expected at most ${mostWanted} suppliers, got ${names.length}`);
  const all = 2 ** names.length - 1;
  const sets = rows.map((row) => ({ ...row, mask: maskOf(row.suppliers, names) })).filter(({ mask }) => mask > 0);
  const outside = rows.filter(({ suppliers }) => maskOf(suppliers, names) === 0 && !suppliers.includes(others));
  const unnamed = all & ~sets.reduce((known, { mask }) => known | mask, 0);
  const rest = rows.find(({ suppliers }) => suppliers.includes(others));
  const room = Math.max(0, 100 - disjointSum(outside));
  const open = unnamed === 0 ? [] : [{ mask: unnamed, most: rest ? Math.min(room, rest.most) : room }];
  const within = sets.filter(({ suppliers }) => suppliers.every((name) => names.includes(name)));
  const [least, most] = [packed(within, all), Math.min(100, covered([...sets, ...open], all))];
  return { least: Math.min(least, most), most: Math.max(least, most) };
}

function maskOf(suppliers: readonly string[], names: readonly string[]): number {
  return names.reduce((mask, name, at) => (suppliers.includes(name) ? mask | (1 << at) : mask), 0);
}

/** The most that disjoint sets come to. */
function packed(sets: readonly { readonly mask: number; readonly least: number }[], all: number): number {
  const best = new Float64Array(all + 1);
  for (let mask = 1; mask <= all; mask++)
    for (const set of sets)
      if ((set.mask & ~mask) === 0) best[mask] = Math.max(best[mask]!, set.least + best[mask & ~set.mask]!);
  return best[all]!;
}

/** The least that sets come to which hold all. */
function covered(sets: readonly { readonly mask: number; readonly most: number }[], all: number): number {
  const best = new Float64Array(all + 1).fill(Infinity);
  best[0] = 0;
  for (let mask = 1; mask <= all; mask++)
    for (const set of sets)
      if ((set.mask & mask) !== 0) best[mask] = Math.min(best[mask]!, set.most + best[mask & ~set.mask]!);
  return best[all]!;
}

/** What rows come to that name nobody twice; of two that overlap the first counts. */
function disjointSum(rows: readonly MarketFigure[]): number {
  const seen = new Set<string>();
  let sum = 0;
  for (const { suppliers, least } of rows) {
    if (suppliers.some((name) => seen.has(name))) continue;
    for (const name of suppliers) seen.add(name);
    sum += least;
  }
  return sum;
}
