import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkShape } from "../src/model/check.ts";
import { tableNames, tables } from "../src/model/columns.ts";
import { Config } from "../src/model/config.ts";
import { predicates, registerKinds } from "../src/model/statement.ts";
import { readYaml } from "../src/readers/yaml.ts";
import { runIn } from "./kit/run.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-init-"));
after(() => rmSync(folder, { recursive: true }));
const run = (...words: string[]) => runIn(folder, words);
const bytes = (name: string) => readFileSync(join(folder, name));

/** The YAML value of a text whose commented examples are switched on. */
function yaml(name: string, uncomment: boolean): unknown {
  const text = bytes(name).toString("utf8");
  const [head, tail = ""] = text.split("\nentries: []\n");
  const shown = uncomment ? `${head}\n${tail.replace(/^# ?/gm, "")}` : text;
  const { value, problems } = readYaml(Buffer.from(shown), name);
  assert.deepEqual(problems, [], shown);
  return value;
}

test("makes a configuration that is valid, tables with all columns, and folders", async () => {
  const { code, out, err } = await run("init", "a", "--country", "DE", "--operator", "north", "--demo");
  assert.equal(code, 0, err);
  const config = checkShape(Config, yaml("a/freigabe.yaml", false), { file: "freigabe.yaml" });
  assert.deepEqual("value" in config && config.value, {
    name: "a",
    country: "DE",
    demo: true,
    binding: [{ pack: "de-2026" }],
    compare: [{ pack: "de-2019" }],
  });
  for (const table of tableNames) {
    const name = "large" in tables[table] ? `a/${table}/${table}.csv` : `a/${table}.csv`;
    const [header, ...rows] = bytes(name).toString("utf8").trimEnd().split("\n");
    assert.deepEqual(header?.split(","), Object.keys(tables[table].columns));
    assert.deepEqual(rows, table === "operators" ? ["north,north,,"] : []);
  }
  const folders = readdirSync(join(folder, "a"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), [
    "demands",
    "elements",
    "evidence",
    "links",
    "registers",
    "relations",
    "trust",
    "uses",
  ]);
  assert.match(out, /registers\/drafts\/orders-north\.yaml/);
  assert.match(err, /freigabe import netbox/);
});

test("drafts a register of every kind per operator: open, of today, and with an example that would be valid", async () => {
  await run("init", "b", "--operator", "north", "--operator", "south");
  for (const operator of ["north", "south"]) {
    for (const kind of registerKinds) {
      const name = `b/registers/drafts/${kind}-${operator}.yaml`;
      const draft = yaml(name, false);
      assert.deepEqual(draft, {
        ...{ register: kind, operator, edition: 1, complete: false },
        ...{ asOf: "2026-11-23", nextDue: "2027-02-23", entries: [] },
      });
      // It lists nothing: `export inventory` fills in count and digest.
      if (kind === "inventory") continue;
      const example = { ...Object(yaml(name, true)), count: 1, signedAt: "2026-11-23T12:00:00Z" };
      assert.deepEqual(checkShape(predicates.register.schema, example, { file: name }).problems, []);
      assert.equal(example.entries.length, 1);
    }
  }
});

test("a folder that is a workspace already is refused, and nothing in it changes", async () => {
  mkdirSync(join(folder, "c"));
  writeFileSync(join(folder, "c/freigabe.yaml"), "name: mine\n");
  const { code, err } = await run("init", "c");
  assert.equal(code, 2);
  assert.match(err, /has a `freigabe\.yaml` already; nothing was changed/);
  assert.deepEqual(readdirSync(join(folder, "c")), ["freigabe.yaml"]);
});

test("files that lie in the folder stay as they are, and are named", async () => {
  mkdirSync(join(folder, "d"));
  writeFileSync(join(folder, "d/suppliers.csv"), "id,name\nx,X\n");
  const { code, out } = await run("init", "d");
  assert.equal(code, 0);
  assert.equal(bytes("d/suppliers.csv").toString(), "id,name\nx,X\n");
  assert.match(out, /left as they were:\n {2}suppliers\.csv/);
});

test("ids that could not be part of a file name, and odd countries, are refused before anything is made", async () => {
  const cases = [
    ["--operator", "../x"],
    ["--operator", ".hidden"],
    ["--operator", "a,b"],
    ["--operator", "a", "--operator", "a"],
    ["--country", "Germany"],
  ];
  for (const words of cases) {
    const { code, err } = await run("init", "e", ...words);
    assert.equal(code, 2, err);
  }
  assert.deepEqual(readdirSync(join(folder, "e")), []);
});

test("a network whose name would be YAML of another kind is quoted", async () => {
  await run("init", "#null: [");
  assert.equal(Object(yaml("#null: [/freigabe.yaml", false)).name, "#null: [");
});
