import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { parse } from "yaml";
import { append } from "../src/ledger/append.ts";
import { readHead, stagedName } from "../src/ledger/head.ts";
import { formatVerifierKey, noteKey } from "../src/ledger/note.ts";
import { encodeStaged } from "../src/ledger/staging.ts";
import { makeLogKey } from "../src/storage/record/key.ts";
import { openLedgerStore } from "../src/storage/record/open.ts";
import { encodeEntry } from "../src/tasks/record/entry.ts";
import { asLedgerKey } from "../src/tasks/record/write.ts";
import { type Run, runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-ledger-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: readonly string[]) => runIn(folder, words);
const order = ["--order", "made/order.csv"];

/** A copy of a workspace whose ledger has a gate (entry 2) and an assessment (entry 3), with the key of another folder. */
function copy(name: string): string {
  cpSync(join(folder, "made"), join(folder, name), { recursive: true });
  forget();
  return name;
}

/** Takes from the key its memory of what it has signed: else it would not write on copies of one ledger. */
function forget(): void {
  const keys = join(folder, "keys-of-ledgers");
  for (const file of readdirSync(keys)) if (file.endsWith(".signed")) rmSync(join(keys, file));
}

async function json(...words: readonly string[]) {
  const { code, out, err } = await run(...words, "--output", "json");
  assert.ok(out !== "", err);
  return { code, value: JSON.parse(out) };
}

function fails({ code, out, err }: Run, wanted: number, message: RegExp): void {
  assert.match(err, message);
  assert.equal(code, wanted, err);
  assert.equal(out, "", "nothing is shown");
}

before(async () => {
  cpSync(join(root, "examples/first"), join(folder, "made"), { recursive: true });
  assert.equal((await run("ledger", "start", "made", "--origin", "log.example/first")).code, 0);
  assert.equal((await run("gate", "made", ...order)).code, 1);
  assert.equal((await run("assess", "made", "--record")).code, 0);
  mkdirSync(join(folder, "trust"));
  writeFileSync(join(folder, "trust/ledger.yaml"), (await run("ledger", "key", "made")).out);
});

test("gate and assess --record enter, say where, and carry a receipt; the key is its owner's alone", async () => {
  const name = copy("receipt");
  const gated = await json("gate", name, ...order);
  const { recorded } = gated.value;
  assert.equal(recorded.ledger, "log.example/first");
  assert.equal(recorded.entry, 4);
  assert.match(recorded.proof, /^c2sp\.org\/tlog-proof@v1\nextra .*\nindex 4\n/);
  writeFileSync(join(folder, "receipt-proof"), recorded.proof);
  assert.equal((await run("verify", "receipt-proof", "--trust", "trust")).code, 0);
  const list = (await json("ledger", "list", name)).value;
  assert.equal(list.entries[4].leaf, recorded.leaf);
  assert.match((await run("assess", name, "--record")).out, /Recorded: entry 5 of ledger `log\.example\/first`/);
  assert.match((await run("assess", name)).out, /Not recorded/);
  assert.match((await run("gate", name, ...order, "--no-record")).out, /Not recorded/);
  assert.equal((await json("ledger", "list", name)).value.size, 6);
  const keys = readdirSync(join(folder, "keys-of-ledgers"));
  const key = keys.find((one) => one.endsWith(".key"))!;
  assert.equal(statSync(join(folder, "keys-of-ledgers", key)).mode & 0o777, 0o600);
  assert.ok(!readdirSync(join(folder, name), { recursive: true }).some((one) => String(one).endsWith(".key")));
  fails(await run("gate", "made", ...order), 4, /has 4 entries, and its key has signed 6: it was put back/);
});

