import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { algorithms } from "../model/algorithm.ts";
import { UserError } from "../model/errors.ts";
import { makeKeyPair, openSigner, writeKeyPair } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-keys-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);
const refuses = (run: () => unknown, message: RegExp, hint = /./) =>
  assert.throws(run, (error) => {
    assert.ok(error instanceof UserError);
    assert.doesNotMatch(`${error.message}${error.hint}`, /BEGIN PRIVATE KEY-----\n/);
    return message.test(error.message) && hint.test(error.hint ?? "");
  });

test("a key pair: private for its owner alone, public for all, and the same key", () => {
  for (const algorithm of algorithms) {
    const pair = makeKeyPair(algorithm);
    writeKeyPair(path(algorithm), pair);
    assert.equal(statSync(path(algorithm)).mode & 0o777, 0o600);
    assert.equal(statSync(path(`${algorithm}.pub`)).mode & 0o777, 0o644);
    assert.equal(readFileSync(path(`${algorithm}.pub`), "utf8"), pair.publicKey);
    const signer = openSigner(path(algorithm));
    assert.deepEqual([signer.keyid, signer.algorithm, signer.publicKey], [pair.keyid, algorithm, pair.publicKey]);
  }
});

test("keys are never overwritten, and no half of a pair is left", () => {
  refuses(() => writeKeyPair(path("ed25519"), makeKeyPair("ed25519")), /exists already/, /never overwritten/);
  writeFileSync(path("taken.pub"), "x");
  refuses(() => writeKeyPair(path("taken"), makeKeyPair("ed25519")), /taken.pub` exists already/);
  assert.ok(!existsSync(path("taken")));
});

test("a private key that others can read is refused with the way to mend it", () => {
  for (const mode of [0o640, 0o604, 0o660, 0o644]) {
    chmodSync(path("p256"), mode);
    refuses(() => openSigner(path("p256")), /others can use it; expected 0600/, /^chmod 600 /);
  }
  chmodSync(path("p256"), 0o400);
  assert.equal(openSigner(path("p256")).algorithm, "p256");
});

test("what is no usable private key is refused in words", () => {
  const write = (name: string, text: string) => writeFileSync(path(name), text, { mode: 0o600 });
  refuses(() => openSigner(path("none")), /no key file/, /certify key/);
  write("nonsense", "nonsense");
  refuses(() => openSigner(path("nonsense")), /is not a private key/);
  write("public", readFileSync(path("p256.pub"), "utf8"));
  refuses(() => openSigner(path("public")), /is not a private key/);
  const { privateKey } = generateKeyPairSync("ed25519");
  const encryption = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" } as const;
  write("encrypted", privateKey.export(encryption).toString());
  refuses(() => openSigner(path("encrypted")), /is encrypted/, /openssl pkey/);
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  write("weak", weak.export({ type: "pkcs8", format: "pem" }).toString());
  refuses(() => openSigner(path("weak")), /RSA of 1024 bits/);
});
