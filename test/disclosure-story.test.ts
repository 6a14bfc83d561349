/** The story of 2019 with two workspaces: a letter, a day of force, what stops, what is replaced, and what then arrives. All is invented. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runIn } from "./kit/run.ts";
import { agencyIn, Clock, keysIn, ok, type Server, serverOn, stage, warnings } from "./kit/sharing.ts";

const { folder, end } = stage();
const clock = new Clock("2019-03-08T09:00:00Z", 1);
let server: Server;

/** What a person types, at the time of the story. */
const type = (...words: readonly string[]) => ok(runIn(folder, words, new Date(clock.at).toISOString()));

const full = "report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10";
const lesser = "report--a4c8e2f6-0b1d-4375-9e8a-5f7c3d9b6e21";
const steer = "indicator--2b7c9e14-6f9b-4d5e-8a1c-43b96a0e83d7";
const free = "indicator--8d5e2f7a-1c43-4b96-a0e8-6f9b3d7c2e14";

/** A national network of three elements; who built and maintains them stands in `relations`. */
function nation(hand: string): void {
  const dir = join(folder, "nation");
  const put = (name: string, lines: readonly string[]) => {
    mkdirSync(join(dir, name, ".."), { recursive: true });
    writeFileSync(join(dir, name), `${lines.join("\n")}\n`);
  };
  put("freigabe.yaml", [
    "name: nation",
    "country: DE",
    "demo: true",
    "binding: [{pack: de-2026}]",
    "roles: {listed-maker: [{supplier: DEMO-lotus, source: the letter of the DEMO agency}]}",
  ]);
  put("operators.csv", ["id,name", "DEMO-north,DEMO Nordnetz"]);
  put("suppliers.csv", ["id,name,seat", "DEMO-lotus,DEMO Lotus,XL", "DEMO-nordwerk,DEMO Nordwerk,DE"]);
  put("owners.csv", ["owner,owned,percent", "free-float,DEMO-lotus,100", "free-float,DEMO-nordwerk,100"]);
  put("products.csv", ["id,supplier,name", "DEMO-core,DEMO-nordwerk,Core", "DEMO-radio,DEMO-nordwerk,Radio"]);
  put("elements/elements.csv", [
    "id,operator,maker,product,functions,status",
    "DEMO-secret-amf,DEMO-north,DEMO-nordwerk,DEMO-core,AMF,active",
    "DEMO-secret-gnb,DEMO-north,DEMO-nordwerk,DEMO-radio,gNB,active",
  ]);
  put("relations/relations.csv", [
    "from,kind,to,place,access",
    `DEMO-secret-amf,built-by,${hand},,`,
    "DEMO-secret-gnb,built-by,DEMO-nordwerk,,",
    `DEMO-secret-amf,maintained-by,${hand},DE,mediated`,
    "DEMO-secret-gnb,maintained-by,DEMO-nordwerk,DE,mediated",
  ]);
}

/** The operator signs that the tables name everybody who works on its network. */
async function declare(edition: number): Promise<void> {
  const day = new Date(clock.at).toISOString().slice(0, 10);
  const due = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  const register = {
    register: "maintenance",
    operator: "DEMO-north",
    edition,
    complete: true,
    asOf: day,
    nextDue: due,
  };
  writeFileSync(
    join(folder, "register.yaml"),
    JSON.stringify({ ...register, count: 1, entries: [{ operator: "DEMO-north", relations: 4 }] }),
  );
  const words = ["certify", "register", "--from", "register.yaml", "--key", "keys/operator", "--complete"];
  await type(...words, "--out", `nation/registers/maintenance-${edition}.json`);
}

const nationPosture = async (name: string) => {
  await type("posture", "nation", "--partner", "DEMO-NATION", "--sign", "keys/nation", "--out", name);
  return readFileSync(join(folder, name), "utf8");
};
const hand = (text: string) => server.call("DEMO-NATION", "POST", "/exchange/statements/", { body: text });

async function poll(party: string, after?: string) {
  const answer = await server.call(
    party,
    "GET",
    `${warnings}/objects/${after === undefined ? "" : `?added_after=${after}`}`,
  );
  assert.equal(answer.status, 200, answer.body);
  const { objects = [] } = answer.json<{ objects?: readonly { id: string; type: string }[] }>();
  return { ids: objects.map(({ id }) => id), objects, last: answer.headers["x-taxii-date-added-last"]! };
}

