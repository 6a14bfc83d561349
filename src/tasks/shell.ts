import type { FolderFiles } from "../model/ports/files.ts";
import type { InventoryStore } from "../model/ports/store.ts";

/** What a task needs of the world; the skins open it. */
export interface Shell {
  readonly workspace: FolderFiles;
  /** The packs that ship with the program. */
  readonly shipped: FolderFiles;
  openStore(): Promise<InventoryStore>;
  readonly now: Date;
  readonly version: string;
  /** Says what goes on, in a few words. */
  progress(text: string): void;
}
