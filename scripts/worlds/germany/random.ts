/** Numbers that look drawn and are the same on every machine: mulberry32, seeded by a text. */
export interface Random {
  /** The next number in [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** About normal, mean 0 and deviation 1: the sum of twelve draws less six, so that no platform's `Math.log` matters. */
  normal(): number;
}

/** A stream of its own for each name: what one part of the network draws does not move another part. */
export function randomOf(name: string): Random {
  let state = hash(`freigabe germany 1 ${name}`);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    normal: () => Array.from({ length: 12 }, next).reduce((sum, number) => sum + number, -6),
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}

/** Splits a whole into parts proportional to the weights: whole numbers that sum up to it (largest remainders). */
export function apportion(whole: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => (whole * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = whole - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact.map((part, index) => ({ index, remainder: part - Math.floor(part) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1;
  return parts;
}

/** The same things in an order that only the stream decides (Fisher and Yates). */
export function shuffled<T>(random: Random, things: readonly T[]): readonly T[] {
  const rest = [...things];
  for (let last = rest.length - 1; last > 0; last--) {
    const other = random.whole(0, last);
    [rest[last], rest[other]] = [rest[other]!, rest[last]!];
  }
  return rest;
}

/** A day between two days, both included, as YYYY-MM-DD. */
export function dayBetween(random: Random, from: string, until: string): string {
  const day = 86_400_000;
  const [first, last] = [Date.parse(from) / day, Date.parse(until) / day];
  return new Date(random.whole(first, last) * day).toISOString().slice(0, 10);
}
