import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { lstatSync, rmSync, statSync } from "node:fs";
import { type Algorithm, algorithmOf, keyidOf } from "../model/algorithm.ts";
import { UserError } from "../model/errors.ts";
import type { Signer } from "../model/ports/signer.ts";
import { readNamed } from "./folder.ts";
import { writeDurably } from "./write.ts";

const maxKeyBytes = 64_000;
const groupAndOthers = 0o077;

/** A private key file as something that signs, with the public key to check it by. */
export interface FileSigner extends Signer {
  readonly algorithm: Algorithm;
  /** SubjectPublicKeyInfo as PEM. */
  readonly publicKey: string;
}

/** A fresh key pair as PEM: PKCS#8 and SubjectPublicKeyInfo. */
export interface KeyPair {
  readonly keyid: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Makes a key pair in memory: Ed25519, ECDSA on P-256 or P-384, or RSA of 3,072 bits. */
export function makeKeyPair(algorithm: Algorithm): KeyPair {
  const { publicKey, privateKey } = generators[algorithm]();
  const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { keyid: keyidOf(publicKey), publicKey: pemOf(publicKey), privateKey: privatePem };
}

/** Where `writeKeyPair` puts the public key. */
export function publicFileOf(path: string): string {
  return `${path}.pub`;
}

/**
 * Writes the private key, readable by its owner alone, to `path` and the public one to `path.pub`. Throws `UserError` if
 * either file exists; then nothing is written.
 */
export function writeKeyPair(path: string, pair: KeyPair): void {
  for (const file of [path, publicFileOf(path)]) {
    if (!lstatSync(file, { throwIfNoEntry: false })) continue;
    throw new UserError(`\`${file}\` exists already`, "keys are never overwritten; choose another name");
  }
  writeDurably(path, pair.privateKey, { mode: 0o600, exclusive: true });
  try {
    writeDurably(publicFileOf(path), pair.publicKey, { mode: 0o644, exclusive: true });
  } catch (error) {
    rmSync(path);
    throw error;
  }
}

/**
 * Opens a private key file. Throws `UserError` if it is missing, readable by others than its owner, encrypted, or not a
 * key of a supported algorithm. What it holds is never shown.
 */
export function openSigner(path: string): FileSigner {
  const file = readNamed(path, maxKeyBytes);
  if (!file) throw new UserError(`no key file \`${path}\``, "`freigabe certify key --out FILE` makes one");
  refuseIfShared(path);
  return signerFrom(Buffer.from(file.bytes).toString("utf8"), path);
}

/** A private key as PEM text as something that signs; `name` is how errors call it. Throws `UserError` as `openSigner`. */
export function signerFrom(pem: string, name: string): FileSigner {
  const key = parsePrivateKey(pem, name);
  const answer = algorithmOf(key);
  if ("unsupported" in answer) {
    throw new UserError(`key file \`${name}\`: unsupported ${answer.unsupported}`, "use Ed25519, P-256, P-384 or RSA");
  }
  const { algorithm } = answer;
  return {
    algorithm,
    keyid: keyidOf(key),
    publicKey: pemOf(createPublicKey(key)),
    sign: (bytes) => new Uint8Array(signers[algorithm](key, bytes)),
  };
}

/** Permissions mean nothing on Windows, which guards files otherwise. */
function refuseIfShared(path: string): void {
  const mode = statSync(path).mode;
  if (process.platform === "win32" || (mode & groupAndOthers) === 0) return;
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  throw new UserError(
    `key file \`${path}\` has mode ${octal}, so others can use it; expected 0600`,
    `chmod 600 ${path}`,
  );
}

function parsePrivateKey(pem: string, path: string): KeyObject {
  if (pem.includes("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.includes("Proc-Type: 4,ENCRYPTED")) {
    throw new UserError(
      `key file \`${path}\` is encrypted, expected a plain one`,
      "decrypt it with `openssl pkey` first",
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw new UserError(`\`${path}\` is not a private key`, "expected PKCS#8 as PEM (`-----BEGIN PRIVATE KEY-----`)");
  }
}

const generators: Readonly<Record<Algorithm, () => { publicKey: KeyObject; privateKey: KeyObject }>> = {
  ed25519: () => generateKeyPairSync("ed25519"),
  p256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  p384: () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  "rsa-pss": () => generateKeyPairSync("rsa", { modulusLength: 3072 }),
};

const signers: Readonly<Record<Algorithm, (key: KeyObject, bytes: Uint8Array) => Uint8Array>> = {
  ed25519: (key, bytes) => sign(null, bytes, key),
  p256: (key, bytes) => sign("sha256", bytes, { key, dsaEncoding: "der" }),
  p384: (key, bytes) => sign("sha384", bytes, { key, dsaEncoding: "der" }),
  "rsa-pss": (key, bytes) =>
    sign("sha256", bytes, {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
};

function pemOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}
