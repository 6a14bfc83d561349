import type { Day } from "./day.ts";

/** What a ledger shows of the age of statements: an entry proves that a statement existed on its day, and no earlier. */
export interface Seen {
  /** Day of the ledger's first entry; of what was signed before it the ledger cannot say when it came. */
  readonly began: Day;
  /** SHA-256 of a document's bytes in lower-case hex -> day of its first entry. */
  readonly first: ReadonlyMap<string, Day>;
}
