import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Value } from "typebox/value";
import { Exposure } from "../src/model/exposure.ts";
import { channels } from "../src/model/network.ts";
import { WhatIfExpose } from "../src/model/whatif-expose.ts";
import { exposureCsv } from "../src/reports/exposure-csv.ts";
import { exposureText } from "../src/reports/exposure-text.ts";
import { exposureOf } from "../src/tasks/exposure.ts";
import { everySuspect } from "../src/tasks/suspects.ts";
import { exposeIn } from "../src/tasks/whatif-expose.ts";
import { type Sketch, sketched, suspectOf } from "./kit/network.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");

const sketch: Sketch = {
  things: [
    { at: "o/radio", functions: "gNB", made: "Elm", managed: ["Fir"], unmediated: ["Fir"] },
    { at: "o/hub", functions: "transport-router", made: "Fir" },
    { at: "o/hub", functions: "transport-router", made: "Oak" },
    { at: "o/upf", functions: "UPF", made: "Elm" },
    { at: "o/upf", functions: "UDM", made: "Oak", maintained: ["Fir"], unmediated: ["Fir"] },
    { at: "o/upf", functions: "AMF" },
  ],
  links: [
    { from: "o/radio", to: "o/hub", uplink: true, protection: 2 },
    { from: "o/hub", to: "o/upf", maker: "Oak" },
  ],
  demands: [{ from: "o/radio", to: "o/upf", value: 1 }],
  regionOf: { radio: "North" },
  people: { North: 100 },
  suppliers: ["Yew"],
};
const network = sketched(sketch);
const answer = (names: readonly string[], of = network) => ({
  kind: "whatif-expose" as const,
  asOf: "2026-11-20",
  knownAt: "2026-11-20",
  demo: false,
  ...exposeIn(of, suspectOf(of, names)),
});
const plain = { colour: false };

test("assess: suppliers that hold something, the most exposing first, through all channels and each of theirs", () => {
  const exposure = exposureOf(network, everySuspect(network));
  assert.deepEqual(Value.Errors(Exposure, exposure), []);
  assert.deepEqual([exposure.suppliers, exposure.demands, exposure.routed, exposure.links], [3, 1, 1, 2]);
  assert.deepEqual([...new Set(exposure.rows.map(({ supplier }) => supplier))], ["Fir", "Oak", "Elm"]);
  const channelsOf = (name: string) =>
    new Set(exposure.rows.filter(({ supplier }) => supplier === name).map(({ channel }) => channel));
  assert.deepEqual([...channelsOf("Fir")], ["any", "made", "maintained", "managed"]);
  const regions = exposure.rows.filter(({ scope }) => scope === "region");
  assert.ok(regions.every(({ channel, traffic }) => channel === "any" && traffic === null));
  assert.deepEqual(
    exposure.held
      .filter(({ supplier }) => supplier === "Oak")
      .map(({ function: name, elements, of }) => [name, elements, of]),
    [
      ["UDM", 1, 1],
      ["transport-router", 1, 2],
    ],
  );
  assert.deepEqual(exposureOf(network, everySuspect(network)), exposure);
});

test("assess of an empty network: nothing was looked at, and that is what it says", () => {
  const empty = sketched({ things: [] });
  assert.deepEqual(exposureOf(empty, everySuspect(empty)), {
    ...{ kind: "exposure", rows: [], held: [], suppliers: 0 },
    ...{ origin: "none", demands: 0, routed: 0, links: 0 },
  });
});

test("what is held by function, with data, techniques, and what mediation would take away", () => {
  const result = answer(["Fir"]);
  assert.deepEqual(Value.Errors(WhatIfExpose, result), []);
  const udm = result.functions.find(({ channel, function: name }) => channel === "maintained" && name === "UDM")!;
  assert.deepEqual([udm.elements, udm.mediated, udm.unknown], [{ least: 1, most: 1 }, { least: 0, most: 0 }, 0]);
  assert.deepEqual(
    udm.sees.filter(({ confirmed }) => confirmed).map(({ data }) => data),
    ["permanent-identity", "credentials-and-keys"],
  );
  assert.ok(udm.techniques.some(({ id, name }) => id === "FGT5022" && name === "Alter Subscriber Profile"));
  const managed = (state: string) =>
    result.rows.find((row) => row.state === state && row.channel === "managed" && row.scope === "nation")!;
  assert.equal(managed("as-is").metadata.people!.must.least, 100);
  assert.equal(managed("mediated").metadata.people!.must.least, 0);
  assert.deepEqual(
    result.waysIn.map(({ channel }) => channel),
    ["made", "maintained", "managed"],
  );
  const router = result.rows.find(({ channel, function: name }) => channel === "made" && name === "transport-router")!;
  assert.deepEqual(router.metadata.traffic!.expected, { least: 50, most: 50 });
  // One of the hub's links carries IPsec, the other does not: whether the router sees content hangs on how they join.
  assert.deepEqual(router.content.traffic!.expected, { least: 0, most: 50 });
});