test("ledger verify rebuilds all of it; with trust it says whose it is, without a trusted key it exits 3", async () => {
  const { code, value } = await json("ledger", "verify", "made");
  assert.equal(code, 0);
  assert.equal(value.entries, 4);
  assert.deepEqual(value.kinds, { start: 1, files: 1, decision: 2 });
  assert.equal(value.checkpoints, 3);
  assert.equal(value.objects.unreferenced, 0);
  assert.match((await run("ledger", "verify", "made", "--trust", "trust")).out, /trusted: ledger-/);
  fails(await run("ledger", "verify", "made", "--trust", "made"), 3, /nobody trusted stands behind it/);
  fails(await run("ledger", "verify", "trust"), 2, /no ledger in `trust`/);
});

test("a checkpoint that somebody kept shows whether the ledger goes on from it", async () => {
  const name = copy("kept");
  cpSync(join(folder, name, "ledger/checkpoint"), join(folder, "kept-checkpoint"));
  assert.equal((await run("gate", name, ...order)).code, 1);
  const same = await run("ledger", "verify", name, "--checkpoint", "kept-checkpoint");
  assert.equal(same.code, 0, same.err);
  assert.match(same.err, /its first 4 entries are the same/);
  rmSync(join(folder, name, "ledger"), { recursive: true });
  forget();
  const key = readdirSync(join(folder, "keys-of-ledgers")).find((one) => one.endsWith(".key"))!;
  const again = ["ledger", "start", name, "--origin", "log.example/first", "--ledger-key", `keys-of-ledgers/${key}`];
  assert.equal((await run(...again)).code, 0);
  for (let at = 0; at < 3; at += 1) assert.equal((await run("gate", name, ...order)).code, 1);
  assert.equal((await run("ledger", "verify", name)).code, 0, "a second history holds together");
  fails(
    await run("ledger", "verify", name, "--checkpoint", "kept-checkpoint"),
    4,
    /does not go on from `kept-checkpoint`/,
  );
  fails(await run("ledger", "verify", name, "--checkpoint", "trust/ledger.yaml"), 2, /is no checkpoint/);
});

test("a writer killed between commit and publication: others read what is in, and the next one publishes it", async () => {
  const [whole, torn] = [copy("whole"), copy("torn")];
  assert.equal((await run("gate", whole, ...order)).code, 1);
  const [from, to] = [whole, torn].map((name) => join(folder, name, "ledger"));
  const files = ["tile/0/000.p/5", "tile/entries/000.p/5"].map((path) => ({
    path,
    bytes: readFileSync(join(from!, path)),
  }));
  const { size, root: hash } = readHead(readFileSync(join(from!, "checkpoint")), "checkpoint");
  cpSync(join(from!, "objects"), join(to!, "objects"), { recursive: true });
  cpSync(join(from!, "commits/004"), join(to!, "commits/004"));
  mkdirSync(join(to!, "staged"));
  writeFileSync(join(to!, "staged", stagedName({ size, root: hash })), encodeStaged(files));
  assert.equal((await json("ledger", "list", torn)).value.size, 5);
  assert.equal((await run("assess", torn)).code, 0);
  fails(await run("ledger", "verify", torn), 3, /entries up to 4 are in the ledger, and not all of them are published/);
  forget();
  assert.equal((await json("gate", torn, ...order)).value.recorded.entry, 5);
  assert.equal((await json("ledger", "verify", torn)).value.entries, 6);
});

const kinds = ["checkpoint", "commits/", "tile/0/", "tile/entries/", "objects/"];
for (const kind of kinds) {
  test(`a changed byte in ${kind} is found, named, and stops what would read it`, async () => {
    const name = copy(`changed-${kind.replaceAll("/", "-")}`);
    const files = readdirSync(join(folder, name, "ledger"), { recursive: true })
      .map(String)
      .filter((path) => path.startsWith(kind) && statSync(join(folder, name, "ledger", path)).isFile());
    for (const path of [files[0]!, files.at(-1)!]) {
      const file = join(folder, name, "ledger", path);
      const held = readFileSync(file);
      const changed = Buffer.from(held);
      changed[Math.floor(held.length / 2)]! ^= 1;
      writeFileSync(file, changed);
      fails(await run("ledger", "verify", name), 4, /ledger|object/);
      writeFileSync(file, held);
    }
    assert.equal((await run("ledger", "verify", name)).code, 0);
  });
}

