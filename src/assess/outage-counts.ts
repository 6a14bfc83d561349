/**
 * Adds to `sums[at + lane]` in how many of the words `from` up to `until` the bit of each lane is set. Carry-save adders
 * take eight words at a time (Harley and Seal, in Warren, Hacker's Delight, 2nd edition, section 5-1), so that a
 * million words cost a few operations each, however many bits are set.
 */
export function countLanes(
  words: Uint32Array,
  from: number,
  until: number,
  sums: Float64Array,
  at: number,
  lanes: number,
): void {
  const bytes = new Int32Array(8);
  let [ones, twos, fours, blocks] = [0, 0, 0, 0];
  let word = from;
  for (; word + 8 <= until; word += 8) {
    let [a, b] = [words[word]!, words[word + 1]!];
    let half = ones ^ a;
    let twosA = (ones & a) | (half & b);
    ones = half ^ b;
    a = words[word + 2]!;
    b = words[word + 3]!;
    half = ones ^ a;
    let twosB = (ones & a) | (half & b);
    ones = half ^ b;
    half = twos ^ twosA;
    const foursA = (twos & twosA) | (half & twosB);
    twos = half ^ twosB;
    a = words[word + 4]!;
    b = words[word + 5]!;
    half = ones ^ a;
    twosA = (ones & a) | (half & b);
    ones = half ^ b;
    a = words[word + 6]!;
    b = words[word + 7]!;
    half = ones ^ a;
    twosB = (ones & a) | (half & b);
    ones = half ^ b;
    half = twos ^ twosA;
    const foursB = (twos & twosA) | (half & twosB);
    twos = half ^ twosB;
    half = fours ^ foursA;
    const eights = (fours & foursA) | (half & foursB);
    fours = half ^ foursB;
    // Every eighth bit in a byte of its own; a byte holds 255 blocks.
    for (let bit = 0; bit < 8; bit += 1) bytes[bit]! += (eights >>> bit) & 0x01010101;
    if (++blocks === 255) {
      flush(bytes, sums, at, lanes);
      blocks = 0;
    }
  }
  flush(bytes, sums, at, lanes);
  addBits(fours, 4, sums, at, lanes);
  addBits(twos, 2, sums, at, lanes);
  addBits(ones, 1, sums, at, lanes);
  for (; word < until; word += 1) addBits(words[word]!, 1, sums, at, lanes);
}

function flush(bytes: Int32Array, sums: Float64Array, at: number, lanes: number): void {
  for (let lane = 0; lane < lanes; lane += 1) sums[at + lane]! += 8 * ((bytes[lane & 7]! >>> (lane & ~7)) & 0xff);
  bytes.fill(0);
}

/** Adds `value` for each lane whose bit is set. */
export function addBits(word: number, value: number, sums: Float64Array, at: number, lanes: number): void {
  for (let lane = 0; lane < lanes; lane += 1) if (((word >>> lane) & 1) === 1) sums[at + lane]! += value;
}
