import { constants, createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Algorithm, algorithmOf, materialOf } from "../model/algorithm.ts";
import type { TrustedKey } from "../model/evidence.ts";

const curveBytes = { p256: 32, p384: 48 } as const;
const hashes = { p256: "sha256", p384: "sha384" } as const;

/**
 * The bytes that a DSSE signature covers: type and payload with their lengths, so that neither can pass for the other
 * (DSSE v1 protocol, "PAE").
 */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `, "utf8"),
    type,
    Buffer.from(` ${payload.length} `, "utf8"),
    payload,
  ]);
}

/**
 * Whether `sig` is a signature of `bytes` by the public key: Ed25519 (RFC 8032); ECDSA with SHA-256 on P-256 or SHA-384
 * on P-384 (FIPS 186-5), as DER or as IEEE P1363 pair; RSASSA-PSS with SHA-256 (RFC 8017). A key of any other kind
 * answers false.
 */
export function verifySignature(publicKey: KeyObject, bytes: Uint8Array, sig: Uint8Array): boolean {
  const answer = algorithmOf(publicKey);
  return "algorithm" in answer && verifiers[answer.algorithm](publicKey, bytes, sig);
}

type Verifier = (key: KeyObject, bytes: Uint8Array, sig: Uint8Array) => boolean;

const verifiers: Readonly<Record<Algorithm, Verifier>> = {
  ed25519: (key, bytes, sig) => verify(null, bytes, key, sig),
  p256: ecdsaVerifier("p256"),
  p384: ecdsaVerifier("p384"),
  "rsa-pss": (key, bytes, sig) => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify("sha256", bytes, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, sig);
  },
};

function ecdsaVerifier(curve: keyof typeof curveBytes): Verifier {
  return (key, bytes, sig) => {
    if (verify(hashes[curve], bytes, { key, dsaEncoding: "der" }, sig)) return true;
    return (
      sig.length === 2 * curveBytes[curve] && verify(hashes[curve], bytes, { key, dsaEncoding: "ieee-p1363" }, sig)
    );
  };
}

interface Prepared {
  readonly publicKey: KeyObject;
  readonly material: string;
  readonly pemDigest: string;
}
/** Thousands of files are checked against the same few keys. */
const preparedKeys = new WeakMap<TrustedKey, Prepared>();

function prepared(key: TrustedKey): Prepared {
  const known = preparedKeys.get(key);
  if (known) return known;
  const pemDigest = createHash("sha256").update(`${key.publicKey.trim()}\n`).digest("hex");
  const publicKey = createPublicKey(key.publicKey);
  const fresh = { publicKey, material: materialOf(publicKey), pemDigest };
  preparedKeys.set(key, fresh);
  return fresh;
}

/** The public key of a trusted key; its reader has made sure that it can be parsed. */
export function publicKeyOf(key: TrustedKey): KeyObject {
  return prepared(key).publicKey;
}

/** How many keys there are, however each is written. */
export function differentKeys(keys: readonly TrustedKey[]): number {
  return new Set(keys.map((key) => prepared(key).material)).size;
}

/**
 * Whether the hint of a signature points to a key. A signature without hint may be by any. Beside our own keyid the
 * SHA-256 of the PEM text counts, which is what in-toto's witness writes; a hint only chooses which key to try.
 */
export function mayBeBy(keyid: string | undefined, key: TrustedKey): boolean {
  return keyid === undefined || keyid === key.keyid || keyid === prepared(key).pemDigest;
}
