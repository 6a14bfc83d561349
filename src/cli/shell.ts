import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openInventory } from "../storage/duckdb/open.ts";
import { openFolder } from "../storage/folder.ts";
import type { Shell } from "../tasks/shell.ts";
import type { Io } from "./command.ts";

const home = join(import.meta.dirname, "..", "..");

/** What a task needs of the world, for the workspace in `dir`. Progress goes to a terminal only. */
export function openShell(dir: string, io: Io): Shell {
  return {
    workspace: openFolder(resolve(io.cwd, dir)),
    shipped: shippedPacksFolder(),
    openStore: () => openInventory(),
    now: io.now,
    version: version(),
    progress: (text) => {
      if (io.terminal) io.err(`\r\u001b[K${text} ...`);
    },
  };
}

/** Takes the line of progress away before a result is printed. */
export function endProgress(io: Io): void {
  if (io.terminal) io.err("\r\u001b[K");
}

export function shippedPacksFolder() {
  return openFolder(join(home, "packs"));
}

/** Published figures of markets and costs. */
export function shippedFigures() {
  return openFolder(join(home, "figures"));
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