before(async () => {
  agencyIn(folder);
  nation("DEMO-lotus");
  await keysIn(folder, "2019-03-08T08:00:00Z");
  server = await serverOn(folder, clock);
  assert.deepEqual(server.desk.house().problems, [], "the example's conditions load");
  await type(
    "disclose",
    "import",
    "agency",
    join(import.meta.dirname, "..", "examples", "agency", "warnings.json"),
    "--collection",
    "warnings",
  );
});
after(async () => {
  await server.close();
  end();
});

let seen = "";

test("before the day of force the partner gets everything, whatever its network is made of", async () => {
  const { ids, last } = await poll("DEMO-NATION");
  assert.ok(ids.includes(full) && ids.includes(steer) && ids.includes(free));
  assert.ok(!ids.includes(lesser), "the lesser object goes to those alone who do not get the full one");
  seen = last;
});

test("the letter is made, delivered, received, acknowledged and answered", async () => {
  clock.set("2019-03-11T08:00:00Z");
  cpSync(join(import.meta.dirname, "..", "examples", "agency", "letter.yaml"), join(folder, "letter.yaml"));
  await type("notice", "make", "agency", "--file", "letter.yaml", "--key", "keys/agency");
  const { notices } = (await server.call("DEMO-NATION", "GET", "/exchange/notices/")).json<{
    notices: readonly unknown[];
  }>();
  assert.equal(notices.length, 1);
  assert.deepEqual((await server.call("DEMO-NEIGHBOUR", "GET", "/exchange/notices/")).json(), { notices: [] });
  cpSync(join(folder, "agency", "notices", "DEMO-N1.json"), join(folder, "letter.json"));
  await type("notice", "receive", "nation", "letter.json");
  await type("notice", "acknowledge", "nation", "DEMO-N1", "--key", "keys/nation");
  assert.match(
    await type("notice", "list", "nation"),
    /Passing on of warnings \(invented\) {2}received[\s\S]*in force from 2019-05-01, in 51 days/,
  );
  writeFileSync(join(folder, "answer.txt"), "We received your letter and will answer it in our own time.\n");
  await type("notice", "answer", "nation", "DEMO-N1", "--file", "answer.txt", "--key", "keys/nation");
  const answer = join(folder, "nation", "notices", "DEMO-N1-answer-1.json");
  assert.equal((await hand(readFileSync(answer, "utf8"))).status, 202);
  assert.match(await type("notice", "list", "agency"), /answered[\s\S]*in our own time/);
});

test("the posture names no element, and says that a listed maker built and maintains half of it", async () => {
  clock.set("2019-04-29T08:00:00Z");
  await declare(1);
  const text = await nationPosture("posture-1.json");
  const payload = Buffer.from(JSON.parse(text).payload, "base64").toString("utf8");
  assert.doesNotMatch(payload, /secret|DEMO-core|DEMO-radio/);
  const { predicate } = JSON.parse(payload);
  const cell = (channel: string) =>
    predicate.cells.find((one: { domain: string; channel: string }) => one.domain === "any" && one.channel === channel);
  assert.deepEqual([cell("built").best, cell("built").worst], [50, 50]);
  assert.deepEqual([cell("maintained").best, cell("maintained").worst], [50, 50]);
  assert.equal((await hand(text)).status, 202);
  const { ids } = await poll("DEMO-NATION", seen);
  assert.deepEqual(ids, [], "the condition is not in force yet");
});

test("on the day of force what falls under the condition stops, and is recalled", async () => {
  clock.set("2019-05-01T06:00:00Z");
  const { ids, objects, last } = await poll("DEMO-NATION", seen);
  const recall = objects.find(({ type: kind }) => kind === "disclosure-recall") as unknown as {
    object_refs: readonly string[];
    deadline: string;
    condition: string;
  };
  assert.deepEqual(
    recall.object_refs.toSorted(),
    ["marking-definition--6e0b3d91-5c7f-4a28-b1d4-8f2a9c6e7035", full, steer].toSorted(),
  );
  assert.equal(recall.deadline, "2019-05-08");
  assert.equal(recall.condition, "DEMO-BUILT-OR-MAINTAINED");
  assert.ok(ids.includes(lesser), "sharing shrinks and does not end");
  for (const id of [full, steer])
    assert.equal((await server.call("DEMO-NATION", "GET", `${warnings}/objects/${id}/`)).status, 404);
  assert.equal((await server.call("DEMO-NATION", "GET", `${warnings}/objects/${free}/`)).status, 200);
  seen = last;
});

