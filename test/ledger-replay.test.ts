import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openAccess } from "../src/cli/ledger-access.ts";
import { openShell } from "../src/cli/shell.ts";
import { assess } from "../src/tasks/assess.ts";
import { decisionEntry } from "../src/tasks/record/decision.ts";
import { decisionOf, findDecision } from "../src/tasks/record/find.ts";
import { treeOver } from "../src/tasks/record/lines.ts";
import { write } from "../src/tasks/record/write.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-replay-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: readonly string[]) => runIn(folder, words);

before(async () => {
  cpSync(join(root, "examples/first"), join(folder, "first"), { recursive: true });
  assert.equal((await run("assess", "first", "--record")).code, 0);
});

function ioIn(cwd: string) {
  const silent = () => undefined;
  const env = { FREIGABE_KEYS: join(cwd, "keys-of-ledgers") };
  const now = new Date("2026-11-23T12:00:00Z");
  return { out: silent, err: silent, cwd, now, terminal: false, colours: false, env };
}

/** Enters, with the ledger's own key, a decision like the last one in which something is said otherwise. */
async function enterFalse(change: {
  readonly rows?: readonly [string, string];
  readonly questions?: readonly [string, string];
}) {
  const access = openAccess("first", ioIn(folder));
  const { objects } = access.store;
  const real = findDecision(access.store, "2");
  const { outcome, reasonsLeftOut, ...fields } = decisionOf(real);
  const changed = (of: { readonly sha256: string }, [from, to]: readonly [string, string], csv: boolean) => {
    const text = Buffer.from(objects.get(of.sha256, 1_000_000)!).toString("utf8");
    assert.ok(text.includes(from), from);
    const bytes = Buffer.from(text.replace(from, to));
    return { ...of, ...treeOver([bytes], { csv }), sha256: objects.put(bytes) };
  };
  const draft = {
    ...fields,
    rows: change.rows ? changed(fields.rows, change.rows, true) : fields.rows,
    questions: change.questions ? changed(fields.questions!, change.questions, false) : fields.questions!,
    subject: real.content.subject,
    inputs: real.content.predicate.inputAttestations[0]!.digest.sha256,
  };
  return write({ access, trust: [], version: "0.1.0" }, (_, time) => [decisionEntry(draft, time)]);
}

test("a decision that says of one element what the rules do not give is found by deciding again", async () => {
  const { entry } = await enterFalse({
    rows: ["DEMO-north,operate,undecided,identity", "DEMO-north,operate,admitted,evidence"],
  });
  assert.equal((await run("ledger", "verify", "first")).code, 0, "it was signed: only deciding again tells");
  const { code, out } = await run("ledger", "replay", "first", String(entry));
  assert.equal(code, 4);
  assert.match(out, /NOT the same/);
  assert.match(
    out,
    /row 1: recorded `DEMO-amf-2,DEMO-north,operate,admitted,evidence.*now `DEMO-amf-2,DEMO-north,operate,undecided,identity/,
  );
  assert.doesNotMatch(out, /row 2:/);
});

test("and so is one that gives the same outcome from other facts", async () => {
  const { entry } = await enterFalse({
    questions: ['"certificate":{"worst":1,"best":4}', '"certificate":{"worst":4,"best":4}'],
  });
  const { code, out } = await run("ledger", "replay", "first", String(entry), "--output", "json");
  assert.equal(code, 4);
  const [{ outcome, differences }] = JSON.parse(out).replays;
  assert.equal(outcome, "differs");
  assert.match(differences[1], /question 2: recorded .*"worst":4,"best":4.* now .*"worst":1,"best":4/);
  assert.equal((await run("ledger", "replay", "first", "2")).code, 0);
});

test("a table too large to keep is found where it lay, and missed if it is another now", async () => {
  cpSync(join(root, "examples/first"), join(folder, "large"), { recursive: true });
  const io = { ...ioIn(folder), out: () => undefined };
  const shell = openShell("large", io);
  const ledger = { ...shell.ledger!, keepUpTo: 10 };
  const rows = { path: join(folder, "rows.csv"), record: true };
  await assess({ ...shell, ledger }, { rows });
  assert.ok(JSON.parse((await run("ledger", "verify", "large", "--output", "json")).out).objects.notKept > 3);
  const same = await run("ledger", "replay", "large");
  assert.equal(same.code, 0, same.out);
  appendFileSync(join(folder, "large/suppliers.csv"), "DEMO-new,DEMO new\n");
  const other = await run("ledger", "replay", "large");
  assert.equal(other.code, 3);
  assert.match(other.out, /missing suppliers\.csv \(sha256 [0-9a-f]{64}\): it was not kept, and is not at/);
});

test("what could not be read again is not let in", async () => {
  const { code, err } = await run("ledger", "redact", "first", "0".repeat(64), "--reason", "x".repeat(5000));
  assert.equal(code, 2);
  assert.match(err, /no entry of the ledger speaks of/);
  const [digest] = readdirSync(join(folder, "first/ledger/objects"), { recursive: true })
    .map(String)
    .filter((name) => name.length > 60);
  const long = await run("ledger", "redact", "first", digest!.slice(3), "--reason", "x".repeat(5000));
  assert.equal(long.code, 2);
  assert.match(long.err, /cannot be entered: .*reason.*nothing was entered/s);
  assert.equal((await run("ledger", "verify", "first")).code, 0);
});

test("a statement that the ledger had in time outlives its signer's key; one that came too late does not", async () => {
  const key = (id: string) => [
    "certify",
    "key",
    "--out",
    `keys/${id}`,
    "--id",
    id,
    "--party",
    "DEMO lab",
    "--role",
    "lab",
  ];
  const statements = async (knownAt: string) => {
    const { out, err } = await run("assess", "first", "--known-at", knownAt, "--output", "json");
    assert.ok(out, err);
    return JSON.parse(out).evidence.statements;
  };
  const days = ["--from", "2026-01-01", "--until", "2026-12-31", "--trust", "first/trust"];
  assert.equal((await run(...key("DEMO-lab-old"), ...days)).code, 0);
  const before = await statements("2027-02-01");
  const oversight = (name: string, level: number, now?: string) => {
    const fields = ["--set", "maker=DEMO-lotus", "--set", `level=${level}`, "--signed-at", "2026-11-20T00:00:00Z"];
    const out = ["--key", "keys/DEMO-lab-old", "--out", `first/evidence/${name}.json`];
    return runIn(folder, ["certify", "oversight", ...fields, ...out], now);
  };
  assert.equal((await oversight("in-time", 2)).code, 0);
  assert.equal(await statements("2027-02-01"), before + 1);
  assert.equal((await oversight("too-late", 3, "2027-01-15T00:00:00Z")).code, 0);
  assert.equal(await statements("2027-02-01"), before + 1);
});