test("what was removed or added is found; a tampered ledger decides nothing and is not written on", async () => {
  const name = copy("tampered");
  const ledger = join(folder, name, "ledger");
  writeFileSync(join(ledger, "tile/0/000.p/200"), Buffer.alloc(6400));
  fails(await run("ledger", "verify", name), 4, /tile\/0\/000\.p\/200/);
  rmSync(join(ledger, "tile/0/000.p/200"));
  const [digest] = readdirSync(join(ledger, "objects"), { recursive: true })
    .map(String)
    .filter((one) => one.length > 60);
  rmSync(join(ledger, "objects", digest!));
  fails(await run("ledger", "verify", name), 4, /object `[0-9a-f]{64}`.* is missing/);
  const bundle = join(ledger, "tile/entries/000.p/4");
  writeFileSync(bundle, readFileSync(bundle).fill(88, 500, 501));
  fails(await run("assess", name), 4, /entry 0 of the ledger is not the one that was entered/);
  fails(await run("gate", name, ...order), 4, /not the one that was entered/);
});

test("a proof holds offline with the key alone; without it nobody stands behind it; a changed one is broken", async () => {
  const { out: proof } = await run("ledger", "prove", "made", "last", "--element", "DEMO-amf-2");
  writeFileSync(join(folder, "proof"), proof);
  const held = await run("verify", "proof", "--trust", "trust");
  assert.equal(held.code, 0, held.out);
  assert.match(held.out, /✓ rows .*DEMO-amf-2,DEMO-north,operate,undecided,identity/);
  assert.match(held.out, /✓ questions .*"certificate":\{"worst":1,"best":4\}/);
  assert.doesNotMatch(held.out, /DEMO-amf-1/);
  assert.equal((await run("verify", "proof", "--trust", "made", "--demo")).code, 3);
  const extra = /^extra (.*)$/m.exec(proof)![1]!;
  const content = Buffer.from(extra, "base64").toString();
  for (const [from, to] of [
    ["undecided,identity", "admitted,evidence"],
    ['\\"worst\\":1', '\\"worst\\":4'],
    ["payloadType", "payloadtype"],
    ['"index":1', '"index":2'],
  ] as const) {
    assert.ok(content.includes(from), from);
    const forged = Buffer.from(content.replace(from, to)).toString("base64");
    writeFileSync(join(folder, "forged"), proof.replace(extra, forged));
    const { code, out } = await run("verify", "forged", "--trust", "trust");
    assert.equal(code, 4, `${from}: ${out}`);
  }
  const other = (await run("ledger", "prove", "made", "last", "--element", "DEMO-amf-1")).out;
  const linesOf = (text: string) => JSON.parse(Buffer.from(/^extra (.*)$/m.exec(text)![1]!, "base64").toString());
  const mixed = { ...linesOf(proof), lines: [linesOf(proof).lines[0], linesOf(other).lines[1]] };
  writeFileSync(join(folder, "mixed"), proof.replace(extra, Buffer.from(JSON.stringify(mixed)).toString("base64")));
  const { code: mixedCode, out: said } = await run("verify", "mixed", "--trust", "trust");
  assert.equal(mixedCode, 4, "true facts of another element");
  assert.match(said, /✗ questions .*the facts of no row that is shown/);
  fails(await run("ledger", "prove", "made", "last", "--element", "DEMO-nobody"), 2, /says nothing of an element/);
  fails(await run("ledger", "prove", "made", "99"), 2, /no entry `99`/);
  const line = await run("ledger", "prove", "made", "2", "--element", "uncertified-smf");
  writeFileSync(join(folder, "line"), line.out);
  assert.match((await run("verify", "line", "--trust", "trust")).out, /✓ rows .*uncertified-smf.*"outcome":"refused"/);
});

