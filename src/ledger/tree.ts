import { exit, UserError } from "../model/errors.ts";
import { decodeBundle, maxEntry } from "./bundle.ts";
import { type Hash, type HashReader, hashBytes, leafHash, nodeHash, sameBytes } from "./merkle.ts";
import { hashesAt, type Tile, tileOf, tilePath, tileWidth } from "./tile.ts";

/** Published files by their path. */
export type ReadTile = (path: string, maxBytes: number) => Uint8Array | undefined;

const tileBytes = tileWidth * hashBytes;
export const bundleBytes = tileWidth * (2 + maxEntry);
const mostCached = 4096;
const levelsInTile = 8;

/**
 * Hashes of the complete subtrees of a log of that size, read from its tiles. Throws `UserError` (broken) if a tile that
 * it needs is missing or has another size.
 */
export function hashesIn(size: number, read: ReadTile): HashReader {
  const cache = new Map<string, Uint8Array>();
  const load = (tile: Tile): Uint8Array => {
    const path = tilePath(tile);
    const held = cache.get(path);
    if (held) return held;
    const bytes = readTile(tile, read, hashBytes, tileBytes);
    if (cache.size >= mostCached) cache.clear();
    cache.set(path, bytes);
    return bytes;
  };
  return (level, index) => {
    const tileLevel = Math.floor(level / levelsInTile);
    const width = 2 ** (level % levelsInTile);
    const first = index * width;
    const bytes = load(tileOf(size, tileLevel, first));
    return fold(bytes, first % tileWidth, width);
  };
}

/** The hash that a full tile has at the level above. */
export function tileRoot(tile: Uint8Array): Hash {
  return fold(tile, 0, tileWidth);
}

/** Root of `width` hashes of a tile, a power of two. */
function fold(tile: Uint8Array, first: number, width: number): Hash {
  if (width === 1) return tile.subarray(first * hashBytes, (first + 1) * hashBytes);
  return nodeHash(fold(tile, first, width / 2), fold(tile, first + width / 2, width / 2));
}

/** The bytes of a tile; a partial one may be cut from the full one, which stays where the partial is gone. */
function readTile(tile: Tile, read: ReadTile, unit: number, maxBytes: number): Uint8Array {
  const bytes = read(tilePath(tile), maxBytes) ?? read(tilePath({ ...tile, width: tileWidth }), maxBytes);
  if (!bytes || bytes.length < tile.width * unit) throw missing(tilePath(tile), bytes);
  return bytes.subarray(0, tile.width * unit);
}

function missing(path: string, bytes: Uint8Array | undefined): UserError {
  const what = bytes ? `\`${path}\` of the ledger is cut short` : `\`${path}\` of the ledger is missing`;
  return new UserError(what, "`freigabe ledger verify DIR` shows the first place that is wrong", exit.broken);
}

/**
 * The entries from `from` to before `to` of a log of that size, each checked against its hash in the tree. Throws
 * `UserError` (broken) where an entry is missing or is another.
 */
export function* entriesIn(
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
  read: ReadTile,
): Generator<Uint8Array> {
  const hashes = hashesIn(size, read);
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index += 1) {
    const width = Math.min(tileWidth, hashesAt(size, 0) - index * tileWidth);
    const entries = readBundle({ level: "entries", index, width }, read);
    const first = index * tileWidth;
    for (let at = Math.max(from, first); at < Math.min(to, first + width); at += 1) {
      const entry = entries[at - first]!;
      if (!sameBytes(leafHash(entry), hashes(0, at))) throw changed(at);
      yield entry;
    }
  }
}

/** The entries of a bundle, at least as many as it is wide. */
export function readBundle(tile: Tile, read: ReadTile): readonly Uint8Array[] {
  const path = tilePath(tile);
  const bytes = read(path, bundleBytes) ?? read(tilePath({ ...tile, width: tileWidth }), bundleBytes);
  const entries = bytes && decodeBundle(bytes);
  if (!entries || entries.length < tile.width) throw missing(path, bytes);
  return entries;
}

function changed(index: number): UserError {
  const hint = "`freigabe ledger verify DIR` shows every place";
  return new UserError(`entry ${index} of the ledger is not the one that was entered`, hint, exit.broken);
}
