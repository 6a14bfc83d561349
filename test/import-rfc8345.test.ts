import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { readRfc8345 } from "../src/readers/rfc8345.ts";
import type { ImportResult } from "../src/tasks/import/import.ts";
import { translateRfc8345 } from "../src/tasks/import/rfc8345.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-rfc8345-"));
after(() => rmSync(folder, { recursive: true }));
cpSync(join(root, "examples/rfc8345"), join(folder, "example"), { recursive: true });
const run = (...words: string[]) => runIn(folder, words);
const example = ["rfc8345", "example/networks.json", "--map", "example/map.yaml"];

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
const put = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
};
const rows = (dir: string, name: string) =>
  readFileSync(join(folder, dir, name), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1);
const whole = ({ examined, taken, setAside, unreadable }: ImportResult) => {
  assert.equal(examined, taken + unreadable + setAside.reduce((sum, { records }) => sum + records, 0));
};

test("the example: nodes become elements, supporting nodes relations, links links; ports are counted", async () => {
  const dir = await workspace();
  const result = await importJson(...example, "--into", dir);
  assert.deepEqual([result.code, result.examined, result.taken], [0, 12, 8]);
  whole(result);
  assert.deepEqual(rows(dir, "elements/rfc8345.csv"), [
    "DEMO-edge-1,DEMO-nord,Mast Nord 1,demo-bergnetz,demo-bergnetz-bergrouter-12,12.1,,transport-router,,,",
    "DEMO-edge-2,DEMO-nord,Mast Nord 2,demo-westwave,demo-westwave-wave-edge-r8,,,transport-router,,,",
    "DEMO-host-1,DEMO-nord,Rechenzentrum Mitte,demo-bergnetz,,3.4,,server,,,",
    "DEMO-vrouter-1,DEMO-nord,,demo-nordfunk,,5.0,,transport-router,,,",
    "DEMO-vrouter-2,DEMO-nord,,demo-nordfunk,,,,,,,",
  ]);
  assert.deepEqual(rows(dir, "relations/rfc8345.csv"), ["DEMO-vrouter-1,runs-on,DEMO-host-1,,,,"]);
  assert.deepEqual(
    result.problems.map(({ code, place }) => [code, place.pointer]),
    [["dangling-reference", "/ietf-network:networks/network/1/node/1"]],
  );
  assert.deepEqual(rows(dir, "links/rfc8345.csv"), [
    '"DEMO-edge-1,1/1,DEMO-edge-2,1/1",DEMO-nord,Mast Nord 1,Mast Nord 2,,20,10000,,',
    '"DEMO-edge-1,1/2,DEMO-host-1,eth0",DEMO-nord,Mast Nord 1,Rechenzentrum Mitte,,5,,,',
  ]);
  const said = new Map(result.remarks.map(({ reason, records }) => [reason.split(":")[0], records]));
  assert.deepEqual([said.get("link that leads one way only"), said.get("termination points")], [1, 3]);
  const again = await importJson(...example, "--into", dir);
  assert.deepEqual([again.written, again.tables.at(-3)?.unchanged, again.tables.at(-1)?.unchanged], [[], 5, 2]);
});

test("a RESTCONF list, members qualified or not, and a datastore around it are the same network", () => {
  const node = { "node-id": "n1", "supporting-node": [{ "network-ref": "b", "node-ref": "n1" }] };
  const list = (qualified: boolean) => [
    { "network-id": "a", [qualified ? "ietf-network:node" : "node"]: [node] },
    { "network-id": "b", node: [{ "node-id": "n1" }] },
  ];
  const shapes = [
    { "ietf-network:networks": { network: list(true) } },
    { "ietf-network:network": list(false) },
    { "ietf-restconf:data": { "ietf-network:networks": { "ietf-network:network": list(false) } } },
  ];
  for (const shape of shapes) {
    const { topology, problems } = readRfc8345(shape, "x.json");
    assert.deepEqual(problems, []);
    const translated = translateRfc8345(topology!, { ids: "node", from: {} });
    const elements = translated.tables.find(({ table }) => table === "elements")!;
    // Both networks have a node of this id, so neither may be called by it alone.
    assert.deepEqual(
      elements.rows.map(({ values }) => values.id),
      ["a/n1", "b/n1"],
    );
    assert.equal(translated.tables.at(-1)?.rows.length, 1);
  }
});

