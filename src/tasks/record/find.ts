import { committedHead, type Head } from "../../ledger/head.ts";
import { leafHash } from "../../ledger/merkle.ts";
import { UserError } from "../../model/errors.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { decisionField, type EntryContent } from "../../model/record.ts";
import { type Entry, entriesOf } from "./view.ts";

export type DecisionEntry = Entry & { readonly content: Extract<EntryContent, { kind: "decision" }> };

/** The head of a ledger. Throws `UserError` if there is none. */
export function headOf(store: LedgerStore): Head {
  const head = committedHead(store.log);
  if (head) return head;
  throw new UserError(`no ledger in \`${store.name}\``, "`freigabe gate` and `freigabe assess --record` begin one");
}

/**
 * The entry that a person means: its number, the beginning of its leaf hash (8 hex digits or more), or `last` for the last
 * decision. Throws `UserError` if there is none, or more than one.
 */
export function findEntry(store: LedgerStore, word: string): Entry {
  const head = headOf(store);
  if (/^\d{1,15}$/.test(word) && Number(word) < head.size) {
    const [entry] = entriesOf(store, head, Number(word), Number(word) + 1);
    return entry!;
  }
  const fits = (entry: Entry) =>
    word === "last"
      ? entry.content.kind === "decision"
      : /^[0-9a-f]{8,64}$/.test(word) && Buffer.from(leafHash(entry.bytes)).toString("hex").startsWith(word);
  let found: Entry[] = [];
  for (const entry of entriesOf(store, head)) if (fits(entry)) found = word === "last" ? [entry] : [...found, entry];
  const [one, another] = found;
  if (one && !another) return one;
  throw new UserError(
    `${another ? "more than one entry begins with" : "no entry"} \`${word.slice(0, 80)}\` in the ledger of ${head.size} entries`,
    "a number from 0, the first digits of a leaf hash, or `last`; `freigabe ledger list DIR` lists them",
  );
}

/** The same for a decision. */
export function findDecision(store: LedgerStore, word: string): DecisionEntry {
  const entry = findEntry(store, word);
  if (isDecision(entry)) return entry;
  throw new UserError(
    `entry ${entry.index} is a ${entry.content.kind}, no decision`,
    "`freigabe ledger list DIR` lists them",
  );
}

/** The decision of that name, or all of them in order. Throws `UserError` if there is none. */
export function decisionsNamed(store: LedgerStore, word: string | undefined): readonly DecisionEntry[] {
  if (word !== undefined) return [findDecision(store, word)];
  const all = [...entriesOf(store, headOf(store))].filter(isDecision);
  if (all.length > 0) return all;
  throw new UserError("the ledger has no decisions yet", "`freigabe gate` and `assess --record` enter one");
}

export function isDecision(entry: Entry): entry is DecisionEntry {
  return entry.content.kind === "decision";
}

/** What a decision says beyond a verification summary. */
export function decisionOf({ content }: DecisionEntry) {
  return content.predicate[decisionField];
}
