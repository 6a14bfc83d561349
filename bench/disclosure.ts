/**
 * How fast a server of intelligence is: `node bench/disclosure.ts [OBJECTS] [PARTNERS]` (100,000 and 50). The server runs in a
 * process of its own on SQLite, over HTTP on loopback with bearer tokens and a condition on every second object; the client
 * keeps its connections. Prints figures, memory of the server, and beside "out" the same rows read from SQLite alone.
 * `node bench/disclosure.ts polls [OBJECTS] [PARTNERS]` (10,000 and 30): how long empty polls take while so many objects arrive and
 * are settled for so many partners, beside how long they take when nothing happens, in the same run.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDesk } from "../src/cli/desk-access.ts";
import { bringUpToDate, partnerNamed } from "../src/tasks/disclosure/desk.ts";
import { runIn } from "../test/kit/run.ts";
import {
  agencyIn,
  Clock,
  indicator,
  inputOf,
  keysIn,
  marked,
  marking,
  postureIn,
  taxii,
  tlp,
  warnings,
} from "../test/kit/sharing.ts";

const onlyPolls = process.argv[2] === "polls";
const [given, among] = process.argv.slice(onlyPolls ? 3 : 2);
const count = Number(given ?? (onlyPolls ? 10_000 : 100_000));
const partners = Number(among ?? (onlyPolls ? 30 : 50));
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-bench-"));
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
const objectAt = (n: number) =>
  indicator(n + 1000, {
    name: `an invented indicator, number ${n}, with a name of some length`,
    ...(n % 2 === 0 ? marked(tlp.clear, mark.id) : marked(tlp.clear)),
  });
const sharing = (names: readonly string[]) => `
originator: DEMO-AGENCY
title: an invented agency
demo: true
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, alias: warnings, title: Warnings, read: all, unmarked: clear}
partners: [${names.map((name) => `{id: ${name}, nation: DE, tlp: amber}`).join(", ")}]
`;

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}
let base = "";
const tokens = new Map<string, string>();

function call(party: string, method: string, path: string, body?: string): Promise<Answer> {
  const headers = {
    accept: taxii,
    authorization: `Bearer ${tokens.get(party)}`,
    ...(body !== undefined && { "content-type": taxii }),
  };
  return new Promise((done, fail) => {
    const sent = request(`${base}${path}`, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

async function ok(party: string, method: string, path: string, body?: string): Promise<Answer> {
  const answer = await call(party, method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  return answer;
}

async function serve(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [join(root, "src/cli/main.ts"), "serve", "agency", "--port", "0", "--per-minute", "9999999"],
    {
      ...{
        cwd: folder,
        env: { ...process.env, FREIGABE_KEYS: join(folder, "keys-of-ledgers") },
        stdio: ["ignore", "ignore", "pipe"],
      },
    },
  );
  base = await new Promise((done, fail) => {
    let text = "";
    child.stderr?.on("data", (bytes: Buffer) => {
      text += bytes.toString();
      const found = /at (http:\S+)\/taxii2\//.exec(text);
      if (found) done(found[1]!);
    });
    child.on("exit", () => fail(new Error(text)));
  });
  return child;
}

const memory = (child: ChildProcess) =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
const quantile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const rate = (n: number, since: number) =>
  `${Math.round(n / ((performance.now() - since) / 1000)).toLocaleString("en")}/s`;

async function times(n: number, work: (n: number) => Promise<unknown>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let at = 0; at < n; at++) {
    const start = performance.now();
    await work(at);
    found.push(performance.now() - start);
  }
  return found;
}

async function post(from: number, until: number): Promise<void> {
  for (let at = from; at < until; at += 500) {
    const list = Array.from({ length: Math.min(500, until - at) }, (_, n) => objectAt(at + n));
    await ok("DEMO-AGENCY", "POST", `${warnings}/objects/`, JSON.stringify({ objects: list }));
  }
}

async function pollAll(party: string): Promise<number> {
  let rows = 0;
  for (let next: string | undefined = ""; next !== undefined; ) {
    const { body }: Answer = await ok(
      party,
      "GET",
      `${warnings}/objects/?limit=1000${next === "" ? "" : `&next=${next}`}`,
    );
    rows += body.toString("latin1").split('"type":"indicator"').length - 1;
    next = /^\{"more":true,"next":"([^"]+)"/.exec(body.subarray(0, 200).toString("latin1"))?.[1];
  }
  return rows;
}

const empty = `${warnings}/objects/?added_after=2099-01-01T00:00:00Z`;
const byId = (n: number) => `${warnings}/objects/${objectAt((n * 7919) % Math.min(count, 1000)).id}/`;

async function main(): Promise<void> {
  const names = ["DEMO-NATION", ...Array.from({ length: partners - 1 }, (_, n) => `DEMO-P${n}`)];
  agencyIn(folder, { sharing: sharing(names.slice(0, 1)) });
  mkdirSync(join(folder, "agency/trust"), { recursive: true });
  const now = new Date().toISOString();
  await keysIn(folder, now, ["agency/trust"]);
  const posture = async (built: readonly [number, number], later: number) =>
    readFileSync(
      join(
        folder,
        await postureIn(
          folder,
          new Date(Date.now() + later).toISOString(),
          { built, maintained: [0, 0] },
          { knownAt: now.slice(0, 10) },
        ),
      ),
      "utf8",
    );
  const [good, bad] = [await posture([0, 0], 0), await posture([50, 50], 1000)];
  for (const party of ["DEMO-AGENCY", "DEMO-NATION"])
    tokens.set(party, (await runIn(folder, ["disclose", "token", "agency", party], now)).out.trim());
  const begun = performance.now();
  const child = await serve();
  await ok("DEMO-NATION", "GET", "/taxii2/");
  console.log(`cold start to first answer: ${ms(performance.now() - begun)}`);
  await ok("DEMO-NATION", "POST", "/exchange/statements/", good);
  await ok("DEMO-AGENCY", "POST", `${warnings}/objects/`, JSON.stringify({ objects: [mark] }));
  let start = performance.now();
  await post(0, 1000);
  await pollAll("DEMO-NATION");
  const small = {
    empty: quantile((await times(300, () => ok("DEMO-NATION", "GET", empty))).slice(50), 0.5),
    byId: quantile((await times(300, (n) => ok("DEMO-NATION", "GET", byId(n)))).slice(50), 0.5),
  };
  start = performance.now();
  await post(1000, count);
  console.log(`in, batches of 500, validated and classed: ${rate(count - 1000, start)}`);
  start = performance.now();
  await ok("DEMO-NATION", "GET", empty);
  console.log(
    `first look of a partner at ${count} objects (decided, recorded line by line): ${ms(performance.now() - start)}`,
  );
  start = performance.now();
  const rows = await pollAll("DEMO-NATION");
  const took = performance.now() - start;
  console.log(
    `out, pages of 1000: ${rate(rows, start)} (${rows} objects), ${((took / alone()) * 1).toFixed(1)} times what SQLite alone needs for the rows`,
  );
  const polls = (await times(600, () => ok("DEMO-NATION", "GET", empty))).slice(100);
  console.log(
    `empty poll: p50 ${ms(quantile(polls, 0.5))}, p95 ${ms(quantile(polls, 0.95))}; growth from 1,000 objects ${(quantile(polls, 0.5) / small.empty).toFixed(2)} x`,
  );
  const ids = (await times(600, (n) => ok("DEMO-NATION", "GET", byId(n)))).slice(100);
  console.log(`by id: p50 ${ms(quantile(ids, 0.5))}; growth ${(quantile(ids, 0.5) / small.byId).toFixed(2)} x`);
  start = performance.now();
  const eight = (
    await Promise.all(Array.from({ length: 8 }, () => times(500, () => ok("DEMO-NATION", "GET", empty))))
  ).flat();
  console.log(`8 clients: ${rate(eight.length, start)}, p99 ${ms(quantile(eight, 0.99))}`);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  start = performance.now();
  await ok("DEMO-NATION", "POST", "/exchange/statements/", bad);
  const after = await ok("DEMO-NATION", "GET", byId(0).replace(objectAt(0).id, "x")).catch(() => undefined);
  const gone = await call("DEMO-NATION", "GET", `${warnings}/objects/${objectAt(0).id}/`);
  console.log(
    `posture to first poll that withholds (${count / 2} objects taken back and recalled): ${ms(performance.now() - start)}${gone.status === 404 && after === undefined ? "" : " WRONG"}`,
  );
  console.log(`memory of the server: ${memory(child)} MiB`);
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  await redecide(names, now);
}

/** The rows of one view read from the file by SQLite, in milliseconds. */
function alone(): number {
  const database = new DatabaseSync(join(folder, "agency/disclosure/state.sqlite"), { readOnly: true });
  const begun = performance.now();
  database
    .prepare(
      "SELECT r.seq, r.added, o.id, o.version, o.spec, o.body FROM view_row r JOIN object o ON o.oid = r.oid WHERE r.view = 1 ORDER BY r.seq",
    )
    .all();
  database.close();
  return performance.now() - begun;
}

