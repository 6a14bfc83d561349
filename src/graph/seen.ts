/**
 * What suspects see of what passes a node or a link, in rows that many nodes share. `free[row * suspects + j]` is the part of
 * the traffic that passes without meeting anything of suspect `j`: 1 nothing is theirs, 0 everything passes them.
 */
export interface Seen {
  readonly suspects: number;
  readonly free: Float64Array;
  /** Row of each node for what passes it on its way. */
  readonly transit: Uint32Array;
  /** Row of each node for what begins or ends there. */
  readonly end: Uint32Array;
  /** Row of each link; without it links touch nothing. */
  readonly link?: Uint32Array;
}

/** A range of suspects, with bits beside the numbers: products of many fractions may round to 0 or 1, bits do not. */
export interface Marks {
  /** Suspects in this range. */
  readonly width: number;
  /** 32-bit words per row of bits. */
  readonly words: number;
  readonly free: Float64Array;
  /** Bit set: some traffic passes without meeting the suspect (`free` > 0). */
  readonly open: Uint32Array;
  /** Bit set: all traffic does (`free` is 1). */
  readonly clean: Uint32Array;
  readonly transit: Uint32Array;
  readonly end: Uint32Array;
  readonly link: Uint32Array | undefined;
}

/**
 * The marks of suspects `begin` up to `end`.
 * @throws RangeError if a part is not within 0 and 1, or a row is not there.
 */
export function marksOf(seen: Seen, begin: number, end: number): Marks {
  const width = end - begin;
  const words = Math.ceil(width / 32);
  const rows = seen.suspects === 0 ? 0 : seen.free.length / seen.suspects;
  // Most often all suspects fit into one range, and nothing need be copied.
  const free = width === seen.suspects ? seen.free : new Float64Array(rows * width);
  const open = new Uint32Array(rows * words);
  const clean = new Uint32Array(rows * words);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < width; j++) {
      const part = seen.free[row * seen.suspects + begin + j]!;
      if (!(part >= 0 && part <= 1)) throw new RangeError(`row ${row}: expected a part from 0 to 1, got ${part}`);
      if (free !== seen.free) free[row * width + j] = part;
      const [word, bit] = [row * words + (j >> 5), 1 << (j & 31)];
      if (part > 0) open[word]! |= bit;
      if (part === 1) clean[word]! |= bit;
    }
  for (const list of [seen.transit, seen.end, seen.link ?? []]) checkRows(list, rows);
  return { width, words, free, open, clean, transit: seen.transit, end: seen.end, link: seen.link };
}

function checkRows(list: ArrayLike<number>, rows: number): void {
  for (let at = 0; at < list.length; at++)
    if (list[at]! >= rows) throw new RangeError(`expected a row below ${rows}, got ${list[at]}`);
}

/** Ranges of suspects so small that this many rows of numbers stay within some tens of MiB. */
export function* ranges(suspects: number, rows: number): Generator<readonly [number, number], void, void> {
  const width = Math.max(1, Math.floor(5_000_000 / Math.max(1, rows)));
  for (let begin = 0; begin < suspects; begin += width) yield [begin, Math.min(suspects, begin + width)];
}
