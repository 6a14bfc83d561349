import { createHash } from "node:crypto";

/**
 * SHA-256 in hex of a list of suppliers as a set: order and repeats do not matter, spelling does. Two sides that have the
 * same list get the same digest, one name to a line.
 */
export function listDigest(suppliers: Iterable<string>): string {
  const names = [...new Set([...suppliers].map((name) => name.normalize("NFC").trim()))].sort();
  return createHash("sha256")
    .update(names.map((name) => `${name}\n`).join(""))
    .digest("hex");
}
