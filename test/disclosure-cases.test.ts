/** A duty to warn: what tells of a threat to life is withheld from nobody by rule alone, and partners see nothing of that. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { WarningCases } from "../src/model/disclosure.ts";
import { run } from "../src/server/run.ts";
import { bringAllUpToDate } from "../src/tasks/disclosure/desk.ts";
import { runIn } from "./kit/run.ts";
import {
  agencyIn,
  Clock,
  indicator,
  keysIn,
  marked,
  marking,
  ok,
  serverOn,
  stage,
  tlp,
  warnings,
} from "./kit/sharing.ts";

const life = "marking-definition--8dfa1344-0128-444e-aadf-1889ab5fc405";
const now = "2019-06-01T08:00:00Z";
const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
const danger = indicator(1, marked(tlp.clear, mark.id, life));
const lesser = indicator(2, marked(tlp.clear));

async function scene() {
  const { folder, end } = stage();
  agencyIn(folder);
  await keysIn(folder, "2019-03-01T00:00:00Z", ["agency/trust"]);
  const clock = new Clock(now, 1);
  const server = await serverOn(folder, clock);
  const type = (...words: readonly string[]) => runIn(folder, words, new Date(clock.at).toISOString());
  const post = async (list: readonly unknown[], by = "DEMO-AGENCY", where = warnings) => {
    const answer = await server.call(by, "POST", `${where}/objects/`, { body: { objects: list } });
    assert.equal(answer.status, 202, answer.body);
  };
  const cases = async () => {
    const { code, out, err } = await type("disclose", "cases", "agency", "--output", "json");
    return { code, err, found: (JSON.parse(out) as WarningCases).cases };
  };
  const decide = (...words: readonly string[]) => type("disclose", "cases", "agency", ...words);
  const polled = async (party = "DEMO-NATION") => {
    const answer = await server.call(party, "GET", `${warnings}/objects/`);
    return (answer.json<{ objects?: readonly { id: string }[] }>().objects ?? []).map(({ id }) => id);
  };
  const close = async () => {
    await server.close();
    end();
  };
  return { folder, clock, server, type, post, cases, decide, polled, close };
}

async function with_(work: (s: Awaited<ReturnType<typeof scene>>) => Promise<void>): Promise<void> {
  const s = await scene();
  try {
    await work(s);
  } finally {
    await s.close();
  }
}

const officers = ["--by", "keys/officer-1", "--by", "keys/officer-2"];
const of = (id: string, partner = "DEMO-NATION") => `${partner}/${id}`;

test("a threat to life that a condition withholds opens a case for each partner who reads its collection, with a deadline", () =>
  with_(async (s) => {
    await s.post([mark, danger, indicator(3, marked(tlp.clear, mark.id)), lesser]);
    assert.ok(!(await s.polled()).includes(danger.id), "the condition holds, and it is withheld");
    const { code, found } = await s.cases();
    assert.equal(code, 0);
    assert.deepEqual(
      found.map(({ id, version, deadline, state }) => [id, version, deadline.slice(0, 16), state]),
      ["DEMO-NATION", "DEMO-NEIGHBOUR"].map((who) => [of(danger.id, who), danger.modified, "2019-06-02T08:00", "open"]),
    );
    assert.equal((await s.cases()).found.length, 2, "it is opened once");
    assert.match(await ok(s.type("disclose", "history", "agency")), /warning cases opened by DEMO-NATION: 1 warnings/);
  }));

test("an overdue case alarms: exit code 1, a word on stderr, and a line of the server's log once an hour", () =>
  with_(async (s) => {
    await s.post([mark, danger]);
    await bringAllUpToDate(s.server.desk);
    s.clock.at += 25 * 3_600_000;
    const { code, err, found } = await s.cases();
    assert.deepEqual([code, found[0]?.state], [1, "overdue"]);
    assert.match(err, /alarm: 2 cases are overdue/);
    const said: string[] = [];
    const options = {
      desk: s.server.desk,
      perMinute: 1000,
      refresh: () => undefined,
      log: (text: string) => void said.push(text),
    };
    const running = await run({ ...options, host: "127.0.0.1", port: 0 });
    while (said.length < 2) await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 1500));
    await running.close();
    assert.deepEqual(
      said.map((text) => /^alarm: (\S+) should have been decided by 2019-06-02T08:00/.exec(text)?.[1]),
      [of(danger.id), of(danger.id, "DEMO-NEIGHBOUR")],
    );
    const first = await s.decide("waive", of(danger.id), "--reason", "known to them", ...officers);
    assert.deepEqual([first.code, /1 case is overdue/.test(first.err)], [1, true], "the other one still is");
    const one = await s.decide("waive", of(danger.id, "DEMO-NEIGHBOUR"), "--reason", "known to them", ...officers);
    assert.equal(one.code, 0, "nothing is overdue any more");
  }));

test("two officers release it, with a reason; one alone does not, and neither does somebody else", () =>
  with_(async (s) => {
    await s.post([mark, danger]);
    await s.polled();
    const reason = ["--reason", "people are in danger (invented)"];
    const alone = await s.decide("release", of(danger.id), ...reason, "--by", "keys/officer-1");
    assert.deepEqual([alone.code, /two different officers/.test(alone.err)], [2, true]);
    const other = await s.decide("release", of(danger.id), ...reason, "--by", "keys/officer-1", "--by", "keys/auditor");
    assert.match(other.err, /two different officers/);
    assert.match((await s.decide("release", of(danger.id), ...officers)).err, /`--reason TEXT` is missing/);
    assert.match(
      (await s.decide("release", "DEMO-NATION/x", ...reason, ...officers)).err,
      /no case `DEMO-NATION\/x` waits/,
    );
    assert.ok(!(await s.polled()).includes(danger.id));
    const text = await ok(s.decide("release", of(danger.id), ...reason, ...officers));
    assert.match(text, /released[\s\S]*DEMO-officer-1, DEMO-officer-2: people are in danger/);
    assert.ok((await s.polled()).includes(danger.id));
    assert.ok(!(await s.polled("DEMO-NEIGHBOUR")).includes(danger.id), "each partner is a case of its own");
    assert.match(
      await ok(s.type("disclose", "history", "agency")),
      /warning-decision received by DEMO-AGENCY: release of/,
    );
    assert.match(await ok(s.type("disclose", "replay", "agency")), / 0 differ, 0 lack/);
  }));

test("a tear line gives the lesser object instead; a waiver gives nothing; a new version asks anew", () =>
  with_(async (s) => {
    const named = indicator(2, marked(mark.id, tlp.red));
    await s.post([mark, danger, named]);
    await s.polled();
    const reason = ["--reason", "enough to act on"];
    assert.match((await s.decide("tearline", of(danger.id), ...reason, ...officers)).err, /missing field `instead`/);
    const stray = ["--instead", indicator(77).id];
    assert.match((await s.decide("tearline", of(danger.id), ...reason, ...stray, ...officers)).err, /no lesser object/);
    await ok(s.decide("tearline", of(danger.id), ...reason, "--instead", named.id, ...officers));
    const seen = await s.polled();
    assert.deepEqual([seen.includes(named.id), seen.includes(danger.id)], [true, false]);
    await ok(s.decide("waive", of(danger.id, "DEMO-NEIGHBOUR"), "--reason", "their own report", ...officers));
    const states = async () => (await s.cases()).found.map(({ partner, state }) => `${partner} ${state}`).sort();
    assert.deepEqual(await states(), ["DEMO-NATION tearline", "DEMO-NEIGHBOUR waiver"]);
    assert.ok(!(await s.polled("DEMO-NEIGHBOUR")).includes(danger.id));
    await s.post([{ ...danger, modified: "2019-06-01T08:30:00.000Z" }]);
    await s.polled();
    await s.polled("DEMO-NEIGHBOUR");
    assert.deepEqual(await states(), [
      "DEMO-NATION open",
      "DEMO-NATION tearline",
      "DEMO-NEIGHBOUR open",
      "DEMO-NEIGHBOUR waiver",
    ]);
  }));

test("the officers may sign apart, one after the other", () =>
  with_(async (s) => {
    await s.post([mark, danger]);
    await s.polled();
    const set = {
      decisionId: "DEMO-D1",
      object: danger.id,
      version: danger.modified,
      partner: "DEMO-NATION",
      decision: "release",
      reason: "r",
    };
    const words = Object.entries(set).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
    await ok(s.type("certify", "warning-decision", ...words, "--key", "keys/officer-1", "--out", "d.json"));
    assert.equal((await s.type("disclose", "receive", "agency", "d.json")).code, 1);
    await ok(
      s.type("certify", "warning-decision", "--add-signature", "d.json", "--key", "keys/officer-2", "--out", "e.json"),
    );
    await ok(s.type("disclose", "receive", "agency", "e.json"));
    assert.ok((await s.polled()).includes(danger.id));
    const mine = await s.server.call("DEMO-NATION", "POST", "/exchange/statements/", {
      body: readFileSync(join(s.folder, "e.json"), "utf8"),
    });
    assert.match(
      mine.body,
      /not taken here/,
      "partners hand in no decision, so they cannot ask whether there was a case",
    );
  }));

test("a case ends by itself once the partner has it, it was revoked, or its time is over; and who does not read it misses nothing", () =>
  with_(async (s) => {
    const short = indicator(4, { ...marked(tlp.clear, mark.id, life), valid_until: "2019-06-01T12:00:00Z" });
    const past = indicator(5, { ...marked(tlp.clear, mark.id, life), valid_until: "2019-05-01T12:00:00Z" });
    await s.post([mark, danger, short, past]);
    const { sharing } = s.server.desk.house();
    const inbox = sharing.collections.find(({ alias }) => alias === "inbox")!.id;
    await s.post([indicator(6, marked(life))], "DEMO-AGENCY", `/api/collections/${inbox}`);
    await s.polled();
    const states = async () =>
      Object.fromEntries(
        (await s.cases()).found.flatMap(({ partner, object, state }) =>
          partner === "DEMO-NATION" ? [[object, state]] : [],
        ),
      );
    assert.deepEqual(await states(), { [danger.id]: "open", [short.id]: "open" });
    await s.post([{ ...danger, modified: "2019-06-01T08:30:00.000Z", revoked: true }]);
    s.clock.set("2019-06-01T13:00:00Z");
    assert.deepEqual(await states(), { [danger.id]: "ended", [short.id]: "ended" });
  }));

test("the marking counts only if the object's own owner put it: what a partner posts opens no case for what others own", () =>
  with_(async (s) => {
    const { sharing } = s.server.desk.house();
    const inbox = `/api/collections/${sharing.collections.find(({ alias }) => alias === "inbox")!.id}`;
    const later = marking(901, {}).id;
    const quiet = indicator(1, marked(tlp.clear, mark.id, later));
    await s.post([mark, quiet]);
    // Under the id it points at, one that claims to be ours; a version of the agency's object; one that points at it.
    const foreign = [
      { ...marking(901, {}), object_marking_refs: [life] },
      { ...quiet, modified: "2019-06-01T08:30:00.000Z", object_marking_refs: [tlp.clear, mark.id, life] },
      {
        ...indicator(8, marked(tlp.clear, life)),
        type: "note",
        id: indicator(8).id.replace("indicator", "note"),
        content: "x",
        object_refs: [quiet.id],
      },
      { ...marking(0, { recipients: [] }), id: life },
    ];
    await s.post(foreign, "DEMO-NEIGHBOUR", inbox);
    await s.polled();
    await s.polled("DEMO-NEIGHBOUR");
    assert.deepEqual((await s.cases()).found, []);
    await s.post([danger].map((one) => ({ ...one, id: indicator(9).id })));
    assert.equal(
      (await s.cases()).found.length,
      2,
      "and what is posted under the marking's own id takes nothing from it",
    );
  }));

/** Everything that a partner can ask, as bytes. */
async function transcript(s: Awaited<ReturnType<typeof scene>>): Promise<string> {
  const paths = [
    ...["/taxii2/", "/api/", "/api/collections/", `${warnings}/`, `${warnings}/objects/`, `${warnings}/manifest/`],
    ...[danger.id, lesser.id].flatMap((id) => [`${warnings}/objects/${id}/`, `${warnings}/objects/${id}/versions/`]),
    ...["/exchange/withheld/", "/exchange/notices/", "/exchange/log/checkpoint"],
  ];
  const said: string[] = [];
  for (const path of paths) {
    const { status, headers, body } = await s.server.call("DEMO-NATION", "GET", path);
    const { date: _, ...rest } = headers;
    // The checkpoint of the partner's own log is signed by a key made for the folder.
    said.push(`${path} ${status} ${JSON.stringify(rest)} ${path.endsWith("checkpoint") ? body.split("\n")[1] : body}`);
  }
  return said.join("\n");
}

