/** Bad evidence, through the whole program: what it was to prove is not admitted, and everything else is decided as before. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { certificate, keys } from "../scripts/worlds/cast.ts";
import { first } from "../scripts/worlds/first.ts";
import type { Attacked } from "./kit/attack.ts";
import { attack, firstWith, replace, verdictsBut, withSpoilt } from "./kit/attack.ts";
import { envelopeOf } from "./kit/evidence.ts";
import { type Signed, signerOf } from "./kit/world.ts";

const file = "evidence/certificate-amf.json";
const removed = (name: string) => (root: string) => rmSync(join(root, name), { recursive: true });
/** What rests on the certificate: two AMFs, one of them admitted. */
const concerned = ["DEMO-amf-1", "DEMO-amf-2"];
const before = await attack(() => undefined);

test("the good world is as it should be, so that what follows is the attack's doing", () => {
  assert.equal(before.verdicts.get("DEMO-amf-1"), "admitted/evidence");
  assert.ok(!before.assessment.problems.some(({ place }) => place.file.startsWith("evidence/")));
});

/** The certificate counts for nothing, its file is told with the code, and nothing else has changed. */
function withoutCertificate(attacked: Attacked, code: string): void {
  const told = attacked.assessment.problems.filter(
    ({ place }) => place.file === file || place.file.startsWith("trust/"),
  );
  assert.ok(
    told.some((problem) => problem.code === code),
    JSON.stringify(told),
  );
  for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
  assert.deepEqual(verdictsBut(attacked, ...concerned), verdictsBut(before, ...concerned));
  assert.equal(attacked.assessment.examined, before.assessment.examined);
}

const good = await withSpoilt(
  () => undefined,
  async (root) => readFileSync(join(root, file), "utf8"),
);
const payload = (text: string, type?: string) => envelopeOf(text, signerOf("DEMO-body"), type);
const content = Buffer.from(JSON.parse(good).payload, "base64").toString();
const resigned = (from: string, to: string) => {
  assert.ok(content.includes(from), from);
  return payload(content.replace(from, to));
};
const changed = (from: string, to: string) => {
  assert.ok(good.includes(from), from);
  return good.replace(from, to);
};
const issued = '"status":"issued"';

/** Each spoils the certificate in a way of its own, and must be told with the code. */
const spoilt: Readonly<Record<string, readonly [code: string, text: string | Uint8Array]>> = {
  "base64 that is none": ["not-evidence", changed('"payload": "', '"payload": "*')],
  "a signature that is no base64": ["not-evidence", changed('"sig": "', '"sig": "*')],
  "one letter of the payload turned": ["not-evidence", changed("eyJ", "eyK")],
  "another payload type than was signed": ["not-evidence", changed("vnd.in-toto+json", "vnd.in-toto+xml")],
  "another payload type, signed": ["not-evidence", payload(content, "text/plain")],
  "no signature at all": ["not-evidence", JSON.stringify({ ...JSON.parse(good), signatures: [] })],
  nothing: ["not-json", ""],
  "half of it": ["not-json", good.slice(0, 200)],
  "NUL bytes": ["not-json", new Uint8Array(5000)],
  "bytes that are not UTF-8": ["not-json", new Uint8Array(5000).fill(0xff)],
  "a key twice in the envelope": ["duplicate-key", changed("{", '{ "payloadType": "application/vnd.in-toto+json",')],
  "a key twice in the payload": ["not-evidence", resigned(issued, `${issued},${issued}`)],
  "100 MB of nesting": ["unreadable", `{"payload":${"[".repeat(100_000_000)}`],
  "60 MB of nesting": ["too-deep", `{"payload":${"[".repeat(60_000_000)}`],
  "nesting in the payload": ["not-evidence", payload("[".repeat(1_000_000))],
  "a number beyond all bounds": ["not-evidence", resigned('"21.3"', "1e999")],
  "a field that nobody knows": ["not-evidence", resigned(issued, `"__proto__":{${issued}},${issued}`)],
  "a day that does not exist": ["not-evidence", resigned("2028-01-14", "2028-02-30")],
  "a day of issue after the signature": ["not-evidence", resigned('"issued":"2026-01-15"', '"issued":"2026-02-15"')],
  "another release as its subject": ["not-evidence", resigned("DEMO-core@21.3", "DEMO-core@21.4")],
  "statement v0.1": ["not-evidence", resigned("Statement/v1", "Statement/v0.1")],
  "a stranger's key": ["not-evidence", envelopeOf(content, signerOf("DEMO-stranger"))],
  "the key of a lab": ["not-evidence", envelopeOf(content, signerOf("DEMO-lab"))],
};

test("twenty-three ways to spoil a certificate, all in one folder: each is told, none proves anything", async () => {
  const names = new Map(Object.keys(spoilt).map((name, at) => [`evidence/bad-${at}.json`, name]));
  const attacked = await attack((root) => {
    rmSync(join(root, file));
    for (const [path, name] of names) writeFileSync(join(root, path), spoilt[name]![1]);
  });
  const told = attacked.assessment.problems.flatMap(({ code, place, rows }) => {
    const name = names.get(place.file);
    return name === undefined ? [] : [[name, code, rows]];
  });
  assert.deepEqual(
    new Map(told.map(([name, code]) => [name, code])),
    new Map(Object.entries(spoilt).map(([name, [code]]) => [name, code])),
  );
  assert.ok(told.every(([, , rows]) => rows === 0));
  for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
  assert.deepEqual(verdictsBut(attacked, ...concerned), verdictsBut(before, ...concerned));
});

