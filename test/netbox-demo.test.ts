import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Assessment } from "../src/model/assessment.ts";
import type { ImportResult } from "../src/tasks/import/import.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const data = process.env.FREIGABE_DATA ?? join(root, "../shared/data");
const demo = join(data, "inventory/netbox-demo-v3.6.json");
const fixtures = join(root, "test/fixtures/netbox-demo");
const skip = existsSync(demo) ? false : `SKIPPED: real data not found at ${demo}`;

const folder = mkdtempSync(join(tmpdir(), "freigabe-netbox-"));
after(() => rmSync(folder, { recursive: true }));
const operators = ["DEMO-op-campus", "DEMO-op-paper"];

async function run(...words: string[]): Promise<string> {
  const { code, out, err } = await runIn(folder, words);
  assert.equal(code, 0, `${words.join(" ")}: ${err}`);
  return out;
}

let count = 0;
/** The export imported into a workspace of its own, and what the import said. */
async function imported(map = join(fixtures, "map.yaml")): Promise<{ dir: string; result: ImportResult }> {
  const dir = `demo${++count}`;
  await run("init", dir, "--country", "DE", "--demo", ...operators.flatMap((id) => ["--operator", id]));
  const out = await run("import", "netbox", demo, "--map", map, "--into", dir, "--output", "json");
  return { dir, result: JSON.parse(out) as ImportResult };
}

/** What only the operators can know: their risk class, and complete registers of the kinds named, all of them empty. */
async function declare(dir: string, kinds: readonly string[]): Promise<void> {
  cpSync(join(fixtures, "operators.csv"), join(folder, dir, "operators.csv"));
  for (const id of operators) {
    const key = `${dir}-${id}.key`;
    const owner = ["--id", `${id}-key`, "--party", id, "--role", "operator", "--from", "2026-01-01"];
    await run("certify", "key", "--out", key, ...owner, "--trust", `${dir}/trust`);
    for (const kind of kinds) {
      const draft = `${dir}/registers/drafts/${kind}-${id}.yaml`;
      const out = `${dir}/registers/${kind}-${id}.json`;
      await run("certify", "register", "--from", draft, "--complete", "--key", key, "--out", out);
    }
  }
}

/** Writes an invented release and its day of first use into every row. */
function usedSince(dir: string, day: string): void {
  const file = join(folder, dir, "elements/netbox.csv");
  const [header = "", ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
  const columns = header.split(",");
  const known: Readonly<Record<string, string>> = { release: "DEMO-1", in_service_since: day, release_since: day };
  const dated = rows.map((row) => {
    const cells = row.split(",");
    assert.equal(cells.length, columns.length, "a cell with a comma in it");
    return cells.map((cell, at) => known[columns[at]!] ?? cell).join(",");
  });
  writeFileSync(file, `${[header, ...dated].join("\n")}\n`);
}

async function assessed(dir: string): Promise<Assessment> {
  return JSON.parse(await run("assess", dir, "--audit", "--output", "json")) as Assessment;
}

test("the export goes in whole: 256 records of equipment and 137 lines, each taken or set aside by name", {
  skip,
}, async () => {
  const { result } = await imported();
  assert.deepEqual([result.examined, result.taken, result.unreadable], [393, 223, 0]);
  assert.deepEqual(
    result.setAside.map(({ reason, records }) => [records, reason]),
    [
      [19, "role `Patch Panel`"],
      [13, "role `PDU`"],
      [4, "module: part of a device that has its own row"],
      [82, "cable within one site"],
      [26, "cable for power or a console"],
      [13, "circuit into a provider's network"],
      [13, "circuit with one end only"],
    ],
  );
});

test("with two registers of each operator every verdict is open, and says who can act", { skip }, async () => {
  const { dir } = await imported();
  const before = await assessed(dir);
  assert.deepEqual(before.verdicts, { admitted: 0, refused: 0, undecided: 220 });
  await declare(dir, ["orders", "certificates"]);
  const after = await assessed(dir);
  assert.deepEqual([after.examined, after.setAside, after.problems.length], [220, 0, 0]);
  assert.deepEqual([after.verdicts, after.basis], [{ admitted: 0, refused: 0, undecided: 220 }, { missing: 220 }]);
  assert.deepEqual(
    after.domains.map(({ name, verdicts }) => [name, verdicts.undecided]),
    [
      ["transport", 39],
      ["unknown", 181],
    ],
  );
  assert.deepEqual(
    after.operators.map(({ name, verdicts }) => [name, verdicts.undecided]),
    [
      ["DEMO-op-campus", 194],
      ["DEMO-op-paper", 26],
    ],
  );
  assert.deepEqual([after.grades, after.nobodyCanAct], [{ "self-declared": 220 }, 0]);
  assert.deepEqual([after.evidence.statements, after.audit.differences], [4, 0]);
});

test("what would help most: what servers do, days of first use, and signed registers", { skip }, async () => {
  const plainServers = join(root, "test/fixtures/netbox-demo-map.yaml");
  const basisWith = async (kinds: readonly string[], day?: string) => {
    const { dir } = await imported(plainServers);
    await declare(dir, kinds);
    if (day !== undefined) usedSince(dir, day);
    return (await assessed(dir)).basis;
  };
  assert.deepEqual(await basisWith(["orders", "certificates"]), { missing: 220 });
  assert.deepEqual(await basisWith(["orders", "certificates"], "2019-06-03"), { "earlier-regime": 40, missing: 180 });
  assert.deepEqual(await basisWith(["orders", "certificates"], "2026-03-02"), { rule: 39, missing: 181 });
  assert.deepEqual(await basisWith(["certificates"], "2019-06-03"), { missing: 220 });
});

test("docs/netbox-demo.md shows what is printed", { skip }, async () => {
  const page = await checkPage("docs/netbox-demo.md", { files: { "netbox-demo-v3.6.json": demo } });
  assert.deepEqual(page.faults, []);
  assert.deepEqual([page.ran, page.compared], [12, 4]);
});
