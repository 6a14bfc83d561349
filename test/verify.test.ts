/** `certify` and `verify` together, as a person types them. All parties and documents are invented. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { main } from "../src/cli/main.ts";
import { algorithms } from "../src/model/algorithm.ts";
import { statementKinds } from "../src/model/statement.ts";
import { sha256 } from "./kit/evidence.ts";

const cwd = mkdtempSync(join(tmpdir(), "freigabe-verify-"));
after(() => rmSync(cwd, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(words, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    cwd,
    now: new Date("2026-03-01T12:00:00Z"),
    terminal: false,
    colours: false,
  });
  return { code, out: out.join(""), err: err.join("") };
}

async function ok(...words: readonly string[]): Promise<string> {
  const { code, out, err } = await run(...words);
  assert.equal(code, 0, `${words.join(" ")}\n${out}${err}`);
  return out;
}

const file = (name: string) => join(cwd, name);
const text = (name: string) => readFileSync(file(name), "utf8");

async function newKey(name: string, role: string, party: string, ...more: readonly string[]) {
  const words = ["--out", `keys/${name}`, "--id", `DEMO-${name}`, "--party", party, "--role", role];
  return ok("certify", "key", ...words, "--from", "2026-01-01", "--trust", "trust", ...more);
}

const set = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
const verify = (name: string, ...more: readonly string[]) => run("verify", name, "--trust", "trust", "--demo", ...more);

before(async () => {
  mkdirSync(file("trust"));
  await newKey("body", "body", "BODY", "--scheme", "NESAS-CCS-GI", "--scheme", "BSZ");
  await newKey("lab", "lab", "LAB");
  await newKey("maker", "maker", "DEMO-MAKER");
  await newKey("operator", "operator", "ONE");
  await newKey("authority", "authority", "AUTHORITY");
  await newKey("authority-2", "authority", "AUTHORITY");
  await newKey("approver", "approver", "ONE");
  await newKey("approver-2", "approver", "ONE");
  await newKey("partner", "partner", "ONE");
  await newKey("originator", "originator", "ONE");
  const posture = { partner: "ONE", assurance: "self", asOf: "2026-03-01", knownAt: "2026-03-01", elements: 1 };
  const empty = { examined: 1, lists: [], cells: [], work: [], oversight: { best: 1, worst: 0 } };
  writeFileSync(file("posture.yaml"), JSON.stringify({ ...posture, ...empty }));
  writeFileSync(file("manifest.txt"), "manifest of DEMO-AMF 21.3\n");
  writeFileSync(file("public.pdf"), "a public document");
  writeFileSync(file("bom.json"), JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", components: [] }));
});

const certificate = {
  certificateId: "DEMO-C1",
  scheme: "BSZ",
  status: "issued",
  holder: "DEMO-MAKER",
  product: "DEMO-AMF",
  release: "21.3",
  issued: "2026-02-01",
  until: "2028-02-01",
};

/** Kind -> key that may sign it, and what else is typed. */
const typed: Readonly<
  Record<(typeof statementKinds)[number], readonly [key: string, grade: string, words: readonly string[]]>
