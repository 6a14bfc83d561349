import { exit, UserError } from "../model/errors.ts";
import type { LogFile, LogStore } from "../model/ports/log.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { emptyRoot, rootOf, sameBytes } from "./merkle.ts";
import { type Note, type NoteKey, verifyNote } from "./note.ts";
import { decodeStaged } from "./staging.ts";
import { hashesIn, type ReadTile } from "./tree.ts";

/** The largest committed tree, and the signed checkpoint that says so; without one the log is empty. */
export interface Head extends Checkpoint {
  readonly bytes: Uint8Array;
  readonly note: Note;
}

export const maxCheckpoint = 100_000;

/** Size and root of a tree as a name for what is staged for it. */
export function stagedName({ size, root }: Pick<Checkpoint, "size" | "root">): string {
  return `${size}-${Buffer.from(root).toString("hex")}`;
}

/**
 * The committed head of a log; undefined if nothing was committed. Nothing is written: what a killed process left is
 * for `recover`. Throws `UserError` (broken) if a checkpoint cannot be read.
 */
export function committedHead(store: LogStore): Head | undefined {
  const published = store.read("checkpoint", maxCheckpoint);
  let head = published && readHead(published, "checkpoint");
  for (let next = nextHead(store, head); next; next = nextHead(store, head)) head = next;
  return head;
}

/**
 * Brings to its end what was committed and not yet published, by the steps of an ordinary append, and returns the head.
 * To be called under the lock. Throws `UserError` (broken) if the tiles do not give the root that was signed.
 */
export function recover(store: LogStore): Head | undefined {
  const published = store.read("checkpoint", maxCheckpoint);
  let head = published && readHead(published, "checkpoint");
  if (head) refuseOtherRoot(store, head);
  for (let next = nextHead(store, head); next; next = nextHead(store, head)) {
    publish(store, next);
    head = next;
  }
  return head;
}

/**
 * The files of a committed tree: the published ones, and those staged for it, if a writer was killed, or is at work, between
 * commit and publication.
 */
export function filesOf(store: LogStore, head: Pick<Checkpoint, "size" | "root">): ReadTile {
  let staged: ReadonlyMap<string, Uint8Array> | undefined;
  const fromStaged = (path: string) => {
    staged ??= new Map((stagedFor(store, head) ?? []).map((file) => [file.path, file.bytes]));
    return staged.get(path);
  };
  return (path, maxBytes) => store.read(path, maxBytes) ?? fromStaged(path);
}

/** What is staged for a tree; undefined: nothing, so it was published. */
export function stagedFor(store: LogStore, head: Pick<Checkpoint, "size" | "root">): readonly LogFile[] | undefined {
  const blob = store.staged(stagedName(head));
  return blob && decodeStaged(blob);
}

function nextHead(store: LogStore, head: Head | undefined): Head | undefined {
  const after = head?.size ?? 0;
  const bytes = store.committed(after);
  const next = bytes && readHead(bytes, `commit after ${after}`);
  if (next && next.size <= after) throw broken(`the checkpoint after ${after} entries has ${next.size}`);
  if (next && head && next.origin !== head.origin) throw broken(`the origin changed from \`${head.origin}\``);
  return next;
}

/** Publishes the files that were staged for a committed head, then its checkpoint. */
export function publish(store: LogStore, head: Head): void {
  const files = stagedFor(store, head);
  if (files) store.publish(files);
  refuseOtherRoot(store, head);
  store.publishCheckpoint(head.bytes);
  store.unstage();
}

/** Tiles that another program changed would be built upon, and then signed. */
function refuseOtherRoot(store: LogStore, { size, root }: Head): void {
  const found = size === 0 ? emptyRoot : rootOf(size, hashesIn(size, store.read));
  if (!sameBytes(found, root)) throw broken(`the tiles do not give the root that was signed for ${size} entries`);
}

/** Reads a signed checkpoint. Throws `UserError` (broken) if it is none. */
export function readHead(bytes: Uint8Array, where: string): Head {
  const read = parseCheckpoint(bytes);
  if (!read) throw broken(`\`${where}\` is not a signed checkpoint`);
  return { ...read.checkpoint, note: read.note, bytes };
}

/** Whether every one of the keys has signed the note, and none of its known signatures is false. */
export function isSignedBy({ note }: Pick<Head, "note">, keys: readonly NoteKey[]): boolean {
  const holding = verifyNote(note, keys);
  return holding !== undefined && keys.length > 0 && keys.every((key) => holding.includes(key));
}

function broken(message: string): UserError {
  return new UserError(`ledger: ${message}`, "`freigabe ledger verify DIR` shows the first wrong place", exit.broken);
}
