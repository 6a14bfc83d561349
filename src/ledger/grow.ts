import type { LogFile } from "../model/ports/log.ts";
import { encodeBundle } from "./bundle.ts";
import { type Hash, hashBytes, leafHash, rootOf } from "./merkle.ts";
import type { TreeHead } from "./proof.ts";
import { type Tile, tilePath, tileWidth } from "./tile.ts";
import { hashesIn, type ReadTile, readBundle, tileRoot } from "./tree.ts";

/** A tree with more entries: its head, and the files it has that the smaller one had not. */
export interface Grown {
  readonly head: TreeHead;
  readonly files: readonly LogFile[];
}

/**
 * The tree of `size` entries with more of them: new bundles, and new tiles on every level. Only files at the right edge
 * of the old tree are read. Throws `UserError` (broken) if one of them is missing.
 */
export function grow(size: number, entries: readonly Uint8Array[], read: ReadTile): Grown {
  const bundles = newBundles(size, entries, read);
  const tiles: LogFile[] = [];
  let hashes: readonly Hash[] = entries.map(leafHash);
  for (let level = 0; hashes.length > 0; level += 1) {
    const start = Math.floor(size / tileWidth ** level);
    const made = newTiles(level, start, hashes, hashesIn(size, read));
    tiles.push(...made.files);
    hashes = made.above;
  }
  const files = [...bundles, ...tiles];
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const grown = size + entries.length;
  const root = rootOf(
    grown,
    hashesIn(grown, (path, maxBytes) => byPath.get(path) ?? read(path, maxBytes)),
  );
  return { head: { size: grown, root }, files };
}

function newBundles(size: number, entries: readonly Uint8Array[], read: ReadTile): readonly LogFile[] {
  const index = Math.floor(size / tileWidth);
  const width = size % tileWidth;
  const edge = width === 0 ? [] : readBundle({ level: "entries", index, width }, read).slice(0, width);
  return cut([...edge, ...entries]).map((part, at) => {
    const tile: Tile = { level: "entries", index: index + at, width: part.length };
    return { path: tilePath(tile), bytes: encodeBundle(part) };
  });
}

/** New tiles of a level from hash `start` on, and the hashes that those of them that became full give to the level above. */
function newTiles(level: number, start: number, hashes: readonly Hash[], old: ReturnType<typeof hashesIn>) {
  const index = Math.floor(start / tileWidth);
  const edge = Array.from({ length: start % tileWidth }, (_, at) => old(level * 8, index * tileWidth + at));
  const parts = cut([...edge, ...hashes]);
  const files = parts.map((part, at): LogFile => {
    const path = tilePath({ level, index: index + at, width: part.length });
    return { path, bytes: Buffer.concat(part) };
  });
  const full = files.filter(({ bytes }) => bytes.length === tileWidth * hashBytes);
  const above = full.map(({ bytes }) => tileRoot(bytes));
  return { files, above };
}

function cut<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / tileWidth);
  return Array.from({ length: count }, (_, at) => all.slice(at * tileWidth, (at + 1) * tileWidth));
}