> = {
  certificate: ["body", "issuer", [...set(certificate), "--subject-file", "manifest.txt"]],
  "test-result": [
    "lab",
    "issuer",
    [
      ...set({
        result: "PASSED",
        "configuration.0.name": "TS 33.512",
        "configuration.0.digest.sha256": "00",
        passedTests: "TS 33.512",
      }),
      ...["--subject", "DEMO-AMF@21.3", "--subject-file", "manifest.txt"],
    ],
  ],
  register: [
    "operator",
    "self-declared",
    [
      ...set({ register: "orders", operator: "ONE", edition: "1", asOf: "2026-03-01", nextDue: "2026-06-01" }),
      "--complete",
    ],
  ],
  declaration: [
    "maker",
    "issuer",
    set({
      declarationId: "DEMO-D1",
      declaration: "guarantee",
      maker: "DEMO-MAKER",
      product: "DEMO-AMF",
      given: "2026-02-01",
    }),
  ],
  order: [
    "authority",
    "issuer",
    set({
      ...{
        orderId: "DEMO-O1",
        law: "BSIG 41(2)",
        status: "in-force",
        operators: "all",
        makers: "DEMO-MAKER, DEMO-OTHER",
      },
      ...{ issued: "2026-02-01", effective: "2026-04-01", subsidiaries: "true" },
    }),
  ],
  "update-statement": [
    "maker",
    "self-declared",
    set({ certificateId: "DEMO-C1", product: "DEMO-AMF", fromRelease: "21.3", toRelease: "21.3.2", change: "minor" }),
  ],
  oversight: ["maker", "self-declared", set({ maker: "DEMO-MAKER", level: "3" })],
  alias: ["approver", "issuer", set({ text: "Demo Networks", aliasOf: "supplier", id: "DEMO-MAKER" })],
  exception: [
    "authority",
    "issuer",
    [
      ...set({ exceptionId: "DEMO-E1", pack: "de-2026", rules: "DE-CERT-1", "scope.elements": "DEMO-amf" }),
      ...set({ reason: "invented", owner: "invented", until: "2026-12-31" }),
      ...["--key", "keys/authority-2"],
    ],
  ],
  shares: ["operator", "issuer", set({ operator: "ONE", asOf: "2026-03-01", elements: "0", unread: "0" })],
  posture: ["partner", "self-declared", ["--from", "posture.yaml"]],
  "formal-notice": [
    "originator",
    "issuer",
    set({
      ...{
        noticeId: "DEMO-N1",
        originator: "ONE",
        partner: "TWO",
        title: "an invented notice",
        text: "invented words",
      },
      ...{ condition: "DEMO-C", force: "2026-05-01", answerBy: "2026-04-01" },
    }),
  ],
  "notice-reply": [
    "partner",
    "issuer",
    set({
      ...{ replyId: "DEMO-R1", reply: "answer", noticeId: "DEMO-N1", notice: "0".repeat(64), partner: "ONE" },
      ...{ originator: "TWO", text: "invented words" },
    }),
  ],
  "supplier-comment": [
    "maker",
    "self-declared",
    set({ commentId: "DEMO-W1", maker: "DEMO-MAKER", on: "*", text: "invented words" }),
  ],
  override: [
    "approver",
    "issuer",
    [
      ...set({
        overrideId: "DEMO-V1",
        object: "indicator--1",
        partner: "ONE",
        reason: "invented",
        until: "2026-03-31",
      }),
      ...["--key", "keys/approver-2"],
    ],
  ],
  removal: [
    "operator",
    "self-declared",
    [
      ...set({ removalId: "DEMO-RM1", operator: "ONE", elements: "DEMO-amf-1", reason: "dismantled" }),
      ...set({ removed: "2026-02-27", "proof.title": "invented", "proof.digest.sha256": "0".repeat(64) }),
      ...["--key", "keys/approver"],
    ],
  ],
  "warning-decision": [
    "approver",
    "issuer",
    [
      ...set({ decisionId: "DEMO-D1", object: "indicator--1", version: "2026-03-01T00:00:00.000Z", partner: "ONE" }),
      ...set({ decision: "waiver", reason: "invented" }),
      ...["--key", "keys/approver-2"],
    ],
  ],
  "recall-reply": ["partner", "issuer", set({ recall: "disclosure-recall--1", partner: "ONE", done: "deleted" })],
  document: ["maker", "issuer", ["--file", "bom.json", ...set({ product: "DEMO-AMF", release: "21.3" })]],
};

