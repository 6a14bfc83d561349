import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Assessment } from "../src/model/assessment.ts";
import { checkShape } from "../src/model/check.ts";
import { exit } from "../src/model/errors.ts";
import { GateResult } from "../src/model/gate-result.ts";
import { amf, element, nesas, orderHeader, statement, worldOf } from "./kit/cases.ts";
import { runIn } from "./kit/run.ts";
import { writeWorld } from "./kit/world.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-cli-"));
after(() => rmSync(folder, { recursive: true }));
const run = (...words: string[]) => runIn(folder, words);

const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
const certified = [statement("certificate", nesas())];
const update = amf("21.3.2", "2026-03-02", { id: "DEMO-update" });
const uncertified = amf("20.0", "2026-03-02", { id: "DEMO-smf", functions: "SMF" });
const unreadable = { ...amf("21.3", "2026-13-01"), id: "DEMO-unreadable" };

/** One admitted each; then one open; then one refused and one set aside too. */
const worlds = {
  good: worldOf({ elements: [gnb, amf("21.3", "2026-03-02")], evidence: certified }),
  open: worldOf({ elements: [gnb, update], evidence: certified }),
  mixed: worldOf({ elements: [gnb, update, uncertified, unreadable], evidence: certified }),
  empty: worldOf({ elements: [] }),
};
for (const [name, world] of Object.entries(worlds)) writeWorld(join(folder, name), world);

const lines = {
  good: "certified,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,2",
  open: "newer,DEMO-north,DEMO-nordwerk,DEMO-core,21.3.2,AMF,1",
  refused: "uncertified,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,SMF,1",
  malformed: "many,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,lots",
};
function orderOf(...names: readonly (keyof typeof lines)[]): string {
  const name = `order-${names.join("-")}.csv`;
  writeFileSync(join(folder, name), `${[orderHeader, ...names.map((line) => lines[line])].join("\n")}\n`);
  return name;
}

test("assess exits 0 when it ran, whatever the verdicts", async () => {
  for (const name of ["good", "open", "mixed"]) {
    const { code, out, err } = await run("assess", name);
    assert.equal(code, exit.done, err);
    assert.match(out, /^Looked at [24] elements/m);
  }
});

test("--fail-on refused exits 1 if any is, and 0 if none", async () => {
  assert.equal((await run("assess", "mixed", "--fail-on", "refused")).code, exit.refused);
  assert.equal((await run("assess", "open", "--fail-on", "refused")).code, exit.done);
});

test("--fail-on undecided exits 1 if any is refused, 3 if only open ones, 0 if all are admitted", async () => {
  assert.equal((await run("assess", "mixed", "--fail-on", "undecided")).code, exit.refused);
  assert.equal((await run("assess", "open", "--fail-on", "undecided")).code, exit.undecided);
  assert.equal((await run("assess", "good", "--fail-on", "undecided")).code, exit.done);
});

test("an empty inventory: it says that nothing was looked at, and claims nothing", async () => {
  const { code, out } = await run("assess", "empty");
  assert.equal(code, exit.done);
  assert.match(out, /nothing was looked at/i);
  assert.doesNotMatch(out, /admitted +\d+ +100/);
});

test("gate exits 0 if all lines are admitted, 1 if any is refused, 3 if any is open and none refused", async () => {
  const gate = async (order: string) => (await run("gate", "good", "--order", order)).code;
  assert.equal(await gate(orderOf("good")), exit.done);
  assert.equal(await gate(orderOf("good", "open")), exit.undecided);
  assert.equal(await gate(orderOf("good", "open", "refused")), exit.refused);
});

test("an order with a malformed line, or with no line at all, is never cleared", async () => {
  const malformed = await run("gate", "good", "--order", orderOf("good", "malformed"), "--output", "json");
  assert.equal(malformed.code, exit.undecided);
  const { lines: judged, order } = readGate(malformed.out);
  assert.deepEqual([order.lines, order.setAside], [2, 1]);
  assert.deepEqual(
    judged.map(({ id, outcome, basis }) => [id, outcome, basis]),
    [
      ["certified", "admitted", "evidence"],
      ["many", "undecided", "input"],
    ],
  );
  const empty = await run("gate", "good", "--order", orderOf());
  assert.equal(empty.code, exit.undecided);
  assert.match(empty.out, /^0 lines/m);
});