test("chassis that differ leave the field unknown; parts below them are counted", () => {
  const component = (name: string, more: object = {}) => ({ name, class: "iana-hardware:chassis", ...more });
  const nodes = [
    {
      "node-id": "stack",
      "ietf-hardware:hardware": {
        component: [
          component("1", { "mfg-name": "DEMO A", "software-rev": "1.0" }),
          component("2", { "mfg-name": "DEMO A", "software-rev": "2.0" }),
          component("3", { parent: "1", class: "iana-hardware:module", "mfg-name": "DEMO B" }),
        ],
      },
    },
  ];
  const { topology, problems } = readRfc8345(
    { "ietf-network:network": [{ "network-id": "n", node: nodes }] },
    "x.json",
  );
  assert.deepEqual([...topology!.nodes[0]!.hardware], [["mfg-name", "DEMO A"]]);
  assert.equal(topology!.components, 1);
  assert.deepEqual(
    problems.map(({ code, rows: lost }) => [code, lost]),
    [["wrong-shape", 0]],
  );
});

test("hostile topologies are problems with a place; nothing is written, nothing is thrown", async () => {
  const dir = await workspace();
  const map = put("plain.yaml", "from: { maker: { path: __proto__/toString } }\n");
  const networks = (...list: unknown[]) => ({ "ietf-network:networks": { network: list } });
  const cases: readonly (readonly [string, unknown, string, number])[] = [
    ["not.json", "<networks/>", "not-json", 0],
    ["deep.json", '{"a":'.repeat(500_000), "too-deep", 0],
    ["xml-like.json", { networks: 7 }, "wrong-shape", 0],
    ["no-id.json", networks({ node: [{ "node-id": "a" }, {}] }), "wrong-shape", 2],
    ["no-node-id.json", networks({ "network-id": "n", node: [{}, "x", { "node-id": "a" }] }), "wrong-shape", 2],
    ["twice.json", networks({ "network-id": "n", node: [{ "node-id": "a" }, { "node-id": "a" }] }), "duplicate-id", 2],
  ];
  for (const [name, content, code, lost] of cases) {
    const result = await importJson("rfc8345", put(name, content), "--map", map, "--into", dir);
    assert.deepEqual([result.code, result.written, result.unreadable], [2, [], lost], name);
    assert.ok(
      result.problems.every((problem) => problem.code === code),
      name,
    );
    whole(result);
  }
  const fine = put("fine.json", networks({ "network-id": "n", node: [{ "node-id": "a" }] }));
  await importJson("rfc8345", fine, "--map", map, "--into", dir);
  assert.deepEqual(rows(dir, "elements/rfc8345.csv"), ["n/a,,,,,,,,,,"]);
});