for (const kind of statementKinds) {
  test(`certify ${kind}, then verify`, async () => {
    const [key, grade, words] = typed[kind];
    await ok("certify", kind, "--key", `keys/${key}`, ...words, "--out", `evidence/${kind}.json`);
    const { code, out } = await verify(`evidence/${kind}.json`, "--output", "json");
    const result = JSON.parse(out);
    assert.equal(code, 0, out);
    assert.deepEqual(
      [result.outcome, result.grade, result.statement.kind, result.sha256],
      ["holds", grade, kind, sha256(text(`evidence/${kind}.json`))],
    );
    assert.ok(
      result.signers.some(({ id }: { readonly id: string }) => id === `DEMO-${key}`),
      out,
    );
    assert.equal(result.statement.signedAt, "2026-03-01T12:00:00.000Z");
  });
}

for (const algorithm of algorithms) {
  test(`a key of ${algorithm} certifies and verifies`, async () => {
    await newKey(`alg-${algorithm}`, "approver", "ONE", "--algorithm", algorithm);
    const [, , words] = typed.alias;
    await ok("certify", "alias", "--key", `keys/alg-${algorithm}`, ...words, "--out", `${algorithm}.json`);
    const { code, out } = await verify(`${algorithm}.json`);
    assert.equal(code, 0, out);
    assert.match(out, /✓ signature {4}holds for `DEMO-alg-/);
  });
}

test("a key file is for its owner alone, its entry is printed and written, and nothing private is shown", async () => {
  const out = await newKey("shown", "lab", "LAB", "--until", "2027-12-31");
  assert.equal(statSync(file("keys/shown")).mode & 0o777, 0o600);
  assert.equal(out, text("trust/DEMO-shown.yaml"));
  assert.match(out, /until: 2027-12-31[\s\S]*BEGIN PUBLIC KEY/);
  assert.doesNotMatch(out, /PRIVATE/);
});

test("a key that cannot be made leaves no file behind", async () => {
  const words = ["certify", "key", "--out", "keys/never", "--id", "DEMO-never", "--party", "X", "--from", "2026-01-01"];
  for (const [more, message] of [
    [["--role", "king"], /`role`: expected `body` or/],
    [["--role", "lab", "--until", "2026-02-30"], /`until`: .*a day that exists/],
    [["--role", "lab", "--algorithm", "dsa"], /no algorithm `dsa`/],
    [["--role", "lab", "--trust", "nowhere"], /no folder/],
    [["--role", "lab", "--trust", "trust", "--id", "DEMO-lab"], /DEMO-lab.yaml` exists already/],
    [[], /`--role` is missing/],
  ] as const) {
    const { code, err } = await run(...words, ...more);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.ok(!existsSync(file("keys/never")) && !existsSync(file("keys/never.pub")));
  }
});

test("fields from a file, YAML or JSON, and settings over them", async () => {
  writeFileSync(file("c.json"), JSON.stringify({ ...certificate, release: "0" }));
  const yaml = Object.entries(certificate).map(([name, value]) => `${name}: "${value}"`);
  writeFileSync(file("c.yaml"), yaml.join("\n"));
  const key = ["--key", "keys/body"];
  const fromJson = await ok("certify", "certificate", "--from", "c.json", "--set", "release=21.3", ...key);
  const fromYaml = await ok("certify", "certificate", "--from", "c.yaml", ...key);
  assert.deepEqual(JSON.parse(fromJson), JSON.parse(fromYaml));
});

