import type { Day } from "../../model/day.ts";
import type { FolderFiles } from "../../model/ports/files.ts";
import type { InventoryStore } from "../../model/ports/store.ts";
import { type Ground, openGround, readConfig } from "../ground.ts";

/** What matching needs of a workspace; no packs, so that a broken pack hinders nobody. */
export interface MatchGround extends Ground {
  readonly demo: boolean;
  readonly today: Day;
}

/** Reads it as of today. Throws `UserError` if the folder is no workspace. */
export async function openMatchGround(files: FolderFiles, store: InventoryStore, now: Date): Promise<MatchGround> {
  const config = readConfig(files);
  const today = now.toISOString().slice(0, 10);
  const ground = await openGround(files, store, config, { asOf: today, knownAt: today });
  return { ...ground, demo: config.value.demo === true, today };
}