/** All objects for all partners: first everything is decided and put into views, then everything is decided again. */
async function redecide(names: readonly string[], now: string): Promise<void> {
  writeFileSync(join(folder, "agency/sharing.yaml"), sharing(names));
  const clock = new Clock(new Date(Date.parse(now) + 60_000).toISOString(), 1);
  const io = {
    out: () => undefined,
    err: () => undefined,
    cwd: folder,
    now: new Date(clock.at),
    clock: clock.now,
    env: { FREIGABE_KEYS: join(folder, "keys-of-ledgers") },
    terminal: false,
    colours: false,
  };
  const desk = await openDesk("agency", inputOf(), io);
  const all = async () => {
    for (const { id } of desk.house().sharing.partners) await bringUpToDate(desk, partnerNamed(desk, id)!);
  };
  let start = performance.now();
  await all();
  console.log(
    `${count} objects x ${names.length} partners, first decision, views written and recorded: ${ms(performance.now() - start)}`,
  );
  desk.reload();
  start = performance.now();
  await all();
  console.log(`${count} objects x ${names.length} partners, decided again: ${ms(performance.now() - start)}`);
  await desk.close();
}

/** Empty polls of one partner, one after the other, idle and while objects arrive; all partners are settled meanwhile. */
async function polls(): Promise<void> {
  const names = ["DEMO-NATION", ...Array.from({ length: partners - 1 }, (_, n) => `DEMO-P${n}`)];
  agencyIn(folder, { sharing: sharing(names) });
  const now = new Date().toISOString();
  await keysIn(folder, now, ["agency/trust"]);
  for (const party of ["DEMO-AGENCY", "DEMO-NATION"])
    tokens.set(party, (await runIn(folder, ["disclose", "token", "agency", party], now)).out.trim());
  const child = await serve();
  await ok("DEMO-AGENCY", "POST", `${warnings}/objects/`, JSON.stringify({ objects: [mark] }));
  await post(0, 1000);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const poll = () => ok("DEMO-NATION", "GET", empty);
  const idle = (await times(2200, poll)).slice(200);
  let left = 1;
  const arriving = post(1000, 1000 + count)
    .then(() => new Promise((resolve) => setTimeout(resolve, 2000)))
    .finally(() => {
      left = 0;
    });
  const busy: number[] = [];
  while (left > 0) busy.push(...(await times(1, poll)));
  await arriving;
  const say = (what: string, list: readonly number[]) => {
    const [p50, p99, most] = [quantile(list, 0.5), quantile(list, 0.99), Math.max(...list)];
    console.log(`${what}: ${list.length} empty polls, p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(most)}`);
  };
  say("idle", idle);
  say(`while ${count} objects arrive for ${partners} partners`, busy);
  console.log(`p99 is ${(quantile(busy, 0.99) / quantile(idle, 0.99)).toFixed(1)} times that when idle`);
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
}

try {
  await (onlyPolls ? polls() : main());
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