test("a draft that does not fit is told with field, expectation and example, and nothing is written", async () => {
  const base = ["certify", "certificate", "--key", "keys/body", "--out", "never.json"];
  const { holder, ...rest } = certificate;
  assert.ok(holder);
  writeFileSync(file("twice.yaml"), "status: issued\nstatus: withdrawn\n");
  for (const [words, message] of [
    [set(rest), /missing field `holder`: expected text[\s\S]*hint: for example `--set holder=DEMO-holder`/],
    [set({ ...certificate, colour: "green" }), /unknown field `colour`[\s\S]*--fields/],
    [set({ ...certificate, status: "maybe" }), /`status`: expected `issued` or `withdrawn`, got `maybe`/],
    [set({ ...certificate, issued: "2026-02-30" }), /`issued`: expected a day that exists/],
    [set({ ...certificate, until: "2025-01-01" }), /`until`: `2025-01-01` lies before `issued`/],
    [["--set", "holder"], /expected `field=value`/],
    [["--from", "twice.yaml"], /`twice.yaml` line 2: key `status` stands twice/],
    [["--from", "none.yaml"], /no file `none.yaml`/],
    [[...set(certificate), "--digest", "sha256:xyz"], /expected `--digest sha256:`/],
    [[...set(certificate), "--subject", "DEMO-AMF@21.3"], /its digest is missing/],
    [[...set(certificate), "--signed-at", "yesterday"], /`signedAt`/],
    [[...set(certificate), "--key", "keys/body"], /signs twice/],
    [[...set(certificate), "--transcript-of", "public.pdf"], /needs `--title` too/],
  ] as const) {
    const { code, err, out } = await run(...base, ...words);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, message);
    assert.ok(!existsSync(file("never.json")));
  }
  assert.match((await run("certify", "certificate", ...set(certificate))).err, /`--key FILE` is missing/);
  assert.match((await run("certify", "nonsense")).err, /no kind `nonsense`/);
});

test("a register is signed only when somebody says that it is complete", async () => {
  const words = ["certify", "register", "--key", "keys/operator"];
  const fields = { register: "certificates", operator: "ONE", edition: "1", asOf: "2026-03-01", nextDue: "2026-06-01" };
  const entry = Object.fromEntries(Object.entries(certificate).map(([name, value]) => [`entries.0.${name}`, value]));
  const refused = await run(...words, ...set({ ...fields, ...entry, complete: "true" }));
  assert.equal(refused.code, 2);
  assert.match(refused.err, /nothing is missing from it: 1 entries as of `2026-03-01`[\s\S]*--complete/);
  const envelope = JSON.parse(await ok(...words, ...set({ ...fields, ...entry }), "--complete"));
  const { predicate } = JSON.parse(Buffer.from(envelope.payload, "base64").toString());
  assert.deepEqual([predicate.complete, predicate.count, predicate.entries.length], [true, 1, 1]);
  const signed = await run(...words, ...set(fields), "--complete");
  assert.match(signed.err, /about certificates: 0 entries and no others as of 2026-03-01, next due 2026-06-01/);
  const wrong = await run(...words, ...set({ ...fields, ...entry, count: "2" }), "--complete");
  assert.match(wrong.err, /expected `2` entries as `count` says, got 1/);
  assert.match(
    (await run(...words, ...set({ register: "orders", edition: "1" }), "--complete")).err,
    /missing field `asOf`/,
  );
});

const copied = [
  "--transcript-of",
  "public.pdf",
  "--title",
  "A list",
  "--address",
  "https://example.org/list",
  "--seen",
  "2026-03-01",
];

test("a transcript: two people at one machine", async () => {
  const keys = ["--key", "keys/operator", "--key", "keys/approver"];
  await ok("certify", "certificate", ...set(certificate), ...copied, ...keys, "--out", "copy.json");
  const { code, out } = await verify("copy.json", "--output", "json");
  const result = JSON.parse(out);
  assert.deepEqual([code, result.grade, result.signers.length], [0, "transcript", 2], out);
  assert.equal(result.statement.subjects[0].digest.sha256, sha256("a public document"));
});

