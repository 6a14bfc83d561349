import { exit, UserError } from "../model/errors.ts";
import type { LogStore } from "../model/ports/log.ts";
import { encodeBundle } from "./bundle.ts";
import { type Head, isSignedBy, maxCheckpoint, readHead, stagedFor } from "./head.ts";
import { Frontier, hashBytes, leafHash, sameBytes } from "./merkle.ts";
import { formatVerifierKey, type NoteKey } from "./note.ts";
import { parseTilePath, partialTiles, type Tile, tilePath, tileWidth } from "./tile.ts";
import { bundleBytes, readBundle, tileRoot } from "./tree.ts";

/** An entry by which the log gets another key. */
export interface KeyChange {
  readonly index: number;
  readonly key: NoteKey;
}

/** Looks at the entries from `first` on, in order; throws `UserError` (broken) at one that is wrong. */
export type CheckEntries = (first: number, entries: readonly Uint8Array[]) => Promise<readonly KeyChange[]>;

export interface Verified {
  readonly head: Head;
  readonly checkpoints: number;
  /** Keys that the checkpoints were signed with, in order. */
  readonly keys: readonly NoteKey[];
}

/**
 * Rebuilds a log from its entries and compares everything that is there: every tile, every partial one, every checkpoint
 * with its signatures and their order, and that nothing else lies among them. `firstKey`: whose signature the first
 * checkpoint must carry. Throws `UserError` (broken) naming the first place that is wrong; undefined: nothing was ever
 * committed.
 */
export async function verifyLog(
  store: LogStore,
  firstKey: NoteKey,
  check: CheckEntries,
): Promise<Verified | undefined> {
  const heads = committedChain(store);
  const head = heads.at(-1);
  if (!head) return undefined;
  refusePublished(store, head);
  const present = new Set(store.paths());
  const rebuilt = new Rebuilt(store, present, head.size);
  const keys = new Keys(firstKey);
  let next = 0;
  for (let index = 0; index * tileWidth < head.size; index += 1) {
    const width = Math.min(tileWidth, head.size - index * tileWidth);
    const first = index * tileWidth;
    const entries = readBundle({ level: "entries", index, width }, store.read);
    if (entries.length > width) throw wrong(tilePath({ level: "entries", index, width }), "it has more entries");
    keys.announce(await check(first, entries));
    for (const entry of entries) {
      rebuilt.add(entry);
      for (; heads[next]?.size === rebuilt.size; next += 1) {
        rebuilt.refuseOtherRoot(heads[next]!);
        keys.refuseOther(heads[next]!);
      }
    }
    rebuilt.compareBundle(index, entries);
  }
  rebuilt.compareEdge();
  refuseStrays(present, heads, rebuilt.expected);
  return { head, checkpoints: heads.length, keys: keys.used };
}

/** Every committed checkpoint, in order. */
function committedChain(store: LogStore): readonly Head[] {
  const heads: Head[] = [];
  for (;;) {
    const after = heads.at(-1)?.size ?? 0;
    const bytes = store.committed(after);
    if (!bytes) return heads;
    const head = readHead(bytes, `the checkpoint after ${after} entries`);
    if (head.size <= after) throw wrong(`the checkpoint after ${after} entries`, `it is of ${head.size} entries`);
    if (heads[0] && head.origin !== heads[0].origin) {
      throw wrong(`the checkpoint after ${after} entries`, `its origin is \`${head.origin}\``);
    }
    heads.push(head);
  }
}

function refusePublished(store: LogStore, head: Head): void {
  const published = store.read("checkpoint", maxCheckpoint);
  const isUnfinished = stagedFor(store, head) !== undefined && !sameBytes(published ?? new Uint8Array(), head.bytes);
  if (isUnfinished) throw unfinished(head);
  if (!published) throw wrong("checkpoint", "it is missing (the next entry would publish it again)");
  if (!sameBytes(published, head.bytes))
    throw wrong("checkpoint", `it is not the last one committed, ${head.size} entries`);
}

/** The keys of the log, each in force from the entry that announced it. */
class Keys {
  readonly used: NoteKey[];
  readonly #changes: KeyChange[] = [];

  constructor(first: NoteKey) {
    this.used = [first];
  }

  announce(changes: readonly KeyChange[]): void {
    this.#changes.push(...changes);
  }

