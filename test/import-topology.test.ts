import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { TableName } from "../src/model/columns.ts";
import type { ImportResult } from "../src/tasks/import/import.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";
import { withTables } from "./tables.ts";

const root = join(import.meta.dirname, "..");
const data = join(process.env.FREIGABE_DATA ?? join(root, "../shared/data"), "topology");
const skip = existsSync(data) ? false : `SKIPPED: real data not found at ${data}`;
const folder = mkdtempSync(join(tmpdir(), "freigabe-topology-"));
after(() => rmSync(folder, { recursive: true }));
for (const name of ["sndlib", "topohub"]) cpSync(join(root, "examples", name), join(folder, name), { recursive: true });

const run = (...words: string[]) => runIn(folder, words);
const sndlib = ["sndlib", "sndlib/network.xml", "--operator", "DEMO-nord"];
const topohub = ["topohub", "topohub/network.json", "--operator", "DEMO-nord"];

let count = 0;
async function workspace(): Promise<string> {
  const dir = `world${++count}`;
  assert.equal((await run("init", dir)).code, 0);
  return dir;
}
async function importJson(...words: string[]): Promise<ImportResult & { code: number }> {
  const { code, out, err } = await run("import", ...words, "--output", "json");
  assert.notEqual(out, "", err);
  return { ...(JSON.parse(out) as ImportResult), code };
}
const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const text = (dir: string, name: string) => readFileSync(join(folder, dir, name), "utf8");
const rows = (dir: string, name: string) => text(dir, name).trimEnd().split("\n").slice(1);
const whole = ({ examined, taken, setAside, unreadable }: ImportResult) =>
  assert.equal(examined, taken + unreadable + setAside.reduce((sum, { records }) => sum + records, 0));

/** Every file of a workspace with its bytes: what must not change when an import is refused. */
const bytes = (dir: string) =>
  readdirSync(join(folder, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]);

test("SNDlib: sites, links and demands; twice changes nothing, a dry run writes nothing", async () => {
  const dir = await workspace();
  const before = bytes(dir);
  const dry = await importJson(...sndlib, "--into", dir, "--dry-run");
  assert.deepEqual([dry.code, dry.written, bytes(dir)], [0, [], before]);
  const result = await importJson(...sndlib, "--into", dir);
  whole(result);
  assert.deepEqual([result.code, result.problems, result.examined, result.taken], [0, [], 11, 11]);
  assert.deepEqual(result.written, ["operators.csv", "sites.csv", "links/sndlib.csv", "demands/sndlib.csv"]);
  assert.deepEqual(result.tables, dry.tables);
  assert.deepEqual(rows(dir, "sites.csv")[0], "DEMO-Nord,DEMO-Nord,,53.5,9.9");
  assert.deepEqual(rows(dir, "links/sndlib.csv"), [
    "DEMO-L1,DEMO-nord,DEMO-Nord,DEMO-West,,3,100,,",
    "DEMO-L2,DEMO-nord,DEMO-Nord,DEMO-Ost,,2,,,",
    "DEMO-L3,DEMO-nord,DEMO-Sued,DEMO-West,,4,100,,",
    "DEMO-L4,DEMO-nord,DEMO-Ost,DEMO-Sued,,,,,",
  ]);
  assert.deepEqual(rows(dir, "demands/sndlib.csv"), [
    "DEMO-nord,DEMO-Nord,DEMO-Sued,12.5,",
    "DEMO-nord,DEMO-Ost,DEMO-Nord,3,",
    "DEMO-nord,DEMO-Ost,DEMO-West,16,DEMO-Ost;DEMO-Nord;DEMO-West",
  ]);
  const again = await importJson(...sndlib, "--into", dir);
  assert.deepEqual([again.code, again.written], [0, []]);
});

test("topohub: names are sites, km are weights; a map may rename", async () => {
  const dir = await workspace();
  const result = await importJson(...topohub, "--into", dir);
  whole(result);
  assert.deepEqual(rows(dir, "links/topohub.csv")[0], "0-1,DEMO-nord,DEMO Nord,DEMO West,,302.4,,,");
  assert.deepEqual(rows(dir, "demands/topohub.csv"), [
    "DEMO-nord,DEMO Nord,DEMO Süd,12.5,",
    "DEMO-nord,DEMO Nord,DEMO West,3,",
    "DEMO-nord,DEMO Ost,DEMO West,8,",
  ]);
  const renamed = await workspace();
  const map = put("renamed.yaml", 'file: ring\nsites: { DEMO Süd: s-2, "3": s-3, nowhere: s-9 }\n');
  const mapped = await importJson(...topohub, "--map", map, "--into", renamed);
  assert.deepEqual(
    rows(renamed, "sites.csv").map((row) => row.split(",")[0]),
    ["DEMO Nord", "DEMO West", "s-2", "s-3"],
  );
  assert.deepEqual(rows(renamed, "links/ring.csv")[2], "2-3,DEMO-nord,s-2,s-3,,503.7,,,");
  assert.ok(mapped.remarks.some(({ reason }) => reason.includes("`nowhere` under `sites`")));
});

