import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { append } from "../src/ledger/append.ts";
import { committedHead } from "../src/ledger/head.ts";
import { noteKey } from "../src/ledger/note.ts";
import { entriesIn } from "../src/ledger/tree.ts";
import { verifyLog } from "../src/ledger/verify.ts";
import { makeLogKey } from "../src/storage/record/key.ts";
import { openLogStore } from "../src/storage/record/log.ts";
import { entry, noCheck, origin } from "./kit/log.ts";

const root = mkdtempSync(join(tmpdir(), "freigabe-kill-"));
after(() => rmSync(root, { recursive: true, force: true }));
const kills = 50;

/** Lets a writer live for a while after its first word, then takes it away; what it had said. */
async function killed(
  folder: string,
  key: string,
  name: string,
  livesMs: number,
): Promise<readonly (readonly [number, string])[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "kit/log-writer.ts"), folder, key, name]);
  let said = "";
  let complained = "";
  const begins = new Promise<void>((resolve) => {
    child.stdout.on("data", (data: Buffer) => {
      said += data.toString();
      resolve();
    });
    child.stderr.on("data", (data: Buffer) => {
      complained += data.toString();
    });
    child.on("close", () => resolve());
  });
  const ends = new Promise((resolve) => child.on("close", resolve));
  await begins;
  await new Promise((resolve) => setTimeout(resolve, livesMs));
  child.kill("SIGKILL");
  await ends;
  assert.equal(complained, "");
  // A line that was not finished acknowledged nothing.
  const lines = said.split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const [first = "", texts = ""] = line.split(" ");
    return texts.split(",").map((text, at) => [Number(first) + at, text] as const);
  });
}

function reader(folder: string, key: ReturnType<typeof makeLogKey>) {
  const { publicKey, sign, lastSigned, remember } = key;
  const signer = { ...noteKey(origin, createPublicKey(publicKey))!, sign, lastSigned, remember };
  const store = openLogStore(folder);
  const entries = () => {
    const { size } = committedHead(store)!;
    return [...entriesIn({ from: 0, to: size, size }, store.read)].map((one) => Buffer.from(one).toString());
  };
  return { store, signer, entries };
}

test(`a writer killed ${kills} times at random moments: every acknowledged entry is there, and the log goes on`, async () => {
  const folder = join(root, "one");
  const keyFile = join(root, "keys/one");
  const { store, signer, entries } = reader(folder, makeLogKey(keyFile));
  const acknowledged = new Map<number, string>();
  let seed = 20_261_124;
  for (let kill = 0; kill < kills; kill += 1) {
    seed = (seed * 48_271) % 2_147_483_647;
    for (const [index, text] of await killed(folder, keyFile, `w${kill}`, seed % 40)) {
      assert.ok(!acknowledged.has(index), `entry ${index} was given twice`);
      acknowledged.set(index, text);
    }
  }
  await append({ store, origin, signer }, () => ({ entries: [entry("the end")] }));
  const all = entries();
  assert.ok(acknowledged.size > kills);
  for (const [index, text] of acknowledged) assert.equal(all[index], text);
  assert.equal(new Set(all).size, all.length);
  assert.equal((await verifyLog(store, signer, noCheck))?.head.size, all.length);
});

test("two writers at once, both killed: what either acknowledged is there, in one history", async () => {
  const folder = join(root, "two");
  const keyFile = join(root, "keys/two");
  const { store, signer, entries } = reader(folder, makeLogKey(keyFile));
  const said = await Promise.all([killed(folder, keyFile, "a", 400), killed(folder, keyFile, "b", 400)]);
  await append({ store, origin, signer }, () => ({ entries: [entry("the end")] }));
  const all = entries();
  for (const own of said) {
    assert.ok(own.length > 0);
    for (const [index, text] of own) assert.equal(all[index], text);
  }
  assert.equal(new Set(all).size, all.length);
  assert.equal((await verifyLog(store, signer, noCheck))?.head.size, all.length);
});
