/** How many bits of a 32-bit word are set (Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Turns 32 words over, in place: bit `j` of word `i` becomes bit `i` of word `j` (Warren, Hacker's Delight, 7-3). */
export function transpose(words: Int32Array): void {
  for (let half = 16, mask = 0x0000ffff; half > 0; half >>= 1, mask ^= mask << half)
    for (let i = 0; i < 32; i = ((i | half) + 1) & ~half) {
      const swap = ((words[i]! >>> half) ^ words[i | half]!) & mask;
      words[i | half]! ^= swap;
      words[i]! ^= swap << half;
    }
}
