import { exit, UserError } from "../model/errors.ts";
import type { LogSigner, LogStore } from "../model/ports/log.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { grow } from "./grow.ts";
import { type Head, isSignedBy, publish, readHead, recover, stagedName } from "./head.ts";
import { rootOf } from "./merkle.ts";
import { type NoteSigner, signNote } from "./note.ts";
import type { TreeHead } from "./proof.ts";
import { encodeStaged } from "./staging.ts";
import { partialTiles, tilePath, tileWidth } from "./tile.ts";
import { hashesIn } from "./tree.ts";

/** A log that can be written: where it lies, its name, and who signs it. */
export interface WritableLog {
  readonly store: LogStore;
  readonly origin: string;
  /** The key of the log now. */
  readonly signer: NoteSigner & Pick<LogSigner, "lastSigned" | "remember">;
}

/** What is to be entered; `next`: the key that is the log's from now on, announced by one of the entries. */
export interface Entries {
  readonly entries: readonly Uint8Array[];
  readonly next?: NoteSigner & Pick<LogSigner, "remember">;
}

export interface Appended {
  /** Index of the first new entry; the rest follow it. */
  readonly first: number;
  readonly head: Head;
}

/**
 * Enters what `make` returns, given the head before it; durable on return. Stages the files, commits the signed
 * checkpoint by compare and swap, publishes. Throws `UserError` where nothing was entered: another writer was first, the
 * key is another, or the log was put back to an earlier state (broken).
 */
export async function append(
  log: WritableLog,
  make: (before: Head | undefined) => Entries | Promise<Entries>,
): Promise<Appended> {
  const { store, signer, origin } = log;
  return store.exclusively(async () => {
    const before = recover(store);
    refuseOther(log, before);
    const { entries, next } = await make(before);
    const first = before?.size ?? 0;
    if (entries.length === 0) throw new Error("nothing to enter");
    const grown = grow(first, entries, store.read);
    store.stage(stagedName(grown.head), encodeStaged(grown.files));
    const head = sign(origin, before, grown.head, next ? [signer, next] : [signer]);
    if (!store.commit(first, head.bytes)) throw overtaken(first);
    for (const one of next ? [signer, next] : [signer]) one.remember(origin, head.size, hex(head.root));
    publishOrSay(store, first, head);
    store.discard(outgrown(first, head.size));
    return { first, head };
  });
}

/** A smaller tree, or another of the same size, would be a second history under the same key. */
function sign(origin: string, before: Head | undefined, next: TreeHead, signers: readonly NoteSigner[]): Head {
  if (before && next.size <= before.size) throw new Error(`refused to sign ${next.size} entries after ${before.size}`);
  return readHead(Buffer.from(signNote(formatCheckpoint({ origin, ...next }), signers)), "checkpoint");
}

function refuseOther({ store, origin, signer }: WritableLog, before: Head | undefined): void {
  if (before && before.origin !== origin) {
    throw new UserError(`the ledger is \`${before.origin}\`, expected \`${origin}\``, "choose another `--ledger`");
  }
  if (before && !isSignedBy(before, [signer])) {
    const signers = before.note.signatures.map(({ name, keyId }) => `\`${name}+${keyId}\``).join(", ");
    throw new UserError(
      `the ledger is signed by ${signers}, and the key at hand is \`${signer.name}+${signer.keyId}\``,
      "`--ledger-key FILE` names the right one; `freigabe ledger rotate` changes it",
    );
  }
  const last = signer.lastSigned(origin);
  if (!last) return;
  const size = before?.size ?? 0;
  const found = last.size > size ? undefined : hex(rootOf(last.size, hashesIn(size, store.read)));
  if (found === last.root) return;
  throw new UserError(
    found === undefined
      ? `the ledger has ${size} entries, and its key has signed ${last.size}: it was put back to an earlier state`
      : `the first ${last.size} entries of the ledger are others than those its key has signed`,
    "put the newest copy of the ledger back; to go on from this one would make a second history",
    exit.broken,
  );
}

/** From the commit on an entry is in, whatever happens; whoever entered it must not be told to do so again. */
function publishOrSay(store: LogStore, first: number, head: Head): void {
  try {
    publish(store, head);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = `entered (${first} to ${head.size - 1}), and not yet published: ${error.message}`;
    throw new UserError(message, "do not enter it again: the next command that writes publishes it", error.code);
  }
}

function overtaken(size: number): UserError {
  return new UserError(
    `another program wrote to the ledger after ${size} entries; nothing was entered`,
    "run it again; one writer at a time",
  );
}

/** Partial files of smaller trees whose full ones are there now (C2SP tlog-tiles, "Partial Tiles"). */
function outgrown(from: number, to: number): readonly string[] {
  return partialTiles(from)
    .filter(({ level, index }) => (index + 1) * tileWidth ** (level === "entries" ? 1 : level + 1) <= to)
    .flatMap((tile) => Array.from({ length: tileWidth - 1 }, (_, at) => tilePath({ ...tile, width: at + 1 })));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
