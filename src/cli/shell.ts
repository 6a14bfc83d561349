import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openInventory } from "../storage/duckdb/open.ts";
import { openFolder } from "../storage/folder.ts";
import type { Shell } from "../tasks/shell.ts";
import type { Io } from "./command.ts";
import { type LedgerChoice, openAccess } from "./ledger-access.ts";

const home = join(import.meta.dirname, "..", "..");

/**
 * What a task needs of the world, for the workspace in `dir`, with its ledger or the one that was chosen. Progress goes to a
 * terminal only.
 */
export function openShell(dir: string, io: Io, choice: LedgerChoice = {}): Shell {
  return {
    ledger: openAccess(dir, io, choice),
    workspace: openFolder(resolve(io.cwd, dir)),
    shipped: shippedPacksFolder(),
    openStore: () => openInventory(),
    now: io.now,
    version: version(),
    progress: sayProgress(io),
  };
}

/** Says what goes on, on a terminal only. */
export function sayProgress(io: Io): (text: string) => void {
  return (text) => {
    if (io.terminal) io.err(`\r\u001b[K${text} ...`);
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

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
