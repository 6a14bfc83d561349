import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from "node:fs";
import { join, resolve as resolvePath, sep } from "node:path";
import { UserError } from "../model/errors.ts";
import type { FolderFiles, ReadFile } from "../model/ports/files.ts";
import { codeOf, withDisk } from "./disk-error.ts";
import { writeDurably } from "./write.ts";

const mostDepth = 8;
const mostFiles = 200_000;
const missing = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);

/**
 * The files of a folder on disk, as the port promises. Throws `UserError` if there is no such folder, and later for
 * each name that would leave it.
 */
export function openFolder(path: string): FolderFiles {
  const root = realFolder(path);
  const resolve = (name: string) => resolveInside(root, name);
  return {
    root,
    resolve,
    read(name, maxBytes) {
      const target = resolve(name);
      return isThere(target) ? readWhole(target, name, maxBytes) : undefined;
    },
    list: (folder, extensions, depth) => listFiles(root, folder, extensions, depth),
    write(name, text, options = {}) {
      writeDurably(resolve(name), text, { ...options, name });
    },
  };
}

/** Makes a folder that its owner alone may look into; one that is there and open to others is closed to them. */
export function makePrivateFolder(path: string): void {
  withDisk(`make \`${path}\``, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
  });
}

/** Reads a file that a person named, wherever it lies and through whatever links; undefined if there is none. */
export function readNamed(path: string, maxBytes: number): ReadFile | undefined {
  const real = realPath(resolvePath(path));
  return real === undefined ? undefined : readWhole(real, path, maxBytes);
}

function realFolder(path: string): string {
  const real = realPath(resolvePath(path));
  if (real === undefined) throw new UserError(`no folder \`${path}\``, "`freigabe init DIR` makes a workspace");
  if (!lstatSync(real).isDirectory()) throw new UserError(`expected a folder, got the file \`${path}\``);
  return real;
}

/** The path of a name below the root, with links followed; what does not exist yet stands below what does. */
function resolveInside(root: string, name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const absolute = name.startsWith("/") || /^[A-Za-z]:/.test(name);
  if (absolute || parts.includes("..") || /[\0\\]/.test(name)) {
    throw new UserError(
      `\`${shown(name)}\` is not a path below \`${root}\``,
      "name a file inside the folder, without `..`",
    );
  }
  let at = root;
  for (const [index, part] of parts.entries()) {
    const next = join(at, part);
    const real = realPath(next);
    if (real === undefined && !isThere(next)) return join(at, ...parts.slice(index));
    if (real === undefined || !isInside(root, real)) {
      throw new UserError(`\`${shown(name)}\` is a link out of \`${root}\``, "copy the file into the folder");
    }
    at = real;
  }
  return at;
}

function realPath(path: string): string | undefined {
  return unlessMissing(path, () => realpathSync.native(path));
}

function isThere(path: string): boolean {
  return unlessMissing(path, () => lstatSync(path)) !== undefined;
}

function unlessMissing<T>(path: string, look: () => T): T | undefined {
  return withDisk(`look at \`${shown(path)}\``, () => {
    try {
      return look();
    } catch (error) {
      if (missing.has(codeOf(error) ?? "")) return undefined;
      throw error;
    }
  });
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The size is asked of the open file, and no more than that is read, whatever happens to the file meanwhile. */
function readWhole(path: string, name: string, maxBytes: number): ReadFile {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = withDisk(`read \`${shown(name)}\``, () => openSync(path, flags));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new UserError(`\`${shown(name)}\` is not a regular file`);
    if (stat.size > maxBytes) {
      throw new UserError(`\`${shown(name)}\` has ${stat.size} bytes, expected at most ${maxBytes}`);
    }
    const buffer = new Uint8Array(stat.size);
    let filled = 0;
    for (let count = 1; count > 0 && filled < buffer.length; filled += count) {
      count = readSync(file, buffer, filled, buffer.length - filled, null);
    }
    const bytes = buffer.subarray(0, filled);
    return { name, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  } finally {
    closeSync(file);
  }
}

function listFiles(root: string, folder: string, extensions: readonly string[], wantedDepth?: number) {
  const names: string[] = [];
  const refused: string[] = [];
  const folders: string[] = [];
  const wanted = (name: string) => extensions.some((extension) => name.endsWith(extension));

  const visit = (path: string, prefix: string, depth: number) => {
    const entries = withDisk(`list \`${shown(prefix)}\``, () => readdirSync(path, { withFileTypes: true }));
    for (const entry of entries) {
      const name = prefix + entry.name;
      if (entry.isDirectory()) visitFolder(join(path, entry.name), name, depth);
      else if (entry.isSymbolicLink()) visitLink(join(path, entry.name), name);
      else if (!entry.isFile()) refused.push(name);
      else if (wanted(entry.name)) names.push(name);
      if (names.length > mostFiles) throw new UserError(`more than ${mostFiles} files below \`${path}\``);
    }
  };
  const visitFolder = (path: string, name: string, depth: number) => {
    if (depth === wantedDepth) folders.push(name);
    else if (depth < mostDepth) visit(path, `${name}/`, depth + 1);
    else refused.push(name);
  };
  // Links to folders are not followed: they could make circles, or show a file twice.
  const visitLink = (path: string, name: string) => {
    const real = realPath(path);
    const kept = real !== undefined && isInside(root, real) && lstatSync(real).isFile();
    if (kept && wanted(name)) names.push(name);
    if (!kept) refused.push(name);
  };

  const start = resolveInside(root, folder);
  if (isThere(start) && lstatSync(start).isDirectory()) {
    visit(start, folder === "." || folder === "" ? "" : `${folder.replace(/\/+$/, "")}/`, 1);
  }
  return { names: names.sort(), refused: refused.sort(), folders: folders.sort() };
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200)).slice(1, -1);
}
