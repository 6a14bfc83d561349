import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  documentOf,
  envelopeOf,
  fileOf,
  type Person,
  person,
  sample,
  sha256,
  signedBy,
} from "../../test/kit/evidence.ts";
import type { TrustedKey } from "../model/evidence.ts";
import type { Statement } from "../model/statement.ts";
import { readEvidence } from "../readers/dsse.ts";
import { checkStatement, type StatementCheck } from "./check.ts";
import { encodeEnvelope, encodeStatement, signStatement } from "./encode.ts";
import { gatherEvidence } from "./gather.ts";

const body = person("body", "BODY");
const at = { knownAt: "2026-06-01", demo: false };
const good = sample("certificate");

const check = (statement: Statement, people: readonly Person[], trust: readonly TrustedKey[], view = at) =>
  checkStatement(signedBy(statement, ...people), trust, view);
const withKey = (changes: Partial<TrustedKey>, view = at) => check(good, [body], [{ ...body.key, ...changes }], view);
const failing = ({ steps, evidence }: StatementCheck) => {
  const failed = steps.filter(({ holds }) => !holds);
  assert.equal(evidence === undefined, failed.length > 0);
  return failed.map(({ name, detail }) => `${name}: ${detail}`).join("\n");
};

test("a good statement becomes evidence, and every step says what holds", () => {
  const document = signedBy(good, body);
  const { steps, evidence, problem, later } = checkStatement(document, [body.key], at);
  assert.deepEqual(
    steps.map(({ name, holds }) => [name, holds]),
    ["signer", "signature", "content", "time", "entitlement", "subject"].map((name) => [name, true]),
  );
  const { file, digest } = document;
  assert.deepEqual(evidence, {
    statement: good,
    grade: "issuer",
    signers: [body.key],
    signedOn: "2026-03-01",
    file,
    digest,
  });
  assert.deepEqual([problem, later], [undefined, false]);
});

test("unknown signer", () => {
  assert.match(failing(check(good, [body], [person("body", "BODY").key])), /^signer: no trusted key/);
  assert.match(failing(check(good, [body], [])), /^signer/);
});

test("a demonstration key counts only in a demo", () => {
  assert.match(failing(withKey({ id: "DEMO-body" })), /^signer: .*only in a demo/);
  assert.equal(failing(withKey({ id: "DEMO-body" }, { ...at, demo: true })), "");
});

test("key ended before the signature, or not begun", () => {
  assert.match(failing(withKey({ until: "2026-02-28" })), /^time: .*was valid until 2026-02-28, signed on 2026-03-01/);
  assert.match(failing(withKey({ retired: "2026-02-28" })), /^time: .*was valid until 2026-02-28/);
  assert.equal(failing(withKey({ until: "2026-06-01" })), "", "the last day counts");
});

test("key valid now but not when it signed", () => {
  assert.match(failing(withKey({ from: "2026-03-02" })), /^time: .*valid from 2026-03-02, signed on 2026-03-01/);
});

test("key valid when it signed but not any more: only a ledger entry could prove the day", () => {
  assert.match(failing(withKey({ until: "2026-05-31" })), /^time: .*ledger entry/);
  assert.match(failing(withKey({ retired: "2026-05-31" })), /^time: .*ledger entry/);
  assert.equal(failing(withKey({ retired: "2026-05-31" }, { ...at, knownAt: "2026-05-31" })), "");
});

test("key compromised later: void from the day that is known, and not before", () => {
  assert.match(failing(withKey({ compromised: "2026-05-01" })), /^time: .*compromised since 2026-05-01/);
  assert.equal(failing(withKey({ compromised: "2026-05-01" }, { ...at, knownAt: "2026-04-30" })), "");
});

test("signed after known-at: not yet known, which is no problem", () => {
  const { later, problem, evidence } = withKey({}, { ...at, knownAt: "2026-02-28" });
  assert.deepEqual([later, problem, evidence], [true, undefined, undefined]);
  const broken = check(sample("certificate", { issued: "2026-02-30" }), [body], [body.key], {
    ...at,
    knownAt: "2026-02-01",
  });
  assert.deepEqual([broken.later, broken.problem?.code], [false, "not-evidence"]);
});

test("wrong role, and scheme out of scope", () => {
  assert.match(failing(withKey({ role: "lab" })), /^entitlement: .*role lab, and a certificate comes from body/);
  assert.match(failing(withKey({ schemes: ["BSZ"] })), /^entitlement: .*does not speak for scheme `NESAS-CCS-GI`/);
});

test("content that does not hold together is named by its pointer", () => {
  const { problem } = check(sample("certificate", { until: "2020-01-01" }), [body], [body.key]);
  assert.deepEqual([problem?.code, problem?.place.pointer, problem?.rows], ["not-evidence", "/predicate/until", 0]);
});

test("a subject that names another release than the statement", () => {
  const other = { ...good, subjects: [{ name: "DEMO-AMF@22.0", digest: { sha256: sha256("x") } }] };
  assert.match(failing(check(other, [body], [body.key])), /^subject: .*`DEMO-AMF@22.0` is not `DEMO-AMF@21.3`/);
});

