import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { algorithms } from "../model/algorithm.ts";
import { makeKeyPair, signerFrom } from "../storage/keys.ts";
import { preAuthEncoding, verifySignature } from "./signature.ts";

const bytes = Buffer.from("hello world");

test("the pre-authentication encoding is that of the DSSE protocol's example", () => {
  const encoded = preAuthEncoding("http://example.com/HelloWorld", bytes);
  assert.equal(Buffer.from(encoded).toString(), "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
});

test("lengths count bytes, so text cannot move between type and payload", () => {
  assert.equal(Buffer.from(preAuthEncoding("ä", Buffer.from("ß"))).toString(), "DSSEv1 2 ä 2 ß");
  assert.notDeepEqual(preAuthEncoding("a b", Buffer.from("c")), preAuthEncoding("a", Buffer.from("b c")));
});

for (const algorithm of algorithms) {
  test(`${algorithm}: what a key signs its public half checks, and nothing else`, () => {
    const pair = makeKeyPair(algorithm);
    const key = createPublicKey(pair.publicKey);
    const sig = signerFrom(pair.privateKey, "test").sign(bytes);
    assert.ok(verifySignature(key, bytes, sig));
    assert.ok(!verifySignature(key, Buffer.from("hello worlD"), sig));
    assert.ok(!verifySignature(createPublicKey(makeKeyPair(algorithm).publicKey), bytes, sig));
    assert.ok(!verifySignature(key, bytes, new Uint8Array()));
    assert.ok(!verifySignature(key, bytes, sig.slice(1)));
  });
}

test("ECDSA is accepted as DER and as IEEE P1363 pair", () => {
  for (const [curve, hash] of [
    ["P-256", "sha256"],
    ["P-384", "sha384"],
  ] as const) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: curve });
    for (const dsaEncoding of ["der", "ieee-p1363"] as const) {
      assert.ok(verifySignature(publicKey, bytes, sign(hash, bytes, { key: privateKey, dsaEncoding })), curve);
    }
  }
});

test("RSA with the older padding, and keys of other kinds, never hold", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  assert.ok(!verifySignature(rsa.publicKey, bytes, sign("sha256", bytes, rsa.privateKey)));
  const ed448 = generateKeyPairSync("ed448");
  assert.ok(!verifySignature(ed448.publicKey, bytes, sign(null, bytes, ed448.privateKey)));
});
