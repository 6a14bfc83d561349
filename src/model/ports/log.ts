import type { Signer } from "./signer.ts";

/** A static resource of a log: path below its prefix (`tile/0/000`, `tile/entries/000.p/7`), and its bytes. */
export interface LogFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Where a log lies. What a method has done is durable when it returns; if it throws, it may have been done or not.
 * `commit` is the one point at which entries become part of the log: of several writers that would follow the same
 * tree, one succeeds, lock or no lock.
 */
export interface LogStore {
  /** Runs `work` while nobody else does; waits for a while. Throws `UserError` naming the holder if that lasts. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T>;
  /** The checkpoint that followed the tree of size `after`; undefined if none did. */
  committed(after: number): Uint8Array | undefined;
  /** Compare and swap: makes `note` follow the tree of size `after`. False, and nothing done, if another note does already. */
  commit(after: number, note: Uint8Array): boolean;
  /** Keeps the files that a checkpoint will need, before it is committed. `name`: SIZE-ROOT, one path segment. */
  stage(name: string, bytes: Uint8Array): void;
  staged(name: string): Uint8Array | undefined;
  /** Takes away everything staged. */
  unstage(): void;
  /** A published file; undefined if there is none. Throws `UserError` if it is larger than `maxBytes`. */
  read(path: string, maxBytes: number): Uint8Array | undefined;
  /** Publishes files that never change. The same bytes again are fine; other bytes under a path are a `UserError` (broken). */
  publish(files: readonly LogFile[]): void;
  /** Takes away published partial tiles and bundles whose full ones are published. Those that are not there are passed over. */
  discard(paths: readonly string[]): void;
  /** Replaces the published checkpoint. */
  publishCheckpoint(note: Uint8Array): void;
  /** Paths of all that is there but staged files and the lock, sorted: `checkpoint`, `tile/...`, `commits/...`. */
  paths(): readonly string[];
}

/** Bytes under their SHA-256. What is put is durable on return; what is got has been checked against its digest. */
export interface ObjectStore {
  has(sha256: string): boolean;
  /** Throws `UserError` (broken) if the bytes no longer fit their digest. */
  get(sha256: string, maxBytes: number): Uint8Array | undefined;
  put(bytes: Uint8Array): string;
  /** Copies a file in without holding it in memory; throws `UserError` if its digest is not `sha256` (it changed meanwhile). */
  putFile(path: string, sha256: string): void;
  /** The same for a file whose digest is not known yet; returns it. */
  putNew(path: string): string;
  /** Copies an object out to a new file, checked on the way; false if it is not there. */
  copyTo(sha256: string, path: string): boolean;
  /**
   * Path of the file that holds an object, for what must read files itself; undefined if there is none. Throws `UserError`
   * (broken) if the bytes do not fit the digest.
   */
  checkedPath(sha256: string): string | undefined;
  /** Forgets the bytes. */
  remove(sha256: string): void;
  /** Digests of all that is there, sorted. */
  list(): readonly string[];
  /** The bytes of an object piece by piece. Throws `UserError` (broken) after the last one if they do not fit the digest. */
  chunks(sha256: string): Iterable<Uint8Array>;
  /** Names below the folder that are no objects, sorted. */
  strays(): readonly string[];
}

/** The key of a log, with a memory of its own: a log that was put back to an earlier state must not be signed again. */
export interface LogSigner extends Signer {
  /** SubjectPublicKeyInfo as PEM, Ed25519. */
  readonly publicKey: string;
  /** How messages name the key: its file. */
  readonly name: string;
  /** The largest tree it has committed for this origin, as far as it remembers; root in hex. */
  lastSigned(origin: string): { readonly size: number; readonly root: string } | undefined;
  /** Remembers a committed tree. */
  remember(origin: string, size: number, root: string): void;
}

/** Which ledgers a person has written for one workspace, kept outside of it: a ledger that was deleted cannot be missed from within. */
export interface LedgerMemory {
  /** Their names, with the largest number of entries that each had. */
  earlier(): readonly { readonly origin: string; readonly size: number }[];
  remember(origin: string, size: number): void;
}

/** The folder of a ledger: its log, and the objects its entries speak of. */
export interface LedgerStore {
  /** How messages name it. */
  readonly name: string;
  readonly log: LogStore;
  readonly objects: ObjectStore;
}
