import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LedgerStore } from "../../model/ports/log.ts";
import { ownerOnly } from "./durable.ts";
import { openLogStore } from "./log.ts";
import { openObjectStore } from "./objects.ts";

/**
 * The ledger in a folder; nothing is made before the first write. `name`: how messages call it. `isPrivate`: its files are for
 * who runs the program alone.
 */
export function openLedgerStore(folder: string, name: string, { isPrivate = false } = {}): LedgerStore {
  const modes = isPrivate ? ownerOnly : undefined;
  return { name, log: openLogStore(folder, { modes }), objects: openObjectStore(join(folder, "objects"), modes) };
}

/** Whether a ledger was begun in a folder. */
export function isLedger(folder: string): boolean {
  return existsSync(join(folder, "commits"));
}
