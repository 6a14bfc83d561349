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

test("the example: nodes become elements, supporting nodes relations; links and ports are counted", async () => {
  const dir = await workspace();
  const result = await importJson(...example, "--into", dir);
  assert.deepEqual([result.code, result.examined, result.taken], [0, 8, 5]);
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
  const said = new Map(result.remarks.map(({ reason, records }) => [reason.split(":")[0], records]));
  assert.deepEqual([said.get("links"), said.get("termination points")], [1, 3]);
  const again = await importJson(...example, "--into", dir);
  assert.deepEqual([again.written, again.tables.at(-2)?.unchanged], [[], 5]);
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

test("examples/rfc8345/README.md shows what is printed", async () => {
  const { compared, faults } = await checkPage("examples/rfc8345/README.md");
  assert.deepEqual(faults, []);
  assert.ok(compared >= 1);
});
