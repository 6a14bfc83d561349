import { createPublicKey } from "node:crypto";
import { type Appended, append, type Entries, type WritableLog } from "../../ledger/append.ts";
import { inclusionPath, leafHash } from "../../ledger/merkle.ts";
import { formatVerifierKey, noteKey } from "../../ledger/note.ts";
import { formatTlogProof } from "../../ledger/tlog-proof.ts";
import { hashesIn } from "../../ledger/tree.ts";
import { UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { LedgerStore, LogSigner } from "../../model/ports/log.ts";
import { type EntryContent, type Receipt, timeOf } from "../../model/record.ts";
import type { LedgerAccess } from "../shell.ts";
import { noEarlier } from "./clock.ts";
import { aboutItself, encodeEntry } from "./entry.ts";
import { type LedgerView, readView } from "./view.ts";

/** What is to be entered, given the ledger as it stands (undefined: it begins) and the time. */
export type MakeEntries = (view: LedgerView | undefined, time: string) => readonly EntryContent[];

/** A key as the one that signs notes of a ledger and entries. */
export type LedgerKey = WritableLog["signer"] & Pick<LogSigner, "keyid">;

/** The key of a ledger under its name. Throws `UserError` if the name cannot be that of a log. */
export function asLedgerKey(origin: string, signer: LogSigner): LedgerKey {
  const key = noteKey(origin, createPublicKey(signer.publicKey));
  const { keyid, sign, lastSigned, remember } = signer;
  if (key) return { ...key, keyid, sign, lastSigned, remember };
  throw new UserError(`\`${origin}\` cannot be the name of a ledger`, "a URL without schema, spaces and plus signs");
}

/** Whose ledger, whom one trusts, and what is known of it from an earlier look. */
export interface Writing {
  readonly access: LedgerAccess;
  readonly trust: readonly TrustedKey[];
  readonly version: string;
  /** The ledger as this program last left it; looked at again only if somebody else wrote meanwhile. */
  readonly known?: LedgerView;
}

/**
 * Enters what `make` returns, durable on return; a ledger that is not there yet is begun. Returns the receipt of the last
 * entry. Throws `UserError`; then nothing was entered, unless it says so.
 */
export async function write(writing: Writing, make: MakeEntries, next?: LogSigner): Promise<Receipt> {
  const { receipt } = await writeOn(writing, make, next);
  return receipt();
}

/** The same for a program that goes on writing: what it knows of the ledger now, and the receipt if it is wanted. */
export async function writeOn(
  { access, trust, version, known: before }: Writing,
  make: MakeEntries,
  next?: LogSigner,
): Promise<{ readonly known: LedgerView | undefined; receipt(): Receipt }> {
  const { store } = access;
  const known = before ?? readView(store, trust);
  const origin = known?.head.origin ?? access.origin ?? `freigabe.local/${access.nonce()}`;
  const signer = asLedgerKey(origin, access.openKey(origin, known === undefined));
  let written: { readonly bytes: Uint8Array; readonly content: EntryContent } | undefined;
  let seen = known;
  const appended = await append({ store: store.log, origin, signer }, (head): Entries => {
    const view = head?.size === known?.head.size ? known : readView(store, trust);
    seen = view;
    refuseOtherKey(signer, view);
    const moment = noEarlier(access.clock(), view ? Date.parse(view.last) : 0);
    const time = moment.time.toISOString();
    const begin = view ? [] : [startOf(signer, version, time)];
    const contents = [...begin, ...make(view, time)].map((content) => noting(content, moment.behind));
    const entries = contents.map((content) => encodeEntry(content, signer));
    written = { bytes: entries.at(-1)!, content: contents.at(-1)! };
    return { entries, ...(next && { next: asLedgerKey(origin, next) }) };
  });
  access.memory?.remember(origin, appended.head.size);
  const last = timeOf(written!.content);
  return {
    known: seen && { ...seen, head: appended.head, last },
    receipt: () => receiptOf(store, appended, written!),
  };
}

/** The last checkpoint of a key that was rotated carries its signature too; it signs no further one. */
function refuseOtherKey(signer: LedgerKey, view: LedgerView | undefined): void {
  if (!view || signer.keyId === view.key.keyId) return;
  throw new UserError(
    `the ledger's key is \`${formatVerifierKey(view.key)}\`, and the key at hand is \`${formatVerifierKey(signer)}\``,
    "`--ledger-key FILE` names the right one",
  );
}

/** By how much the clock was behind the last entry stands in the entries that were made then. */
function noting(content: EntryContent, clockBehind: number): EntryContent {
  if (clockBehind === 0) return content;
  return { ...content, predicate: { ...content.predicate, clockBehind } } as EntryContent;
}

function startOf(key: LedgerKey, freigabe: string, recordedAt: string): EntryContent {
  const predicate = { recordedAt, origin: key.name, verifierKey: formatVerifierKey(key), freigabe };
  return { kind: "start", predicate, subject: aboutItself("start", predicate) };
}

function receiptOf(
  store: LedgerStore,
  { head }: Appended,
  { bytes, content }: { readonly bytes: Uint8Array; readonly content: EntryContent },
): Receipt {
  const entry = head.size - 1;
  const path = inclusionPath(entry, head.size, hashesIn(head.size, store.log.read));
  return {
    kind: "receipt",
    ledger: head.origin,
    entry,
    time: timeOf(content),
    leaf: Buffer.from(leafHash(bytes)).toString("hex"),
    proof: formatTlogProof({ extra: bytes, index: entry, path, checkpoint: head.bytes }),
  };
}
