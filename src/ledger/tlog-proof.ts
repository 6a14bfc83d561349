import { decodeBase64 } from "./base64.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { type Hash, hashBytes } from "./merkle.ts";
import type { Note } from "./note.ts";

/** A proof that an entry is in a log, as one file (C2SP tlog-proof). */
export interface TlogProof {
  /** Not covered by any signature; here the entry itself, which its hash covers. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
}

const header = "c2sp.org/tlog-proof@v1";
const longestPath = 64;

/** The proof as text. */
export function formatTlogProof({ extra, index, path, checkpoint }: TlogProof): string {
  const lines = [
    header,
    ...(extra ? [`extra ${Buffer.from(extra).toString("base64")}`] : []),
    `index ${index}`,
    ...path.map((hash) => Buffer.from(hash).toString("base64")),
  ];
  return `${lines.join("\n")}\n\n${Buffer.from(checkpoint).toString("utf8")}`;
}

/** Whether a text begins as such proofs do. */
export function looksLikeTlogProof(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, header.length + 1)).toString("latin1") === `${header}\n`;
}

/** Reads a proof; undefined if the bytes are none. Nothing is verified. */
export function parseTlogProof(
  bytes: Uint8Array,
): (TlogProof & { readonly head: Checkpoint; readonly note: Note }) | undefined {
  const end = Buffer.from(bytes).indexOf("\n\n");
  if (end < 0) return undefined;
  const [first, ...lines] = Buffer.from(bytes.subarray(0, end)).toString("latin1").split("\n");
  const extraText = lines[0]?.startsWith("extra ") ? lines.shift()!.slice("extra ".length) : undefined;
  const extra = extraText === undefined ? undefined : decodeBase64(extraText);
  const [, digits = ""] = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "") ?? [];
  const path = lines.map(decodeBase64);
  const checkpoint = bytes.subarray(end + 2);
  const read = parseCheckpoint(checkpoint);
  if (first !== header || digits === "" || !read || path.length > longestPath) return undefined;
  if (!path.every((hash) => hash?.length === hashBytes) || (extraText !== undefined && !extra)) return undefined;
  return {
    index: Number(digits),
    path: path.flatMap((hash) => hash ?? []),
    checkpoint,
    head: read.checkpoint,
    note: read.note,
    ...(extra && { extra }),
  };
}
