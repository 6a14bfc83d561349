/**
 * The bytes of a base64 text (RFC 4648, 4); undefined unless it is the one text that these bytes have: Node passes over
 * what does not belong, and a text of which a bit could be changed unseen is no record.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : undefined;
}
