import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { exit, UserError } from "../../model/errors.ts";
import type { ObjectStore } from "../../model/ports/log.ts";
import { codeOf, withDisk } from "../disk-error.ts";
import { createFile, isTemporary, type Modes, makeFolder, syncFolder } from "./durable.ts";

const digestForm = /^[0-9a-f]{64}$/;
const chunkBytes = 1 << 20;

/** Bytes under their SHA-256 in a folder, as the port promises: `ab/abcd...`. */
export function openObjectStore(folder: string, modes?: Modes): ObjectStore {
  const at = (sha256: string) => join(folder, checked(sha256).slice(0, 2), sha256);
  const isThere = (sha256: string) => lstatSync(at(sha256), { throwIfNoEntry: false })?.isFile() === true;
  const writing = <T>(work: () => T) => withDisk(`write \`${folder}\``, work);
  function* chunks(sha256: string): Generator<Uint8Array> {
    const hash = createHash("sha256");
    for (const chunk of chunksOf(at(sha256))) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest("hex") !== sha256) throw unfit(sha256);
  }
  return {
    has: (sha256) => withDisk(`read \`${folder}\``, () => isThere(sha256)),
    chunks,
    get(sha256, maxBytes) {
      const size = lstatSync(at(sha256), { throwIfNoEntry: false })?.size;
      if (size === undefined) return undefined;
      if (size > maxBytes) throw new UserError(`object \`${sha256}\` has ${size} bytes, expected at most ${maxBytes}`);
      return withDisk(`read \`${at(sha256)}\``, () => Buffer.concat([...chunks(sha256)]));
    },
    put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      writing(() => {
        if (isThere(sha256)) return;
        makeFolder(dirname(at(sha256)), modes);
        createFile(at(sha256), bytes, modes);
        syncFolder(dirname(at(sha256)));
      });
      return sha256;
    },
    putFile: (path, sha256) => writing(() => copyIn(path, sha256, at(sha256))),
    putNew: (path) =>
      writing(() => {
        const hash = createHash("sha256");
        for (const chunk of chunksOf(path)) hash.update(chunk);
        const sha256 = hash.digest("hex");
        copyIn(path, sha256, at(sha256));
        return sha256;
      }),
    copyTo: (sha256, path) =>
      withDisk(`write \`${path}\``, () => {
        if (!isThere(sha256)) return false;
        mkdirSync(dirname(path), { recursive: true });
        writeChunks(path, chunks(sha256));
        return true;
      }),
    checkedPath: (sha256) =>
      withDisk(`read \`${folder}\``, () => {
        if (!isThere(sha256)) return undefined;
        for (const _ of chunks(sha256));
        return at(sha256);
      }),
    remove: (sha256) =>
      writing(() => {
        if (!isThere(sha256)) return;
        rmSync(at(sha256));
        syncFolder(dirname(at(sha256)));
      }),
    list: () => namesIn(folder).flatMap(({ name, digest }) => (digest ? [name.slice(3)] : [])),
    strays: () => namesIn(folder).flatMap(({ name, digest }) => (digest ? [] : [name])),
  };
}

/** Copies a file of that digest to a new path; false if there is none, or it has other bytes. */
export function copyIfSame(from: string, sha256: string, to: string): boolean {
  if (!lstatSync(from, { throwIfNoEntry: false })?.isFile()) return false;
  const hash = createHash("sha256");
  for (const chunk of chunksOf(from)) hash.update(chunk);
  if (hash.digest("hex") !== sha256) return false;
  mkdirSync(dirname(to), { recursive: true });
  writeChunks(to, chunksOf(from));
  return true;
}

function checked(sha256: string): string {
  if (digestForm.test(sha256)) return sha256;
  throw new UserError(`expected a SHA-256 in lower-case hex, got \`${sha256.slice(0, 80)}\``);
}

/** The bytes of a file, piece by piece. */
export function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const count = readSync(file, chunk, 0, chunkBytes, null);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

function writeChunks(path: string, chunks: Iterable<Uint8Array>): void {
  const file = openSync(path, "wx", 0o644);
  try {
    for (const chunk of chunks) for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Hashes what it copies: the file may have been changed since it was read for the decision. */
function copyIn(from: string, sha256: string, to: string): void {
  if (lstatSync(to, { throwIfNoEntry: false })) return;
  makeFolder(dirname(to));
  const temporary = join(dirname(to), `.${sha256}.${randomBytes(6).toString("hex")}.tmp`);
  const hash = createHash("sha256");
  function* hashed(): Generator<Uint8Array> {
    for (const chunk of chunksOf(from)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    writeChunks(temporary, hashed());
    if (hash.digest("hex") !== sha256) {
      throw new UserError(`\`${from}\` was changed while it was used; nothing was entered`, "run it again");
    }
    place(temporary, to);
    syncFolder(dirname(to));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Of two that copy the same bytes in, either may be first. */
function place(temporary: string, to: string): void {
  try {
    linkSync(temporary, to);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") renameSync(temporary, to);
  }
}

function namesIn(folder: string): readonly { readonly name: string; readonly digest: boolean }[] {
  return withDisk(`list \`${folder}\``, () => {
    if (!lstatSync(folder, { throwIfNoEntry: false })) return [];
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !isTemporary(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll("\\", "/"),
      );
    return names.sort().map((name) => {
      const [prefix, digest = "", more] = name.split("/");
      return { name, digest: more === undefined && digestForm.test(digest) && digest.startsWith(`${prefix}`) };
    });
  });
}

function unfit(sha256: string): UserError {
  return new UserError(
    `object \`${sha256}\` does not fit its digest`,
    "it was changed; put a copy back, or `freigabe ledger redact` if it had to go",
    exit.broken,
  );
}