test("a folder under the name of a file is no file, and nothing is admitted by it", async () => {
  const attacked = await attack((root) => {
    rmSync(join(root, file));
    mkdirSync(join(root, file));
  });
  for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
  assert.deepEqual(verdictsBut(attacked, ...concerned), verdictsBut(before, ...concerned));
});

test("trust that cannot be read, or is empty: no statement counts, and nothing rests on one", async () => {
  for (const spoil of [replace("trust/keys.yaml", "keys:", "keys: ["), removed("trust")]) {
    const { assessment } = await attack(spoil);
    assert.equal(assessment.evidence.statements, 0);
    assert.equal(assessment.basis.evidence, undefined);
    assert.equal(assessment.examined, before.assessment.examined);
  }
});

test("a link out of the workspace is not followed, whatever it leads to", async () => {
  const outside = join(tmpdir(), `freigabe-outside-${process.pid}.json`);
  const attacked = await attack((root) => {
    renameSync(join(root, file), outside);
    symlinkSync(outside, join(root, file));
  });
  rmSync(outside);
  withoutCertificate(attacked, "outside-workspace");
});

test("a link in a circle, and one to a folder above, are told and do not hang", async () => {
  const attacked = await attack((root) => {
    rmSync(join(root, file));
    symlinkSync(join(root, file), join(root, file));
    symlinkSync("..", join(root, "evidence/up"));
  });
  withoutCertificate(attacked, "outside-workspace");
});

const asRoot = process.getuid?.() === 0 && "SKIPPED: the superuser can read every file";
test("a file that must not be read is told, and the rest is decided", { skip: asRoot }, async () => {
  withoutCertificate(await attack((root) => chmodSync(join(root, file), 0)), "unreadable");
});

const endings = [
  { until: "2026-01-31" },
  { retired: "2026-01-31" },
  { compromised: "2026-11-01" },
  { from: "2026-01-16" },
  { schemes: ["BSZ"] },
];
for (const ending of endings) {
  test(`a key that ended, had not begun or may not: ${JSON.stringify(ending)}`, async () => {
    const body = keys.map((key) => (key.id === "DEMO-body" ? { ...key, ...ending } : key));
    const attacked = await attack(() => undefined, firstWith({ keys: body }));
    for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
    assert.ok(attacked.assessment.problems.some(({ code, place }) => code === "not-evidence" && place.file === file));
  });
}

test("the digest of another release: the certificate is not for what runs", async () => {
  const elements = (first.tables.elements ?? []).map((row) =>
    row.id === "DEMO-amf-1" ? { ...row, digest: "e".repeat(64) } : row,
  );
  const attacked = await attack(() => undefined, firstWith({ tables: { ...first.tables, elements } }));
  assert.equal(attacked.verdicts.get("DEMO-amf-1"), "refused/rule");
  assert.deepEqual(verdictsBut(attacked, ...concerned), verdictsBut(before, ...concerned));
});

test("a statement from the future is not known yet, and is counted as such", async () => {
  const signed = first.signed.map((one): Signed => (one.file === file ? { ...one, on: "2026-12-24" } : one));
  const attacked = await attack(() => undefined, firstWith({ signed }));
  assert.equal(attacked.assessment.evidence.later, 1);
  for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
});

test("a certificate that was issued only after the as-of day is none", async () => {
  const signed = first.signed.map((one) =>
    one.file === file
      ? { ...certificate("certificate-amf", { ...one.says.predicate, issued: "2026-10-01" }), on: "2026-10-01" }
      : one,
  );
  const config = { ...first.config, days: { asOf: "2026-09-01", knownAt: "2026-11-20" } };
  const attacked = await attack(() => undefined, firstWith({ signed, config }));
  for (const id of concerned) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
});

test("registers whose count, days or entries do not hold close nothing", async () => {
  const orders = first.signed.find((one) => one.file === "registers/orders-1.json")!;
  const changes = [
    { count: 7 },
    { count: 1e308 },
    { edition: 1.5 },
    { nextDue: "2026-10-01" },
    { entries: [{}] },
    { complete: "yes" },
  ];
  const spoilt = changes.map((change, at): Signed => {
    const predicate = { ...orders.says.predicate, ...change };
    return { ...orders, file: `registers/bad-${at}.json`, says: { ...orders.says, predicate } };
  });
  const signed = [...first.signed.filter((one) => one !== orders), ...spoilt];
  const { assessment } = await attack(() => undefined, firstWith({ signed }));
  assert.equal(assessment.basis.evidence, undefined);
  for (const { file: bad } of spoilt) {
    assert.ok(
      assessment.problems.some(({ code, place }) => code === "not-evidence" && place.file === bad),
      bad,
    );
  }
});

test("no evidence, an empty folder and a thousand worthless files: decided, and nothing admitted on evidence", async () => {
  const attacked = await attack((root) => {
    for (const folder of ["evidence", "registers"]) {
      rmSync(join(root, folder), { recursive: true });
      mkdirSync(join(root, folder));
    }
  });
  assert.equal(attacked.assessment.basis.evidence, undefined);
  assert.deepEqual(attacked.assessment.problems, before.assessment.problems);
  const many = await attack((root) => {
    for (let number = 0; number < 1000; number++) writeFileSync(join(root, `evidence/junk-${number}.json`), "{}");
  });
  assert.equal(many.verdicts.get("DEMO-amf-1"), "admitted/evidence");
});
