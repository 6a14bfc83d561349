/** Signatures that others have published: Wycheproof's edge cases, and attestations made by in-toto's witness. */
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Type from "typebox";
import { checkStatement } from "../src/evidence/check.ts";
import { gatherEvidence } from "../src/evidence/gather.ts";
import { preAuthEncoding, verifySignature } from "../src/evidence/signature.ts";
import { keyidOf } from "../src/model/algorithm.ts";
import { checkShape } from "../src/model/check.ts";
import type { TrustedKey } from "../src/model/evidence.ts";
import { readJson } from "../src/readers/json.ts";
import { documentOf } from "./kit/evidence.ts";

const folder = join(process.env.FREIGABE_DATA ?? "../shared/data", "attestations");
const skip = existsSync(folder) ? false : `SKIPPED: real data not found at ${folder}`;

const Vectors = Type.Object({
  testGroups: Type.Array(
    Type.Object({
      publicKeyPem: Type.String(),
      tests: Type.Array(
        Type.Object({ tcId: Type.Integer(), msg: Type.String(), sig: Type.String(), result: Type.String() }),
      ),
    }),
  ),
});
const Policy = Type.Object({
  publickeys: Type.Record(Type.String(), Type.Object({ keyid: Type.String(), key: Type.String() })),
});

function readAs<S extends typeof Vectors | typeof Policy>(schema: S, bytes: Uint8Array, name: string): Type.Static<S> {
  const json = readJson(bytes, name);
  assert.deepEqual(json.problems, []);
  const checked = checkShape(schema, json.value, { file: name });
  if ("value" in checked) return checked.value;
  throw new Error(JSON.stringify(checked.problems));
}

for (const [name, valid, invalid] of [
  ["ed25519_test.json", 88, 63],
  ["ecdsa_secp256r1_sha256_p1363_test.json", 173, 89],
] as const) {
  test(`Wycheproof ${name}: valid ones hold, invalid ones do not`, { skip }, () => {
    const { testGroups } = readAs(Vectors, readFileSync(join(folder, "wycheproof", name)), name);
    const results = testGroups.flatMap(({ publicKeyPem, tests }) => {
      const key = createPublicKey(publicKeyPem);
      return tests.map(({ tcId, msg, sig, result }) => {
        const holds = verifySignature(key, Buffer.from(msg, "hex"), Buffer.from(sig, "hex"));
        return { tcId, result, agrees: holds === (result === "valid") };
      });
    });
    assert.deepEqual(
      results.filter(({ agrees }) => !agrees),
      [],
    );
    const count = (wanted: string) => results.filter(({ result }) => result === wanted).length;
    assert.deepEqual([count("valid"), count("invalid")], [valid, invalid]);
  });
}

const witness = (name: string) =>
  documentOf(readFileSync(join(folder, "witness", `${name}.json`), "utf8"), `${name}.json`);

/** The keys that the signed policy of witness names, as if they stood in `trust/`. */
function policyKeys(): readonly TrustedKey[] {
  const { envelope } = witness("policy-signed");
  const { publickeys } = readAs(Policy, envelope.payload, "policy");
  return Object.values(publickeys).map(({ key }, index) => {
    const publicKey = Buffer.from(key, "base64").toString("utf8");
    const keyid = keyidOf(createPublicKey(publicKey));
    return { id: `witness-${index}`, party: "witness", role: "lab", keyid, publicKey, from: "2000-01-01" };
  });
}

test("witness attestations: the signatures hold with the policy's keys, and for nothing else", { skip }, () => {
  const keys = policyKeys();
  for (const name of ["build.attestation", "package.attestation", "policy-signed"]) {
    const { envelope } = witness(name);
    const sig = envelope.signatures[0]!.sig;
    const signed = preAuthEncoding(envelope.payloadType, envelope.payload);
    const holding = keys.filter(({ publicKey }) => verifySignature(createPublicKey(publicKey), signed, sig));
    assert.equal(holding.length, 1, name);
    const other = preAuthEncoding(`${envelope.payloadType}x`, envelope.payload);
    assert.ok(!verifySignature(createPublicKey(holding[0]!.publicKey), other, sig), name);
  }
});

test("witness attestations: Statement v0.1 is read with its signature, and never decides", { skip }, () => {
  const documents = ["build.attestation", "package.attestation"].map(witness);
  const at = { knownAt: "2026-06-01", demo: false };
  for (const document of documents) {
    const { steps, evidence } = checkStatement(document, policyKeys(), at);
    assert.equal(evidence, undefined);
    assert.deepEqual(
      steps.map(({ name, holds }) => [name, holds]),
      [
        ["signer", true],
        ["signature", true],
        ["content", false],
      ],
    );
    assert.match(steps[2]!.detail, /got `https:\/\/in-toto.io\/Statement\/v0.1`/);
  }
  const { evidence, problems } = gatherEvidence(documents, policyKeys(), at);
  assert.deepEqual([evidence.length, problems.length], [0, 2]);
});
