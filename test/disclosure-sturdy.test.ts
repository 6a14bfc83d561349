/** What is answered in words and does no harm: strangers, too many, clocks set back, broken files, full disks, copies put back. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { committedHead } from "../src/ledger/head.ts";
import { UserError } from "../src/model/errors.ts";
import { demandOneTime, goOnRestored } from "../src/tasks/disclosure/restored.ts";
import { entriesOf } from "../src/tasks/record/view.ts";
import { runIn } from "./kit/run.ts";
import { inbox, onBothStores, scene } from "./kit/scene.ts";
import {
  agencyIn,
  Clock,
  indicator,
  marked,
  marking,
  type Server,
  serverOn,
  stage,
  taxii,
  tlp,
  warnings,
} from "./kit/sharing.ts";

const [agency, nation] = ["DEMO-AGENCY", "DEMO-NATION"];
const clear = marked(tlp.clear);

/** What comes back for bytes sent over a socket, until the server closes it or `ms` have passed. */
function say(port: number, bytes: string, ms = 3000): Promise<{ readonly text: string; readonly closed: boolean }> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const end = (closed: boolean) => {
      done({ text, closed });
      socket.destroy();
    };
    socket.on("data", (part) => {
      text += part.toString();
    });
    socket.on("error", () => end(true));
    socket.on("close", () => end(true));
    setTimeout(() => end(false), ms).unref();
    socket.write(bytes);
  });
}

const portOf = async ({ app }: Server) => Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);

test("sturdy: who is not let in, may not write or sends another kind is answered before the body is read", () =>
  scene({}, async ({ server }) => {
    const port = await portOf(server);
    const head = (path: string, more: string) =>
      `POST ${path}/objects/ HTTP/1.1\r\nhost: x\r\naccept: ${taxii}\r\ncontent-length: 5000000\r\n${more}\r\n{"objects":[`;
    const token = `authorization: Bearer ${server.tokens[nation]}\r\n`;
    const type = `content-type: ${taxii}\r\n`;
    const stranger = await say(port, head(inbox, type));
    assert.match(stranger.text, /^HTTP\/1\.1 401 /);
    assert.equal(stranger.closed, true, "what a stranger goes on sending is not read");
    assert.match((await say(port, head(warnings, token + type), 800)).text, /^HTTP\/1\.1 403 /);
    assert.match((await say(port, head("/api/collections/nothing", token + type), 800)).text, /^HTTP\/1\.1 404 /);
    assert.match((await say(port, head(inbox, `${token}content-type: text/plain\r\n`), 800)).text, /^HTTP\/1\.1 415 /);
    const statement = `POST /exchange/statements/ HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n{`;
    assert.match((await say(port, statement)).text, /^HTTP\/1\.1 401 /);
    assert.equal((await say(port, head(inbox, token + type), 500)).text, "", "who may is waited for");
  }));

test("sturdy: connections are bounded, and those that say nothing are closed", () =>
  scene({ server: { connections: 4 } }, async ({ server }) => {
    const port = await portOf(server);
    assert.ok(server.app.server.headersTimeout > 0 && server.app.server.headersTimeout <= 60_000);
    const held: Socket[] = [];
    for (let n = 0; n < 4; n++)
      held.push(
        await new Promise<Socket>((done) => {
          const one = connect(port, "127.0.0.1", () => done(one));
        }),
      );
    const request = `GET /taxii2/ HTTP/1.1\r\nhost: x\r\naccept: ${taxii}\r\nconnection: close\r\n\r\n`;
    const fifth = await say(port, request);
    assert.deepEqual(fifth, { text: "", closed: true });
    for (const one of held) one.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.match((await say(port, request)).text, /^HTTP\/1\.1 401 /);
  }));

test("sturdy: strangers do not use up what partners may ask, whatever token they invent", () =>
  scene({ server: { perMinute: 5 } }, async ({ server }) => {
    const ask = (authorization: string) => server.call(undefined, "GET", "/taxii2/", { headers: { authorization } });
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++) statuses.push((await ask(`Bearer invented-${n}`)).status);
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
  }));