test("a supplier behind nothing: zero shares, and the text says so", () => {
  const known = sketched({
    ...sketch,
    things: sketch.things.map((thing) => ({
      ...{ made: "Elm", built: ["Elm"], maintained: ["Elm"], managed: ["Elm"], contains: ["Elm"] },
      ...thing,
    })),
  });
  const result = answer(["Yew"], known);
  assert.deepEqual(result.elements, { total: 6, held: { least: 0, most: 0 } });
  const zero = { least: 0, most: 0 };
  for (const { metadata, content } of result.rows)
    for (const seen of [metadata.traffic, metadata.people, content.traffic, content.people])
      if (seen) assert.deepEqual([seen.must, seen.expected, seen.may], [zero, zero, zero]);
  assert.match(exposureText(result, plain), /it stands behind nothing, so it sees nothing/);
});

test("no links, no demands: the text says what was not looked at, and gives no share", () => {
  for (const [bare, said] of [
    [{ ...sketch, links: [] }, /there are no links/],
    [{ ...sketch, demands: [] }, /there are no demands/],
  ] as const) {
    const result = answer(["Elm"], sketched(bare));
    assert.deepEqual(result.rows, []);
    const text = exposureText(result, plain);
    assert.match(text, said);
    assert.match(text, /no share can be told/);
  }
});

test("text and CSV: names from outside cannot steer a terminal or a spreadsheet", () => {
  const odd = sketched({
    ...sketch,
    things: sketch.things.map((thing) => ({ ...thing, at: thing.at.replace("o/", "=cmd()\u001b[2J,x/") })),
    links: sketch.links!.map((link) => ({
      ...link,
      from: link.from.replace("o/", "=cmd()\u001b[2J,x/"),
      to: link.to.replace("o/", "=cmd()\u001b[2J,x/"),
    })),
    demands: sketch.demands!.map((demand) => ({
      ...demand,
      from: demand.from.replace("o/", "=cmd()\u001b[2J,x/"),
      to: demand.to.replace("o/", "=cmd()\u001b[2J,x/"),
    })),
  });
  const result = answer(["Elm"], odd);
  assert.ok(!exposureText(result, plain).includes("\u001b"));
  assert.match(exposureText(result, plain), /operator =cmd\(\)\\x1b\[2J,x/);
  assert.ok(exposureCsv(result).includes(`"'=cmd()`));
});

test("the command: text, JSON and CSV of the example, the same each time; one sees what it made", async () => {
  const words = ["whatif", "expose", "examples/first", "--supplier", "DEMO-nordwerk"];
  const text = await runIn(root, words);
  assert.equal(text.code, 0, text.err);
  assert.match(text.out, /^What could DEMO-nordwerk see\?/);
  assert.match(text.out, /AMF: made 2 of 2/);
  const json = await runIn(root, [...words, "--output", "json"]);
  const result: unknown = JSON.parse(json.out);
  assert.ok(Value.Check(WhatIfExpose, result));
  assert.deepEqual(result.channels, [...channels]);
  assert.equal((await runIn(root, [...words, "--output", "json"])).out, json.out);
  const csv = await runIn(root, [...words, "--channel", "made", "--output", "csv"]);
  const lines = csv.out.trimEnd().split("\n");
  assert.match(lines[0]!, /^state,channel,function,scope,name,view,base,must_least/);
  assert.ok(lines.length > 8 && lines.slice(1).every((line) => line.split(",")[1] === "made"));
});

test("the command: an unknown supplier, channel or country, and nobody at all, are told with a hint", async () => {
  for (const [words, said] of [
    [["--supplier", "DEMO-nordwerg"], /no supplier is known by `DEMO-nordwerg`\n.*did you mean `DEMO-nordwerk`/],
    [["--supplier", "DEMO-lotus", "--channel", "sells"], /expected `--channel` of made, .*, got `sells`/],
    [["--jurisdiction", "QQ"], /no supplier has its seat in `QQ`/],
    [[], /expected at least one supplier to look at/],
  ] as const) {
    const { code, out, err } = await runIn(root, ["whatif", "expose", "examples/first", ...words]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, said);
  }
});

test("one operator sees what it sees, whether or not another stands beside it in the tables", async () => {
  const folder = join(root, "test/fixtures/coalition-may");
  const { code, out, err } = await runIn(root, [
    ...["whatif", "expose", folder, "--supplier", "x", "--channel", "made", "--output", "json"],
  ]);
  assert.equal(code, 0, err);
  const { rows } = JSON.parse(out) as WhatIfExpose;
  const of = rows.find(({ state, scope, name }) => state === "as-is" && scope === "operator" && name === "B");
  assert.deepEqual(of?.metadata.traffic?.may, { least: 100, most: 100 });
});
