import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { decodeBase64 } from "./base64.ts";

/** A signed note (C2SP signed-note): a text that ends in a newline, and signatures under it. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** First four bytes, as hex. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A key that verifies notes: its name, its id, and the Ed25519 key. */
export interface NoteKey {
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** Something that signs the bytes of a note under a name. */
export interface NoteSigner extends NoteKey {
  sign(bytes: Uint8Array): Uint8Array;
}

const maxNote = 100_000;
const mostSignatures = 64;
const ed25519 = 1;
const keyName = /^[^\s+\p{Z}]+$/u;
const signatureLine = /^— ([^ ]+) ([A-Za-z0-9+/]+=*)$/u;

/** The key of a name and an Ed25519 public key; undefined if either is none. */
export function noteKey(name: string, publicKey: KeyObject): NoteKey | undefined {
  if (!keyName.test(name) || publicKey.asymmetricKeyType !== "ed25519") return undefined;
  return {
    name,
    keyId: hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), material(publicKey)])).slice(0, 8),
    publicKey,
  };
}

/** Type byte and 32 bytes of the key: what a verifier key and a key id are made of. */
function material(publicKey: KeyObject): Buffer {
  const { x = "" } = publicKey.export({ format: "jwk" });
  return Buffer.concat([Buffer.of(ed25519), Buffer.from(x, "base64url")]);
}

/** A verifier key as text, `NAME+ID+KEY`. */
export function formatVerifierKey({ name, keyId, publicKey }: NoteKey): string {
  return `${name}+${keyId}+${material(publicKey).toString("base64")}`;
}

/** Reads a verifier key; undefined if it is none of an Ed25519 key, or its parts do not fit each other. */
export function parseVerifierKey(text: string): NoteKey | undefined {
  const [name = "", keyId = "", ...rest] = text.split("+");
  // Base64 has plus signs of its own.
  const bytes = decodeBase64(rest.join("+"));
  if (bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(bytes.subarray(1)).toString("base64url") };
  const key = noteKey(name, createPublicKey({ key: jwk, format: "jwk" }));
  return key?.keyId === keyId ? key : undefined;
}

/** A text with the signature of every signer. `text` ends in a newline and has no control characters. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith("\n") || hasControl(Buffer.from(text)))
    throw new Error("a note is text without control characters that ends in a newline");
  const lines = signers.map(({ name, keyId, sign }) => {
    const signature = Buffer.concat([Buffer.from(keyId, "hex"), sign(Buffer.from(text))]);
    return `— ${name} ${signature.toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** Reads a note; undefined if the bytes are none. Nothing is verified. */
export function parseNote(bytes: Uint8Array): Note | undefined {
  if (bytes.length > maxNote) return undefined;
  const whole = Buffer.from(bytes).toString("utf8");
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || !whole.endsWith("\n") || hasControl(bytes) || !Buffer.from(whole).equals(bytes)) return undefined;
  const lines = whole.slice(end + 2, -1).split("\n");
  if (lines.length > mostSignatures) return undefined;
  const signatures = lines.flatMap((line) => parseSignature(line) ?? []);
  return signatures.length === lines.length ? { text: whole.slice(0, end + 1), signatures } : undefined;
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name = "", text = ""] = signatureLine.exec(line) ?? [];
  const bytes = decodeBase64(text);
  if (!bytes || bytes.length < 5 || !keyName.test(name)) return undefined;
  return { name, keyId: Buffer.from(bytes.subarray(0, 4)).toString("hex"), signature: bytes.subarray(4) };
}

/**
 * The known keys whose signatures hold. Signatures of unknown keys are passed over; one of a known key that does not
 * hold spoils the note: undefined.
 */
export function verifyNote(note: Note, known: readonly NoteKey[]): readonly NoteKey[] | undefined {
  const text = Buffer.from(note.text);
  const holding = new Set<NoteKey>();
  for (const { name, keyId, signature } of note.signatures) {
    const key = known.find((one) => one.name === name && one.keyId === keyId);
    if (key && !verify(null, text, key.publicKey, signature)) return undefined;
    if (key) holding.add(key);
  }
  return [...holding];
}

/** Control characters below a space, other than newlines. */
function hasControl(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x0a);
}
