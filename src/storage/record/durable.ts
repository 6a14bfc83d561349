import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../disk-error.ts";

/** Of files and folders as they are made; the usual is what everybody may read. */
export interface Modes {
  readonly file: number;
  readonly folder: number;
}
/** For what its owner alone may read. */
export const ownerOnly: Modes = { file: 0o600, folder: 0o700 };

const temporaryName = /^\..*\.[0-9a-f]{12}\.tmp$/;

/** Whether a file is what a killed process left of a write. */
export function isTemporary(name: string): boolean {
  return temporaryName.test(basename(name));
}

/** Writes bytes to a temporary file beside `path`, synced, and lets `place` put it there. The folder is not yet synced. */
function writeBeside(path: string, bytes: Uint8Array, place: (temporary: string) => void, mode?: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = openSync(temporary, "wx", mode ?? 0o644);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    place(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Puts bytes where there was something else or nothing; in between there is the one or the other, whole. */
export function replaceFile(path: string, bytes: Uint8Array, mode?: number): void {
  writeBeside(path, bytes, (temporary) => renameSync(temporary, path), mode);
}

/** Puts bytes where nothing was, in one step; false if something is there. */
export function createFile(path: string, bytes: Uint8Array, modes?: Modes): boolean {
  let created = true;
  const place = (temporary: string) => {
    try {
      linkSync(temporary, path);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      created = false;
    }
  };
  writeBeside(path, bytes, place, modes?.file);
  return created;
}

/** Makes a folder and those above it, and makes their names last. */
export function makeFolder(path: string, modes?: Modes): void {
  const first = mkdirSync(path, { recursive: true, ...(modes && { mode: modes.folder }) });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    syncFolder(dirname(made));
    if (made === first) return;
  }
}

/** Makes the names in a folder last. */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