const [one, two] = [person("operator", "ONE"), person("approver", "TWO")];
const transcriptOf = { title: "T", address: "A", seen: "2026-03-01", digest: { sha256: sha256("document") } };
const copy: Statement = {
  ...sample("certificate", { transcriptOf }),
  subjects: [{ name: "T", digest: { sha256: sha256("document") } }],
};

test("a transcript by two people", () => {
  const { evidence } = check(copy, [two, one], [two.key, one.key]);
  assert.deepEqual([evidence?.grade, evidence?.signers.map(({ id }) => id)], ["transcript", ["one", "two"]]);
});

test("a transcript with one signer, the same signer twice, or one whose key has ended", () => {
  assert.match(failing(check(copy, [one], [one.key, two.key])), /^entitlement: .*two signers/);
  assert.match(failing(check(copy, [one, one], [one.key, { ...one.key, id: "other" }])), /^entitlement: .*two signers/);
  assert.match(failing(check(copy, [one, two], [one.key, { ...two.key, until: "2026-05-01" }])), /^entitlement/);
});

test("a transcript of another document than its subject", () => {
  const other = { ...copy, subjects: [{ name: "T", digest: { sha256: sha256("other document") } }] };
  assert.match(failing(check(other, [one, two], [one.key, two.key])), /^subject: digest/);
});

test("signatures of strangers are passed over, a broken one of a known key spoils the envelope", () => {
  const stranger = person("body", "X");
  assert.equal(failing(check(good, [stranger, body], [body.key])), "");
  const { envelope } = signedBy(good, body, stranger);
  const [first, second] = envelope.signatures;
  const swapped = { ...envelope, signatures: [first!, { keyid: stranger.key.keyid, sig: first!.sig }] };
  assert.equal(failing(checkStatement(documentOf(encodeEnvelope(swapped)), [body.key], at)), "");
  const trust = [body.key, stranger.key];
  assert.match(
    failing(checkStatement(documentOf(encodeEnvelope(swapped)), trust, at)),
    /^signature: the signature of `x`/,
  );
  assert.ok(second);
});

test("a keyid is only a hint: none at all, or that of witness, finds the key too", () => {
  const { envelope } = signedBy(good, body);
  for (const hint of [{}, { keyid: sha256(body.key.publicKey) }]) {
    const signatures = envelope.signatures.map(({ sig }) => ({ ...hint, sig }));
    assert.equal(failing(checkStatement(documentOf(encodeEnvelope({ ...envelope, signatures })), [body.key], at)), "");
  }
  const signatures = envelope.signatures.map(({ sig }) => ({ keyid: one.key.keyid, sig }));
  const lying = documentOf(encodeEnvelope({ ...envelope, signatures }));
  assert.match(failing(checkStatement(lying, [body.key, one.key], at)), /^signature/);
});

test("a flipped bit anywhere in payload or signature is noticed", () => {
  const { envelope } = signedBy(good, body);
  const flip = (bytes: Uint8Array, bit: number) =>
    bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  const bits = envelope.payload.length * 8;
  fc.assert(
    fc.property(fc.nat(bits - 1), fc.nat(511), (inPayload, inSig) => {
      const payload = { ...envelope, payload: flip(envelope.payload, inPayload) };
      const signatures = envelope.signatures.map(({ sig, ...rest }) => ({ ...rest, sig: flip(sig, inSig) }));
      for (const changed of [payload, { ...envelope, signatures }]) {
        const { steps, evidence } = checkStatement(documentOf(encodeEnvelope(changed)), [body.key], at);
        assert.equal(evidence, undefined);
        assert.ok(steps.some(({ name, holds }) => name === "signature" && !holds));
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

test("statement v0.1 is read and never decides, however well it is signed", () => {
  const old = Buffer.from(encodeStatement(good)).toString().replace("Statement/v1", "Statement/v0.1");
  const document = documentOf(envelopeOf(old, body.signer));
  assert.equal(
    failing(checkStatement(document, [body.key], at)),
    "content: expected statement type `https://in-toto.io/Statement/v1`, got `https://in-toto.io/Statement/v0.1`",
  );
});

test("gathering accounts for every document, in the order of files", () => {
  const text = signStatement(good, [body.signer]);
  const files = [
    fileOf("evidence/d.json", text),
    fileOf(
      "evidence/c.json",
      signStatement(sample("certificate", { signedAt: "2026-12-01T00:00:00Z" }), [body.signer]),
    ),
    fileOf("evidence/b.json", "{"),
    fileOf("evidence/a.json", text),
    fileOf("evidence/e.json", '{"bomFormat":"CycloneDX"}'),
    fileOf("evidence/f.json", signStatement(good, [one.signer])),
  ];
  const gathered = gatherEvidence(files.map(readEvidence), [body.key], at);
  assert.deepEqual(
    gathered.evidence.map(({ file }) => file),
    ["evidence/a.json", "evidence/d.json"],
  );
  assert.deepEqual(
    gathered.problems.map(({ code, place, rows }) => [place.file, code, rows]),
    [
      ["evidence/b.json", "not-json", 0],
      ["evidence/f.json", "not-evidence", 0],
    ],
  );
  assert.deepEqual([gathered.later, gathered.unsigned], [1, 1]);
  assert.deepEqual(gatherEvidence(files.toReversed().map(readEvidence), [body.key], at), gathered);
});
