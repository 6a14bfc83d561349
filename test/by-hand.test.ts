import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { parse } from "yaml";
import { encodeEnvelope } from "../src/evidence/encode.ts";
import { formatCheckpoint } from "../src/ledger/checkpoint.ts";
import { leafHash } from "../src/ledger/merkle.ts";
import { noteKey, signNote } from "../src/ledger/note.ts";
import { formatTlogProof } from "../src/ledger/tlog-proof.ts";
import { keyidOf } from "../src/model/algorithm.ts";
import { payloadType } from "../src/model/statement.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-by-hand-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const missing = ["bash", "sed", "grep", "od", "sha256sum", "base64", "openssl"].filter(
  (tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0,
);
const versions = ["openssl version", "sed --version"].map(
  (command) => spawnSync("sh", ["-c", command], { encoding: "utf8" }).stdout,
);
if (!/^OpenSSL ([3-9]|[1-9][0-9])\./.test(versions[0] ?? "")) missing.push("OpenSSL 3");
if (!/GNU sed/.test(versions[1] ?? "")) missing.push("GNU sed");
const options = missing.length > 0 ? { skip: `SKIPPED: not on this machine: ${missing.join(", ")}` } : {};

/** The lines of docs/record.md, "By hand". */
const script = /^```bash\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "docs/record.md"), "utf8"))?.[1] ?? "";

/** Runs them in a folder that holds nothing but the proof and the key. */
function byHand(proof: string, key: string) {
  const cwd = join(folder, "by-hand");
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  writeFileSync(join(cwd, "proof"), proof);
  writeFileSync(join(cwd, "key.pem"), key);
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd, encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

async function run(...words: readonly string[]): Promise<string> {
  const { code, out, err } = await runIn(folder, words);
  assert.ok(code < 2, `${words.join(" ")}: ${err}`);
  return out;
}

const gate = ["gate", "first", "--order", "first/order.csv"];
const prove = (...words: readonly string[]) => run("ledger", "prove", "first", ...words);
const keyNow = async (): Promise<string> => parse(await run("ledger", "key", "first")).keys[0].publicKey;

/** A proof with one line changed; fails if there is none like it. */
function changed(proof: string, from: RegExp, to: string): string {
  assert.match(proof, from);
  return proof.replace(from, () => to);
}

/** A proof with another `extra`, byte for byte as told. */
function withExtra(proof: string, change: (extra: string) => string): string {
  const [line = "", text = ""] = /^extra (.*)$/m.exec(proof) ?? [];
  const old = Buffer.from(text, "base64").toString("utf8");
  assert.notEqual(change(old), old);
  return proof.replace(line, () => `extra ${Buffer.from(change(old)).toString("base64")}`);
}

function refuses(proof: string, key: string, why: RegExp) {
  const { status, said } = byHand(proof, key);
  assert.equal(status, 1, said);
  assert.match(said, why);
}

const verified = "Signature Verified Successfully";
const noRoot = /NO: the entry and its path do not give the root/;

let key = "";
before(async () => {
  cpSync(join(root, "examples/first"), join(folder, "first"), { recursive: true });
  const { out, code } = await runIn(folder, [...gate, "--output", "json"]);
  assert.equal(code, 1);
  writeFileSync(join(folder, "receipt"), JSON.parse(out).recorded.proof);
  await run("assess", "first", "--record");
  await run(...gate);
  key = await keyNow();
});

test("by hand, every entry's proof and a receipt hold", options, async () => {
  for (const index of [0, 1, 2, 3, 4]) {
    const { status, said } = byHand(await prove(String(index)), key);
    assert.equal(status, 0, said);
    assert.equal(said, `the entry is number ${index} of 5\n${verified}\n${verified}\n`);
  }
  const { status, said } = byHand(readFileSync(join(folder, "receipt"), "utf8"), key);
  assert.deepEqual([status, said], [0, `the entry is number 2 of 3\n${verified}\n${verified}\n`]);
});

test("by hand, an element's row and facts hold, and an order line", options, async () => {
  const element = byHand(await prove("3", "--element", "DEMO-amf-2"), key);
  assert.equal(element.status, 0, element.said);
  assert.match(element.said, /^line \d+ of 11 rows: DEMO-amf-2,.*\nline \d+ of \d+ questions: \{"question":/m);
  const line = byHand(await prove("4", "--element", "certified-amf"), key);
  assert.equal(line.status, 0, line.said);
  assert.match(line.said, /^line 0 of \d+ rows: \{.*"id":"certified-amf"/m);
});

test("by hand, a changed entry, path, place, size or signature is found", options, async () => {
  const proof = await prove("1");
  refuses(
    withExtra(proof, (entry) => entry.replace("signatures", "Signatures")),
    key,
    noRoot,
  );
  refuses(changed(proof, /^index 1$/m, "index 0"), key, noRoot);
  refuses(changed(proof, /^index 1\n.*\n/m, "index 1\n"), key, noRoot);
  refuses(changed(proof, /^5$/m, "6"), key, /NO: the checkpoint's signature/);
  refuses(changed(proof, /^5$/m, "9"), key, noRoot);
  // Entry 4 of 5 stands alone on its level: its one sibling would do for entry 1 of 2 as well.
  refuses(changed(await prove("4"), /^index 4$/m, "index 1"), key, noRoot);
});

test("by hand, a changed row, or one said to be another line, is found", options, async () => {
  const proof = await prove("3", "--element", "DEMO-amf-2");
  const no = /NO: a line is not in the decision/;
  const row = /"of":"rows","index":(\d+),"line":"DEMO-amf-2,DEMO-north,operate,undecided/;
  refuses(
    withExtra(proof, (extra) =>
      extra.replace(row, (text) => {
        return text.replace("undecided", "admitted");
      }),
    ),
    key,
    no,
  );
  refuses(
    withExtra(proof, (extra) => extra.replace(/"of":"rows","index":\d+/, '"of":"rows","index":0')),
    key,
    no,
  );
  refuses(
    withExtra(proof, (extra) => extra.replace('"of":"rows"', '"of":"questions"')),
    key,
    no,
  );
});

test("by hand, the facts of another element are found, although they are in the decision", options, async () => {
  const facts = /\{"of":"questions".*(?=\]\}$)/;
  const [, other = ""] = /^extra (.*)$/m.exec(await prove("3", "--element", "DEMO-amf-1")) ?? [];
  const [admitted = ""] = facts.exec(Buffer.from(other, "base64").toString("utf8")) ?? [];
  assert.match(admitted, /outcome\\":\\"admitted/);
  const mixed = withExtra(await prove("3", "--element", "DEMO-amf-2"), (extra) => extra.replace(facts, () => admitted));
  refuses(mixed, key, /NO: these facts are another element's/);
});

test("by hand, nothing in a hostile proof is run as a command", options, async () => {
  const hostile = "x[$(touch ran)]";
  const proof = await prove("3", "--element", "DEMO-amf-2");
  const forged = [
    changed(proof, /^index 3$/m, `index ${hostile}`),
    changed(proof, /^5$/m, hostile),
    changed(proof, /^index 3\n.*$/m, `index 3\n$(touch ran) \`touch ran\` *`),
    withExtra(proof, (extra) => extra.replace(/"index":\d+/, `"index":${hostile}`)),
    withExtra(proof, (extra) => extra.replace(/"path":\["[^"]*"/, '"path":["$(touch ran)"')),
  ];
  for (const one of forged) {
    refuses(one, key, /^NO: /m);
    assert.ok(!existsSync(join(folder, "by-hand/ran")), "a proof ran a command");
  }
});

