import type { Bin } from "./dependence-levels.ts";

const mostSteps = 20_000;

/**
 * The greatest HHI of known holders, of whom each may come to have `may` more, and of `open` elements that come or not and
 * belong to anybody. Who is largest in the end gains by everything that may be theirs; of each other one, all that may come
 * does or nothing does, for HHI falls and then rises as they grow. So each holder is tried as the largest, and for the rest
 * the choice is searched with a bound. Exact; beyond 20,000 steps the bound itself, which is never too low.
 */
export function mostSquares(known: readonly Bin[], open: number, total: number): number {
  if (total === 0) return open > 0 || known.some(({ may }) => may > 0) ? 10_000 : 0;
  const tops = [...known.keys(), ...(open > 0 ? [-1] : [])];
  let best = 0;
  let steps = 0;
  for (const top of tops) {
    const others = known.filter((_, at) => at !== top);
    const { has, may } = known[top] ?? { has: 0, may: 0 };
    const own = has + may + open;
    const sum = others.reduce((whole, other) => whole + other.has, own);
    const squares = others.reduce((whole, other) => whole + other.has ** 2, own ** 2);
    const choices = others.filter((other) => other.may > 0).sort((a, b) => ratio(b) - ratio(a));
    search(choices, 0, sum, squares);
  }
  return Math.round(1e10 * best) / 1e6;

  function search(choices: readonly Bin[], at: number, sum: number, squares: number): void {
    best = Math.max(best, squares / sum ** 2);
    if (at === choices.length) return;
    const bound = relaxed(choices, at, sum, squares);
    if (bound <= best) return;
    steps += 1;
    if (steps > mostSteps) {
      best = bound;
      return;
    }
    const { has, may } = choices[at]!;
    search(choices, at + 1, sum + may, squares + (has + may) ** 2 - has ** 2);
    search(choices, at + 1, sum, squares);
  }
}

/** What a holder's coming elements add to the sum of squares, for each of them. */
function ratio({ has, may }: Bin): number {
  return 2 * has + may;
}

/** No choice gives more: those with the highest ratio come first, the last in part, as long as HHI rises. */
function relaxed(choices: readonly Bin[], from: number, sum: number, squares: number): number {
  let [whole, part] = [sum, squares];
  for (const choice of choices.slice(from)) {
    const r = ratio(choice);
    // (part + r x) / (whole + x)^2 rises until x = whole - 2 part / r.
    const turn = Math.min(choice.may, whole - (2 * part) / r);
    if (turn <= 0) break;
    whole += turn;
    part += r * turn;
    if (turn < choice.may) break;
  }
  return part / whole ** 2;
}