test("merging: what a person wrote stays, what the file says of links and demands is taken over, nothing is deleted", async () => {
  const dir = await workspace();
  await importJson(...sndlib, "--into", dir);
  const links = text(dir, "links/sndlib.csv").replace("DEMO-Ost,,2,,,", "DEMO-Ost,,2,,DEMO-kabel,macsec");
  put(`${dir}/links/sndlib.csv`, `${links}DEMO-own,DEMO-nord,DEMO-Nord,DEMO-Sued,,,,,\n`);
  put(`${dir}/sites.csv`, text(dir, "sites.csv").replace("DEMO-Nord,DEMO-Nord,,53.5", "DEMO-Nord,Hafen,Nord,53.6"));
  const changed = readFileSync(join(root, "examples/sndlib/network.xml"), "utf8")
    .replace("<routingCost>2<", "<routingCost>7<")
    .replace("<demandValue>12.5<", "<demandValue>13<");
  const words = ["sndlib", put("changed.xml", changed), "--operator", "DEMO-nord", "--into", dir];
  const result = await importJson(...words);
  assert.deepEqual(
    result.tables.map(({ changed: cells, gone }) => [cells.map(({ id, column, to }) => [id, column, to]), gone]),
    [
      [[], []],
      [[], []],
      [[["DEMO-L2", "weight", "7"]], ["DEMO-own"]],
      [[["DEMO-nord DEMO-Nord DEMO-Sued", "value", "13"]], []],
    ],
  );
  assert.ok(text(dir, "links/sndlib.csv").includes("DEMO-L2,DEMO-nord,DEMO-Nord,DEMO-Ost,,7,,DEMO-kabel,macsec"));
  assert.ok(text(dir, "links/sndlib.csv").includes("DEMO-own"));
  assert.equal(rows(dir, "sites.csv")[0], "DEMO-Nord,Hafen,Nord,53.6,9.9");
});

test("the same network under another name would count twice, and that is said", async () => {
  const dir = await workspace();
  await importJson(...sndlib, "--into", dir);
  const map = put("other.yaml", "file: other\n");
  const result = await importJson(...sndlib, "--map", map, "--into", dir, "--dry-run");
  assert.deepEqual(
    result.problems.map(({ code, place, rows: lost }) => [code, place.file, lost]),
    [
      ["duplicate-id", "links/sndlib.csv", 0],
      ["duplicate-id", "demands/sndlib.csv", 0],
    ],
  );
});

test("loops are set aside, demands that agree are added up, a name that two nodes have is no id", async () => {
  const dir = await workspace();
  const graph = {
    directed: false,
    nodes: [
      { id: 1, name: "Twin" },
      { id: 2, name: "Twin" },
      { id: 3, name: "a;b" },
      { id: 4, name: "Solo" },
    ],
    edges: [
      { source: 1, target: 1 },
      { source: 1, target: 2 },
    ],
    graph: { demands: { 1: { 1: 5, 4: 2 }, 2: { 4: 3 } } },
  };
  const file = put("odd.json", JSON.stringify(graph));
  const result = await importJson("topohub", file, "--operator", "DEMO-nord", "--into", dir);
  whole(result);
  assert.deepEqual(result.setAside, [
    { reason: "links from a site to itself", records: 1 },
    { reason: "demands from a site to itself", records: 1 },
  ]);
  assert.deepEqual(
    rows(dir, "sites.csv").map((row) => row.split(",")[0]),
    ["Solo", "topohub-1", "topohub-2", "topohub-3"],
  );
  const merged = await workspace();
  const map = put("one.yaml", "sites: { '1': s, '2': s }\n");
  const one = await importJson("topohub", file, "--operator", "DEMO-nord", "--map", map, "--into", merged);
  whole(one);
  assert.deepEqual(rows(merged, "demands/topohub.csv"), ["DEMO-nord,s,Solo,5,"]);
  assert.ok(!existsSync(join(folder, merged, "links/topohub.csv")));
});

