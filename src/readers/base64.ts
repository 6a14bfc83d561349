const standard = /^[A-Za-z0-9+/]*={0,2}$/;
const urlSafe = /^[A-Za-z0-9_-]*={0,2}$/;

/**
 * The bytes of base64 text in the standard or the URL-safe alphabet (RFC 4648 sections 4 and 5, both allowed by DSSE);
 * undefined for anything else: mixed alphabets, white space, wrong padding, bits beyond the last byte. Padding may be left
 * out where the alphabet allows for URL-safe text.
 */
export function readBase64(text: string): Uint8Array | undefined {
  const isUrlSafe = urlSafe.test(text);
  if (!isUrlSafe && !standard.test(text)) return undefined;
  const alphabet = isUrlSafe ? "base64url" : "base64";
  const bytes = Buffer.from(text, alphabet);
  const again = bytes.toString(alphabet);
  const padded = again.padEnd(Math.ceil(again.length / 4) * 4, "=");
  return text === padded || (isUrlSafe && text === again) ? new Uint8Array(bytes) : undefined;
}
