import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Value } from "typebox/value";
import { OutageResult } from "../src/model/whatif-outage.ts";
import { runIn } from "./kit/run.ts";
import { temporaryWorld } from "./kit/world.ts";

const element = (id: string, site: string, functions: string, maker: string) => ({
  ...{ id, site, operator: "DEMO-net", functions, maker, status: "active", in_service_since: "2023-01-01" },
});
const uplink = (from: string, to: string) => ({ operator: "DEMO-net", from, to, kind: "uplink" });
const folder = temporaryWorld({
  config: { name: "DEMO outage", demo: true, binding: [{ pack: "de-2026" }] },
  tables: {
    operators: [{ id: "DEMO-net", name: "DEMO Net", customers: 100 }],
    suppliers: ["DEMO-fir", "DEMO-oak", "DEMO-elm", "DEMO-idle"].map((id) => ({ id, name: id, country: "XA" })),
    sites: ["s1", "s2", "s3", "hub", "core"].map((id) => ({ id, name: id, region: id === "s3" ? "South" : "North" })),
    regions: [
      { name: "North", people: 1000, year: 2022, source: "invented" },
      { name: "South", people: 500, year: 2022, source: "invented" },
    ],
    elements: [
      element("DEMO-1", "s1", "gNB", "DEMO-fir"),
      element("DEMO-2", "s2", "gNB", "DEMO-elm"),
      element("DEMO-3", "s3", "gNB", "a name nobody knows"),
      element("DEMO-4", "hub", "transport-router", "DEMO-oak"),
      element("DEMO-5", "core", "UPF", "DEMO-elm"),
      element("DEMO-6", "core", "AMF", "DEMO-elm"),
    ],
    links: [uplink("s1", "hub"), uplink("s2", "core"), uplink("s3", "hub"), uplink("hub", "core")],
    pools: [{ id: "amf", operator: "DEMO-net", function: "AMF", needed: 1 }],
    demands: [
      { operator: "DEMO-net", from: "s1", to: "core", value: 7 },
      { operator: "DEMO-net", from: "s2", to: "core", value: 3 },
    ],
  },
  keys: [],
  signed: [],
});
after(() => rmSync(folder, { recursive: true, force: true }));

const ask = (...words: readonly string[]) => runIn(folder, ["whatif", "outage", ".", ...words]);

test("text: a plain sentence first, then sites, people, regions and traffic", async () => {
  const { code, out, err } = await ask("--supplier", "DEMO-oak");
  assert.deepEqual([code, err], [0, ""]);
  const [title, answer] = out.split("\n");
  assert.equal(title, "If DEMO-oak stops (made)");
  assert.equal(
    answer,
    "  1 of 3 radio sites stay served; of 1 500 people 500 by their own network, 500 if all may roam",
  );
  assert.match(out, /sites: less than 50 % of what was served before; people without roaming: less than that/);
  assert.match(out, /DEMO-net +3 +3 +1 +0 to 1 +0 +1 to 2\n/);
  assert.match(out, /South +1 +0 +0 +0\n/);
  assert.match(out, /DEMO-net +10\.0 +10\.0 +3\.0 +0\.0\n/);
});

test("json fits its schema; csv has a row for the nation, each operator and each region", async () => {
  const { code, out } = await ask("--supplier", "DEMO-elm", "--output", "json", "--output", `csv=${folder}/left.csv`);
  assert.equal(code, 0);
  const result: unknown = JSON.parse(out);
  assert.ok(Value.Check(OutageResult, result));
  assert.deepEqual(
    result.scenario.pools.map(({ id, live }) => [id, live.most]),
    [["amf", 0]],
  );
  assert.equal(result.below.sites, "yes");
  const lines = readFileSync(join(folder, "left.csv"), "utf8").trimEnd().split("\n");
  assert.deepEqual(
    lines.slice(1).map((line) => line.split(",").slice(3, 5).join(" ")),
    ["nation ", "operator DEMO-net", "region North", "region South"],
  );
  for (const line of lines) assert.equal(line.split(",").length, lines[0]!.split(",").length);
});

test("no more updates: nothing falls, and what stands on it is told", async () => {
  const { out } = await ask("--supplier", "DEMO-fir", "--state", "no-updates");
  assert.match(out, /nothing falls; 1 to 2 of 3 radio sites stand on equipment that no longer gets updates/);
  assert.match(out, /all operators together +3 +1 to 2 +500 to 1 000 +7\.0\n/);
});

test("one who stands behind nothing: all stays served, for sure at least", async () => {
  const { code, out } = await ask("--supplier", "DEMO-idle");
  assert.equal(code, 0);
  assert.match(out, /3 of 3 radio sites stay served/);
  assert.match(out, /that is of nobody of this\n? *network/);
});

test("what a person may get wrong", async () => {
  const wrong = [
    [["--supplier", "DEMO-firr"], "no supplier is known by `DEMO-firr`"],
    [["--supplier", "DEMO-fir", "--state", "gone"], "expected `--state` of stops, hostile, no-updates, got `gone`"],
    [["--supplier", "DEMO-fir", "--channel", "sold"], "expected `--channel` of made, built,"],
    [["--supplier", "DEMO-fir", "--threshold", "half"], "expected `--threshold` of 0 to 100 percent, got `half`"],
    [["--supplier", "DEMO-fir", "--threshold", "101"], "expected `--threshold` of 0 to 100 percent, got `101`"],
    [["--jurisdiction", "ZZ"], "no supplier has its seat in `ZZ`"],
    [[], "expected at least one supplier to look at, got none"],
  ] as const;
  for (const [words, said] of wrong) {
    const { code, out, err } = await ask(...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.ok(err.includes(said), err);
  }
});

test("a network without a single table of its own is said not to be looked at", async () => {
  const bare = mkdtempSync(join(tmpdir(), "freigabe-outage-"));
  try {
    const made = await runIn(bare, ["init", "net"]);
    assert.equal(made.code, 0, made.err);
    const { code, err, out } = await runIn(bare, ["whatif", "outage", "net", "--jurisdiction", "XA"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /no supplier has its seat in `XA`/);
  } finally {
    rmSync(bare, { recursive: true, force: true });
  }
});
