import { createHash, createPublicKey, type KeyObject } from "node:crypto";

/** Signature algorithms that Freigabe makes and checks. */
export const algorithms = ["ed25519", "p256", "p384", "rsa-pss"] as const;
export type Algorithm = (typeof algorithms)[number];

const curves: Readonly<Record<string, Algorithm>> = { prime256v1: "p256", secp384r1: "p384" };
const rsaBits = { least: 2048, most: 8192 } as const;

/**
 * The algorithm a key signs with, or what stands against the key: another type or curve, or RSA outside 2,048 to 8,192
 * bits (below: weak, BSI TR-02102-1; above: checking takes too long).
 */
export function algorithmOf(key: KeyObject): { readonly algorithm: Algorithm } | { readonly unsupported: string } {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ed25519") return { algorithm: "ed25519" };
  if (key.asymmetricKeyType === "ec") {
    const algorithm = curves[namedCurve ?? ""];
    return algorithm ? { algorithm } : { unsupported: `elliptic curve \`${namedCurve}\`` };
  }
  if (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss") {
    const bits = modulusLength ?? 0;
    if (bits >= rsaBits.least && bits <= rsaBits.most) return { algorithm: "rsa-pss" };
    return { unsupported: `RSA of ${bits} bits, expected ${rsaBits.least} to ${rsaBits.most}` };
  }
  return { unsupported: `key type \`${key.asymmetricKeyType}\`` };
}

/** SHA-256 of the SubjectPublicKeyInfo of a key (of the public half of a private one), lower-case hex: our `keyid`. */
export function keyidOf(key: KeyObject): string {
  const open = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(open.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/**
 * What makes two public keys one, however they are written: an elliptic point compressed or not, an RSA modulus as
 * `rsaEncryption` or as `rsassaPss` and with whatever exponent. Whoever has the private half of one has that of the other.
 */
export function materialOf(key: KeyObject): string {
  const { asymmetricKeyType } = key;
  const isRsa = asymmetricKeyType === "rsa" || asymmetricKeyType === "rsa-pss";
  const { kty, crv, x, y, n } = (isRsa ? asPlainRsa(key) : key).export({ format: "jwk" });
  return JSON.stringify(isRsa ? [kty, n] : [kty, crv, x, y]);
}

/** The same RSA key under the plain OID, which alone can be exported as JWK: the RSAPublicKey inside the SPKI (RFC 8017, A.1.1). */
function asPlainRsa(key: KeyObject): KeyObject {
  const spki = key.export({ type: "spki", format: "der" });
  const algorithm = contentAt(spki, contentAt(spki, 0).start);
  const bits = contentAt(spki, algorithm.end);
  return createPublicKey({ key: spki.subarray(bits.start + 1, bits.end), format: "der", type: "pkcs1" });
}

/** Where the content of the DER value at `at` begins and ends (X.690, 8.1.3). */
function contentAt(der: Uint8Array, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + more;
  const length = more === 0 ? first : der.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}
