import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { exit, UserError } from "../../src/model/errors.ts";
import type { LogStore, ObjectStore } from "../../src/model/ports/log.ts";

/** How a step fails: not at all, before anything was stored, or after it was. */
export type Fate = "done" | "not-stored" | "stored";

/** Is asked before every step that writes; `step` says which. */
export type Fates = (step: string) => Fate;

/** The power went away. */
export class PowerLoss extends Error {}

/** A log in memory that can lose its power at any step that writes, before or after the step was done. */
export function logInMemory(fates: Fates = () => "done"): LogStore & { files(): ReadonlyMap<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  const commits = new Map<number, Uint8Array>();
  const staged = new Map<string, Uint8Array>();
  let turn: Promise<unknown> = Promise.resolve();
  const step = (name: string, work: () => void) => {
    const fate = fates(name);
    if (fate !== "not-stored") work();
    if (fate !== "done") throw new PowerLoss(`${name}, ${fate}`);
  };
  const bounded = (bytes: Uint8Array | undefined, path: string, maxBytes: number) => {
    if (bytes && bytes.length > maxBytes) throw new UserError(`\`${path}\` is too large`, undefined, exit.broken);
    return bytes;
  };
  return {
    files: () => files,
    exclusively(work) {
      const mine = turn.then(() => work());
      turn = mine.catch(() => undefined);
      return mine;
    },
    committed: (after) => commits.get(after),
    commit(after, note) {
      const held = commits.get(after);
      if (held) return Buffer.compare(held, note) === 0;
      step("commit", () => commits.set(after, note));
      return true;
    },
    stage: (name, bytes) => step("stage", () => staged.set(name, bytes)),
    staged: (name) => staged.get(name),
    unstage: () => step("unstage", () => staged.clear()),
    read: (path, maxBytes) => bounded(files.get(path), path, maxBytes),
    publish(all) {
      for (const { path, bytes } of all) {
        const held = files.get(path);
        if (held && Buffer.compare(held, bytes) !== 0)
          throw new UserError(`\`${path}\` was changed`, undefined, exit.broken);
        step(`publish ${path.split("/").slice(0, 2).join("/")}`, () => files.set(path, Uint8Array.from(bytes)));
      }
    },
    discard(paths) {
      for (const path of paths) if (files.has(path)) step("discard", () => files.delete(path));
    },
    publishCheckpoint: (note) => step("checkpoint", () => files.set("checkpoint", note)),
    paths: () => [...files.keys(), ...[...commits.keys()].map((after) => `commits/${after}`)].sort(),
  };
}

/** Objects in memory. */
export function objectsInMemory(): ObjectStore {
  const held = new Map<string, Uint8Array>();
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const get = (sha256: string) => {
    const bytes = held.get(sha256);
    if (bytes && digest(bytes) !== sha256)
      throw new UserError("object does not fit its digest", undefined, exit.broken);
    return bytes;
  };
  const put = (bytes: Uint8Array) => {
    held.set(digest(bytes), bytes);
    return digest(bytes);
  };
  return {
    has: (sha256) => held.has(sha256),
    checkedPath: () => undefined,
    get(sha256, maxBytes) {
      const bytes = get(sha256);
      if (bytes && bytes.length > maxBytes) throw new UserError("object is too large");
      return bytes;
    },
    put,
    putFile(path, sha256) {
      const bytes = readFileSync(path);
      if (digest(bytes) !== sha256) throw new UserError(`\`${path}\` was changed while it was used`);
      put(bytes);
    },
    putNew: (path) => put(readFileSync(path)),
    copyTo(sha256, path) {
      const bytes = get(sha256);
      if (bytes) writeFileSync(path, bytes, { flag: "wx" });
      return bytes !== undefined;
    },
    chunks: (sha256) => [get(sha256)!],
    remove: (sha256) => void held.delete(sha256),
    list: () => [...held.keys()].sort(),
    strays: () => [],
  };
}