test("a transcript: the second person signs elsewhere", async () => {
  const words = ["certify", "order", ...typed.order[2], ...copied, "--out", "first.json"];
  const first = await run(...words, "--key", "keys/operator");
  assert.match(first.err, /counts with two signatures/);
  assert.equal((await verify("first.json")).code, 3);
  const second = ["certify", "order", "--add-signature", "first.json"];
  assert.match((await run(...second, "--key", "keys/operator")).err, /signs twice/);
  assert.match(
    (await run("certify", "alias", "--add-signature", "first.json", "--key", "keys/approver")).err,
    /expected an alias in `first.json`, got an order/,
  );
  assert.match((await run(...second, "--key", "keys/approver", "--out", "copy.json")).err, /exists already/);
  await ok(...second, "--key", "keys/approver", "--out", "first.json");
  assert.equal((await verify("first.json")).code, 0);
});

test("an exception from the working copy: two approvers of one role, here and elsewhere", async () => {
  const entry = (id: string) =>
    `- exceptionId: ${id}\n  pack: de-2026\n  rules: [DE-CERT-1]\n  scope: {operators: [ONE]}\n  reason: invented\n  owner: invented\n  until: "2026-12-31"\n`;
  writeFileSync(file("exceptions.yaml"), entry("DEMO-E1") + entry("DEMO-E2") + entry("DEMO-E3") + entry("DEMO-E3"));
  const words = ["certify", "exception", "--from", "exceptions.yaml"];
  const keys = (...names: readonly string[]) => names.flatMap((name) => ["--key", `keys/${name}`]);
  assert.match((await run(...words, ...keys("authority"))).err, /which exception\?[\s\S]*one of `DEMO-E1`, `DEMO-E2`/);
  const wrong = (id: string) => run(...words, "--id", id, ...keys("authority"));
  assert.match((await wrong("DEMO-E9")).err, /expected one exception `DEMO-E9` in `exceptions.yaml`, got none/);
  assert.match((await wrong("DEMO-E3")).err, /got several/);

  const first = await run(...words, "--id", "DEMO-E2", ...keys("authority"), "--out", "e2.json");
  assert.match(first.err, /DEMO-E2: waives DE-CERT-1 of de-2026 until 2026-12-31[\s\S]*counts with two signatures/);
  const alone = await verify("e2.json");
  assert.deepEqual([alone.code, /needs two different approvers of one role/.test(alone.out)], [3, true]);
  await ok("certify", "exception", "--add-signature", "e2.json", ...keys("operator"), "--out", "e2.json");
  assert.equal((await verify("e2.json")).code, 3, "two people of different roles are not two approvers");
  await ok("certify", "exception", "--add-signature", "e2.json", ...keys("authority-2"), "--out", "e2.json");
  const { code, out } = await verify("e2.json", "--output", "json");
  const signers = JSON.parse(out).signers.map(({ id }: { id: string }) => id);
  assert.deepEqual([code, signers], [0, ["DEMO-authority", "DEMO-authority-2"]]);
});

test("a document: its format is told by the file, its digest is the subject, a copied one takes two people", async () => {
  const words = ["certify", "document"];
  const subject = async (...more: readonly string[]) => {
    const envelope = JSON.parse(await ok(...words, ...more));
    return JSON.parse(Buffer.from(envelope.payload, "base64").toString());
  };
  const own = await subject("--file", "bom.json", "--key", "keys/maker");
  assert.deepEqual(
    [own.predicate.format, own.subject],
    ["CycloneDX", [{ name: "bom.json", digest: { sha256: sha256(text("bom.json")) } }]],
  );
  const copy = copied.map((word) => (word === "public.pdf" ? "bom.json" : word));
  await ok(...words, ...copy, "--key", "keys/operator", "--key", "keys/approver", "--out", "copied-bom.json");
  const { code, out } = await verify("copied-bom.json", "--output", "json");
  assert.deepEqual([code, JSON.parse(out).grade], [0, "transcript"]);
  for (const [more, message] of [
    [[], /which document is vouched for\?/],
    [["--file", "public.pdf"], /expected a document of format CycloneDX, CSAF, KEV in `public.pdf`/],
    [["--file", "bom.json", ...copied], /name two documents/],
  ] as const) {
    assert.match((await run(...words, ...more, "--key", "keys/maker")).err, message);
  }
  await ok(...words, "--file", "bom.json", "--key", "keys/authority", "--out", "no-right.json");
  assert.match((await verify("no-right.json")).out, /a CycloneDX document comes from maker/);
});

