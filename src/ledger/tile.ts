/** Entries in a full bundle, and hashes in a full tile. */
export const tileWidth = 256;

/** One static resource of the tree (C2SP tlog-tiles): a tile of hashes at a level, or a bundle of entries. */
export interface Tile {
  readonly level: number | "entries";
  readonly index: number;
  /** 1 to 256; below 256 it is partial. */
  readonly width: number;
}

/** An index as path segments: `1234067` is `x001/x234/067`. */
export function encodeIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  return padded.replaceAll(/\d{3}(?=\d)/g, (group) => `x${group}/`);
}

/** The path of a tile below the prefix of the log. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${encodeIndex(index)}${width < tileWidth ? `.p/${width}` : ""}`;
}

const pathForm = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile that a path names; undefined if it names none, or not in the one way in which it is written. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = "", digits = "", partial] = pathForm.exec(path) ?? [];
  const index = Number(digits.replaceAll(/[x/]/g, ""));
  const tile: Tile = {
    level: level === "entries" ? "entries" : Number(level),
    index,
    width: partial === undefined ? tileWidth : Number(partial),
  };
  return Number.isSafeInteger(index) && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes a tree of `size` has at a tile level: those of its complete subtrees of 256^level leaves. */
export function hashesAt(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The tile with a hash of a tree of that size: full, or as wide as the tree makes it. */
export function tileOf(size: number, level: number, hash: number): Tile {
  const index = Math.floor(hash / tileWidth);
  return { level, index, width: Math.min(tileWidth, hashesAt(size, level) - index * tileWidth) };
}

/** All tiles of a tree of that size at its right edge, and the bundle there: those that are partial. */
export function partialTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; hashesAt(size, level) > 0; level += 1) {
    const count = hashesAt(size, level);
    const tile = { index: Math.floor(count / tileWidth), width: count % tileWidth };
    if (tile.width === 0) continue;
    if (level === 0) tiles.push({ level: "entries", ...tile });
    tiles.push({ level, ...tile });
  }
  return tiles;
}
