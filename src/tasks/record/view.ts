import { createPublicKey, verify } from "node:crypto";
import { committedHead, filesOf, type Head, isSignedBy } from "../../ledger/head.ts";
import { formatVerifierKey, type NoteKey, noteKey, parseVerifierKey } from "../../ledger/note.ts";
import { entriesIn } from "../../ledger/tree.ts";
import type { KeyChange } from "../../ledger/verify.ts";
import type { Day } from "../../model/day.ts";
import { exit, UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { decisionField, type EntryContent, type SeenFile, timeOf } from "../../model/record.ts";
import { decodeEntry } from "./entry.ts";

/** What a ledger says, read from its first entry to some later one. */
export interface LedgerView {
  /** The committed head, whatever part of it was read. */
  readonly head: Head;
  /** The key in force at the end. */
  readonly key: NoteKey;
  /** Day of the first entry, and time of the last one read. */
  readonly began: Day;
  readonly last: string;
  /** SHA-256 of a file -> the day on which it was first entered. */
  readonly first: ReadonlyMap<string, Day>;
  /** The same -> as what it was entered. */
  readonly seen: ReadonlyMap<string, SeenFile>;
  /** Files as they lay at the last entry: path -> file. */
  readonly files: ReadonlyMap<string, SeenFile>;
  /** What assessments saw in the network, each an object beside the ledger, in order. */
  readonly inventories: readonly { readonly entry: number; readonly sha256: string }[];
  /** SHA-256 -> why it was withheld. */
  readonly redacted: ReadonlyMap<string, string>;
}

/** An entry with its place. */
export interface Entry {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly content: EntryContent;
}

/** The entries of a ledger in order, each checked against the tree. Throws `UserError` (broken). */
export function* entriesOf({ log }: LedgerStore, head: Head, from = 0, to = head.size): Generator<Entry> {
  let index = from;
  for (const bytes of entriesIn({ from, to, size: head.size }, filesOf(log, head))) {
    yield { index, bytes, content: decodeEntry(bytes, index).content };
    index += 1;
  }
}

/**
 * Reads a ledger up to before entry `to`, and checks that the key it names signed its head; undefined if there is none.
 * `trust`: keys that somebody vouches for; if one is there for this ledger, its key must be among them. Throws `UserError`
 * (broken) if it was tampered with.
 */
export function readView(store: LedgerStore, trust: readonly TrustedKey[] = [], to?: number): LedgerView | undefined {
  const head = committedHead(store.log);
  if (!head || to === 0) return undefined;
  const keys: NoteKey[] = [];
  const history = newHistory();
  for (const entry of entriesOf(store, head)) {
    const [key] = keysAnnounced(entry.content, entry.index, head.origin);
    if (key && keys.length > 0) refuseForgedChange(store, entry, keys.at(-1)!);
    if (key) keys.push(key);
    if (to === undefined || entry.index < to) follow(history, entry);
  }
  const key = keys.at(-1);
  if (!key || !isSignedBy(head, [key])) throw broken(store, "its head is not signed by the key that it names");
  refuseStrange(store, head, keys, trust);
  return { head, key, ...history };
}

function newHistory() {
  return {
    began: "",
    last: "",
    first: new Map<string, Day>(),
    seen: new Map<string, SeenFile>(),
    files: new Map<string, SeenFile>(),
    inventories: [] as { entry: number; sha256: string }[],
    redacted: new Map<string, string>(),
  };
}

function follow(history: ReturnType<typeof newHistory>, { index, content }: Entry): void {
  history.last = timeOf(content);
  const day = history.last.slice(0, 10);
  if (index === 0) history.began = day;
  if (content.kind === "redaction") history.redacted.set(content.predicate.sha256, content.predicate.reason);
  if (content.kind === "decision") {
    const { inventory } = content.predicate[decisionField];
    if (inventory) history.inventories.push({ entry: index, sha256: inventory.sha256 });
  }
  if (content.kind !== "files") return;
  for (const { file } of content.predicate.vanished) history.files.delete(file);
  for (const file of content.predicate.appeared) {
    history.files.set(file.file, file);
    history.seen.set(file.sha256, file);
    if (!history.first.has(file.sha256)) history.first.set(file.sha256, day);
  }
}

/** The key that an entry makes the ledger's own; the first entry must name one. */
export function keysAnnounced(content: EntryContent, index: number, origin: string): readonly NoteKey[] {
  const isFirst = index === 0;
  if (isFirst !== (content.kind === "start"))
    throw new UserError(`entry ${index} of the ledger: a ledger begins with one start`, undefined, exit.broken);
  if (content.kind !== "start" && content.kind !== "rotation") return [];
  const text = content.kind === "start" ? content.predicate.verifierKey : content.predicate.to;
  const key = parseVerifierKey(text);
  if (key?.name === origin) return [key];
  throw new UserError(`entry ${index} of the ledger names no key of \`${origin}\``, undefined, exit.broken);
}

/** The same as a change of key, for verification. */
export function keyChange({ content, index }: Pick<Entry, "content" | "index">, origin: string): readonly KeyChange[] {
  return keysAnnounced(content, index, origin).flatMap((key) => (index === 0 ? [] : [{ index, key }]));
}

/** Keys of `trust/` that are somebody's word for a ledger's key. */
export function trustedFor(
  origin: string,
  trust: readonly TrustedKey[],
): readonly { readonly of: TrustedKey; readonly key: NoteKey }[] {
  return trust
    .filter(({ role, party }) => role === "ledger" && party === origin)
    .flatMap((of) => {
      const key = noteKey(origin, createPublicKey(of.publicKey));
      return key ? [{ of, key }] : [];
    });
}

/** A new key is announced by the one before it, or anyone could go on from its name. */
function refuseForgedChange(store: LedgerStore, { bytes, index }: Entry, before: NoteKey): void {
  const { signed, signature } = decodeEntry(bytes, index);
  if (verify(null, signed, before.publicKey, signature)) return;
  throw broken(store, `entry ${index} announces a new key and is not signed with the one before`);
}

/** One key that somebody vouches for is enough: it has vouched for those that follow it. */
function refuseStrange(
  store: LedgerStore,
  { origin }: Head,
  keys: readonly NoteKey[],
  trust: readonly TrustedKey[],
): void {
  const vouched = trustedFor(origin, trust);
  if (vouched.length === 0 || vouched.some((one) => keys.some(({ keyId }) => one.key.keyId === keyId))) return;
  const names = vouched.map(({ of }) => `\`${of.id}\``).join(", ");
  throw broken(store, `its key \`${formatVerifierKey(keys.at(-1)!)}\` is not the one in \`trust/\` (${names})`);
}

function broken({ name }: LedgerStore, what: string): UserError {
  return new UserError(`ledger \`${name}\`: ${what}`, "`freigabe ledger verify DIR` says more", exit.broken);
}