onBothStores((on) => {
  on(
    "sturdy: a clock set back a little: no entry is before the last, and the difference is noted",
    { keys: true },
    async (s) => {
      await s.post(agency, [indicator(1, clear)]);
      await s.ids(nation);
      s.clock.at -= 60_000;
      await s.post(agency, [indicator(2, clear)]);
      assert.equal((await s.ids(nation)).length, 2);
      const { store } = s.server.desk.journal.access;
      const entries = [...entriesOf(store, committedHead(store.log)!)].map(
        ({ content }) => content.predicate as { recordedAt: string; clockBehind?: number },
      );
      const times = entries.map(({ recordedAt }) => recordedAt);
      assert.deepEqual(times, times.toSorted());
      const behind = entries.at(-1)?.clockBehind ?? 0;
      assert.ok(behind > 50_000 && behind <= 60_000, `${behind}`);
      const { objects } = (await s.server.call(nation, "GET", `${warnings}/manifest/`)).json<{
        objects: readonly { date_added: string }[];
      }>();
      assert.ok(objects[0]!.date_added < objects[1]!.date_added);
    },
  );

  on(
    "sturdy: a clock set back by days is refused in words, changes nothing, and day of force and age are not decided again",
    { keys: true },
    async (s) => {
      const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
      await s.post(agency, [mark, indicator(1, marked(tlp.clear, mark.id)), indicator(2, clear)]);
      assert.deepEqual(await s.ids(nation), [indicator(2).id]);
      s.clock.set("2019-04-01T00:00:00Z");
      const answers = [
        await s.unsafe(nation, "GET", `${warnings}/objects/`),
        await s.unsafe(agency, "POST", `${warnings}/objects/`, { objects: [indicator(3, clear)] }),
      ];
      for (const { status, body, headers } of answers) {
        assert.equal(status, 503);
        assert.match(body, /The server cannot do this now.*nothing was changed/);
        assert.doesNotMatch(body, /2019|ledger|agency/i, "and tells a partner no more");
        assert.ok(Number(headers["retry-after"]) > 0);
      }
      assert.match(s.said(), /the clock says 2019-04-01.*last entry was made at 2019-06-01/);
      s.clock.set("2019-06-02T00:00:00Z");
      assert.deepEqual(await s.ids(nation), [indicator(2).id]);
    },
  );
});

test("sturdy: a clock that is behind the state is refused at start", () =>
  scene({}, async (s) => {
    await s.post(agency, [indicator(1, clear)]);
    const { code, err } = await runIn(s.folder, ["serve", "agency", "--port", "0"], "2019-05-01T00:00:00Z");
    assert.equal(code, 2);
    assert.match(err, /the clock says 2019-05-01T00:00:00.000Z, and the last entry was made at 2019-06-01/);
  }));

test("sturdy: broken condition files are named, close what carries them and nothing else, and the server goes on", () =>
  scene({ keys: true }, async (s) => {
    const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
    await s.tell("good");
    await s.post(agency, [mark, indicator(1, marked(tlp.clear, mark.id)), indicator(2, clear)]);
    assert.equal((await s.ids(nation)).length, 2);
    const file = join(s.folder, "agency/conditions/built-or-maintained.cedar");
    for (const bytes of [
      "forbid (",
      Buffer.from([0xff, 0xfe, 0]),
      "",
      "permit (principal, action, resource);".repeat(2),
    ]) {
      writeFileSync(file, bytes);
      const { problems } = s.server.desk.reload();
      assert.ok(
        problems.some(({ place }) => place.file?.endsWith("built-or-maintained.cedar")),
        String(bytes),
      );
      assert.deepEqual(
        (await s.ids(nation)).filter((id) => id.startsWith("indicator")),
        [indicator(2).id],
      );
    }
    const shown = await runIn(s.folder, ["disclose", "preview", "agency", indicator(1).id], "2019-06-03T00:00:00Z");
    assert.match(shown.err, /built-or-maintained\.cedar/, "and at the start of every command that opens it");
    for (const spoil of [
      () => writeFileSync(file, Buffer.alloc(1_100_000, 32)),
      () => {
        rmSync(file);
        mkdirSync(file);
      },
    ]) {
      spoil();
      try {
        s.server.desk.reload();
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
      }
      assert.deepEqual(
        (await s.ids(nation)).filter((id) => id.startsWith("indicator")),
        [indicator(2).id],
      );
    }
  }));

const mounted = (folder: string, size: string) =>
  spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status === 0;

