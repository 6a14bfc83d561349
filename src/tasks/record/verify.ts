import { verify } from "node:crypto";
import { promisify } from "node:util";
import { parseCheckpoint } from "../../ledger/checkpoint.ts";
import { committedHead } from "../../ledger/head.ts";
import { rootOf, sameBytes } from "../../ledger/merkle.ts";
import { formatVerifierKey, type NoteKey } from "../../ledger/note.ts";
import { hashesIn } from "../../ledger/tree.ts";
import { type KeyChange, verifyLog } from "../../ledger/verify.ts";
import { exit, UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { ReadFile } from "../../model/ports/files.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { type EntryContent, timeOf } from "../../model/record.ts";
import { readTrust } from "../../readers/trust.ts";
import { decodeEntry } from "./entry.ts";
import { type CheckedObjects, checkObjects, References } from "./references.ts";
import { entriesOf, keyChange, keysAnnounced, trustedFor } from "./view.ts";

/** The keys in files of a `trust` folder. */
export function trustIn(files: readonly ReadFile[]): readonly TrustedKey[] {
  return readTrust(files).keys;
}

/** A ledger of which everything was checked. */
export interface LedgerVerification {
  readonly kind: "ledger-verification";
  readonly ledger: string;
  readonly entries: number;
  /** Root over all entries, hex. */
  readonly root: string;
  readonly checkpoints: number;
  /** Verifier keys of the checkpoints, in order. */
  readonly keys: readonly string[];
  /** Ids of the trusted keys among them; null: no trust was given, and the ledger's own word was taken for its keys. */
  readonly trusted: readonly string[] | null;
  readonly kinds: Readonly<Partial<Record<EntryContent["kind"], number>>>;
  readonly from: string;
  readonly to: string;
  readonly objects: CheckedObjects;
}

const verifySignature = promisify(
  (bytes: Uint8Array, key: NoteKey, sig: Uint8Array, done: (error: Error | null, holds: boolean) => void) =>
    verify(null, bytes, key.publicKey, sig, done),
);

/**
 * Checks a ledger whole, from its entries up: tiles, checkpoints and their order, the signature and the time of every entry,
 * and every object that an entry speaks of. `trust`: one of its keys must be among these. Throws `UserError`: broken, with
 * the first place that is wrong; undecided, if nobody trusted stands behind it.
 */
export async function verifyLedger(
  store: LedgerStore,
  trust: readonly TrustedKey[] | undefined,
  progress: (text: string) => void = () => undefined,
): Promise<LedgerVerification> {
  const { origin, first } = firstKey(store);
  const walk = new Walk(origin, first, progress);
  const verified = await verifyLog(store.log, first, (at, entries) => walk.entries(at, entries));
  if (!verified) throw new Error("a ledger with a first key has a head");
  progress("checking what the entries speak of");
  return {
    kind: "ledger-verification",
    ledger: origin,
    entries: verified.head.size,
    root: Buffer.from(verified.head.root).toString("hex"),
    checkpoints: verified.checkpoints,
    keys: verified.keys.map(formatVerifierKey),
    trusted: trust ? trustedAmong(origin, verified.keys, trust) : null,
    kinds: walk.kinds,
    from: walk.from,
    to: walk.to,
    objects: checkObjects(store.objects, walk.references),
  };
}

function firstKey(store: LedgerStore): { readonly origin: string; readonly first: NoteKey } {
  const head = committedHead(store.log);
  if (!head) throw new UserError(`no ledger in \`${store.name}\``, "`freigabe gate` and `assess --record` begin one");
  const [entry] = entriesOf(store, head, 0, 1);
  const [first] = entry ? keysAnnounced(entry.content, 0, head.origin) : [];
  if (!first) throw new UserError(`the ledger in \`${store.name}\` does not begin with a key`, undefined, exit.broken);
  return { origin: head.origin, first };
}

function trustedAmong(origin: string, keys: readonly NoteKey[], trust: readonly TrustedKey[]): readonly string[] {
  const found = trustedFor(origin, trust).filter(({ key }) => keys.some(({ keyId }) => keyId === key.keyId));
  if (found.length > 0) return found.map(({ of }) => of.id);
  throw new UserError(
    `the ledger holds together, and nobody trusted stands behind it: no key with role \`ledger\` and party \`${origin}\` is one of its own`,
    "`freigabe ledger key DIR` prints the entry for `trust/`; compare its keyid with its owner by another way",
    exit.undecided,
  );
}

/**
 * Whether the ledger goes on from a checkpoint that somebody kept: its root is the root of as many first entries today. Throws
 * `UserError` (broken) if it does not. To be asked after `verifyLedger`, which shows that the tiles are what the entries give.
 */
export function continues({ log }: LedgerStore, checkpoint: Uint8Array, name: string): { readonly size: number } {
  const kept = parseCheckpoint(checkpoint)?.checkpoint;
  if (!kept)
    throw new UserError(
      `\`${name}\` is no checkpoint`,
      "it is the file `checkpoint` of a ledger, kept from an earlier day",
    );
  const head = committedHead(log);
  const root = head && kept.size <= head.size && rootOf(kept.size, hashesIn(head.size, log.read));
  if (root && head.origin === kept.origin && sameBytes(root, kept.root)) return { size: kept.size };
  throw broken(
    `it does not go on from \`${name}\``,
    `\`${kept.origin}\` had ${kept.size} entries with another root, and here are ${head?.size ?? 0} of \`${head?.origin}\``,
  );
}

/** One pass over the entries: what they say, in order. */
class Walk {
  readonly kinds: Partial<Record<EntryContent["kind"], number>> = {};
  readonly references = new References();
  from = "";
  to = "";
  readonly #origin: string;
  readonly #progress: (text: string) => void;
  #key: NoteKey;

  constructor(origin: string, first: NoteKey, progress: (text: string) => void) {
    this.#origin = origin;
    this.#key = first;
    this.#progress = progress;
  }

  async entries(first: number, all: readonly Uint8Array[]): Promise<readonly KeyChange[]> {
    const checks: Promise<void>[] = [];
    const changes: KeyChange[] = [];
    for (const [at, bytes] of all.entries()) {
      const index = first + at;
      const { content, signed, signature } = decodeEntry(bytes, index);
      checks.push(refuseForged(index, signed, this.#key, signature));
      this.#follow(index, content);
      for (const change of keyChange({ content, index }, this.#origin)) {
        changes.push(change);
        this.#key = change.key;
      }
    }
    await Promise.all(checks);
    if (first % 65_536 === 0 && first > 0) this.#progress(`${first} entries checked`);
    return changes;
  }

  #follow(index: number, content: EntryContent): void {
    const time = timeOf(content);
    if (index === 0) this.from = time;
    if (time < this.to)
      throw broken(`entry ${index}`, `it was made at ${time}, before the one it follows (${this.to})`);
    this.to = time;
    this.kinds[content.kind] = (this.kinds[content.kind] ?? 0) + 1;
    this.references.add(index, content);
  }
}

async function refuseForged(index: number, signed: Uint8Array, key: NoteKey, signature: Uint8Array): Promise<void> {
  if (await verifySignature(signed, key, signature)) return;
  throw broken(`entry ${index}`, "its signature is not that of the ledger's key of its day");
}

function broken(place: string, what: string): UserError {
  return new UserError(`ledger broken: ${place}: ${what}`, "compare with a copy that somebody else keeps", exit.broken);
}