test("whatever comes in, each node is taken, set aside or a problem, and the order of nodes changes nothing", () => {
  const id = fc.constantFrom("a", "b", "c", "", "\u0001");
  const node = fc.record(
    {
      "node-id": id,
      "supporting-node": fc.oneof(
        fc.array(fc.record({ "network-ref": id, "node-ref": id })),
        fc.anything({ maxDepth: 1 }),
      ),
      "ietf-hardware:hardware": fc.anything({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  );
  const answer = (nodes: readonly unknown[]) => {
    const { topology, problems } = readRfc8345({ "ietf-network:network": [{ "network-id": "n", node: nodes }] }, "x");
    const lost = problems.reduce((sum, { rows: own }) => sum + own, 0);
    return { lost, translated: translateRfc8345(topology!, { from: { maker: { hardware: "mfg-name" } } }) };
  };
  fc.assert(
    fc.property(fc.array(fc.oneof(node, fc.anything({ maxDepth: 1 })), { maxLength: 6 }), (nodes) => {
      const { lost, translated } = answer(nodes);
      const aside = translated.setAside.reduce((sum, { records }) => sum + records, 0);
      assert.equal(translated.taken + lost, nodes.length);
      assert.equal(translated.examined, translated.taken + aside);
      assert.deepEqual(answer(nodes.toReversed()).translated.tables, translated.tables);
    }),
    { seed: 8345, numRuns: 150 },
  );
});

const place = (id: string, site: string) => ({ "node-id": id, at: site });
const link = (id: string, from: string | null, to: string | null, more: object = {}) => {
  const [fromNode, fromPort] = from?.split(":") ?? [];
  const [toNode, toPort] = to?.split(":") ?? [];
  return {
    "link-id": id,
    source: { "source-node": fromNode, "source-tp": fromPort },
    destination: { "dest-node": toNode, "dest-tp": toPort },
    ...more,
  };
};
const te = (metric: unknown, bandwidth?: unknown) => ({
  "ietf-te-topology:te": {
    "te-link-attributes": {
      "te-default-metric": metric,
      "max-link-bandwidth": { "te-bandwidth": { generic: bandwidth } },
    },
  },
});
const places = [place("a", "S1"), place("b", "S2"), place("c", "S2"), { "node-id": "d" }, place("e", "S3")];
const linked = (links: readonly unknown[], more: readonly unknown[] = [], map: object = {}) => {
  const own = { "network-id": "n", node: places, "ietf-network-topology:link": links };
  const { topology, problems } = readRfc8345({ "ietf-network:network": [own, ...more] }, "x.json");
  const translated = translateRfc8345(topology!, { operator: "DEMO-o", from: { site: { path: "at" } }, ...map });
  const { table, rows: found = [] } = translated.tables.at(-1) ?? {};
  return {
    links: table === "links" ? found.map(({ values }) => values) : [],
    problems: [...problems, ...translated.problems].map(({ code, rows: lost, place: at }) => [code, lost, at.pointer]),
    aside: translated.setAside.map(({ reason, records }) => [records, reason]),
    remarks: translated.remarks
      .filter(({ reason }) => reason.startsWith("link"))
      .map(({ reason }) => reason.split(":")[0]),
    counts: [translated.examined, translated.taken],
    lost: problems.reduce((sum, { rows: each }) => sum + each, 0),
  };
};
const brief = ({ links }: ReturnType<typeof linked>) =>
  links.map(({ id, from, to, weight, capacity }) => [id, from, to, weight, capacity].join(" ").trim());

test("links there and back between the same ports are one row; others are not paired", () => {
  const pair = [link("l1", "a:1", "b:1", te(10)), link("l2", "b:1", "a:1", te(10))];
  assert.deepEqual(brief(linked(pair)), ["n/l1 S1 S2 10"]);
  assert.deepEqual(brief(linked(pair.toReversed())), ["n/l1 S1 S2 10"]);
  assert.deepEqual(brief(linked(pair, [], { ids: "node" })), ["l1 S1 S2 10"]);
  const parallel = [...pair, link("l3", "a:2", "b:2"), link("l4", "b:2", "a:2"), link("l5", "b:3", "a:4")];
  const { remarks, ...rest } = linked(parallel);
  assert.deepEqual(brief({ remarks, ...rest }), ["n/l1 S1 S2 10", "n/l3 S1 S2", "n/l5 S2 S1"]);
  assert.ok(remarks.includes("link that leads one way only"));
  assert.deepEqual(brief(linked([link("p", "a", "b"), link("q", "b", "a"), link("r", "a", "b")])), [
    "n/p S1 S2",
    "n/r S1 S2",
  ]);
});

test("metrics and bandwidth: the larger and the smaller of both ways; other codings are unknown", () => {
  const pair = [link("l1", "a", "b", te(10, "0x1.2a05f2p+30")), link("l2", "b", "a", te(30, "0x1.dcd65p+26"))];
  const found = linked(pair);
  assert.deepEqual(brief(found), ["n/l1 S1 S2 30 1000"]);
  assert.ok(found.remarks.some((reason) => reason?.includes("differ in metric")));
  const l3 = { "ietf-l3-unicast-topology:l3-link-attributes": { metric1: "18446744073709551615" } };
  const codings = ["0x1p10", "0x0p0", "0x1.8p3", "0xFF", "2*3,1*1", "12"].map((text, at) =>
    link(`k${at}`, `a:${at}`, "b", te(1, text)),
  );
  assert.deepEqual(
    linked([link("l", "a", "b", l3), ...codings]).links.map(({ weight, capacity }) => [weight, capacity]),
    [
      ...[
        ["1", "0.008192"],
        ["1", "0"],
        ["1", "0.000096"],
      ],
      ...[
        ["1", ""],
        ["1", ""],
        ["1", ""],
      ],
      ["18446744073709552000", ""],
    ],
  );
  for (const wrong of [te(-1), te("NaN"), te(1.5), te({}), te(1, -5), te(1, "fast"), te(1, 7)])
    assert.deepEqual(
      linked([link("l", "a", "b", wrong)]).problems[0]?.slice(0, 2),
      ["wrong-type", 1],
      JSON.stringify(wrong),
    );
});

test("links that have no row are counted by the reason why", () => {
  const links = [
    link("loop", "a", "a"),
    link("within", "b", "c"),
    link("nowhere", "a", "d"),
    link("half", "a", null),
    link("good", "a", "b"),
    link("aside", "a", "e"),
  ];
  const found = linked(links, [], { setAside: { nodes: ["e"] } });
  assert.deepEqual(brief(found), ["n/good S1 S2"]);
  assert.deepEqual(found.aside, [
    [1, "node `e`"],
    [2, "link within one site"],
    [1, "link of something that is set aside"],
    [1, "link with one end only"],
    [1, "link: the site of an end is not known"],
  ]);
  assert.deepEqual(found.counts, [places.length + links.length, places.length - 1 + 1]);
});

test("a link over links of another layer is the same line once more, unless those have no row", () => {
  const above = (reference: string) => ({
    "network-id": "ip",
    node: [place("x", "S1"), place("y", "S2")],
    "ietf-network-topology:link": [
      link("t", "x", "y", { "supporting-link": [{ "network-ref": "n", "link-ref": reference }] }),
    ],
  });
  const pair = [link("l1", "a", "b"), link("l2", "b", "a")];
  assert.deepEqual(brief(linked(pair, [above("l2")])), ["n/l1 S1 S2"]);
  assert.deepEqual(brief(linked(pair, [above("l1")], { setAside: { networks: ["n"] } })), ["ip/t S1 S2"]);
  assert.deepEqual(brief(linked([link("loop", "a", "a")], [above("loop")])), ["ip/t S1 S2"]);
  const lost = linked(pair, [above("none")]);
  assert.deepEqual(
    [brief(lost).length, lost.problems.map(([code, rows]) => [code, rows])],
    [2, [["dangling-reference", 0]]],
  );
});

test("a link that cannot be read is a problem with its pointer and forbids writing", async () => {
  const at = (index: number) => `/ietf-network:network/0/ietf-network-topology:link/${index}`;
  const good = link("l", "a", "b");
  const cases: readonly (readonly [readonly unknown[], readonly unknown[]])[] = [
    [
      [good, link("x", "a", "zz")],
      ["dangling-reference", 1, at(1)],
    ],
    [
      [good, link("l", "a", "e")],
      ["duplicate-id", 2, at(1)],
    ],
    [
      [good, {}],
      ["wrong-shape", 1, at(1)],
    ],
    [
      [good, 7],
      ["wrong-shape", 1, at(1)],
    ],
    [
      [good, link("x".repeat(10_000_000), "a", "b")],
      ["wrong-shape", 1, at(1)],
    ],
    [
      [good, link("y", "a", "b", { "supporting-link": [{}] })],
      ["wrong-shape", 0, `${at(1)}/supporting-link/0`],
    ],
  ];
  for (const [links, wanted] of cases) assert.deepEqual(linked(links).problems, [wanted]);
  const dir = await workspace();
  const own = { "network-id": "n", node: places, "ietf-network-topology:link": [link("x", "a", "zz")] };
  const file = put("lost.json", { "ietf-network:networks": { network: [own] } });
  const words = ["rfc8345", file, "--map", put("lost.yaml", "from: { site: { path: at } }\n"), "--into", dir];
  const result = await importJson(...words);
  whole(result);
  assert.deepEqual([result.code, result.written, result.unreadable], [2, [], 1]);
  const partial = await importJson(...words, "--partial");
  assert.deepEqual([partial.code, partial.taken], [0, places.length]);
});

test("whatever the links, each is taken, set aside or a problem, and their order changes nothing", () => {
  const id = fc.constantFrom("l1", "l2", "l3", "l4", "");
  const end = fc.constantFrom("a", "b", "c", "d", "e", "zz", "a:1", "b:1", null);
  const one = fc.tuple(id, end, end, fc.constantFrom({}, te(3), te(-3))).map((parts) => link(...parts));
  fc.assert(
    fc.property(fc.array(fc.oneof(one, fc.anything({ maxDepth: 1 })), { maxLength: 7 }), (links) => {
      const found = linked(links);
      const aside = found.aside.reduce((sum, [records]) => sum + Number(records), 0);
      assert.equal(Number(found.counts[1]) + aside + found.lost, places.length + links.length);
      assert.deepEqual(linked(links.toReversed()).links, found.links);
    }),
    { seed: 8795, numRuns: 200 },
  );
});

test("examples/rfc8345/README.md shows what is printed", async () => {
  const { compared, faults } = await checkPage("examples/rfc8345/README.md");
  assert.deepEqual(faults, []);
  assert.ok(compared >= 1);
});
