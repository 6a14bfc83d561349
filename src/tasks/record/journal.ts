import { createHash } from "node:crypto";
import type { TrustedKey } from "../../model/evidence.ts";
import type { EntryContent, Lines, Receipt } from "../../model/record.ts";
import type { LedgerAccess } from "../shell.ts";
import { treeOver } from "./lines.ts";
import type { LedgerView } from "./view.ts";
import { writeOn } from "./write.ts";

/** A ledger that one program keeps writing: it reads it once, and again only if somebody else wrote. */
export interface Journal {
  /** Enters what `make` returns, durable on return. Throws `UserError`. */
  enter(make: (time: string) => readonly EntryContent[]): Promise<() => Receipt>;
  /** How many entries the ledger has, as far as this program knows. */
  size(): number;
  /** Keeps lines beside the ledger. */
  keep(lines: readonly string[]): Lines;
  /** Keeps a document beside the ledger; its digest. */
  keepText(text: string): string;
  /** The log itself, for who may read it. */
  readonly access: LedgerAccess;
}

export function openJournal(access: LedgerAccess, trust: () => readonly TrustedKey[], version: string): Journal {
  let known: LedgerView | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const enterNow = async (make: (time: string) => readonly EntryContent[]) => {
    const answer = await writeOn({ access, trust: trust(), version, ...(known && { known }) }, (_, time) => make(time));
    known = answer.known;
    return answer.receipt;
  };
  return {
    access,
    size: () => known?.head.size ?? 0,
    keepText: (text) => access.store.objects.put(Buffer.from(text)),
    enter: (make) => {
      const next = last.then(
        () => enterNow(make),
        () => enterNow(make),
      );
      last = next.catch(() => {
        // What could not be entered may have been; the next one reads the ledger again.
        known = undefined;
      });
      return next;
    },
    keep: (lines) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      return { ...treeOver([bytes], { csv: false }), sha256: access.store.objects.put(bytes) };
    },
  };
}

/** What an entry is about if it is about a text. */
export function aboutText(name: string, text: string): { readonly name: string; readonly sha256: string } {
  return { name, sha256: createHash("sha256").update(text).digest("hex") };
}
