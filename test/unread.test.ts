/** What lies where evidence, keys, conditions and letters lie, and is not read: one problem each, called by its format. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { recognisesEvidence } from "../src/readers/dsse.ts";
import { recognisesTrust } from "../src/readers/trust.ts";
import { openFolder } from "../src/storage/folder.ts";
import { openHouse } from "../src/tasks/disclosure/house.ts";
import { documentFiles, recognisesCondition } from "../src/tasks/document-files.ts";
import { readLetters } from "../src/tasks/notices/read.ts";
import { amf, answersTo, inWorld, statement, worldOf } from "./kit/cases.ts";
import { person, sample, signedBy } from "./kit/evidence.ts";

const lab = person("lab", "LAB");
const signed = Buffer.from(JSON.stringify({ payloadType: "x", payload: "", signatures: [] }));

/** File -> its content, and what the problem calls it. */
const strange: Readonly<Record<string, readonly [content: string | Uint8Array, called: RegExp]>> = {
  "evidence/bundle.jsonl": ['{"payloadType":"x"}\n{"payloadType":"y"}\n', /lines of JSON/],
  "evidence/two.json": ['{"a":1}\n{"b":2}\n', /lines of JSON/],
  "evidence/bom.xml": [
    '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>',
    /CycloneDX .* in XML/,
  ],
  "evidence/bom.spdx": ["SPDXVersion: SPDX-2.3\n", /SPDX/],
  "evidence/bom.spdx.json": ['{"spdxVersion": "SPDX-2.3"}', /SPDX/],
  "evidence/bom3.json": ['{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}', /SPDX/],
  "evidence/scan.sarif": ['{"version": "2.1.0", "runs": []}', /SARIF/],
  "evidence/scan.json": ['{"version": "2.1.0", "runs": []}', /SARIF/],
  "evidence/vex.json": ['{"@context": "https://openvex.dev/ns/v0.2.0", "statements": []}', /OpenVEX/],
  "evidence/osv.json": ['{"schema_version": "1.6.0", "id": "X"}', /OSV/],
  "evidence/a.sigstore.json": ['{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}', /Sigstore/],
  "evidence/plain.json": ['{"_type": "https://in-toto.io/Statement/v1"}', /in-toto statement without a signature/],
  "evidence/vc.json": ['{"@context": ["https://www.w3.org/2018/credentials/v1"]}', /Verifiable Credential/],
  "evidence/report.pdf": ["%PDF-1.7\n", /a PDF/],
  "evidence/report.json": ["%PDF-1.7\n", /a PDF/],
  "evidence/x.json.sig": ["MEUCIQ", /detached signature/],
  "evidence/x.json.gz": [gzipSync("{}"), /gzip/],
  "evidence/cert.pem": ["-----BEGIN CERTIFICATE-----\n", /X\.509/],
  "evidence/key.txt": ["\n-----BEGIN EC PRIVATE KEY-----\n", /private key/],
  "evidence/order.yaml": ["orderId: x\n", /YAML/],
  "evidence/notes.md": ["# notes\n", /note/],
  "evidence/deep/er/noise.bin": [Uint8Array.of(0, 1, 2), /no kind of file/],
  "registers/list.csv": ["a,b\n", /table/],
  "trust/lab.pem": [lab.key.publicKey, /public key/],
  "trust/lab.json": ['{"kty": "OKP"}', /JSON Web Key/],
  "trust/advisory.json": ['{"document": {"csaf_version": "2.0"}}', /CSAF/],
  "trust/keys.YAML": ["keys: []\n", /YAML/],
  "conditions/rule.txt": ["permit;", /note/],
  "conditions/below/rule.cedar": ["permit;", /condition/],
  "conditions/envelope.json": [signed, /DSSE envelope/],
  "notices/letter.pdf": ["%PDF-1.4\n", /a PDF/],
};

const texts = Object.fromEntries(
  Object.entries(strange).flatMap(([name, [content]]) => (typeof content === "string" ? [[name, content]] : [])),
);

test("each file that is not read is one problem, called by its format, with what to do", async () => {
  const { assessment } = await answersTo({ elements: [amf("21.3", "2026-03-02")], files: texts });
  for (const name of Object.keys(texts)) {
    const told = assessment.problems.filter(({ place }) => place.file === name);
    assert.equal(told.length, 1, `${name}: ${JSON.stringify(told)}`);
    assert.match(told[0]?.message ?? "", strange[name]![1], name);
    assert.ok(told[0]?.hint, name);
  }
});

const recognisers = {
  evidence: recognisesEvidence,
  registers: recognisesEvidence,
  notices: recognisesEvidence,
  trust: recognisesTrust,
  conditions: recognisesCondition,
};

function inFolder(files: Readonly<Record<string, string | Uint8Array>>, use: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), "freigabe-unread-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content);
    }
    use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("property: whatever lies in these folders is read, or is one problem", () => {
  const anyName = fc
    .tuple(
      fc.constantFrom("a", "b.c", "UP", ".hidden"),
      fc.constantFrom("", ".json", ".JSON", ".dsse", ".yaml", ".cedar", ".jsonl", ".x", ".p7s"),
    )
    .map((parts) => parts.join(""));
  const anyContent = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(...Object.values(strange).map(([content]) => Buffer.from(content))),
  );
  const anyFiles = fc.dictionary(anyName, anyContent, { maxKeys: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(recognisers)), anyFiles, (folder, files) => {
      const placed = Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
      inFolder({ "freigabe.yaml": "", ...placed }, (root) => {
        const found = documentFiles(openFolder(root), folder, recognisers[folder as "trust"], 1_000);
        const told = [...found.files.map(({ name }) => name), ...found.problems.map(({ place }) => place.file)];
        assert.deepEqual(told.sort(), Object.keys(placed).sort());
      });
    }),
    { seed: 20190311, numRuns: 100 },
  );
});

test("a pipe among evidence is a problem and holds nobody up", { skip: process.platform === "win32" }, () => {
  inFolder({ "evidence/a.txt": "x" }, (root) => {
    execFileSync("mkfifo", [join(root, "evidence/pipe.json")]);
    const { files, problems } = documentFiles(openFolder(root), "evidence", recognisesEvidence, 1_000);
    assert.deepEqual(files, []);
    assert.deepEqual(problems.map(({ place }) => place.file).sort(), ["evidence/a.txt", "evidence/pipe.json"]);
  });
});

test("whoever shares and whoever reads letters is told the same", async () => {
  const sharing = readFileSync(join(import.meta.dirname, "../examples/agency/sharing.yaml"));
  inFolder({ ...texts, "sharing.yaml": sharing }, (root) => {
    const folder = openFolder(root);
    const inHouse = openHouse(folder).problems.map(({ place }) => place.file);
    for (const name of Object.keys(texts).filter((one) => /^(trust|conditions)\//.test(one))) {
      assert.equal(inHouse.filter((file) => file === name).length, 1, name);
    }
    assert.ok(readLetters(folder, "2026-11-20").aside.some(({ file }) => file === "notices/letter.pdf"));
  });
});

test("what is read is no problem, and what systems leave behind is none", async () => {
  const files = { "evidence/.gitkeep": "", "trust/.DS_Store": "x" };
  const world = worldOf({ elements: [amf("21.3", "2026-03-02")], evidence: [statement("certificate", {})], files });
  await inWorld(world, async (root) => {
    const { problems } = documentFiles(openFolder(root), "evidence", recognisesEvidence, 1_000_000);
    assert.deepEqual(problems, []);
  });
  assert.equal(signedBy(sample("certificate"), lab).kind, "envelope");
});
