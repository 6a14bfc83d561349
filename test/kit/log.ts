import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { WritableLog } from "../../src/ledger/append.ts";
import { maxCheckpoint } from "../../src/ledger/head.ts";
import { type NoteKey, noteKey } from "../../src/ledger/note.ts";
import type { CheckEntries } from "../../src/ledger/verify.ts";
import type { LogStore } from "../../src/model/ports/log.ts";

export const origin = "log.example/demo";

/** A key of a log that remembers in memory. */
export function logKey(name = origin, pair = generateKeyPairSync("ed25519")): WritableLog["signer"] & NoteKey {
  const { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject } = pair;
  const memory = new Map<string, { size: number; root: string }>();
  return {
    ...noteKey(name, publicKey)!,
    sign: (bytes) => sign(null, bytes, privateKey),
    lastSigned: (of) => memory.get(of),
    remember: (of, size, root) => void memory.set(of, { size, root }),
  };
}

export const noCheck: CheckEntries = async () => [];

export const entry = (text: string) => new Uint8Array(Buffer.from(text));

/** What is published as the checkpoint, as text. */
export function published(store: LogStore): string {
  return Buffer.from(store.read("checkpoint", maxCheckpoint) ?? []).toString();
}
