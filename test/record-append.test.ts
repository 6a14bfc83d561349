import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { append } from "../src/ledger/append.ts";
import { committedHead, type Head } from "../src/ledger/head.ts";
import { consistencyPath, inclusionPath, leafHash } from "../src/ledger/merkle.ts";
import { provesConsistency, provesInclusion } from "../src/ledger/proof.ts";
import { entriesIn, hashesIn } from "../src/ledger/tree.ts";
import { verifyLog } from "../src/ledger/verify.ts";
import { exit, UserError } from "../src/model/errors.ts";
import type { LogStore } from "../src/model/ports/log.ts";
import { entry, logKey, noCheck, origin } from "./kit/log.ts";
import { type Fate, logInMemory, PowerLoss } from "./kit/log-in-memory.ts";

const isBroken = (error: unknown) => error instanceof UserError && error.code === exit.broken;

function all(store: LogStore, { size }: Head): readonly string[] {
  return [...entriesIn({ from: 0, to: size, size }, store.read)].map((one) => Buffer.from(one).toString());
}

const batches = [1, 3, 252, 1, 300, 2];

/** Appends batch after batch, losing power once; goes on as the next run of the program would. */
async function run(failing: number, fate: Fate) {
  let steps = 0;
  const seen: string[] = [];
  const store = logInMemory((step) => {
    steps += 1;
    seen.push(step);
    return steps === failing ? fate : "done";
  });
  const signer = logKey();
  const acknowledged: string[] = [];
  const tried: string[] = [];
  for (const [batch, size] of batches.entries()) {
    const texts = Array.from({ length: size }, (_, at) => `${batch}/${at}`);
    tried.push(...texts);
    try {
      await append({ store, origin, signer }, () => ({ entries: texts.map(entry) }));
      acknowledged.push(...texts);
    } catch (error) {
      assert.ok(error instanceof PowerLoss, String(error));
    }
  }
  return { store, signer, acknowledged, tried, steps, failedAt: seen[failing - 1] };
}

test("power lost at any step, done or not: every acknowledged entry is there, nothing else was made up", async () => {
  const { steps } = await run(0, "done");
  const failedAt = new Set<string | undefined>();
  for (const fate of ["not-stored", "stored"] as const) {
    for (let failing = 1; failing <= steps; failing += 1) {
      const { store, signer, acknowledged, tried, failedAt: step } = await run(failing, fate);
      failedAt.add(step);
      const where = `${step}, ${fate}, step ${failing}`;
      // What may still be unfinished is finished by the next append, as always.
      const { head } = await append({ store, origin, signer }, () => ({ entries: [entry("last")] }));
      const entries = all(store, head);
      const verified = await verifyLog(store, signer, noCheck);
      assert.equal(verified?.head.size, entries.length, where);
      const inOrder = entries.filter((text) => acknowledged.includes(text));
      assert.deepEqual(inOrder, acknowledged, where);
      const made = entries.slice(0, -1);
      assert.deepEqual(
        made,
        tried.filter((text) => made.includes(text)),
        where,
      );
      assert.equal(new Set(entries).size, entries.length, where);
    }
  }
  assert.deepEqual([...failedAt].map(String).sort(), [
    "checkpoint",
    "commit",
    "discard",
    "publish tile/0",
    "publish tile/1",
    "publish tile/entries",
    "stage",
    "unstage",
  ]);
});

test("a program that died right after the commit: a reader sees the head, verification asks for the next run", async () => {
  let armed = false;
  const store = logInMemory((step) => (armed && step.startsWith("publish") ? "not-stored" : "done"));
  const signer = logKey();
  await append({ store, origin, signer }, () => ({ entries: [entry("a")] }));
  armed = true;
  await assert.rejects(
    append({ store, origin, signer }, () => ({ entries: [entry("b")] })),
    PowerLoss,
  );
  armed = false;
  assert.equal(committedHead(store)?.size, 2);
  const { first, head } = await append({ store, origin, signer }, () => ({ entries: [entry("c")] }));
  assert.equal(first, 2);
  assert.deepEqual(all(store, head), ["a", "b", "c"]);
});

test("two writers: both get in, one after the other; if the lock fails them, one is told that it was too late", async () => {
  const store = logInMemory();
  const signer = logKey();
  await Promise.all(
    Array.from({ length: 10 }, (_, at) => append({ store, origin, signer }, () => ({ entries: [entry(`${at}`)] }))),
  );
  const head = committedHead(store)!;
  assert.equal(head.size, 10);
  const lockless: LogStore = { ...store, exclusively: async (work) => work() };
  const late = append({ store: lockless, origin, signer }, async () => {
    await append({ store, origin, signer }, () => ({ entries: [entry("first")] }));
    return { entries: [entry("late")] };
  });
  await assert.rejects(late, /another program wrote to the ledger after 10 entries; nothing was entered/);
  assert.deepEqual(all(store, committedHead(store)!).slice(10), ["first"]);
  assert.equal((await verifyLog(store, signer, noCheck))?.head.size, 11);
});

