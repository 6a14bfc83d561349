import { createHash } from "node:crypto";

/** Namespace of the ids that are made here; a name like any other. */
const namespace = "4b0d2f1c-8a35-4d0e-9c57-6e1f7a2d9b40";

/** The UUID of version 5 for a text (RFC 9562, section 5.5): equal texts, equal ids. */
export function uuidOf(text: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(text)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