test(
  "by hand after a rotation, each checkpoint holds with a key that signed it, and with no other",
  options,
  async () => {
    await run("ledger", "rotate", "first", "--new-key", "next.key", "--reason", "a test");
    const next = await keyNow();
    const earlier = "the entry was signed by an earlier key of the ledger";
    const both = await prove("5");
    // That checkpoint carries both signatures; the entry is the old key's.
    assert.equal(byHand(both, key).said, `the entry is number 5 of 6\n${verified}\n${verified}\n`);
    assert.equal(byHand(both, next).said, `the entry is number 5 of 6\n${verified}\n${earlier}\n`);
    await run(...gate, "--ledger-key", "next.key");
    assert.equal(byHand(await prove("2"), next).said, `the entry is number 2 of 7\n${verified}\n${earlier}\n`);
    assert.equal(byHand(await prove("6"), next).said, `the entry is number 6 of 7\n${verified}\n${verified}\n`);
    refuses(await prove("2"), key, /NO: key.pem has not signed this checkpoint/);
  },
);

test("by hand, an entry in a signed tree whose own signature is false is found", options, () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const note = noteKey("a.example/forged", publicKey);
  assert.ok(note);
  const signature = { keyid: keyidOf(publicKey), sig: Buffer.alloc(64, 1) };
  const entry = Buffer.from(encodeEnvelope({ payloadType, payload: Buffer.from("{}"), signatures: [signature] }));
  const text = formatCheckpoint({ origin: note.name, size: 1, root: leafHash(entry) });
  const checkpoint = Buffer.from(signNote(text, [{ ...note, sign: (bytes) => sign(null, bytes, privateKey) }]));
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const proof = formatTlogProof({ extra: entry, index: 0, path: [], checkpoint });
  refuses(proof, pem, /entry is number 0 of 1[\s\S]*NO: the entry's signature/);
});
