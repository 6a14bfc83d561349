import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { openFolder } from "../src/storage/folder.ts";
import { tableFiles } from "../src/tasks/table-files.ts";

const outer = mkdtempSync(join(tmpdir(), "freigabe-tables-"));
after(() => rmSync(outer, { recursive: true }));
writeFileSync(join(outer, "outside.csv"), "id\nDEMO-x\n");
let made = 0;

/** What a workspace with these things in it reads, refuses, and only mentions; a name that ends in `/` is a folder. */
function listed(names: readonly string[], make: (root: string) => void = () => undefined) {
  made += 1;
  const root = join(outer, `w${made}`);
  for (const name of ["freigabe.yaml", "elements/elements.csv", ...names]) {
    mkdirSync(name.endsWith("/") ? join(root, name) : dirname(join(root, name)), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(root, name), "id\n");
  }
  make(root);
  const { tables, problems } = tableFiles(openFolder(root));
  const of = (wanted: boolean) =>
    tables
      .flatMap(({ table, name, refused }) => ((refused !== undefined) === wanted ? [`${table} ${name}`] : []))
      .sort();
  return { read: of(false), refused: of(true), mentioned: problems.map(({ place }) => place.file).sort() };
}

const usual = "elements elements/elements.csv";

test("14 F: a table is read from its file and its folder, and nothing else is", () => {
  const names = [
    "elements.csv",
    "elements/deep/a.parquet",
    "sites.csv",
    "uses/u.csv",
    "order.csv",
    "verdicts.csv",
    "used.csv",
  ];
  const { read, refused, mentioned } = listed([
    ...names,
    "evidence/elements.csv",
    "use-cases.md",
    "user/a.csv",
    "map.geojson",
  ]);
  assert.deepEqual(read, [
    "elements elements.csv",
    "elements elements/deep/a.parquet",
    usual,
    "sites sites.csv",
    "uses uses/u.csv",
  ]);
  assert.deepEqual([refused, mentioned], [[], []]);
});

for (const [name, table, shown = name] of [
  ["elements/north.csv.gz", "elements"],
  ["elements/north.CSV", "elements"],
  ["elements/north.txt", "elements"],
  ["elements/north", "elements"],
  ["elements.csv.gz", "elements"],
  ["elements.xlsx", "elements"],
  ["elements.csv~", "elements"],
  ["elements.csv/", "elements", "elements.csv"],
  ["elements.parquet/part-0.parquet", "elements", "elements.parquet"],
  ["elements-north.csv", "elements"],
  ["elements 2.csv", "elements"],
  ["Element.csv", "elements"],
  ["ELEMENTS_2026.PARQUET", "elements"],
  ["element/north.csv", "elements", "element"],
  ["elements2/north.csv", "elements", "elements2"],
  ["Elements/north.csv", "elements", "Elements"],
  ["uses.CSV", "uses"],
  ["uses/a.tsv", "uses"],
  ["use.csv", "uses"],
  ["Uses/a.csv", "uses", "Uses"],
  ["sites.csv.zip", "sites"],
  ["operators/operators.csv", "operators", "operators"],
  ["operators.parquet", "operators"],
] as const)
  test(`14 F: \`${name}\` is seen and not read, which is a record that is missing`, () => {
    assert.deepEqual(listed([name]), { read: [usual], refused: [`${table} ${shown}`], mentioned: [] });
  });

test("14 F: pipes, links that lead out or nowhere, and folders too deep are seen and not read", () => {
  const { read, refused } = listed(["elements/a/b/c/d/e/f/g/h/i.csv"], (root) => {
    execFileSync("mkfifo", [join(root, "elements/pipe.csv"), join(root, "uses.csv")]);
    symlinkSync(join(outer, "outside.csv"), join(root, "elements/out.csv"));
    symlinkSync(join(outer, "nowhere"), join(root, "sites.csv"));
    symlinkSync(join(outer), join(root, "elements/outer"));
  });
  assert.deepEqual(read, [usual]);
  assert.deepEqual(refused, [
    "elements elements/a/b/c/d/e/f/g/h",
    "elements elements/out.csv",
    "elements elements/outer",
    "elements elements/pipe.csv",
    "sites sites.csv",
    "uses uses.csv",
  ]);
});

test("14 F: what tools and people lay beside data holds no record, and is mentioned", () => {
  const names = ["elements/.part-0.crc", "elements/README.md", "elements/_SUCCESS", "elements/deep/.DS_Store"];
  assert.deepEqual(listed(names), { read: [usual], refused: [], mentioned: names });
});
