import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { tableNames, tables } from "../model/columns.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import { withDisk } from "./disk-error.ts";

/** Files of a workspace that decide about verdicts -> what changes with their content. */
export type Snapshot = ReadonlyMap<string, string>;

/** Changes of a workspace, one after the other. */
export interface Changes {
  /** Names of the files that changed since the last answer, once they rest; `undefined` after `close`. */
  next(): Promise<readonly string[] | undefined>;
  /** Size and time of the files as of the last answer of `next`, or of the start. */
  seen(): Snapshot;
  close(): void;
}

const folders = [
  "evidence",
  "registers",
  "notices",
  "trust",
  "packs",
  ...tableNames.filter((name) => "large" in tables[name]),
];
/** What editors and downloads leave beside a file while they write it. */
const passing = /~$|\.(tmp|swp|swx|part)$/;
const quietMilliseconds = 150;
const pollMilliseconds = 2000;

/**
 * Watches what verdicts are made from: `freigabe.yaml` and other YAML, tables, evidence, registers, keys, own packs. The
 * system's notices only wake it; whether something changed is told by names, sizes and times, which are also looked at
 * every two seconds, for file systems that give no notice.
 */
export function watchChanges(files: FolderFiles): Changes {
  let seen = snapshotOf(files);
  let wake = new AbortController();
  let closed = false;
  const watcher = notices(files.root, () => wake.abort());
  const pause = async (milliseconds: number) => {
    // A sleeper that is woken is no failure.
    await wait(milliseconds, undefined, { signal: wake.signal }).catch(() => undefined);
    if (!closed) wake = new AbortController();
  };
  return {
    seen: () => seen,
    async next() {
      while (!closed) {
        const started = performance.now();
        const now = await rested(files, seen);
        const names = differing(seen, now);
        seen = now;
        if (names.length > 0 && !closed) return names;
        await pause(Math.max(pollMilliseconds, 20 * (performance.now() - started)));
      }
      return undefined;
    },
    close() {
      closed = true;
      watcher?.close();
      wake.abort();
    },
  };
}

/** The files once two looks agree; as they are if nothing changed. A writer that never rests is heard after a while. */
async function rested(files: FolderFiles, seen: Snapshot): Promise<Snapshot> {
  let now = snapshotOf(files);
  if (differing(seen, now).length === 0) return now;
  for (let looks = 0; looks < 20; looks++) {
    await wait(quietMilliseconds);
    const next = snapshotOf(files);
    if (differing(now, next).length === 0) return next;
    now = next;
  }
  return now;
}

function notices(root: string, wake: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(root, { recursive: true }, wake);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    // No notices here (too many files, or a file system without): the regular look is enough.
    return undefined;
  }
}

function snapshotOf(files: FolderFiles): Snapshot {
  const top = withDisk(`list \`${files.root}\``, () => readdirSync(files.root)).filter(isInput);
  const names = [...top, ...folders.flatMap((folder) => files.list(folder, [""]).names)];
  return new Map(
    names
      .filter((name) => !passing.test(name))
      .flatMap((name) => stampOf(files, name))
      .sort(byName),
  );
}

function isInput(name: string): boolean {
  const lower = name.toLowerCase();
  if (/\.(yaml|geojson)$/.test(lower) || lower === "aliases.csv") return true;
  return tableNames.some((table) => lower.startsWith(`${table}.`));
}

function stampOf(files: FolderFiles, name: string): readonly (readonly [string, string])[] {
  const stat = statSync(`${files.root}/${name}`, { bigint: true, throwIfNoEntry: false });
  return stat?.isFile() ? [[name, `${stat.size} ${stat.mtimeNs} ${stat.ino}`]] : [];
}

function differing(before: Snapshot, after: Snapshot): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : Number(a > b));
