import { hash } from "node:crypto";

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array;
export const hashBytes = 32;

/** Hash of an entry as a leaf (RFC 6962, 2.1): SHA-256 over a zero byte and the entry. */
export function leafHash(entry: Uint8Array): Hash {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return hash("sha256", bytes, "buffer");
}

const pair = new Uint8Array(1 + 2 * hashBytes);
pair[0] = 1;

/** Hash of an interior node (RFC 6962, 2.1): SHA-256 over a one byte and both children. */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 1 + hashBytes);
  return hash("sha256", pair, "buffer");
}

/** Root of the tree without entries. */
export const emptyRoot: Hash = hash("sha256", "", "buffer");

/** Whether two hashes are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The hash of a complete subtree: of the leaves from `index * 2^level` on, `2^level` of them. */
export type HashReader = (level: number, index: number) => Hash;

/** Root of the tree of the first `size` leaves (RFC 6962, 2.1). */
export function rootOf(size: number, read: HashReader): Hash {
  return size === 0 ? emptyRoot : rangeHash(0, size, read);
}

/** Hashes from the leaf's sibling up to the root's child that prove a leaf in a tree of `size` (RFC 6962, 2.1.1). */
export function inclusionPath(index: number, size: number, read: HashReader): readonly Hash[] {
  const path: Hash[] = [];
  let [lo, hi] = [0, size];
  while (hi - lo > 1) {
    const middle = lo + splitOf(hi - lo);
    path.push(index < middle ? rangeHash(middle, hi, read) : rangeHash(lo, middle, read));
    if (index < middle) hi = middle;
    else lo = middle;
  }
  return path.reverse();
}

/** Hashes that prove that the tree of `old` leaves is the beginning of that of `size` (RFC 6962, 2.1.2); 0 < old <= size. */
export function consistencyPath(old: number, size: number, read: HashReader): readonly Hash[] {
  const path: Hash[] = [];
  let [lo, hi] = [0, size];
  let whole = true;
  while (old < hi) {
    const middle = lo + splitOf(hi - lo);
    if (old <= middle) {
      path.push(rangeHash(middle, hi, read));
      hi = middle;
    } else {
      path.push(rangeHash(lo, middle, read));
      lo = middle;
      whole = false;
    }
  }
  if (!whole) path.push(rangeHash(lo, hi, read));
  return path.reverse();
}

/** Hash over the leaves from `lo` to before `hi`; `lo` is where a subtree of that size begins. */
function rangeHash(lo: number, hi: number, read: HashReader): Hash {
  const count = hi - lo;
  const level = Math.floor(Math.log2(count));
  if (2 ** level === count) return read(level, lo / count);
  const middle = lo + splitOf(count);
  return nodeHash(rangeHash(lo, middle, read), rangeHash(middle, hi, read));
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}

/** A tree that only grows, as the roots of its complete subtrees: enough to know its root at any moment. */
export class Frontier {
  #size = 0;
  /** Largest first; their sizes are the powers of two in the tree's. */
  readonly #roots: Hash[] = [];

  get size(): number {
    return this.#size;
  }

  add(leaf: Hash): void {
    let hash = leaf;
    for (let full = this.#size; full % 2 === 1; full = (full - 1) / 2) hash = nodeHash(this.#roots.pop()!, hash);
    this.#roots.push(hash);
    this.#size += 1;
  }

  root(): Hash {
    if (this.#size === 0) return emptyRoot;
    return this.#roots.reduceRight((right, left) => nodeHash(left, right));
  }
}
