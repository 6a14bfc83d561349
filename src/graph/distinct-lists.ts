/** Lists of numbers, equal ones once, laid end to end: list `n` is `member` from `first[n]` up to `first[n + 1]`; list 0 is empty. */
export interface Lists {
  readonly count: number;
  readonly first: Uint32Array;
  readonly member: Uint32Array;
}

/** Numbers lists as they come: equal ones alike, the empty one 0. For millions of lists, many of them different. */
export class DistinctLists {
  #count = 1;
  #first = new Uint32Array(1024);
  #member = new Uint32Array(4096);
  /** Open addressing: numbers of lists; 0 is free. */
  #slots = new Uint32Array(4096);

  /** The number of the list in `source` from `start` up to `end`. */
  numberOf(source: Uint32Array, start: number, end: number): number {
    if (start === end) return 0;
    const mask = this.#slots.length - 1;
    let at = hashOf(source, start, end) & mask;
    for (let held = this.#slots[at]!; held !== 0; held = this.#slots[at]!) {
      if (this.#equals(held, source, start, end)) return held;
      at = (at + 1) & mask;
    }
    return this.#add(source, start, end, at);
  }

  lists(): Lists {
    const first = this.#first.slice(0, this.#count + 1);
    return { count: this.#count, first, member: this.#member.slice(0, first[this.#count]!) };
  }

  #equals(list: number, source: Uint32Array, start: number, end: number): boolean {
    const from = this.#first[list]!;
    if (this.#first[list + 1]! - from !== end - start) return false;
    for (let at = 0; at < end - start; at += 1) if (this.#member[from + at] !== source[start + at]) return false;
    return true;
  }

  #add(source: Uint32Array, start: number, end: number, slot: number): number {
    const number = this.#count++;
    const from = this.#first[number]!;
    const until = from + end - start;
    if (number + 1 >= this.#first.length) this.#first = grown(this.#first, number + 2);
    if (until > this.#member.length) this.#member = grown(this.#member, until);
    this.#member.set(source.subarray(start, end), from);
    this.#first[number + 1] = until;
    this.#slots[slot] = number;
    if (2 * this.#count > this.#slots.length) this.#spread();
    return number;
  }

  #spread(): void {
    const slots = new Uint32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let list = 1; list < this.#count; list += 1) {
      let at = hashOf(this.#member, this.#first[list]!, this.#first[list + 1]!) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = list;
    }
    this.#slots = slots;
  }
}

function grown(numbers: Uint32Array, atLeast: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(atLeast, 2 * numbers.length));
  larger.set(numbers);
  return larger;
}

/** FNV-1a over numbers; what is mixed into the high bits alone would be cut off. */
function hashOf(numbers: Uint32Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ numbers[at]!, 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 12)) >>> 0;
}
