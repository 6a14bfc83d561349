/** A lock is known by more than a process number, and what killed writers left is swept. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { UserError } from "../src/model/errors.ts";
import { openLogStore } from "../src/storage/record/log.ts";
import { lifeOf } from "../src/storage/record/process-life.ts";
import { scratchFolder, writeDurably } from "../src/storage/write.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-lock-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const own = lifeOf(process.pid);
const onLinux = own.start === undefined ? { skip: "the start of a process is not told here" } : {};
const base = { pid: process.pid, host: hostname(), nonce: "n", since: new Date().toISOString() };

/** Whether the lock of this holder is taken over. */
async function isTaken(holder: object): Promise<boolean> {
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
  const store = openLogStore(folder, { waitMs: 60 });
  try {
    return (await store.exclusively(async () => "in")) === "in";
  } catch (error) {
    assert.ok(error instanceof UserError && /is being written by process/.test(error.message), String(error));
    return false;
  }
}

test(
  "lock: of a process that has our number and began at another time, as process 1 of each container: taken over",
  onLinux,
  async () => {
    assert.equal(await isTaken({ ...base, ...own, start: "17" }), true);
    assert.equal(await isTaken({ ...base, ...own }), false, "this very process");
  },
);

test(
  "lock: left before the machine was started anew: taken over, though a process has its number now",
  onLinux,
  async () => {
    assert.equal(await isTaken({ ...base, ...own, pid: process.ppid, start: "17" }), true);
    assert.equal(await isTaken({ ...base, ...own, boot: "00000000-0000-4000-8000-000000000000" }), true);
    assert.equal(
      await isTaken({ ...base, ...own, host: "elsewhere.example", start: "17" }),
      false,
      "of another machine nothing is known",
    );
  },
);

test("lock: without a start time, our number before we began is of somebody else", async () => {
  assert.equal(await isTaken({ ...base, since: "2019-01-01T00:00:00.000Z" }), true);
  assert.equal(await isTaken(base), false);
});

test("lock: a living process keeps it, and after kill -9 it is free", onLinux, async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  try {
    const holder = { ...base, pid: child.pid, ...lifeOf(child.pid!) };
    assert.equal(await isTaken(holder), false);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    assert.equal(await isTaken(holder), true);
  } finally {
    child.kill("SIGKILL");
  }
});

test("lock: temporary files of killed writers are swept, at any depth; young ones of others stay", async () => {
  const old = new Date(Date.now() - 3_600_000);
  const put = (path: string, time?: Date) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "x");
    if (time) utimesSync(join(folder, path), time, time);
    return join(folder, path);
  };
  rmSync(join(folder, "lock"), { force: true });
  const dead = [
    ...[put(".checkpoint.0123456789ab.tmp"), put("tile/0/.000.0123456789ab.tmp"), put("commits/.17.0123456789ab.tmp")],
    ...[put("objects/ab/.abcd.0123456789ab.tmp", old), put(".lock.0123456789ab.tmp", old), put("lock.x.stale", old)],
  ];
  const alive = [put("objects/ab/.abce.0123456789ab.tmp"), put(".lock.0123456789ac.tmp"), put("objects/ab/abcf")];
  await openLogStore(folder).exclusively(() => Promise.resolve());
  assert.deepEqual(
    dead.filter((path) => existsSync(path)),
    [],
  );
  assert.deepEqual(
    alive.filter((path) => !existsSync(path)),
    [],
  );
});

test("lock: so are those beside any other file that is written, and scratch folders", () => {
  const place = join(folder, "place");
  mkdirSync(join(place, ".freigabe-abcdef"), { recursive: true });
  const [gone, young] = [join(place, ".a.yaml.0123456789ab.tmp"), join(place, ".a.yaml.0123456789ac.tmp")];
  for (const path of [gone, young]) writeFileSync(path, "x");
  const old = new Date(Date.now() - 2 * 86_400_000);
  for (const path of [gone, join(place, ".freigabe-abcdef")]) utimesSync(path, old, old);
  writeDurably(join(place, "a.yaml"), "text");
  const scratch = scratchFolder(join(place, "b.csv"));
  assert.deepEqual(
    [existsSync(gone), existsSync(young), existsSync(join(place, ".freigabe-abcdef"))],
    [false, true, false],
  );
  assert.ok(statSync(scratch).isDirectory());
  assert.equal(readFileSync(join(place, "a.yaml"), "utf8"), "text");
});