  /** The checkpoint that first holds a change is signed with both keys, so that the old one vouches for the new. */
  refuseOther(head: Head): void {
    const now: NoteKey[] = [this.used.at(-1)!];
    while (this.#changes[0] && this.#changes[0].index < head.size) now.push(this.#changes.shift()!.key);
    if (!isSignedBy(head, now)) {
      const names = now.map((key) => `\`${formatVerifierKey(key)}\``).join(" and ");
      throw wrong(`the checkpoint of ${head.size} entries`, `it is not signed by ${names}`);
    }
    this.used.push(...now.slice(1));
  }
}

/** The tree as the entries give it, compared with what is there as it grows. */
class Rebuilt {
  readonly expected = new Set<string>();
  readonly #store: LogStore;
  readonly #present: ReadonlySet<string>;
  readonly #total: number;
  readonly #frontier = new Frontier();
  /** Hashes of the tile that is being filled, by level. */
  readonly #edge: { readonly bytes: Uint8Array; width: number; index: number }[] = [];

  constructor(store: LogStore, present: ReadonlySet<string>, total: number) {
    this.#store = store;
    this.#present = present;
    this.#total = total;
  }

  get size(): number {
    return this.#frontier.size;
  }

  add(entry: Uint8Array): void {
    const leaf = leafHash(entry);
    this.#frontier.add(leaf);
    this.#push(0, leaf);
  }

  refuseOtherRoot(head: Head): void {
    if (sameBytes(this.#frontier.root(), head.root)) return;
    throw wrong(`the checkpoint of ${head.size} entries`, "the entries give another root");
  }

  compareBundle(index: number, entries: readonly Uint8Array[]): void {
    this.#compare({ level: "entries", index, width: entries.length }, encodeBundle(entries));
    this.#comparePartials("entries", index, entries.length, (width) => encodeBundle(entries.slice(0, width)));
  }

  compareEdge(): void {
    for (const tile of partialTiles(this.#total)) if (tile.level !== "entries") this.#compareTile(tile.level);
  }

  #push(level: number, hash: Uint8Array): void {
    this.#edge[level] ??= { bytes: new Uint8Array(tileWidth * hashBytes), width: 0, index: 0 };
    const edge = this.#edge[level];
    edge.bytes.set(hash, edge.width * hashBytes);
    edge.width += 1;
    if (edge.width < tileWidth) return;
    this.#compareTile(level);
    edge.width = 0;
    edge.index += 1;
    this.#push(level + 1, tileRoot(edge.bytes));
  }

  #compareTile(level: number): void {
    const { bytes, width, index } = this.#edge[level]!;
    this.#compare({ level, index, width }, bytes.subarray(0, width * hashBytes));
    this.#comparePartials(level, index, width, (part) => bytes.subarray(0, part * hashBytes));
  }

  #compare(tile: Tile, bytes: Uint8Array): void {
    const path = tilePath(tile);
    const found = this.#store.read(path, bundleBytes);
    if (!found) throw wrong(path, "it is missing");
    if (!sameBytes(found, bytes)) throw wrong(path, "it is not what the entries give");
    this.expected.add(path);
  }

  /** Partial files of smaller trees, which may stay. */
  #comparePartials(level: Tile["level"], index: number, below: number, bytesOf: (width: number) => Uint8Array): void {
    for (let width = 1; width < below; width += 1) {
      const path = tilePath({ level, index, width });
      const found = this.#present.has(path) ? this.#store.read(path, bundleBytes) : undefined;
      if (found && !sameBytes(found, bytesOf(width))) throw wrong(path, "it is not what the entries give");
      if (found) this.expected.add(path);
    }
  }
}

function refuseStrays(present: ReadonlySet<string>, heads: readonly Head[], expected: ReadonlySet<string>): void {
  const strays = [...present].filter((path) => path !== "checkpoint" && !expected.has(path));
  const commits = strays.filter((path) => path.startsWith("commits/"));
  const other = strays.find((path) => !path.startsWith("commits/"));
  if (other)
    throw wrong(other, parseTilePath(other) ? "no tree that was signed has it" : "it does not belong to a ledger");
  if (commits.length !== heads.length)
    throw wrong("commits/", `${commits.length} checkpoints, ${heads.length} follow each other`);
}

/** A writer was killed after its commit, or is still at work: nothing is lost, and nothing is wrong. */
function unfinished({ size }: Head): UserError {
  return new UserError(
    `entries up to ${size - 1} are in the ledger, and not all of them are published: a writer was interrupted, or is at work`,
    "the next command that writes publishes them; then verify again",
    exit.undecided,
  );
}

function wrong(place: string, what: string): UserError {
  return new UserError(`ledger broken: ${place}: ${what}`, "compare with a copy that somebody else keeps", exit.broken);
}