test("a key refuses a log that was put back, or that has another beginning, and a log another key", async () => {
  const signer = logKey();
  const copy = logInMemory();
  const store = logInMemory();
  for (const text of ["a", "b"]) await append({ store, origin, signer }, () => ({ entries: [entry(text)] }));
  await assert.rejects(
    append({ store: copy, origin, signer }, () => ({ entries: [entry("a")] })),
    (error) => isBroken(error) && /has 0 entries, and its key has signed 2/.test(String(error)),
  );
  const other = logInMemory();
  const forgetful = { ...signer, lastSigned: () => undefined, remember: () => undefined };
  for (const text of ["x", "y", "z"]) {
    await append({ store: other, origin, signer: forgetful }, () => ({ entries: [entry(text)] }));
  }
  await assert.rejects(
    append({ store: other, origin, signer }, () => ({ entries: [entry("w")] })),
    (error) => isBroken(error) && /the first 2 entries of the ledger are others/.test(String(error)),
  );
  await assert.rejects(
    append({ store, origin, signer: logKey() }, () => ({ entries: [entry("c")] })),
    /the ledger is signed by .* and the key at hand is/,
  );
  await assert.rejects(
    append({ store, origin: "log.example/other", signer }, () => ({ entries: [entry("c")] })),
    /the ledger is `log\.example\/demo`/,
  );
  assert.equal(committedHead(store)?.size, 2);
});

test("a key that follows is vouched for by the one before; what each signed stays valid", async () => {
  const store = logInMemory();
  const [old, next] = [logKey(), logKey()];
  await append({ store, origin, signer: old }, () => ({ entries: [entry("a"), entry("b")] }));
  await append({ store, origin, signer: old }, () => ({ entries: [entry("rotate")], next }));
  await append({ store, origin, signer: next }, () => ({ entries: [entry("c")] }));
  const rotation = async (first: number, entries: readonly Uint8Array[]) =>
    entries.flatMap((one, at) => (Buffer.from(one).toString() === "rotate" ? [{ index: first + at, key: next }] : []));
  const verified = await verifyLog(store, old, rotation);
  assert.deepEqual(verified?.keys, [old, next]);
  await assert.rejects(verifyLog(store, old, noCheck), /the checkpoint of 4 entries: it is not signed by/);
  await assert.rejects(verifyLog(store, next, rotation), /the checkpoint of 2 entries: it is not signed by/);
  await assert.rejects(
    append({ store, origin, signer: old }, () => ({ entries: [entry("d")] })),
    /the key at hand is/,
  );
});

test("any flipped bit in any file is found", async () => {
  const store = logInMemory();
  const signer = logKey();
  for (const size of [1, 254, 3, 260, 2]) {
    await append({ store, origin, signer }, (before) => ({
      entries: Array.from({ length: size }, (_, at) => entry(`entry ${(before?.size ?? 0) + at}`)),
    }));
  }
  await verifyLog(store, signer, noCheck);
  const files = store.files() as Map<string, Uint8Array>;
  const paths = [...files.keys()];
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), async (which, place) => {
      const path = paths[which % paths.length]!;
      const held = files.get(path)!;
      const bit = place % (held.length * 8);
      const flipped = Uint8Array.from(held);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      files.set(path, flipped);
      await assert.rejects(verifyLog(store, signer, noCheck), isBroken, `${path}, bit ${bit}`);
      files.set(path, held);
    }),
    { seed: 5, numRuns: 150 },
  );
  await verifyLog(store, signer, noCheck);
  for (const path of paths.filter((one) => one === "checkpoint" || !one.includes(".p/"))) {
    const held = files.get(path)!;
    files.delete(path);
    await assert.rejects(verifyLog(store, signer, noCheck), isBroken, `${path} gone`);
    files.set(path, held);
  }
  files.set("tile/0/002.p/200", new Uint8Array(32));
  await assert.rejects(verifyLog(store, signer, noCheck), /no tree that was signed has it/);
});

test("any proof made for a checkpoint holds under every later one through a consistency proof", async () => {
  const store = logInMemory();
  const signer = logKey();
  const heads: Head[] = [];
  for (const size of [1, 1, 5, 250, 1, 40, 300]) {
    const { head } = await append({ store, origin, signer }, (before) => ({
      entries: Array.from({ length: size }, (_, at) => entry(`entry ${(before?.size ?? 0) + at}`)),
    }));
    heads.push(head);
  }
  const last = heads.at(-1)!;
  const hashes = hashesIn(last.size, store.read);
  for (const [at, head] of heads.entries()) {
    for (const index of [0, Math.floor(head.size / 2), head.size - 1]) {
      const path = inclusionPath(index, head.size, hashesIn(head.size, store.read));
      assert.ok(provesInclusion(index, leafHash(entry(`entry ${index}`)), path, head));
    }
    for (const later of heads.slice(at)) {
      assert.ok(provesConsistency(head, later, consistencyPath(head.size, later.size, hashes)));
    }
  }
});