test("replay decides again from the record, whatever became of the workspace", async () => {
  const name = copy("replayed");
  for (const path of ["evidence", "registers", "trust", "suppliers.csv", "freigabe.yaml"])
    rmSync(join(folder, name, path), { recursive: true });
  const { code, value } = await json("ledger", "replay", name);
  assert.equal(code, 0);
  assert.deepEqual(
    value.replays.map(({ entry, outcome }: { entry: number; outcome: string }) => [entry, outcome]),
    [
      [2, "same"],
      [3, "same"],
    ],
  );
});

test("a missing input is named; a withheld one says why, and the ledger still verifies", async () => {
  const name = copy("withheld");
  const shown = (await json("ledger", "show", name, "last", "--inputs")).value;
  const input = shown.inputs.find(({ path }: { path: string }) => path === "evidence/certificate-amf.json");
  const object = join(folder, name, "ledger/objects", input.sha256.slice(0, 2), input.sha256);
  const held = readFileSync(object);
  rmSync(object);
  const gone = await run("ledger", "replay", name, "last");
  assert.equal(gone.code, 3);
  assert.match(gone.out, new RegExp(`missing evidence/certificate-amf.json \\(sha256 ${input.sha256}\\)`));
  writeFileSync(object, held);
  fails(await run("ledger", "redact", name, input.sha256), 2, /`--reason TEXT` is missing/);
  fails(await run("ledger", "redact", name, "0".repeat(64), "--reason", "x"), 2, /no entry of the ledger speaks of/);
  assert.equal((await run("ledger", "redact", name, input.sha256, "--reason", "names a person")).code, 0);
  assert.ok(!existsSync(object));
  assert.equal((await json("ledger", "verify", name)).value.objects.withheld, 1);
  const withheld = await run("ledger", "replay", name, "3");
  assert.equal(withheld.code, 3);
  assert.match(withheld.out, /input withheld: names a person/);
  rmSync(join(folder, name, "evidence/certificate-amf.json"));
  assert.equal((await run("assess", name, "--record")).code, 0);
  assert.ok(!existsSync(object), "it is not kept again");
});

test("a new key: old proofs hold under the old one, new ones under the new, and the old one writes no more", async () => {
  const name = copy("rotated");
  cpSync(join(folder, "trust/ledger.yaml"), join(folder, name, "trust/ledger.yaml"));
  const old = (await run("ledger", "prove", name, "2")).out;
  const rotated = await run("ledger", "rotate", name, "--new-key", "keys/next", "--reason", "yearly");
  assert.equal(rotated.code, 0, rotated.err);
  fails(await run("gate", name, ...order), 2, /the key at hand is/);
  assert.equal((await run("gate", name, ...order, "--ledger-key", "keys/next")).code, 1);
  const verified = (await json("ledger", "verify", name)).value;
  assert.equal(verified.keys.length, 2);
  mkdirSync(join(folder, "trust-new"));
  writeFileSync(join(folder, "trust-new/ledger.yaml"), (await run("ledger", "key", name, "--id", "next")).out);
  writeFileSync(join(folder, "old"), old);
  writeFileSync(join(folder, "new"), (await run("ledger", "prove", name, "2")).out);
  assert.equal((await run("verify", "old", "--trust", "trust")).code, 0);
  assert.equal((await run("verify", "new", "--trust", "trust")).code, 3);
  assert.equal((await run("verify", "old", "--trust", "trust-new")).code, 3);
  const { code, out } = await run("verify", "new", "--trust", "trust-new");
  assert.equal(code, 0, out);
  assert.match(out, /signed by an earlier key of the ledger/);
  assert.equal((await run("assess", name)).code, 0, "the old key in `trust/` vouches for the new one");
  assert.equal((await run("ledger", "replay", name)).code, 0);
});

