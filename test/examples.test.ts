import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { worlds } from "../scripts/examples.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";
import { writeWorld } from "./kit/world.ts";

const root = join(import.meta.dirname, "..");
const made = mkdtempSync(join(tmpdir(), "freigabe-examples-"));
after(() => rmSync(made, { recursive: true }));

/** What must come out of each world: element and operator (without `DEMO-`) -> outcome and basis. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  first: {
    "amf-1 north": "admitted/evidence",
    "amf-2 north": "undecided/identity",
    "gnb-1 north": "admitted/no-duty",
    "mast-power-1 ": "undecided/input",
    "radio-manager-1 north": "undecided/no-scheme",
    "router-1 north": "admitted/evidence",
    "smf-1 north": "refused/rule",
    "switch-1 north": "refused/rule",
    "udm-1 north": "refused/rule",
    "upf-1 north": "admitted/earlier-regime",
    "upf-2 north": "undecided/expired",
  },
  "stale-register": {
    "amf-1 north": "undecided/stale-register",
    "amf-2 north": "undecided/stale-register",
    "gnb-1 north": "admitted/no-duty",
    "router-1 north": "undecided/stale-register",
    "router-2 north": "undecided/stale-register",
    "smf-1 north": "undecided/stale-register",
    "switch-1 north": "refused/rule",
    "udm-1 north": "undecided/stale-register",
    "upf-1 north": "undecided/stale-register",
    "upf-2 north": "undecided/stale-register",
  },
  "shared-core": {
    "amf-1 north": "admitted/evidence",
    "amf-1 south": "admitted/evidence",
    "amf-2 north": "admitted/evidence",
    "amf-2 south": "admitted/evidence",
    "ausf-1 north": "admitted/evidence",
    "ausf-1 south": "admitted/evidence",
    "nrf-1 north": "admitted/evidence",
    "nrf-1 south": "admitted/evidence",
    "sepp-1 south": "refused/rule",
    "smf-1 north": "undecided/identity",
    "smf-1 south": "undecided/identity",
    "udm-1 north": "admitted/evidence",
    "udm-1 south": "admitted/evidence",
    "upf-1 north": "admitted/evidence",
    "upf-1 south": "refused/rule",
    "upf-2 north": "admitted/evidence",
    "upf-3 south": "refused/rule",
  },
  "first-use": {
    "amf-2020 2020": "admitted/earlier-regime",
    "amf-2023 2023": "admitted/earlier-regime",
    "amf-2023-silent 2023-silent": "refused/rule",
    "amf-2026 2026": "refused/rule",
    "amf-december-2025 december-2025": "admitted/earlier-regime",
    "amf-more mixed": "undecided/missing",
    "amf-old mixed": "admitted/earlier-regime",
    "amf-undated undated": "refused/rule",
    "amf-undated-notified undated-notified": "undecided/missing",
    "amf-updated mixed": "undecided/missing",
    "gnb-2023 mixed": "admitted/no-duty",
    "gnb-2026 2026": "admitted/no-duty",
  },
};

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

test("every world has its verdicts written down here", () => {
  assert.deepEqual(Object.keys(expected).sort(), Object.keys(worlds).sort());
});

for (const [name, world] of Object.entries(worlds)) {
  const committed = join(root, "examples", name);

  test(`examples/${name} is what scripts/examples.ts makes`, () => {
    const folder = join(made, name);
    writeWorld(folder, world);
    const files = filesBelow(folder);
    assert.deepEqual(
      filesBelow(committed).filter((file) => file !== "README.md"),
      files,
    );
    for (const file of files)
      assert.deepEqual(readFileSync(join(committed, file)), readFileSync(join(folder, file)), file);
  });

  test(`examples/${name}: every element comes out as it should`, async () => {
    const { code, out, err } = await runIn(root, ["assess", `examples/${name}`, "--audit", "--output", "csv"]);
    assert.equal(code, 0, err);
    const [, ...rows] = out.trimEnd().split("\n");
    const verdicts = rows.map((row) => {
      const [element = "", operator = "", , outcome, basis] = row.split(",");
      return [`${element} ${operator}`.replaceAll("DEMO-", ""), `${outcome}/${basis}`];
    });
    assert.deepEqual(Object.fromEntries(verdicts), expected[name]);
    assert.equal(verdicts.length, Object.keys(expected[name]!).length, "a row twice");
  });

  test(`examples/${name}/README.md shows what is printed`, async () => {
    const { ran, compared, faults } = await checkPage(`examples/${name}/README.md`);
    assert.deepEqual(faults, []);
    assert.ok(ran >= 2 && compared >= 2, `${ran} commands ran, ${compared} outputs were compared`);
  });
}

test("the README shows what is printed", async () => {
  const start = ["npm ci && npm start", "npm ci && npm test"];
  const serve = "cp -r examples/agency agency && ./freigabe serve agency";
  const own = [serve, "./freigabe import netbox export.json --map map.yaml --into germany --dry-run"];
  const { compared, faults } = await checkPage("README.md", { with: ["examples"], notRun: [...start, ...own] });
  assert.deepEqual(faults, []);
  assert.ok(compared >= 1, "the README shows no output that could be compared");
});

test("docs/record.md shows what is printed", async () => {
  const { ran, compared, faults } = await checkPage("docs/record.md", { with: ["examples"] });
  assert.deepEqual(faults, []);
  assert.ok(ran >= 7 && compared >= 3, `${ran} commands ran, ${compared} outputs were compared`);
});
