/** Two workspaces write to each other: an agency that warns, a national network that answers. All is invented. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { NoticeList } from "../src/model/notice.ts";
import { runIn } from "./kit/run.ts";
import { agencyIn, keysIn, ok, stage } from "./kit/sharing.ts";

const { folder, end } = stage();
const at = (day: string) => `${day}T09:00:00Z`;
const type = (day: string, ...words: readonly string[]) => runIn(folder, words, at(day));
const threads = async (dir: string, day: string) =>
  JSON.parse(await ok(type(day, "notice", "list", dir, "--output", "json"))) as NoticeList;
const letterIn = (dir: string, pattern: RegExp) => {
  const name = readdirSync(join(folder, dir, "notices")).find((file) => pattern.test(file));
  assert.ok(name, `no letter like ${pattern} in ${dir}`);
  return join(dir, "notices", name);
};

before(async () => {
  agencyIn(folder);
  cpSync(join(import.meta.dirname, "..", "examples", "first"), join(folder, "nation"), { recursive: true });
  await keysIn(folder, at("2019-03-01"));
  cpSync(join(import.meta.dirname, "..", "examples", "agency", "letter.yaml"), join(folder, "letter.yaml"));
  writeFileSync(join(folder, "answer.txt"), "We received your letter.\n\nWe shall answer in our own time.\n");
});
after(end);

test("a letter is made: the key says who writes, the folder keeps it, the same id is refused", async () => {
  const yaml = readFileSync(join(folder, "letter.yaml"), "utf8").replace(/^originator:.*\n/m, "");
  writeFileSync(join(folder, "short.yaml"), yaml);
  const make = ["notice", "make", "agency", "--file", "short.yaml", "--key", "keys/agency"];
  assert.equal(await ok(type("2019-03-11", ...make)), "notices/DEMO-N1.json\n");
  const { threads: found } = await threads("agency", "2019-03-11");
  assert.deepEqual(
    found.map(({ id, from, to, state, forceIn, answerBy }) => ({ id, from, to, state, forceIn, answerBy })),
    [{ id: "DEMO-N1", from: "DEMO-AGENCY", to: "DEMO-NATION", state: "open", forceIn: 51, answerBy: "2019-03-31" }],
  );
  const again = await type("2019-03-11", ...make);
  assert.deepEqual([again.code, /there is a notice `DEMO-N1` already/.test(again.err)], [2, true]);
});

test("who may not write such a letter writes none", async () => {
  const yaml = readFileSync(join(folder, "letter.yaml"), "utf8").replace("DEMO-N1", "DEMO-N9");
  writeFileSync(join(folder, "other.yaml"), yaml);
  for (const key of ["nation", "lotus", "officer-1"]) {
    const { code, err } = await type(
      "2019-03-11",
      "notice",
      "make",
      "agency",
      "--file",
      "other.yaml",
      "--key",
      `keys/${key}`,
    );
    assert.equal(code, 2, key);
    assert.match(err, /would not count/);
  }
  assert.deepEqual(readdirSync(join(folder, "agency", "notices")), ["DEMO-N1.json"]);
});

test("it is received byte for byte, twice does no harm, and a stranger's is not taken", async () => {
  const sent = readFileSync(join(folder, "agency/notices/DEMO-N1.json"));
  await ok(type("2019-03-12", "notice", "receive", "nation", "agency/notices/DEMO-N1.json"));
  const kept = letterIn("nation", /DEMO-N1/);
  assert.deepEqual(readFileSync(join(folder, kept)), sent);
  const twice = await type("2019-03-12", "notice", "receive", "nation", "agency/notices/DEMO-N1.json");
  assert.deepEqual([twice.code, /is here already/.test(twice.err)], [0, true]);
  assert.equal(readdirSync(join(folder, "nation/notices")).length, 1);

  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), sent]);
  mkdirSync(join(folder, "third"));
  cpSync(join(folder, "agency/trust"), join(folder, "third/trust"), { recursive: true });
  writeFileSync(join(folder, "third/sharing.yaml"), "demo: true\n");
  writeFileSync(join(folder, "marked.json"), marked);
  await ok(type("2019-03-12", "notice", "receive", "third", "marked.json"));
  assert.deepEqual(readFileSync(join(folder, letterIn("third", /DEMO-N1/))), marked);
  writeFileSync(join(folder, "torn.json"), Buffer.concat([sent, Buffer.from([0xff])]));
  assert.equal((await type("2019-03-12", "notice", "receive", "third", "torn.json")).code, 2);

  mkdirSync(join(folder, "strange/trust"), { recursive: true });
  const key = ["--id", "DEMO-agency", "--party", "DEMO-AGENCY", "--role", "originator", "--from", "2019-01-01"];
  await ok(type("2019-03-12", "certify", "key", "--out", "keys/stranger", ...key, "--trust", "strange/trust"));
  const forged = [
    "certify",
    "formal-notice",
    "--from",
    "letter.yaml",
    "--key",
    "keys/stranger",
    "--out",
    "forged.json",
  ];
  await ok(type("2019-03-12", ...forged));
  const refused = await type("2019-03-12", "notice", "receive", "nation", "forged.json");
  assert.equal(refused.code, 3);
  assert.match(refused.err, /`forged.json` does not count/);

  const certificate = await type("2019-03-12", "notice", "receive", "nation", "nation/evidence/DEMO-C1.json");
  assert.notEqual(certificate.code, 0);
  assert.equal(readdirSync(join(folder, "nation/notices")).length, 1);
});

test("what was changed on the way counts for nothing, and is said", async () => {
  const text = readFileSync(join(folder, "agency/notices/DEMO-N1.json"), "utf8");
  const envelope = JSON.parse(text) as { payload: string };
  const payload = Buffer.from(envelope.payload, "base64").toString("utf8").replace("2019-05-01", "2020-05-01");
  const changed = JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString("base64") });
  writeFileSync(join(folder, "changed.json"), changed);
  assert.equal((await type("2019-03-12", "notice", "receive", "nation", "changed.json")).code, 3);
  const laid = join(folder, "nation/notices/changed.json");
  writeFileSync(laid, changed);
  const list = await threads("nation", "2019-03-12");
  assert.deepEqual(
    list.threads.map(({ force }) => force),
    ["2019-05-01"],
  );
  assert.deepEqual(
    list.aside.map(({ file }) => file),
    ["notices/changed.json"],
  );
  assert.match(await ok(type("2019-03-12", "notice", "list", "nation")), /set aside: notices\/changed.json/);
  writeFileSync(laid, "not even JSON");
  assert.equal((await threads("nation", "2019-03-12")).aside.length, 1);
  writeFileSync(laid, Buffer.alloc(1_000_001, 32));
  assert.equal((await threads("nation", "2019-03-12")).aside.length, 1);
  writeFileSync(laid, changed);
});

test("acknowledged by the partner alone, then overdue on a later day, then answered", async () => {
  const by = (key: string) => ["notice", "acknowledge", "nation", "DEMO-N1", "--key", `keys/${key}`];
  const wrong = await type("2019-03-13", ...by("agency"));
  assert.deepEqual([wrong.code, /would not count/.test(wrong.err)], [2, true]);
  await ok(type("2019-03-13", ...by("nation")));
  assert.equal((await type("2019-03-13", ...by("nation"))).code, 2, "said once");
  const stateOn = async (day: string) => (await threads("nation", day)).threads[0]!.state;
  assert.deepEqual(
    [await stateOn("2019-03-12"), await stateOn("2019-03-31"), await stateOn("2019-04-01")],
    ["open", "received", "overdue"],
  );
  assert.match(await ok(type("2019-04-01", "notice", "list", "nation")), /answer wanted by 2019-03-31: overdue/);
  const answer = ["notice", "answer", "nation", "DEMO-N1", "--file", "answer.txt", "--key", "keys/nation"];
  assert.equal(await ok(type("2019-04-02", ...answer)), "notices/DEMO-N1-answer-1.json\n");
  assert.equal(await stateOn("2019-04-02"), "answered");

  assert.equal((await threads("agency", "2019-04-02")).threads[0]!.state, "overdue", "it has not arrived yet");
  for (const name of ["received", "answer-1"]) {
    const file = `nation/notices/DEMO-N1-${name}.json`;
    await ok(type("2019-04-02", "notice", "receive", "agency", file));
    const twice = await type("2019-04-02", "notice", "receive", "agency", file);
    assert.deepEqual([twice.code, /is here already/.test(twice.err)], [0, true]);
  }
  const [thread] = (await threads("agency", "2019-04-02")).threads;
  assert.deepEqual(
    [thread!.state, ...thread!.replies.map(({ reply, other, text }) => `${reply} ${other} ${text}`)],
    [
      "answered",
      "received false undefined",
      "answer false We received your letter.\n\nWe shall answer in our own time.",
    ],
  );
});

test("an answer to other bytes is shown and does not count; one to no letter is set aside", async () => {
  const sharing = join(folder, "second/sharing.yaml");
  cpSync(join(folder, "agency/trust"), join(folder, "second/trust"), { recursive: true });
  writeFileSync(sharing, "demo: true\n");
  mkdirSync(join(folder, "second/notices"));
  for (const name of ["received", "answer-1"])
    cpSync(join(folder, `nation/notices/DEMO-N1-${name}.json`), join(folder, `second/notices/${name}.json`));
  const before = await threads("second", "2019-04-03");
  assert.deepEqual([before.threads.length, before.aside.length], [0, 2]);
  assert.match(before.aside[0]!.message, /notice that is not here, `DEMO-N1`/);

  cpSync(join(folder, "agency/sharing.yaml"), sharing);
  cpSync(join(folder, "agency/conditions"), join(folder, "second/conditions"), { recursive: true });
  const condition = join(folder, "second/conditions/built-or-maintained.cedar");
  writeFileSync(condition, readFileSync(condition, "utf8").replace("2019-05-01", "2019-06-01"));
  const yaml = readFileSync(join(folder, "letter.yaml"), "utf8").replace("2019-05-01", "2019-06-01");
  writeFileSync(join(folder, "milder.yaml"), yaml);
  await ok(type("2019-03-11", "notice", "make", "second", "--file", "milder.yaml", "--key", "keys/agency"));
  const [thread] = (await threads("second", "2019-04-03")).threads;
  assert.deepEqual([thread!.state, thread!.replies.map(({ other }) => other)], ["overdue", [true, true]]);
  assert.match(await ok(type("2019-04-03", "notice", "list", "second")), /OTHER BYTES/);

  const milder = "second/notices/DEMO-N1.json";
  assert.match((await type("2019-04-03", "notice", "receive", "nation", milder)).err, /another letter with the id/);
  const words = ["notice", "answer", "nation", "--file", "answer.txt", "--key", "keys/nation"];
  const unclear = await type("2019-04-03", ...words, "DEMO-N1");
  assert.deepEqual([unclear.code, /2 letters have the id/.test(unclear.err)], [2, true]);
  assert.equal((await type("2019-04-03", ...words, thread!.sha256.slice(0, 12))).code, 0);
});

test("a later letter takes the place of an earlier one only from the same hand", async () => {
  const letter = (id: string, more: string) =>
    `noticeId: ${id}\npartner: DEMO-NATION\ntitle: another\ntext: invented words\n${more}`;
  writeFileSync(join(folder, "own.yaml"), letter("DEMO-N4", "supersedes: DEMO-N1\n"));
  const make = (file: string, key: string) =>
    ok(type("2019-04-05", "notice", "make", "agency", "--file", file, "--key", `keys/${key}`));
  // By another way than `notice make`, which refuses it: what lies there is read by the same rule.
  const foreign = letter("DEMO-N3", "supersedes: DEMO-N1\noriginator: DEMO-AUDIT\n");
  writeFileSync(join(folder, "foreign.yaml"), foreign);
  const certify = ["certify", "formal-notice", "--from", "foreign.yaml", "--key", "keys/auditor"];
  await ok(type("2019-04-05", ...certify, "--out", "foreign.json"));
  await ok(type("2019-04-05", "notice", "receive", "agency", "foreign.json"));
  const superseded = async () =>
    (await threads("agency", "2019-04-05")).threads.map(({ id, supersededBy }) => [id, supersededBy]);
  assert.deepEqual(await superseded(), [
    ["DEMO-N1", undefined],
    ["DEMO-N3", undefined],
  ]);
  await make("own.yaml", "agency");
  assert.deepEqual((await superseded())[0], ["DEMO-N1", "DEMO-N4"]);
});

test("a letter is checked when it is made: partner, condition, days, and what it takes the place of; else nothing is signed", async () => {
  const before = readdirSync(join(folder, "agency/notices"));
  const refused = async (
    more: Readonly<Record<string, string>>,
    message: RegExp,
    day = "2019-04-05",
    key = "agency",
  ) => {
    const letter = { noticeId: "DEMO-N8", partner: "DEMO-NATION", title: "t", text: "t", ...more };
    writeFileSync(join(folder, "bad.yaml"), JSON.stringify(letter));
    const { code, err } = await type(day, "notice", "make", "agency", "--file", "bad.yaml", "--key", `keys/${key}`);
    assert.equal(code, 2, err);
    assert.match(err, message);
    assert.deepEqual(readdirSync(join(folder, "agency/notices")), before);
  };
  const condition = "DEMO-BUILT-OR-MAINTAINED";
  await refused(
    { partner: "DEMO-NATIO" },
    /no partner `DEMO-NATIO` in `sharing.yaml`; it has `DEMO-NATION`, `DEMO-NEIGHBOUR`/,
  );
  await refused({ partner: "demo-nation" }, /no partner/);
  await refused({ condition: "DEMO-BUILT" }, /no condition `DEMO-BUILT` .*`DEMO-BUILT-OR-MAINTAINED`/);
  await refused({ condition, force: "2019-05-02" }, /expected `force` to be 2019-05-01, .*got 2019-05-02/);
  await refused({ force: "2019-05-01", answerBy: "2019-05-02" }, /wanted by 2019-05-02, after the day of force/);
  await refused({ force: "2019-04-01" }, /lies before the day of signing/);
  await refused({ answerBy: "2019-02-30" }, /a day that exists/);
  await refused({ supersedes: "DEMO-N8" }, /supersede itself/);
  await refused({ supersedes: "DEMO-N7" }, /no letter `DEMO-N7` of `DEMO-AGENCY` to `DEMO-NATION`/);
  await refused({ supersedes: "DEMO-N1", partner: "DEMO-NEIGHBOUR" }, /no letter `DEMO-N1`/);
  await refused({ supersedes: "DEMO-N4" }, /no letter `DEMO-N4` of `DEMO-AUDIT`/, "2019-04-05", "auditor");
  await refused({ supersedes: "DEMO-N1" }, /superseded before, by `DEMO-N4`/);
  const self = [
    "--set",
    "noticeId=x",
    "--set",
    "partner=p",
    "--set",
    "originator=DEMO-AGENCY",
    "--set",
    "title=t",
    "--set",
    "text=t",
  ];
  const certified = await type(
    "2019-04-05",
    "certify",
    "formal-notice",
    ...self,
    "--set",
    "supersedes=x",
    "--key",
    "keys/agency",
  );
  assert.match(certified.err, /supersedes itself/);
});

test("an id of any words is a file inside `notices/`, and two ids never share one", async () => {
  const ids = ["../../up", "__/__/up", ".hidden", "DEMO-Ü", "x".repeat(200), `${"x".repeat(199)}y`];
  for (const [at, id] of ids.entries()) {
    writeFileSync(
      join(folder, "odd.yaml"),
      JSON.stringify({ noticeId: id, partner: "DEMO-NATION", title: "t", text: "t" }),
    );
    const make = ["notice", "make", "second", "--file", "odd.yaml", "--key", "keys/agency"];
    const path = (await ok(type("2019-04-06", ...make))).trim();
    assert.match(path, /^notices\/[\w-][\w.-]*\.json$/);
    const reply = ["notice", "acknowledge", "second", id, "--key", "keys/nation"];
    await ok(type("2019-04-06", ...reply));
    assert.equal(readdirSync(join(folder, "second/notices")).length, 3 + 2 * (at + 1));
  }
  const shown = (await threads("second", "2019-04-06")).threads.filter(({ id }) => ids.includes(id));
  assert.deepEqual([...new Set(shown.map(({ state }) => state))], ["received"]);
  assert.equal(shown.length, ids.length);
});

test("with a ledger letters are entered and not taken for vanished, and outlive the key that signed them", async () => {
  const day = "2019-04-10";
  await ok(type(day, "ledger", "start", "nation"));
  const make = ["notice", "make", "agency", "--file", "fifth.yaml", "--key", "keys/agency"];
  writeFileSync(join(folder, "fifth.yaml"), "noticeId: DEMO-N5\npartner: DEMO-NATION\ntitle: fifth\ntext: invented\n");
  await ok(type(day, ...make));
  await ok(type(day, "notice", "receive", "nation", "agency/notices/DEMO-N5.json"));
  assert.match(await ok(type(day, "ledger", "list", "nation")), /files/);
  await type(day, "assess", "nation", "--record", "--output", "text");
  const { out, code } = await type(day, "assess", "nation", "--output", "json");
  assert.equal(code, 0);
  const { findings, inputs } = JSON.parse(out) as {
    findings: readonly { code: string; title: string }[];
    inputs: readonly { file: string }[];
  };
  assert.deepEqual(
    findings.filter((finding) => finding.code === "vanished"),
    [],
  );
  assert.ok(inputs.some(({ file }) => file.startsWith("notices/DEMO-N5")));

  const entry = join(folder, "nation/trust/DEMO-agency.yaml");
  writeFileSync(entry, readFileSync(entry, "utf8").replace(/^( *)from: .*$/m, "$&\n$1until: 2019-12-31"));
  cpSync(entry, join(folder, "second/trust/DEMO-agency.yaml"));
  assert.deepEqual(
    (await threads("second", "2020-02-01")).threads,
    [],
    "without a ledger the key's end is the letter's",
  );
  const late = await threads("nation", "2020-02-01");
  assert.ok(
    late.threads.some(({ id }) => id === "DEMO-N5"),
    JSON.stringify(late.aside),
  );
});

test("a supplier's own words stand in the thread, and in what `assess` says, and change no verdict", async () => {
  const assess = async () => (await type("2019-05-02", "assess", "nation", "--output", "json")).out;
  const before = JSON.parse(await assess());
  assert.deepEqual(before.comments, []);
  const rule = before.reasons[0].rule as string;
  const say = (id: string, on: string, text: string) =>
    ok(
      type(
        "2019-05-02",
        ...["certify", "supplier-comment", "--key", "keys/lotus", "--out", `nation/evidence/${id}.json`, "--no-record"],
        ...["--set", `commentId=${id}`, "--set", "maker=DEMO-lotus", "--set", `on=${on}`, "--set", `text=${text}`],
      ),
    );
  await say("w1", "*", "We have never been asked.\n\u001b[31mNor shown <b>anything</b>.");
  await say("w2", rule, "Our certificate is on its way.");
  await say("w3", "DEMO-N5", "This is about the letter.");
  const text = (await type("2019-05-02", "assess", "nation")).out;
  assert.match(
    text,
    /What suppliers say themselves[\s\S]*DEMO-lotus on [\s\S]*\| Our certificate[\s\S]*\| We have never been asked/,
  );
  assert.ok(!text.includes("\u001b") && !text.includes("about the letter"));
  const said = JSON.parse(await assess());
  assert.deepEqual(
    said.comments.map(({ on, signer }: { on: string; signer: string }) => [on, signer]),
    [
      [rule, "DEMO-lotus"],
      ["*", "DEMO-lotus"],
    ],
  );
  for (const part of ["verdicts", "basis", "reasons", "operators", "network", "findings", "grades"])
    assert.deepEqual(said[part], before[part], part);
  await type("2019-05-02", "assess", "nation", "--output", "html=page.html");
  const page = readFileSync(join(folder, "page.html"), "utf8");
  assert.match(page, /What suppliers say themselves[\s\S]*Was Hersteller selbst dazu sagen/);
  assert.ok(page.includes("Nor shown &#60;b&#62;anything&#60;/b&#62;"));
  assert.match(
    await ok(type("2019-05-02", "notice", "list", "nation")),
    /what DEMO-lotus says itself[\s\S]*about the letter/,
  );
});

test("words in the name of another supplier count for nothing", async () => {
  const words = ["certify", "supplier-comment", "--key", "keys/lotus", "--out", "other-maker.json"];
  const set = ["--set", "commentId=w9", "--set", "maker=DEMO-other", "--set", "on=*", "--set", "text=invented"];
  await ok(type("2019-05-02", ...words, ...set));
  assert.equal((await type("2019-05-02", "notice", "receive", "nation", "other-maker.json")).code, 3);
});