test("wrong use exits 2, with one line and a hint", async () => {
  const wrong = async (...words: string[]) => {
    const { code, out, err } = await run(...words);
    assert.equal(code, exit.failed, words.join(" "));
    assert.equal(out, "");
    assert.doesNotMatch(err, /\n +at /, "no stack");
    return err;
  };
  assert.match(await wrong("asess", "good"), /no verb `asess`/);
  assert.match(await wrong("assess"), /takes 1 or more words after it, got 0/);
  assert.match(await wrong("assess", "x", "--language", "de"), /none is asked for/);
  assert.match(await wrong("assess", "nowhere"), /no folder/);
  assert.match(await wrong("assess", "good", "--as-of", "2026-02-30"), /expected a day for `--as-of`/);
  assert.match(await wrong("assess", "good", "--fail-on", "never"), /--fail-on/);
  assert.match(await wrong("assess", "good", "--output", "xml"), /text, json, csv/);
  assert.match(await wrong("assess", "good", "--action", "depend"), /expected an action/);
  assert.match(await wrong("gate", "good"), /needs `--order FILE`/);
  assert.match(await wrong("gate", "good", "--order", "no.csv"), /no order `no.csv`/);
});

test("explain of an element that is not there suggests ids alike", async () => {
  const { code, err } = await run("explain", "good", "DEMO-amg");
  assert.equal(code, exit.failed);
  assert.match(err, /no element `DEMO-amg`/);
  assert.match(err, /did you mean .*`DEMO-amf`/);
});

test("explain shows why an element was set aside, and one that is open with the way out", async () => {
  const aside = await run("explain", "mixed", "DEMO-unreadable");
  assert.equal(aside.code, exit.done);
  assert.match(aside.out, /undecided \(input\): its record was set aside \(wrong-type\)/);
  const open = await run("explain", "mixed", "DEMO-update");
  assert.match(open.out, /least change/);
});

test("the JSON of assess follows its schema, the CSV has a row per element, and records set aside count", async () => {
  const { code, out } = await run("assess", "mixed", "--output", "json", "--output", "csv=verdicts.csv");
  assert.equal(code, exit.done);
  const checked = checkShape(Assessment, JSON.parse(out), { file: "assessment.json" });
  assert.deepEqual(checked.problems, []);
  assert.ok("value" in checked);
  const { examined, assessed, setAside, verdicts, basis } = checked.value;
  assert.deepEqual([examined, assessed, setAside], [4, 3, 1]);
  assert.deepEqual(verdicts, { admitted: 1, refused: 1, undecided: 2 });
  assert.deepEqual(basis, { identity: 1, input: 1, "no-duty": 1, rule: 1 });
  const [header, ...rows] = readFileSync(join(folder, "verdicts.csv"), "utf8").trimEnd().split("\n");
  assert.match(header ?? "", /^element,operator,action,outcome,basis/);
  assert.deepEqual(
    rows.map((row) => row.split(",").slice(0, 5).join(" ").replaceAll('""', "")),
    [
      "DEMO-gnb DEMO-north operate admitted no-duty",
      "DEMO-smf DEMO-north operate refused rule",
      "DEMO-unreadable  operate undecided input",
      "DEMO-update DEMO-north operate undecided identity",
    ],
  );
});

test("the JSON of gate follows its schema", async () => {
  const { out } = await run("gate", "good", "--order", orderOf("good", "open", "refused"), "--output", "json");
  const { verdicts, lines: judged } = readGate(out);
  assert.deepEqual(verdicts, { admitted: 1, refused: 1, undecided: 1 });
  assert.deepEqual(
    judged[1]?.change?.map(({ id }) => id),
    ["confirm-update"],
  );
});

test("a second run gives the same bytes, in every format", async () => {
  for (const words of [
    ["assess", "mixed"],
    ["assess", "mixed", "--output", "json"],
    ["assess", "mixed", "--output", "csv"],
    ["explain", "mixed", "DEMO-update", "--output", "json"],
    ["gate", "mixed", "--order", orderOf("good", "refused"), "--no-record", "--output", "json"],
  ]) {
    const first = await run(...words);
    assert.ok(first.out.length > 100, words.join(" "));
    assert.deepEqual(await run(...words), first, words.join(" "));
  }
});

test("the order of rows does not change a verdict", async () => {
  const { elements = [] } = worlds.mixed.tables;
  const shuffled = { ...worlds.mixed, tables: { ...worlds.mixed.tables, elements: elements.toReversed() } };
  writeWorld(join(folder, "shuffled"), shuffled);
  const csv = async (name: string) => (await run("assess", name, "--output", "csv")).out;
  assert.equal(await csv("shuffled"), await csv("mixed"));
});

function readGate(out: string) {
  const checked = checkShape(GateResult, JSON.parse(out), { file: "gate.json" });
  assert.deepEqual(checked.problems, []);
  assert.ok("value" in checked);
  return checked.value;
}