test("a record that cannot be read forbids writing; --partial takes the others", async () => {
  const dir = await workspace();
  const before = bytes(dir);
  const good = readFileSync(join(root, "examples/sndlib/network.xml"), "utf8");
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ["dangling.xml", good.replace("<target>DEMO-West", "<target>DEMO-Nowhere"), /dangling-reference/],
    ["negative.xml", good.replace("<capacity>100<", "<capacity>-100<"), /wrong-type/],
    ["nan.xml", good.replace("<demandValue>8<", "<demandValue>NaN<"), /wrong-type/],
    ["twice.xml", good.replace('id="DEMO-L2"', 'id="DEMO-L1"'), /duplicate-id/],
    ["laughs.xml", good.replace("<network", '<!DOCTYPE x [<!ENTITY a "b">]><network'), /wrong-shape/],
    ["short.xml", good.slice(0, 900), /unreadable/],
    ["latin.xml", good.replace("UTF-8", "EBCDIC"), /unreadable/],
    ["empty.xml", "", /unreadable/],
    ["other.xml", "<html/>", /wrong-shape/],
  ];
  for (const [name, content, code] of faults) {
    const result = await importJson("sndlib", put(name, content), "--operator", "DEMO-nord", "--into", dir);
    whole(result);
    assert.deepEqual([result.code, result.refused, result.written], [2, true, []], name);
    assert.match(result.problems.map((problem) => problem.code).join(" "), code, name);
    assert.ok(
      result.problems.every(({ place }) => place.file === name),
      name,
    );
  }
  assert.deepEqual(bytes(dir), before);
  const rest = await importJson("sndlib", "twice.xml", "--operator", "DEMO-nord", "--into", dir, "--partial");
  whole(rest);
  assert.equal(rest.code, 0);
  assert.deepEqual(
    rows(dir, "links/sndlib.csv").map((row) => row.split(",")[0]),
    ["DEMO-L3", "DEMO-L4"],
  );
});

test("whose network it is has to be said once; other sources take it from their map", async () => {
  const dir = await workspace();
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["sndlib", "sndlib/network.xml"], /--operator ID/],
    [[...sndlib, "--map", put("else.yaml", "operator: DEMO-sued\n")], /`--operator` says `DEMO-nord`, the map says/],
    [["sndlib", "sndlib/network.xml", "--operator", "a;b"], /without `;`/],
    [[...sndlib, "--map", put("wrong.yaml", "nodes: {}\n")], /`nodes`/],
    [[...sndlib, "--table", "links"], /`--table` belongs/],
    [["netbox", "x.json", "--operator", "DEMO-nord"], /`--operator` belongs/],
    [["graphml", "x.xml"], /`topohub`/],
  ];
  for (const [words, message] of cases) {
    const { code, err } = await run("import", ...words, "--into", dir);
    assert.equal(code, 2, words.join(" "));
    assert.match(err, message);
  }
});

for (const name of ["sndlib", "topohub"])
  test(`examples/${name}/README.md shows what is printed`, async () => {
    const { compared, faults } = await checkPage(`examples/${name}/README.md`);
    assert.deepEqual(faults, []);
    assert.ok(compared >= 1);
  });

test("end to end: a published network and a router at each site are 50 places with their links", { skip }, async () => {
  const dir = await workspace();
  const file = join(data, "sndlib/germany50.xml");
  const result = await importJson("sndlib", file, "--operator", "DEMO-a", "--into", dir);
  whole(result);
  assert.deepEqual([result.code, result.examined], [0, 800]);
  const sites = rows(dir, "sites.csv").map((row) => row.split(",")[0] ?? "");
  const given = (table: TableName, path: string) => ({ table, text: text(dir, path) });
  const routers = sites.map((site) => `DEMO-r-${site},DEMO-a,${site},DEMO-m,transport-router`);
  const header = "id,operator,site,maker,functions";
  const files = [
    given("sites", "sites.csv"),
    given("links", "links/sndlib.csv"),
    given("demands", "demands/sndlib.csv"),
    { table: "elements" as const, text: `${[header, ...routers].join("\n")}\n` },
  ];
  await withTables(
    files,
    async ({ store, loaded }) => {
      assert.deepEqual(loaded.problems, []);
      const { places, links, demands } = await store.network();
      assert.deepEqual([places.count, links.count, demands.count], [50, 88, 662]);
      assert.deepEqual([links.loose, links.loops, demands.loose, demands.loops], [0, 0, 0, 0]);
      assert.equal(
        demands.value.reduce((sum, value) => sum + value, 0),
        2365,
      );
      const known = await store.siteIds(places.site);
      assert.deepEqual([...known].sort(), [...sites].sort());
    },
    { sites: true },
  );
});

test("both forms of the published networks give the same sites, ends and demands", { skip }, async () => {
  for (const name of ["germany50", "nobel-germany"]) {
    const [xml, json] = [await workspace(), await workspace()];
    await importJson("sndlib", join(data, "sndlib", `${name}.xml`), "--operator", "DEMO-a", "--into", xml);
    await importJson("topohub", join(data, "topohub", `${name}.json`), "--operator", "DEMO-a", "--into", json);
    const ends = (dir: string, path: string) =>
      rows(dir, path)
        .map((row) => row.split(",").slice(2, 4).sort().join(" "))
        .sort();
    assert.deepEqual(ends(xml, "links/sndlib.csv"), ends(json, "links/topohub.csv"));
    assert.deepEqual(rows(xml, "demands/sndlib.csv"), rows(json, "demands/topohub.csv"));
  }
});
