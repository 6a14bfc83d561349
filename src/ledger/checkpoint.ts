import { decodeBase64 } from "./base64.ts";
import { hashBytes } from "./merkle.ts";
import { type Note, parseNote } from "./note.ts";
import type { TreeHead } from "./proof.ts";

/** What a checkpoint says (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
}

/** Reads a signed checkpoint; undefined if the bytes are none. Extension lines are let pass. Nothing is verified. */
export function parseCheckpoint(
  bytes: Uint8Array,
): { readonly checkpoint: Checkpoint; readonly note: Note } | undefined {
  const note = parseNote(bytes);
  const [origin = "", count = "", hash = "", ...extensions] = note?.text.slice(0, -1).split("\n") ?? [];
  const size = /^(0|[1-9][0-9]{0,15})$/.test(count) ? Number(count) : Number.NaN;
  const root = decodeBase64(hash);
  if (!note || origin === "" || !Number.isSafeInteger(size) || root?.length !== hashBytes) return undefined;
  return extensions.includes("") ? undefined : { checkpoint: { origin, size, root }, note };
}
