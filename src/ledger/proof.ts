import { type Hash, hashBytes, nodeHash, sameBytes } from "./merkle.ts";

/** A tree as somebody claims it to be. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether `path` proves that `leaf` is entry `index` of a tree (RFC 9162, 2.1.3.2). Any numbers may be asked about. */
export function provesInclusion(index: number, leaf: Hash, path: readonly Hash[], head: TreeHead): boolean {
  if (!isSize(index) || !isSize(head.size) || index >= head.size || ![leaf, ...path].every(isHash)) return false;
  let [at, last] = [index, head.size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash);
      for (; !isOdd(at) && at > 0; last = half(last)) at = half(at);
    } else hash = nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, head.root);
}

/**
 * Whether `path` proves that the tree `old` is the beginning of the tree `head` (RFC 9162, 2.1.4.2). Of a tree without
 * entries there is nothing to prove: false.
 */
export function provesConsistency(old: TreeHead, head: TreeHead, path: readonly Hash[]): boolean {
  if (![old.size, head.size].every(isSize) || old.size === 0 || old.size > head.size) return false;
  if (old.size === head.size) return path.length === 0 && sameBytes(old.root, head.root);
  return [old.root, ...path].every(isHash) && joins(old, head, path);
}

function joins(old: TreeHead, head: TreeHead, path: readonly Hash[]): boolean {
  const [first, ...rest] = isPowerOfTwo(old.size) ? [old.root, ...path] : path;
  if (!first) return false;
  let [at, last] = [old.size - 1, head.size - 1];
  for (; isOdd(at); last = half(last)) at = half(at);
  let [small, large] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [small, large] = [nodeHash(hash, small), nodeHash(hash, large)];
      for (; !isOdd(at) && at > 0; last = half(last)) at = half(at);
    } else large = nodeHash(large, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(small, old.root) && sameBytes(large, head.root);
}

// Sizes go beyond 32 bits, where shifts would wrap.
const half = (n: number) => Math.floor(n / 2);
const isOdd = (n: number) => n % 2 === 1;
const isHash = (bytes: Uint8Array) => bytes.length === hashBytes;
const isSize = (n: number) => Number.isSafeInteger(n) && n >= 0;

function isPowerOfTwo(n: number): boolean {
  while (n > 1 && !isOdd(n)) n = half(n);
  return n === 1;
}
