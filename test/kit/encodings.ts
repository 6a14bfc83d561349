/** Other ways of writing a public key: the same key, other bytes, and so another keyid. */
import { createPublicKey, ECDH, type KeyObject } from "node:crypto";

const pem = (der: Uint8Array) =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.from(der)
    .toString("base64")
    .match(/.{1,64}/g)
    ?.join("\n")}\n-----END PUBLIC KEY-----\n`;

/** A DER value: tag, length, content (X.690, 8.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const bytes = content.length < 0x80 ? [content.length] : [...lengthOf(content.length)];
  return Buffer.concat([Uint8Array.from([tag, ...bytes]), content]);
}

function lengthOf(length: number): readonly number[] {
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return [0x80 + bytes.length, ...bytes];
}

const bits = (content: Uint8Array) => der(0x03, Uint8Array.of(0), content);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const nothing = Uint8Array.of(0x05, 0x00);
const rsa = { plain: "2a864886f70d010101", pss: "2a864886f70d01010a" };
const curves: Readonly<Record<string, readonly [name: string, oid: string]>> = {
  "P-256": ["prime256v1", "2a8648ce3d030107"],
  "P-384": ["secp384r1", "2b81040022"],
};

/** The public key as PEM in every way that we know to write it; the usual one first. */
export function encodingsOf(key: KeyObject): readonly string[] {
  const usual = key.export({ type: "spki", format: "pem" }).toString();
  if (key.asymmetricKeyType === "rsa") {
    const content = bits(key.export({ type: "pkcs1", format: "der" }));
    const as = (...algorithm: readonly Uint8Array[]) => pem(der(0x30, der(0x30, ...algorithm), content));
    return [usual, as(oid(rsa.plain), nothing), as(oid(rsa.pss)), as(oid(rsa.plain))].filter(isRead);
  }
  if (key.asymmetricKeyType !== "ec") return [usual, usual.replaceAll("\n", "\r\n")];
  const { crv, x = "", y = "" } = key.export({ format: "jwk" });
  const [name, curve] = curves[crv ?? ""]!;
  const plain = Buffer.concat([Uint8Array.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  const forms = (["uncompressed", "compressed", "hybrid"] as const).map((form) =>
    Buffer.from(ECDH.convertKey(plain, name, undefined, "hex", form) as string, "hex"),
  );
  return forms.map((form) => pem(der(0x30, der(0x30, oid("2a8648ce3d0201"), oid(curve)), bits(form))));
}

/** OpenSSL takes some ways of writing a key and refuses others; only those it takes can be in `trust/`. */
function isRead(text: string): boolean {
  try {
    return createPublicKey(text) !== undefined;
  } catch {
    return false;
  }
}
