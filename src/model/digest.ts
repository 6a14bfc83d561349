/**
 * Digest algorithms of in-toto (DigestSet) that a subject may name, with the hex digits of each. Others are refused, and
 * so is a digest of another length: what nobody compares must not look as if it were.
 */
export const digestLengths: Readonly<Record<string, readonly number[]>> = {
  sha1: [40],
  sha224: [56],
  sha256: [64],
  sha384: [96],
  sha512: [128],
  sha512_224: [56],
  sha512_256: [64],
  sha3_224: [56],
  sha3_256: [64],
  sha3_384: [96],
  sha3_512: [128],
  blake2s: [64],
  blake2b: [128],
  gitCommit: [40, 64],
  gitTree: [40, 64],
  gitBlob: [40, 64],
  gitTag: [40, 64],
};

const prefix = "sha256:";

/** The SHA-256 that a text is: 64 hex digits of either case, after `sha256:` or not; in lower case. */
export function sha256In(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  const digits = plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined;
}
