import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { exit } from "../src/model/errors.ts";
import { objectionsOf } from "../src/reports/objections.ts";
import { amf, element, nesas, orderHeader, statement, worldOf } from "./kit/cases.ts";
import { reportData } from "./kit/pipeline-data.ts";
import { runIn } from "./kit/run.ts";
import { writeWorld } from "./kit/world.ts";

const outer = mkdtempSync(join(tmpdir(), "freigabe-nothing-"));
after(() => rmSync(outer, { recursive: true }));

const inUse = [element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03"), amf("21.3", "2026-03-02")];
let made = 0;

/** A workspace in which everything is admitted, after `change`; what a pipeline would see of it. */
async function seenBy(change: (root: string) => void, elements: typeof inUse = inUse) {
  made += 1;
  const root = join(outer, `w${made}`);
  writeWorld(root, worldOf({ elements, evidence: [statement("certificate", nesas())] }));
  change(root);
  const outputs = ["--output", "json", "--output", "sarif=out.sarif", "--output", "junit=out.xml"];
  const { code, out, err } = await runIn(root, ["assess", ".", "--fail-on", "undecided", ...outputs]);
  assert.notEqual(code, exit.failed, err);
  const sarif = JSON.parse(readFileSync(join(root, "out.sarif"), "utf8")).runs[0].results.length as number;
  const failures = Number(/<testsuites [^>]*failures="(\d+)"/.exec(readFileSync(join(root, "out.xml"), "utf8"))?.[1]);
  return { code, sarif, failures, assessment: JSON.parse(out) };
}

test("14 F: what is wholly admitted is a success, and neither SARIF nor JUnit has anything against it", async () => {
  const { code, sarif, failures, assessment } = await seenBy(() => undefined);
  assert.deepEqual([code, sarif, failures, assessment.verdicts.admitted], [exit.done, 0, 0, 2]);
});

const elementsFile = "elements/elements.csv";
const changed = (pattern: RegExp, text: string) => (root: string) => {
  const path = join(root, elementsFile);
  writeFileSync(path, readFileSync(path, "utf8").replace(pattern, text));
};
const nothing: Readonly<Record<string, readonly [change: (root: string) => void, elements?: typeof inUse]>> = {
  "no table of elements": [(root) => rmSync(join(root, elementsFile))],
  "a table with a header alone": [changed(/\n.*/s, "\n")],
  "a folder of another name": [
    (root) => {
      mkdirSync(join(root, "inventory"));
      renameSync(join(root, elementsFile), join(root, "inventory/elements.csv"));
    },
  ],
  "all retired": [() => undefined, inUse.map((row) => ({ ...row, status: "retired" }))],
  "all planned for later": [
    () => undefined,
    inUse.map((row) => ({ ...row, status: "planned", in_service_since: "2062-01-01" })),
  ],
};
for (const [name, [change, elements]] of Object.entries(nothing))
  test(`14 F: --fail-on undecided, SARIF and JUnit are not clean when nothing was looked at: ${name}`, async () => {
    const { code, sarif, failures, assessment } = await seenBy(change, elements);
    assert.equal(assessment.verdicts.admitted + assessment.verdicts.refused, 0);
    assert.deepEqual([code, sarif > 0, failures > 0], [exit.undecided, true, true]);
  });

const unread: Readonly<Record<string, (root: string) => void>> = {
  "elements/north.csv.gz": (root) => copyFileSync(join(root, elementsFile), join(root, "elements/north.csv.gz")),
  "uses.CSV": (root) => copyFileSync(join(root, elementsFile), join(root, "uses.CSV")),
  "a pipe": (root) => void execFileSync("mkfifo", [join(root, "elements/pipe.csv")]),
};
for (const [name, change] of Object.entries(unread))
  test(`14 F: a file of elements or uses that was seen and not read keeps a run open: ${name}`, async () => {
    const { code, sarif, failures, assessment } = await seenBy(change);
    assert.equal(assessment.verdicts.admitted, 2);
    assert.deepEqual([code, sarif, failures], [exit.undecided, 1, 1]);
    assert.match(assessment.problems[0].message, /^not read: /);
  });

test("14 F: records set aside beyond the problems that are told are counted in SARIF and JUnit", () => {
  const assessment = { ...reportData.assessment, setAside: 7, problems: [] };
  const { list } = objectionsOf({ ...reportData, assessment });
  assert.ok(list.some(({ why }) => why.includes("7 more records could not be read")));
});

test("14 F: gate of an order without a line is not 0", async () => {
  const root = join(outer, "gate");
  writeWorld(root, worldOf({ elements: inUse, evidence: [statement("certificate", nesas())] }));
  for (const text of ["", "\n", `${orderHeader}\n`, `${orderHeader}\n\n\n`, "line\n"]) {
    writeFileSync(join(root, "order.csv"), text);
    const { code } = await runIn(root, ["gate", ".", "--order", "order.csv", "--no-record"]);
    assert.equal(code, exit.undecided, JSON.stringify(text));
  }
});