test("existing evidence is never overwritten", async () => {
  await ok("certify", "alias", ...typed.alias[2], "--key", "keys/approver", "--out", "once.json");
  const again = await run("certify", "alias", ...typed.alias[2], "--key", "keys/approver", "--out", "once.json");
  assert.deepEqual([again.code, /`once.json` exists already/.test(again.err)], [2, true]);
});

test("verify: exit 3 where nobody stands behind it, 4 where it is broken", async () => {
  await ok("certify", "certificate", ...set(certificate), "--key", "keys/body", "--out", "v.json");
  const envelope = JSON.parse(text("v.json"));
  const change = (name: string, changes: object) =>
    writeFileSync(file(name), JSON.stringify({ ...envelope, ...changes }));
  change("payload.json", {
    payload: Buffer.from(Buffer.from(envelope.payload, "base64").toString().replace("BSZ", "BSX")).toString("base64"),
  });
  change("base64.json", { payload: "a" });
  change("type.json", { payloadType: "text/plain" });
  writeFileSync(file("csaf.json"), '{"document":{"csaf_version":"2.0"}}');
  writeFileSync(file("nothing.json"), "");
  await ok("certify", "certificate", ...set(certificate), "--key", "keys/lab", "--out", "role.json");
  assert.equal((await verify("v.json")).code, 0);
  const codes = async (name: string, ...more: readonly string[]) => (await verify(name, ...more)).code;
  assert.deepEqual(
    [
      (await run("verify", "v.json", "--trust", "trust")).code,
      await codes("v.json", "--known-at", "2025-12-31"),
      await codes("role.json"),
      await codes("csaf.json"),
      await codes("payload.json"),
      await codes("base64.json"),
      await codes("type.json"),
      await codes("nothing.json"),
    ],
    [3, 3, 3, 3, 4, 4, 4, 4],
  );
  const { out } = await verify("payload.json");
  assert.match(out, /✓ signer .*\n {2}✗ signature .*\n[\s\S]*it is broken/);
});

test("verify takes a workspace too, and says what is missing", async () => {
  writeFileSync(file("freigabe.yaml"), "name: demo\nbinding: [{pack: de-2026}]\n");
  assert.equal((await run("verify", "v.json", "--trust", ".", "--demo")).code, 0);
  assert.match((await run("verify", "v.json")).err, /`--trust DIR` is missing/);
  assert.match((await run("verify", "none.json", "--trust", "trust")).err, /no file `none.json`/);
  assert.match((await run("verify", "v.json", "--trust", "nowhere")).err, /no folder/);
  assert.match((await verify("v.json", "--known-at", "2026-02-30")).err, /expected a day/);
  assert.match((await verify("v.json", "--output", "xml")).err, /no output format `xml`/);
});

test("a private key that others can read is refused, with the way to mend it", async () => {
  writeFileSync(file("keys/open"), text("keys/lab"), { mode: 0o644 });
  const { code, err } = await run("certify", "alias", ...typed.alias[2], "--key", "keys/open");
  assert.equal(code, 2);
  assert.match(err, /mode 0644[\s\S]*chmod 600/);
});

test("--fields lists what can be set, and help ends in examples", async () => {
  for (const kind of statementKinds) {
    const out = await ok("certify", kind, "--fields");
    assert.match(out, /signedAt +filled in/, kind);
  }
  assert.match(await ok("certify", "order", "--fields"), /operators +required +`all` or a list/);
  for (const verb of ["certify", "verify"])
    assert.match(await ok(verb, "--help"), /examples:\n( {2}#.*\n {2}\.\/freigabe .*\n){2,}/);
});
