import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { readTopohub } from "./topohub.ts";

const read = (value: unknown) =>
  readTopohub({ name: "t.json", bytes: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) });
const faults = (value: unknown) =>
  read(value).problems.map(({ code, rows, place }) => [code, rows, place.pointer ?? ""]);
const nodes = [{ id: 0, name: "Nord", pos: [9.9, 53.5] }, { id: 1, name: "Süd", pos: [11.6, 48.1] }, { id: 2 }];
const graph = (more: object = {}) => ({ directed: false, multigraph: false, graph: {}, nodes, edges: [], ...more });
const edge = (source: unknown, target: unknown, more: object = {}) => ({ source, target, ...more });

test("nodes with longitude first, edges with km, demands as listed", () => {
  const edges = [edge(0, 1, { dist: 600.5, ecmp_fwd: {}, ecmp_bwd: {} }), edge(1, 2, { dist: 0 }), edge(1, 0)];
  const { network, problems } = read(graph({ edges, graph: { demands: { 0: { 1: 3.5 }, 1: { 2: 0 } } } }));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    network?.nodes.map(({ id, name, latitude, longitude }) => [id, name, latitude, longitude]),
    [
      ["0", "Nord", 53.5, 9.9],
      ["1", "Süd", 48.1, 11.6],
      ["2", null, null, null],
    ],
  );
  assert.deepEqual(
    network?.lines.map(({ id, from, to, weight, capacity }) => [id, from, to, weight, capacity]),
    [
      ["0-1", "0", "1", 600.5, null],
      ["1-2", "1", "2", null, null],
      ["1-0", "1", "0", null, null],
    ],
  );
  assert.deepEqual(
    network?.demands.map(({ from, to, value, place }) => [from, to, value, place.pointer]),
    [
      ["0", "1", 3.5, "/graph/demands/0/1"],
      ["1", "2", 0, "/graph/demands/1/2"],
    ],
  );
  assert.match(network?.remarks[0]?.reason ?? "", /ecmp_fwd/);
});

test("parallel edges have ids of their own, whatever the nodes are called", () => {
  const called = [{ id: "a" }, { id: "b" }, { id: "a-b" }, { id: "b-2" }];
  const edges = [edge("a", "b"), edge("a", "b"), edge("a", "b-2"), edge("a", "b"), edge("a-b", "2")];
  const { network } = read(graph({ nodes: [...called, { id: "2" }], edges }));
  const ids = network?.lines.map(({ id }) => id) ?? [];
  assert.equal(new Set(ids).size, edges.length);
  assert.deepEqual(ids.slice(0, 2), ["a-b", "a-b-2"]);
});

test("each fault by itself costs its record, with its pointer", () => {
  const demands = (value: unknown) => graph({ graph: { demands: value } });
  const cases: readonly (readonly [unknown, readonly unknown[]])[] = [
    [graph({ nodes: [...nodes, { id: 1 }] }), ["duplicate-id", 2, "/nodes/3"]],
    [graph({ nodes: [...nodes, {}] }), ["wrong-shape", 1, "/nodes/3"]],
    [graph({ nodes: [...nodes, { id: "x".repeat(201) }] }), ["wrong-shape", 1, "/nodes/3"]],
    [graph({ nodes: [...nodes, { id: 3, pos: [1, 91] }] }), ["wrong-type", 0, "/nodes/3/pos"]],
    [graph({ nodes: [...nodes, { id: 3, pos: "here" }] }), ["wrong-type", 0, "/nodes/3/pos"]],
    [graph({ nodes: [...nodes, { id: 3, name: "x".repeat(10_000_000) }] }), ["wrong-type", 0, "/nodes/3/name"]],
    [graph({ edges: [edge(0, 9)] }), ["dangling-reference", 1, "/edges/0"]],
    [graph({ edges: [null] }), ["dangling-reference", 1, "/edges/0"]],
    [graph({ edges: [edge(0, 1, { dist: -1 })] }), ["wrong-type", 1, "/edges/0/dist"]],
    [graph({ edges: [edge(0, 1, { dist: "NaN" })] }), ["wrong-type", 1, "/edges/0/dist"]],
    [demands([1]), ["wrong-shape", 1, "/graph/demands"]],
    [demands({ 0: 5 }), ["wrong-shape", 1, "/graph/demands/0"]],
    [demands({ 0: { 9: 5 } }), ["dangling-reference", 1, "/graph/demands/0/9"]],
    [demands({ 0: { 1: -5 } }), ["wrong-shape", 1, "/graph/demands/0/1"]],
    [demands({ 0: { 1: null } }), ["wrong-shape", 1, "/graph/demands/0/1"]],
  ];
  for (const [value, wanted] of cases) assert.deepEqual(faults(value), [wanted], JSON.stringify(wanted));
  const infinite = JSON.stringify(graph({ edges: [edge(0, 1, { dist: 7 })] })).replace(":7", ":1e999");
  assert.deepEqual(faults(infinite), [["wrong-type", 1, "/edges/0/dist"]]);
});

test("what is no such graph gives one problem and no network", () => {
  const others: readonly (readonly [unknown, string])[] = [
    ["", "not-json"],
    ['{"nodes":[', "not-json"],
    ["[NaN]", "not-json"],
    ['{"nodes":[],"nodes":[]}', "duplicate-key"],
    ["[".repeat(100_000), "too-deep"],
    [[], "wrong-shape"],
    [{ nodes: {} }, "wrong-shape"],
    [graph({ directed: true }), "wrong-shape"],
  ];
  for (const [value, code] of others) {
    const { network, problems } = read(value);
    assert.deepEqual([network, problems.map((problem) => problem.code)], [undefined, [code]], code);
  }
  assert.ok(read(graph({ edges: undefined, links: [edge(0, 1)] })).network);
});

test("whatever the JSON, it answers", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
      const { network, problems } = read({ nodes: [a, { id: 1 }], edges: [b], graph: { demands: c } });
      assert.ok(network !== undefined || problems.length > 0);
    }),
    { seed: 6, numRuns: 300 },
  );
});

const data = process.env.FREIGABE_DATA ?? join(import.meta.dirname, "../../../shared/data");
const real = join(data, "topology/topohub");
const skip = existsSync(real) ? false : `SKIPPED: real data not found at ${real}`;

test("the published German networks are those of SNDlib: 50, 88, 662 and 17, 26, 121", { skip }, () => {
  const sizes = ["germany50", "nobel-germany"].map((name) => {
    const { network, problems } = readTopohub({ name, bytes: readFileSync(join(real, `${name}.json`)) });
    const sum = network?.demands.reduce((total, { value }) => total + value, 0);
    assert.ok(network?.lines.every(({ weight }) => weight !== null && weight > 20 && weight < 300));
    return [problems.length, network?.nodes.length, network?.lines.length, network?.demands.length, sum];
  });
  assert.deepEqual(sizes, [
    [0, 50, 88, 662, 2365],
    [0, 17, 26, 121, 660],
  ]);
});
