import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { exit, UserError } from "../../model/errors.ts";
import type { LogFile, LogStore } from "../../model/ports/log.ts";
import { codeOf, withDisk } from "../disk-error.ts";
import { createFile, isTemporary, type Modes, makeFolder, replaceFile, syncFolder } from "./durable.ts";
import { holdingLock } from "./lock.ts";

const pathForm = /^[a-z0-9]+(?:[./-][a-z0-9]+)*$/;
const usualWait = 10_000;
const longestWrite = 600_000;
/** What is no record: kept for a while, or by others. */
const passing = new Set(["staged", "lock", "objects"]);

/** A log in a folder, as the port promises. Nothing is made before the first write. */
export function openLogStore(
  folder: string,
  { waitMs = usualWait, modes }: { readonly waitMs?: number; readonly modes?: Modes | undefined } = {},
): LogStore {
  let swept = false;
  const put = (files: readonly LogFile[]) => putAll(folder, files, modes);
  const at = (path: string) => join(folder, checkedPath(path));
  const writing = <T>(what: string, work: () => T) => withDisk(`write \`${join(folder, what)}\``, work);
  return {
    exclusively: (work) =>
      holdingLock(join(folder, "lock"), { waitMs, modes }, () => {
        // Further down once: only who holds the lock writes there, and this program leaves nothing.
        withDisk(`list \`${folder}\``, () => sweep(folder, !swept));
        swept = true;
        return work();
      }),
    committed: (after) => readBounded(at(commitPath(after)), 100_000),
    commit: (after, note) =>
      writing(commitPath(after), () => {
        const path = at(commitPath(after));
        makeFolder(dirname(path), modes);
        const created = createFile(path, note, modes);
        syncFolder(dirname(path));
        // A first try may have come through although it was reported to have failed.
        return created || Buffer.compare(readFileSync(path), note) === 0;
      }),
    stage: (name, bytes) => writing("staged", () => put([{ path: `staged/${name}`, bytes }])),
    staged: (name) => readBounded(at(`staged/${name}`), Number.MAX_SAFE_INTEGER),
    unstage: () => writing("staged", () => rmSync(join(folder, "staged"), { recursive: true, force: true })),
    read: (path, maxBytes) => readBounded(at(path), maxBytes),
    publish: (files) =>
      writing("tile", () => {
        const fresh = files.filter((file) => !isSame(at(file.path), file));
        put(fresh);
      }),
    discard: (paths) =>
      writing("tile", () => {
        for (const path of paths) rmSync(at(path), { force: true });
        for (const parent of new Set(paths.map((path) => dirname(at(path))))) removeIfEmpty(parent);
      }),
    publishCheckpoint: (note) => writing("checkpoint", () => put([{ path: "checkpoint", bytes: note }])),
    paths: () => withDisk(`list \`${folder}\``, () => listAll(folder)),
  };
}

/** The commit that follows a tree of that size; folders of a thousand. */
function commitPath(after: number): string {
  const digits = String(after).padStart(Math.ceil(String(after).length / 3) * 3, "0");
  return `commits/${digits.replaceAll(/\d{3}(?=\d)/g, (group) => `x${group}/`)}`;
}

function checkedPath(path: string): string {
  if (path.length < 1000 && pathForm.test(path)) return path;
  throw new UserError(
    `\`${path.slice(0, 100)}\` is no path of a ledger`,
    "it was made by another program",
    exit.broken,
  );
}

function readBounded(path: string, maxBytes: number): Uint8Array | undefined {
  return withDisk(`read \`${path}\``, () => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return undefined;
    if (!stat.isFile() || stat.size > maxBytes) {
      const what = stat.isFile() ? `has ${stat.size} bytes, expected at most ${maxBytes}` : "is not a regular file";
      throw new UserError(`\`${path}\` ${what}`, "it was made by another program", exit.broken);
    }
    try {
      return readFileSync(path);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  });
}

/** Whether a file is there already with the same bytes; with others somebody changed it. */
function isSame(path: string, { bytes, path: name }: LogFile): boolean {
  const found = readBounded(path, Math.max(bytes.length, 1) + 1_000_000_000);
  if (!found) return false;
  if (Buffer.compare(found, bytes) === 0) return true;
  throw new UserError(`\`${name}\` of the ledger was changed by another program`, "put a copy back", exit.broken);
}

/** Writes files and makes their names last, each folder once. */
function putAll(folder: string, files: readonly LogFile[], modes: Modes | undefined): void {
  const parents = new Set(files.map(({ path }) => dirname(join(folder, checkedPath(path)))));
  for (const parent of parents) makeFolder(parent, modes);
  for (const { path, bytes } of files) replaceFile(join(folder, path), bytes, modes?.file);
  for (const parent of parents) syncFolder(parent);
}

function removeIfEmpty(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) && readdirSync(folder).length === 0) {
    rmSync(folder, { recursive: true });
  }
}

function listAll(folder: string): readonly string[] {
  const names: string[] = [];
  const visit = (path: string, prefix: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const name = prefix + entry.name;
      if ((prefix === "" && passing.has(entry.name)) || isTemporary(entry.name)) continue;
      if (entry.isDirectory()) visit(join(path, entry.name), `${name}/`);
      else names.push(name);
    }
  };
  if (lstatSync(folder, { throwIfNoEntry: false })) visit(folder, "");
  return names.sort();
}

/**
 * Takes away what killed processes left. Who waits for the lock is writing a file of its own beside it at this moment, and whoever
 * is about to enter something writes objects without the lock, so of those only old ones go.
 */
function sweep(folder: string, deep: boolean): void {
  const isOld = (path: string) =>
    Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > longestWrite;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: deep })) {
    const path = join(entry.parentPath, entry.name);
    const isLeft = isTemporary(entry.name) || entry.name.endsWith(".stale");
    const unlocked = /^\.?lock\./.test(entry.name) || path.startsWith(join(folder, "objects"));
    if (entry.isFile() && isLeft && (!unlocked || isOld(path))) rmSync(path, { force: true });
  }
}