test("sturdy: a full disk is answered in words, half of nothing is stored, and it goes on once there is room", async (t) => {
  const { folder, end } = stage();
  if (!mounted(folder, "6m")) {
    end();
    return t.skip("SKIPPED: a disk of 6 MiB could not be mounted here");
  }
  agencyIn(folder);
  const problems: string[] = [];
  const server = await serverOn(folder, new Clock("2019-06-01T08:00:00Z", 1), { problems });
  try {
    const post = (n: number) =>
      server.call(agency, "POST", `${warnings}/objects/`, {
        body: { objects: [indicator(n, { ...clear, name: "x".repeat(20_000) })] },
      });
    writeFileSync(join(folder, "other"), Buffer.alloc(1_500_000));
    let n = 0;
    while ((await post(n)).status === 202 && n < 500) n += 1;
    assert.ok(n > 3 && n < 500, `${n} fitted in`);
    const refused = await post(n);
    assert.equal(refused.status, 503);
    assert.match(problems.join("\n"), /the disk is full/);
    rmSync(join(folder, "other"));
    assert.equal((await post(n)).status, 202);
    const { objects } = (await server.call(nation, "GET", `${warnings}/manifest/`)).json<{
      objects: readonly unknown[];
    }>();
    assert.equal(objects.length, n + 1);
  } finally {
    await server.close();
    spawnSync("umount", [folder]);
    end();
  }
});

test("sturdy: a copy of the state that is put back is found at start, and gone on from only if that is wanted", async () => {
  const { folder, end } = stage();
  try {
    agencyIn(folder);
    const clock = new Clock("2019-06-01T08:00:00Z", 1);
    const state = join(folder, "agency/disclosure/state.sqlite");
    const session = async (first: number) => {
      const server = await serverOn(folder, clock);
      for (const n of [first, first + 1, first + 2]) {
        await server.call(agency, "POST", `${warnings}/objects/`, { body: { objects: [indicator(n, clear)] } });
        await server.call(nation, "GET", `${warnings}/objects/`);
      }
      await server.close();
    };
    await session(1);
    cpSync(state, join(folder, "copy"));
    cpSync(join(folder, "agency/ledger"), join(folder, "ledger-copy"), { recursive: true });
    await session(10);
    for (const more of ["", "-wal", "-shm"]) rmSync(`${state}${more}`, { force: true });
    cpSync(join(folder, "copy"), state);
    const start = () => runIn(folder, ["serve", "agency", "--port", "0"], new Date(clock.at).toISOString());
    const refused = await start();
    assert.equal(refused.code, 2);
    assert.match(refused.err, /has 3 settlements that the state .* does not know: a copy of it was put back/);
    assert.match(refused.err, /--restored/);
    const server = await serverOn(folder, clock);
    await assert.rejects(demandOneTime(server.desk), UserError);
    await goOnRestored(server.desk);
    await demandOneTime(server.desk);
    await server.call(agency, "POST", `${warnings}/objects/`, { body: { objects: [indicator(20, clear)] } });
    const { objects } = (await server.call(nation, "GET", `${warnings}/objects/`)).json<{
      objects: readonly { id: string }[];
    }>();
    assert.equal(objects.length, 4);
    const head = await server.desk.store.head({ collection: warnings.slice(-36), partner: nation });
    assert.ok(head!.seq > 1_000_000, "no number of a row is given twice");
    await server.close();
    rmSync(join(folder, "agency/ledger"), { recursive: true });
    cpSync(join(folder, "ledger-copy"), join(folder, "agency/ledger"), { recursive: true });
    const other = await start();
    assert.equal(other.code, 2);
    assert.match(other.err, /the ledger lacks \d+ entries that the state/);
  } finally {
    end();
  }
});

test("sturdy: files of state and views are for their owner alone", { skip: process.platform === "win32" }, () =>
  scene({}, async (s) => {
    await s.post(agency, [indicator(1, clear)]);
    await s.ids(nation);
    const dir = join(s.folder, "agency/disclosure");
    assert.ok(existsSync(join(dir, "views", nation, "checkpoint")));
    const all = readdirSync(dir, { recursive: true, withFileTypes: true });
    for (const entry of [...all.map((one) => join(one.parentPath, one.name)), dir]) {
      const { mode } = statSync(entry);
      assert.equal((mode & 0o777).toString(8), statSync(entry).isDirectory() ? "700" : "600", entry);
    }
  }),
);
