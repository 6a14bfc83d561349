import { leafHash } from "../../ledger/merkle.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { type EntryContent, type InputManifest, timeOf } from "../../model/record.ts";
import { findEntry, headOf, isDecision } from "./find.ts";
import { readManifest } from "./references.ts";
import { type Entry, readView } from "./view.ts";

type Input = InputManifest["files"][number] & {
  /** `kept`: its bytes are there. `large`: only its digest was kept. `withheld`: its bytes were taken out, and why is in the ledger. */
  readonly state: "kept" | "large" | "withheld" | "missing";
};

export interface ShownEntry {
  readonly kind: "ledger-entry";
  readonly ledger: string;
  readonly index: number;
  readonly time: string;
  readonly type: EntryContent["kind"];
  readonly leaf: string;
  readonly predicate: EntryContent["predicate"];
  readonly inputs?: readonly Input[];
}

/** One entry of a ledger. Throws `UserError` if there is none, or it is broken. */
export function showEntry(store: LedgerStore, word: string, { inputs }: { readonly inputs: boolean }): ShownEntry {
  const entry = findEntry(store, word);
  return {
    kind: "ledger-entry",
    ledger: headOf(store).origin,
    index: entry.index,
    time: timeOf(entry.content),
    type: entry.content.kind,
    leaf: Buffer.from(leafHash(entry.bytes)).toString("hex"),
    predicate: entry.content.predicate,
    ...(inputs && { inputs: inputsOf(store, entry) }),
  };
}

/** The files that a decision was made from, and whether their bytes are there. */
export function inputsOf(store: LedgerStore, entry: Entry): readonly Input[] {
  if (!isDecision(entry)) return [];
  const redacted = readView(store)?.redacted ?? new Map<string, string>();
  return entry.content.predicate.inputAttestations.flatMap(({ digest }) =>
    readManifest(store.objects, digest.sha256, entry.index).files.map((file): Input => {
      if (store.objects.has(file.sha256)) return { ...file, state: "kept" };
      if (redacted.has(file.sha256)) return { ...file, state: "withheld" };
      return { ...file, state: file.kept ? "missing" : "large" };
    }),
  );
}
