import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LedgerStore } from "../../model/ports/log.ts";
import { openLogStore } from "./log.ts";
import { openObjectStore } from "./objects.ts";

/** The ledger in a folder; nothing is made before the first write. `name`: how messages call it. */
export function openLedgerStore(folder: string, name: string): LedgerStore {
  return { name, log: openLogStore(folder), objects: openObjectStore(join(folder, "objects")) };
}

/** Whether a ledger was begun in a folder. */
export function isLedger(folder: string): boolean {
  return existsSync(join(folder, "commits"));
}
