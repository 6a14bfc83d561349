const standard = /^[A-Za-z0-9+/]*={0,2}$/;
const urlSafe = /^[A-Za-z0-9_-]*={0,2}$/;

/**
 * The bytes of base64 text in the standard or the URL-safe alphabet (RFC 4648 sections 4 and 5, both allowed by DSSE);
 * undefined for anything else: mixed alphabets, white space, wrong padding, bits beyond the last byte. Only URL-safe
 * text may leave out its padding.
 */
export function readBase64(text: string): Uint8Array | undefined {
  const isStandard = standard.test(text);
  if (!isStandard && !urlSafe.test(text)) return undefined;
  const bytes = Buffer.from(text, isStandard ? "base64" : "base64url");
  const again = bytes.toString(isStandard ? "base64" : "base64url");
  const whole = isStandard ? again : again.padEnd(Math.ceil(again.length / 4) * 4, "=");
  return text === again || text === whole ? new Uint8Array(bytes) : undefined;
}
