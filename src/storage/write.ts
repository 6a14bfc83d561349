import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { UserError } from "../model/errors.ts";
import { codeOf, withDisk } from "./disk-error.ts";

/** Milliseconds after which a temporary file, or a scratch folder, is of a program that was killed. */
const longestWrite = 600_000;
const longestWork = 86_400_000;

export interface WriteOptions {
  readonly mode?: number;
  /** Refuse if the file exists. */
  readonly exclusive?: boolean;
  /** How messages name the file; the path by default. */
  readonly name?: string;
}

/**
 * Writes a file so that after a crash there is the old one or the new one, whole: to a temporary file beside it, synced,
 * moved over it, and the folder synced. Makes missing folders. Throws `UserError` where something stands in the way.
 */
export function writeDurably(path: string, text: string, options: WriteOptions = {}): void {
  const name = options.name ?? path;
  withDisk(`write \`${name}\``, () => replace(path, text, name, options));
}

/** Refuses a file that is there already, before any work is done for it. */
export function refuseExisting(path: string, name: string): void {
  if (withDisk(`look at \`${name}\``, () => lstatSync(path, { throwIfNoEntry: false }))) throw exists(name);
}

function replace(path: string, text: string, name: string, options: WriteOptions): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there && options.exclusive) throw exists(name);
  if (there?.isDirectory()) throw new UserError(`\`${name}\` is a folder, expected a file`);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    writeSynced(temporary, text, options.mode);
    if (options.exclusive) linkOnce(temporary, path, name);
    else renameSync(temporary, path);
    syncFolder(folder);
  } finally {
    rmSync(temporary, { force: true });
    sweepBeside(path);
  }
}

/** Takes away what killed programs left of writing this file; what is young may be of one that is at work. */
function sweepBeside(path: string): void {
  const start = `.${basename(path)}.`;
  const isLeft = (name: string) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length));
  sweep(dirname(path), isLeft, longestWrite);
}

function sweep(folder: string, isLeft: (name: string) => boolean, youngest: number): void {
  for (const name of readdirSync(folder).filter(isLeft)) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > youngest) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * A folder of its own in which to make a file that will be moved to `path` (or be thrown away): beside it, so that the
 * move cannot fail half-way. Throws `UserError` where nothing can be written.
 */
export function scratchFolder(path: string | undefined): string {
  if (path === undefined) return mkdtempSync(join(tmpdir(), "freigabe-"));
  return withDisk(`write \`${path}\``, () => {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`\`${path}\` is a folder, expected a file`);
    }
    sweep(dirname(path), (name) => /^\.freigabe-[A-Za-z0-9]{6}$/.test(name), longestWork);
    return mkdtempSync(join(dirname(path), ".freigabe-"));
  });
}

/** Moves a finished file to its place, in one step. */
export function moveTo(path: string, from: string): void {
  withDisk(`write \`${path}\``, () => renameSync(from, path));
}

function writeSynced(path: string, text: string, mode: number | undefined): void {
  const file = openSync(path, "wx", mode ?? 0o666);
  try {
    if (mode !== undefined) fchmodSync(file, mode);
    const bytes = Buffer.from(text, "utf8");
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A hard link fails if the name is taken, where a rename would replace what came in between. */
function linkOnce(temporary: string, path: string, name: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw exists(name);
    throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function exists(name: string): UserError {
  return new UserError(`\`${name}\` exists already`, "choose another name, or move the old file away");
}