test("nobody goes on from a ledger's name with a key of their own", async () => {
  const name = copy("usurped");
  rmSync(join(folder, name, "ledger"), { recursive: true });
  cpSync(join(folder, "trust/ledger.yaml"), join(folder, name, "trust/ledger.yaml"));
  const { publicKey: real } = parse(readFileSync(join(folder, "trust/ledger.yaml"), "utf8")).keys[0];
  const store = openLedgerStore(join(folder, name, "ledger"), name);
  const own = asLedgerKey("log.example/first", makeLogKey(join(folder, "keys/usurper")));
  const from = formatVerifierKey(noteKey("log.example/first", createPublicKey(real))!);
  const recordedAt = "2026-11-23T12:00:00.000Z";
  const subject = { name: "usurped", sha256: "0".repeat(64) };
  const start = { recordedAt, origin: "log.example/first", verifierKey: from, freigabe: "0" };
  const rotation = { recordedAt, from, to: formatVerifierKey(own), reason: "so I say" };
  const entries = [
    encodeEntry({ kind: "start", predicate: start, subject }, own),
    encodeEntry({ kind: "rotation", predicate: rotation, subject }, own),
  ];
  await append({ store: store.log, origin: "log.example/first", signer: own }, () => ({ entries }));
  fails(await run("assess", name), 4, /announces a new key and is not signed with the one before/);
  fails(await run("ledger", "verify", name, "--trust", "trust"), 4, /ledger broken/);
});

test("a clock that went back enters nothing; two gates at once are both in", async () => {
  const name = copy("clock");
  fails(
    await runIn(folder, ["gate", name, ...order], "2026-11-22T12:00:00Z"),
    2,
    /the clock says .* nothing was entered/,
  );
  const both = await Promise.all([run("gate", name, ...order), run("gate", name, ...order)]);
  assert.deepEqual(
    both.map(({ code }) => code),
    [1, 1],
  );
  assert.equal((await json("ledger", "list", name)).value.size, 6);
  assert.equal((await run("ledger", "verify", name)).code, 0);
});

test("what the ledger has seen and the workspace has lost is found and admits nothing", async () => {
  const name = copy("lost");
  const before = (await json("assess", name)).value;
  rmSync(join(folder, name, "registers/orders-1.json"));
  const { value } = await json("assess", name);
  const found = value.findings.filter(({ code }: { code: string }) => code === "vanished");
  assert.equal(found.length, 1);
  assert.match(found[0].places[0].file, /registers\/orders-1\.json/);
  assert.ok(value.verdicts.admitted <= before.verdicts.admitted);
  await run("assess", name, "--record");
  const { entries } = (await json("ledger", "list", name)).value;
  assert.match(entries[4].text, /0 appeared, 1 vanished: -registers\/orders-1\.json/);
});

test("a changed file of `trust/` is an entry; a certified statement is in before it is written", async () => {
  const name = copy("certified");
  const key = ["certify", "key", "--out", "keys/lab", "--id", "DEMO-lab-2", "--party", "DEMO lab", "--role", "lab"];
  assert.equal((await run(...key, "--from", "2026-01-01", "--trust", `${name}/trust`)).code, 0);
  const fields = ["--set", "maker=DEMO-lotus", "--set", "level=2"];
  const out = `${name}/evidence/oversight-new.json`;
  const { code, err } = await run("certify", "oversight", ...fields, "--key", "keys/lab", "--out", out);
  assert.equal(code, 0, err);
  assert.match(err, /entered: entry 4 of ledger/);
  assert.ok(existsSync(join(folder, out)));
  await run("assess", name, "--record");
  const { entries } = (await json("ledger", "list", name)).value;
  assert.match(entries[4].text, /\+evidence\/oversight-new\.json/);
  assert.match(entries[5].text, /1 appeared, 0 vanished: \+trust\/DEMO-lab-2\.yaml/);
  const elsewhere = await run("certify", "oversight", ...fields, "--key", "keys/lab", "--out", "elsewhere.json");
  assert.match(elsewhere.err, /not recorded: it goes to no `evidence`/);
});