test("the partner may know that, and why; others see nothing of it", async () => {
  const told = (await server.call("DEMO-NATION", "GET", "/exchange/withheld/")).json<{
    conditions: readonly { condition: string; reason: string }[];
  }>();
  assert.equal(told.conditions[0]?.condition, "DEMO-BUILT-OR-MAINTAINED");
  assert.match(told.conditions[0]?.reason ?? "", /No part of the network is built/);
  assert.match(
    await type("disclose", "preview", "agency", full),
    /x DEMO-NATION does not get it[\s\S]*0 of 2 partners get it/,
  );
  assert.match(await type("disclose", "explain", "agency", "DEMO-NATION", full), /taken back 2019-05-01/);
});

test("the recall is acknowledged under the partner's signature", async () => {
  const { objects } = await poll("DEMO-NATION", "2019-05-01T00:00:00.000000Z");
  const { id } = objects.find(({ type: kind }) => kind === "disclosure-recall")!;
  const set = Object.entries({ recall: id, partner: "DEMO-NATION", done: "deleted" }).flatMap(([name, value]) => [
    "--set",
    `${name}=${value}`,
  ]);
  await type("certify", "recall-reply", ...set, "--key", "keys/nation", "--out", "done.json");
  assert.equal((await hand(readFileSync(join(folder, "done.json"), "utf8"))).status, 202);
  assert.match(await type("disclose", "history", "agency"), /recall-reply received by DEMO-NATION: .*deleted/);
});

test("an imminent threat may be told by two officers, and not by one", async () => {
  const set = {
    overrideId: "DEMO-V1",
    object: steer,
    partner: "DEMO-NATION",
    reason: "an attack is near (invented)",
    until: "2019-05-31",
  };
  const words = Object.entries(set).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  await type("certify", "override", ...words, "--key", "keys/officer-1", "--out", "one.json");
  const alone = await runIn(folder, ["disclose", "receive", "agency", "one.json"], new Date(clock.at).toISOString());
  assert.equal(alone.code, 1);
  assert.match(alone.err, /two different officers/);
  await type(
    "certify",
    "override",
    ...words,
    "--key",
    "keys/officer-1",
    "--key",
    "keys/officer-2",
    "--out",
    "two.json",
  );
  await type("disclose", "receive", "agency", "two.json");
  const { ids, last } = await poll("DEMO-NATION", seen);
  assert.deepEqual(ids, [steer]);
  seen = last;
});

test("the equipment is replaced: the posture improves, an officer lets the backlog go, and everything arrives", async () => {
  clock.set("2019-09-01T06:00:00Z");
  nation("DEMO-nordwerk");
  await declare(2);
  const text = await nationPosture("posture-2.json");
  assert.match(await type("disclose", "whatif", "agency", "--posture", "posture-2.json"), /opens 3, closes 0/);
  assert.equal((await hand(text)).status, 202);
  assert.deepEqual((await poll("DEMO-NATION", seen)).ids, [], "an officer has to say so");
  const queue = await type("disclose", "queue", "agency", "--output", "json");
  const { waiting } = JSON.parse(queue) as { waiting: readonly { id: string; objects: number }[] };
  assert.ok(waiting.length > 0);
  for (const { id } of waiting) await type("disclose", "queue", "agency", "approve", id, "--by", "keys/officer-1");
  const { ids } = await poll("DEMO-NATION", seen);
  assert.ok(ids.includes(full), ids.join());
  assert.equal((await server.call("DEMO-NATION", "GET", `${warnings}/objects/${full}/`)).status, 200);
  assert.match(await type("disclose", "history", "agency", "DEMO-NATION"), /approved by DEMO-officer-1/);
});

test("the record of it all verifies, and the partner's own log does too", async () => {
  writeFileSync(join(folder, "agency/trust/ledger.yaml"), await type("ledger", "key", "agency"));
  assert.match(await type("ledger", "verify", "agency"), /holds|verified|complete/i);
  assert.match(
    await type("disclose", "replay", "agency"),
    /\d+ classes decided again: (\d+) the same, 0 differ, 0 lack an input/,
  );
  const checkpoint = await server.call("DEMO-NATION", "GET", "/exchange/log/checkpoint");
  const [trusted, views] = ["agency/trust-of-views", "agency/disclosure/views/DEMO-NATION"];
  mkdirSync(join(folder, trusted));
  writeFileSync(join(folder, trusted, "views.yaml"), await type("ledger", "key", views));
  const log = await type("ledger", "verify", views, "--trust", trusted, "--demo");
  assert.match(log, /DEMO-AGENCY\/views\/DEMO-NATION/);
  assert.match(checkpoint.body, /^DEMO-AGENCY\/views\/DEMO-NATION\n/);
});
