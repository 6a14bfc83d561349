import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { envelopeOf, fileOf, person, sample, signedBy } from "../../test/kit/evidence.ts";
import { encodeEnvelope, encodeStatement, signStatement } from "../evidence/encode.ts";
import { digestLengths } from "../model/digest.ts";
import { statementKinds } from "../model/statement.ts";
import { readBase64 } from "./base64.ts";
import { readEvidence, recognisesEvidence } from "./dsse.ts";

const lab = person("lab", "LAB");
const good = signStatement(sample("certificate"), [lab.signer]);
const read = (text: string) => readEvidence(fileOf("evidence/DEMO.json", text));
const changed = (change: (envelope: Record<string, unknown>) => object) =>
  read(JSON.stringify(change(JSON.parse(good))));

function problemsOf(document: ReturnType<typeof read>): readonly (string | undefined)[] {
  assert.equal(document.kind, "unreadable");
  return document.kind === "unreadable"
    ? document.problems.map(({ code, place }) => `${code} ${place.pointer ?? ""}`)
    : [];
}

function contentOf(document: ReturnType<typeof read>) {
  if (document.kind !== "envelope") throw new Error("expected an envelope");
  return document.content;
}

test("every kind is read as it was written", () => {
  for (const kind of statementKinds) {
    const statement = sample(kind);
    assert.deepEqual(signedBy(statement, lab).content, { kind: "statement", statement }, kind);
  }
});

test("names tell which files are for this reader", () => {
  assert.deepEqual(["a/b.json", "a.DSSE", "a.yaml"].map(recognisesEvidence), [true, true, false]);
});

test("broken base64 is refused with its place", () => {
  assert.deepEqual(problemsOf(changed((e) => ({ ...e, payload: "a===" }))), ["not-evidence /payload"]);
  const broken = changed((e) => ({ ...e, signatures: [{ keyid: lab.key.keyid, sig: "ab c" }] }));
  assert.deepEqual(problemsOf(broken), ["not-evidence /signatures/0/sig"]);
});

test("both alphabets are read, strictly", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      for (const alphabet of ["base64", "base64url"] as const) {
        assert.deepEqual(readBase64(Buffer.from(bytes).toString(alphabet)), new Uint8Array(bytes));
      }
    }),
    { seed: 2, numRuns: 200 },
  );
  assert.deepEqual(readBase64("YQ"), readBase64("YQ=="));
  for (const text of ["+_==", "+w", "YR==", "YQ=", "YQ==\n", "Y===", "YQ==YQ==", " YQ=="]) {
    assert.equal(readBase64(text), undefined, text);
  }
});

test("what is not an envelope is refused with what is missing", () => {
  assert.deepEqual(problemsOf(read("[]")), ["not-evidence "]);
  assert.deepEqual(problemsOf(changed(({ signatures, ...rest }) => rest)), ["not-evidence /signatures"]);
  assert.deepEqual(problemsOf(changed((e) => ({ ...e, signatures: [] }))), ["not-evidence /signatures"]);
  assert.deepEqual(problemsOf(read('{"payload":"",\n"payload":""}')), ["duplicate-key /payload"]);
});

test("unknown fields of an envelope are ignored, as DSSE demands", () => {
  assert.equal(contentOf(changed((e) => ({ ...e, remark: 1 }))).kind, "statement");
});

test("another payload type, statement version or predicate type is foreign", () => {
  const payload = JSON.parse(Buffer.from(encodeStatement(sample("certificate"))).toString());
  const variants = [
    envelopeOf("{}", lab.signer, "text/plain"),
    envelopeOf(JSON.stringify({ ...payload, _type: "https://in-toto.io/Statement/v0.1" }), lab.signer),
    envelopeOf(JSON.stringify({ ...payload, predicateType: "https://slsa.dev/provenance/v1" }), lab.signer),
  ];
  assert.deepEqual(
    variants.map((text) => contentOf(read(text)).kind),
    ["foreign", "foreign", "foreign"],
  );
});

test("a payload that is not a statement, or whose predicate does not fit, is broken", () => {
  const payload = JSON.parse(Buffer.from(encodeStatement(sample("certificate"))).toString());
  const pointers = [
    "not json",
    "[]",
    '{"_type":"a","_type":"b"}',
    JSON.stringify({ ...payload, subject: [] }),
    JSON.stringify({ ...payload, subject: [{ name: "x", digest: {} }] }),
    JSON.stringify({ ...payload, subject: [{ name: "x", digest: { sha256: "ABC" } }] }),
    JSON.stringify({ ...payload, predicate: { ...payload.predicate, colour: 1 } }),
  ].map((text) => {
    const content = contentOf(read(envelopeOf(text, lab.signer)));
    return content.kind === "broken" ? (content.problems[0]?.place.pointer ?? "") : content.kind;
  });
  assert.deepEqual(pointers, [
    "",
    "",
    "/_type",
    "/subject",
    "/subject/0/digest",
    "/subject/0/digest/sha256",
    "/predicate/colour",
  ]);
});

test("a subject's digest has a known algorithm and that algorithm's length, or the statement is broken", () => {
  const withDigest = (digest: Readonly<Record<string, string>>) => {
    const statement = { ...sample("certificate"), subjects: [{ name: "DEMO-core@21.3", digest }] };
    const content = contentOf(read(signStatement(statement, [lab.signer])));
    return content.kind === "broken" ? content.problems.map(({ message }) => message).join() : content.kind;
  };
  const hex = (length: number) => "a".repeat(length);
  for (const [name, lengths] of Object.entries(digestLengths)) {
    for (const length of lengths) assert.equal(withDigest({ [name]: hex(length) }), "statement", name);
  }
  const anyName = fc.oneof(
    fc.constantFrom(...Object.keys(digestLengths), "sha-256", "SHA256", "sha2", "md5", "__proto__", "constructor"),
    fc.string({ minLength: 1, maxLength: 40 }),
  );
  const anyLength = fc.oneof(fc.constantFrom(40, 56, 63, 64, 65, 96, 128), fc.integer({ min: 1, max: 128 }));
  fc.assert(
    fc.property(anyName, anyLength, (name, length) => {
      const lengths = Object.hasOwn(digestLengths, name) ? digestLengths[name] : undefined;
      const digest = JSON.parse(`{${JSON.stringify(name)}: "${hex(length)}", "sha256": "${hex(64)}"}`);
      if (Object.keys(digest).length < 2) return;
      assert.equal(withDigest(digest) === "statement", lengths?.includes(length) === true, `${name} ${length}`);
    }),
    { seed: 20190311, numRuns: 200 },
  );
});

test("unsigned documents are recognised", () => {
  const kev = '{"catalogVersion":"2026.01.05","vulnerabilities":[]}';
  const formats = ['{"bomFormat":"CycloneDX"}', '{"document":{"csaf_version":"2.0"}}', kev].map((text) => read(text));
  assert.deepEqual(
    formats.map((document) => (document.kind === "unsigned" ? document.format : document.kind)),
    ["CycloneDX", "CSAF", "KEV"],
  );
});

test("whatever the bytes, the reader answers", () => {
  const document = JSON.parse(good);
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom("payload", "payloadType", "signatures"), (value, field) => {
      assert.ok(read(JSON.stringify({ ...document, [field]: value }) ?? "").kind);
    }),
    { seed: 3, numRuns: 200 },
  );
  assert.equal(
    read(encodeEnvelope({ payloadType: "a", payload: new Uint8Array(), signatures: [] })).kind,
    "unreadable",
  );
});
