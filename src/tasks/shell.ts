import type { FolderFiles } from "../model/ports/files.ts";
import type { LedgerMemory, LedgerStore, LogSigner } from "../model/ports/log.ts";
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
  /** The ledger of the workspace; absent: none is read, and none can be written. */
  readonly ledger?: LedgerAccess;
}

/** A ledger that may be there, and what it takes to write it. */
export interface LedgerAccess {
  readonly store: LedgerStore;
  /** Its name if it has to be begun, as a schema-less URL; absent: a fresh one is made up. */
  readonly origin?: string;
  /** The key that signs it. `begins`: make one if there is none. Throws `UserError` if it cannot be used. */
  openKey(origin: string, begins: boolean): LogSigner;
  /** The time now. */
  clock(): Date;
  /** Read it only up to before this entry, as it was then. */
  readonly upTo?: number;
  /** Tables of up to so many bytes are kept beside the ledger, larger ones by digest and place only. */
  readonly keepUpTo: number;
  /** What else was written for this workspace; absent: there is no place to remember it. */
  readonly memory?: LedgerMemory;
  /** Random bytes as hex, for a name that no other ledger has. */
  nonce(): string;
}
