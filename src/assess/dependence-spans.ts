import { type Held, leastOf, type Span, sharesOfEach, type Tally, wideTotal } from "../model/measure.ts";
import { type Bin, bins, leastLevel, leastSquares } from "./dependence-levels.ts";
import { mostSquares } from "./dependence-squares.ts";

/**
 * How many holders share it: unknown ones may all be known ones, or all be different. Exact; counted over elements, whatever
 * the base of shares is.
 */
export function countSpan({ holders, groups, singles, loose }: Tally): Span {
  const there = (some: readonly Held[]) => some.filter(({ units }) => units > 0).length;
  const either = (some: readonly Held[]) => some.filter(({ units, may }) => units + may > 0).length;
  const known = there(holders);
  return {
    least: known > 0 ? known : Math.min(1, singles.units + there(groups)),
    most: either(holders) + either(groups) + singles.units + loose,
  };
}

/** Nothing is known of how many holders there are. */
const anyNumber: Span = { least: 0, most: Number.POSITIVE_INFINITY };

/** Least that the largest of so many can have, in percent: its even part. */
function evenPart({ most }: Span): number {
  return most === 0 ? 0 : Math.floor(1e10 / most) / 1e8;
}

/**
 * The largest share of one holder, in percent. Most: somebody takes all that may be theirs. Least: everything unknown has a
 * holder of its own, and of what may belong here so much comes as keeps the top low. By element exact, else an enclosure;
 * `count`: how many holders there may be, of whom one has at least its even part.
 */
export function largestSpan(tally: Tally, count: Span = anyNumber): Span {
  const { each, somebodyNew } = sharesOfEach(tally);
  const greatest = Math.max(somebodyNew.most, ...each.map(({ most }) => most));
  if (tally.base === "element") return { least: leastLevel(bins(tally), tally.total), most: greatest };
  const whole = wideTotal(tally);
  const open = [...tally.groups.map(({ low }) => low), tally.singles.greatest];
  const leasts = [...each.map(({ least }) => least), ...open.map((low) => leastOf(tally, low, whole))];
  return { least: Math.min(greatest, Math.max(evenPart(count), ...leasts)), most: greatest };
}

/**
 * Sum of the squares of all shares in percent: 10,000 for one holder alone (Herfindahl and Hirschman). Squares are superadditive:
 * least with a holder for each unknown, most with all of them at the one who is largest then. By element exact, else an
 * enclosure that is exact where all is placed.
 */
export function hhiSpan(tally: Tally, count: Span = anyNumber): Span {
  if (tally.base === "element") {
    const known = tally.holders.map(({ units, may }): Bin => ({ has: units, may, count: 1 }));
    const open = tally.groups.reduce((sum, { units, may }) => sum + units + may, tally.singles.units + tally.loose);
    return { least: leastSquares(bins(tally), tally.total), most: mostSquares(known, open, tally.total) };
  }
  const whole = wideTotal(tally);
  if (whole === 0) return tally.adrift > 0 ? { least: 100 * evenPart(count), most: 10_000 } : { least: 0, most: 0 };
  const shares = sharesOfEach(tally).each.map(({ least }) => least / 100);
  const open = tally.groups.map(({ low }) => leastOf(tally, low, whole) / 100);
  // What is adrift may thin every single unit: then they are left out, which lowers the bound and keeps it true.
  const alone = tally.adrift > 0 ? 0 : tally.singles.squares / whole ** 2;
  const rest = Math.max(0, 1 - sumOf(shares));
  const top = Math.max(0, ...shares);
  return {
    least: Math.max(hhi(squares(shares) + squares(open) + alone), 100 * evenPart(count)),
    most: hhi(squares(shares) - top ** 2 + (top + rest) ** 2),
  };
}

/** 10,000 / HHI: so many equal holders would be as concentrated (the Hill number of order 2; Hill 1973). */
export function effectiveSpan({ least, most }: Span): Span {
  return { least: most === 0 ? 0 : rounded(10_000 / most), most: least === 0 ? 0 : rounded(10_000 / least) };
}

function hhi(squaresOfParts: number): number {
  return Math.min(10_000, rounded(10_000 * squaresOfParts));
}

function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}

function squares(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part ** 2, 0);
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}
