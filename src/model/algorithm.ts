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
