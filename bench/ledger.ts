/**
 * How fast a ledger is written, proved and checked: `node bench/ledger.ts [FOLDER] [--signed ENTRIES]`. Peer in the
 * same run: SQLite in Node, WAL and synchronous FULL, a transaction for each batch of the same entries.
 */
import { generateKeyPairSync, hash, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { append } from "../src/ledger/append.ts";
import { committedHead } from "../src/ledger/head.ts";
import { inclusionPath, leafHash } from "../src/ledger/merkle.ts";
import { formatVerifierKey, noteKey, verifyNote } from "../src/ledger/note.ts";
import { provesInclusion } from "../src/ledger/proof.ts";
import { hashesIn } from "../src/ledger/tree.ts";
import { verifyLog } from "../src/ledger/verify.ts";
import { keyidOf } from "../src/model/algorithm.ts";
import type { EntryContent } from "../src/model/record.ts";
import { openLogStore } from "../src/storage/record/log.ts";
import { openLedgerStore } from "../src/storage/record/open.ts";
import { encodeEntry } from "../src/tasks/record/entry.ts";
import { treeOver } from "../src/tasks/record/lines.ts";
import { verifyLedger } from "../src/tasks/record/verify.ts";

const origin = "log.example/bench";
const entryBytes = 200;
const whole = 1_000_000;
const { values, positionals } = parseArgs({
  options: { signed: { type: "string", default: "100000" } },
  allowPositionals: true,
});
const root = positionals[0] ?? mkdtempSync(join(tmpdir(), "freigabe-bench-ledger-"));
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const signer = {
  ...noteKey(origin, publicKey)!,
  sign: (bytes: Uint8Array) => sign(null, bytes, privateKey),
  lastSigned: () => undefined,
  remember: () => undefined,
};

const entryAt = (index: number) => new Uint8Array(Buffer.from(String(index).padEnd(entryBytes, "x")));
const batchFrom = (first: number, size: number) => Array.from({ length: size }, (_, at) => entryAt(first + at));

async function timed<T>(work: () => Promise<T> | T): Promise<{ readonly seconds: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { seconds: (performance.now() - began) / 1000, value };
}

const say = (what: string, figure: string) => console.log(`${what.padEnd(58)} ${figure}`);
const rate = (count: number, seconds: number) => `${Math.round(count / seconds).toLocaleString("en")}/s`;
const peak = () => `peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`;

async function writing(size: number, batches: number): Promise<void> {
  const store = openLogStore(join(root, `batch-${size}`));
  const ledger = await timed(async () => {
    for (let at = 0; at < batches; at += 1) {
      await append({ store, origin, signer }, () => ({ entries: batchFrom(at * size, size) }));
    }
  });
  const database = new DatabaseSync(join(root, `peer-${size}.db`));
  database.exec(
    "pragma journal_mode = wal; pragma synchronous = full; create table log (id integer primary key, entry blob)",
  );
  const insert = database.prepare("insert into log (entry) values (?)");
  const peer = await timed(() => {
    for (let at = 0; at < batches; at += 1) {
      database.exec("begin");
      for (const entry of batchFrom(at * size, size)) insert.run(entry);
      database.exec("commit");
    }
  });
  database.close();
  const count = size * batches;
  const ratio = (peer.seconds / ledger.seconds).toFixed(2);
  say(
    `durable entries, batches of ${size}`,
    `${rate(count, ledger.seconds)}; SQLite ${rate(count, peer.seconds)}, ratio ${ratio}`,
  );
}

async function million(): Promise<void> {
  const store = openLogStore(join(root, "million"));
  const made = await timed(async () => {
    for (let at = 0; at < whole; at += 10_000) {
      await append({ store, origin, signer }, () => ({ entries: batchFrom(at, 10_000) }));
    }
  });
  say("a log of a million entries written, batches of 10,000", `${made.seconds.toFixed(1)} s, ${peak()}`);
  const head = committedHead(store)!;
  const hashes = hashesIn(head.size, store.read);
  const indexes = Array.from({ length: 20_000 }, (_, at) => (at * 48_271) % whole);
  const proved = await timed(() => indexes.map((index) => ({ index, path: inclusionPath(index, whole, hashes) })));
  say("proofs made, one in a million", rate(indexes.length, proved.seconds));
  const checked = await timed(() =>
    proved.value.every(({ index, path }) => provesInclusion(index, leafHash(entryAt(index)), path, head)),
  );
  if (!checked.value) throw new Error("a proof does not hold");
  say(
    "proofs checked",
    `${rate(indexes.length, checked.seconds)}, ${((checked.seconds / indexes.length) * 1000).toFixed(3)} ms each`,
  );
  const note = await timed(() => {
    for (let at = 0; at < 2000; at += 1) if (!verifyNote(head.note, [signer])) throw new Error("a note does not hold");
  });
  say("checkpoints verified (Ed25519)", rate(2000, note.seconds));
  const verified = await timed(() => verifyLog(store, signer, async () => []));
  if (verified.value?.head.size !== whole) throw new Error("the log does not hold");
  say("verify a million entries, every tile and checkpoint", `${verified.seconds.toFixed(1)} s, ${peak()}`);
}

/** A ledger of signed entries, as `ledger verify` checks it: the signature, the shape and the order of each too. */
async function signed(count: number): Promise<void> {
  const folder = join(root, "signed");
  const store = openLedgerStore(folder, "signed");
  const keyid = keyidOf(publicKey);
  const recordedAt = "2026-11-24T00:00:00.000Z";
  const start = { recordedAt, origin, verifierKey: formatVerifierKey(signer), freigabe: "bench" };
  const entry = (index: number): EntryContent => {
    const sha256 = hash("sha256", String(index));
    if (index === 0) return { kind: "start", predicate: start, subject: { name: "start", sha256 } };
    return {
      kind: "redaction",
      predicate: { recordedAt, sha256, reason: "invented" },
      subject: { name: "withheld", sha256 },
    };
  };
  const made = await timed(async () => {
    for (let first = 0; first < count; first += 10_000) {
      const size = Math.min(10_000, count - first);
      const entries = Array.from({ length: size }, (_, at) => encodeEntry(entry(first + at), { ...signer, keyid }));
      await append({ store: store.log, origin, signer }, () => ({ entries }));
    }
  });
  say(`${count} signed entries of some 900 bytes written`, rate(count, made.seconds));
  const verified = await timed(() => verifyLedger(store, undefined));
  if (verified.value.entries !== count) throw new Error("the ledger does not hold");
  say(
    "`ledger verify` of them, signatures too",
    `${verified.seconds.toFixed(1)} s, ${rate(count, verified.seconds)}, ${peak()}`,
  );
}

async function rows(): Promise<void> {
  const line = (at: number) => `DEMO-element-${at},DEMO-north,operate,admitted,evidence,evidence,,,issuer,,,,17\n`;
  const pieces = Array.from({ length: 100 }, (_, piece) =>
    Buffer.from(Array.from({ length: 10_000 }, (_, at) => line(piece * 10_000 + at)).join("")),
  );
  const tree = await timed(() => treeOver(pieces, { csv: false }));
  const digest = await timed(() => {
    for (const piece of pieces) hash("sha256", piece);
  });
  say(
    "tree over a million rows of an assessment",
    `${tree.seconds.toFixed(1)} s (one SHA-256 over all of it: ${digest.seconds.toFixed(2)} s)`,
  );
}

try {
  await writing(1, 500);
  await writing(256, 200);
  await writing(4096, 40);
  await million();
  await rows();
  await signed(Number(values.signed));
} finally {
  if (positionals[0] === undefined) rmSync(root, { recursive: true, force: true });
}