test("partners see no trace of a case: opened, overdue or waived, their server is that of an agency that has no such object", () =>
  with_((s) =>
    with_(async (bare) => {
      const shut = { ...danger, object_marking_refs: [tlp.red, life] };
      await s.post([lesser, shut]);
      await bare.post([lesser]);
      bare.clock.at = s.clock.at;
      for (const step of ["open", "overdue", "waiver"]) {
        await bringAllUpToDate(s.server.desk);
        await bringAllUpToDate(bare.server.desk);
        if (step === "overdue") for (const one of [s, bare]) one.clock.at += 30 * 3_600_000;
        if (step === "waiver") {
          const words = ["--reason", "no", ...officers];
          await s.decide("waive", of(danger.id), ...words);
          await ok(s.decide("waive", of(danger.id, "DEMO-NEIGHBOUR"), ...words));
        }
        const { found } = await s.cases();
        assert.deepEqual(
          found.map(({ state }) => state),
          [step, step],
        );
        bare.clock.at = s.clock.at;
        const withCase = await transcript(s);
        assert.equal(withCase, await transcript(bare), step);
        assert.ok(withCase.includes(`/objects/${danger.id}/ 404`));
      }
    }),
  ));

test("hours until the deadline stand in `sharing.yaml`", () =>
  with_(async (s) => {
    const file = join(s.folder, "agency/sharing.yaml");
    writeFileSync(file, `warnHours: 2\n${readFileSync(file, "utf8")}`);
    s.server.desk.reload();
    await s.post([mark, danger]);
    await bringAllUpToDate(s.server.desk);
    assert.match((await s.cases()).found[0]!.deadline, /^2019-06-01T10:00/);
  }));
