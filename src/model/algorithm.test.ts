import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { encodingsOf } from "../../test/kit/encodings.ts";
import { keyidOf, materialOf } from "./algorithm.ts";

const pairs = [
  ...[1, 2, 3, 4].map(() => generateKeyPairSync("ec", { namedCurve: "P-256" })),
  ...[1, 2].map(() => generateKeyPairSync("ec", { namedCurve: "P-384" })),
  ...[1, 2].map(() => generateKeyPairSync("ed25519")),
  ...[2048, 2048, 3072].map((modulusLength) => generateKeyPairSync("rsa", { modulusLength })),
].map(({ publicKey }) => publicKey);

test("a key has one material however it is written, and no other key has it", () => {
  const seen = new Map<string, number>();
  for (const [at, key] of pairs.entries()) {
    const written = encodingsOf(key).map((text) => createPublicKey(text));
    if (key.asymmetricKeyType !== "ed25519") {
      const keyids = new Set(written.map(keyidOf));
      assert.ok(keyids.size > 1, `${key.asymmetricKeyType}: the same key has ${keyids.size} keyids`);
    }
    for (const one of written) {
      const material = materialOf(one);
      assert.equal(seen.get(material) ?? at, at);
      seen.set(material, at);
    }
  }
  assert.equal(seen.size, pairs.length);
});
