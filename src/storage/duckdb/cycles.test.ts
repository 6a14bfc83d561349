import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { componentsOf, nodesOnCycles } from "./cycles.ts";

type Edges = readonly (readonly [number, number])[];
const find = (nodes: number, edges: Edges) =>
  nodesOnCycles(
    nodes,
    Int32Array.from(edges, ([from]) => from),
    Int32Array.from(edges, ([, to]) => to),
  );

test("only nodes on a cycle are found, not those that lead to one or from one", () => {
  const edges: Edges = [
    [0, 1],
    [1, 2],
    [2, 1],
    [2, 3],
    [4, 4],
    [3, 5],
  ];
  assert.deepEqual(find(6, edges), [1, 2, 4]);
  assert.deepEqual(find(0, []), []);
});

test("a chain of a million is no cycle, and one more edge makes it one", () => {
  const nodes = 1_000_000;
  const from = Int32Array.from({ length: nodes - 1 }, (_, at) => at);
  const to = from.map((node) => node + 1);
  assert.deepEqual(nodesOnCycles(nodes, from, to), []);
  const closed = new Int32Array(nodes).map((_, at) => at);
  assert.equal(
    nodesOnCycles(
      nodes,
      closed,
      closed.map((node) => (node + 1) % nodes),
    ).length,
    nodes,
  );
});

test("a node is on a cycle exactly if it can reach itself", () => {
  const node = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 14 }), (edges) => {
      const reaches = (start: number) => {
        const seen = new Set<number>();
        const todo = [start];
        for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
          for (const [from, to] of edges) {
            if (from !== at || seen.has(to)) continue;
            seen.add(to);
            todo.push(to);
          }
        }
        return seen.has(start);
      };
      assert.deepEqual(find(8, edges), [0, 1, 2, 3, 4, 5, 6, 7].filter(reaches));
    }),
    { seed: 1972, numRuns: 500 },
  );
});

test("every component comes after those it leads to, and holds the nodes that reach each other", () => {
  const node = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 14 }), (edges) => {
      const from = Int32Array.from(edges, ([a]) => a);
      const to = Int32Array.from(edges, ([, b]) => b);
      const { of, members, first } = componentsOf(8, from, to);
      assert.ok(edges.every(([a, b]) => of[b]! <= of[a]!));
      assert.deepEqual([...members].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
      members.forEach((member, at) => {
        assert.ok(first[of[member]!]! <= at && at < first[of[member]! + 1]!);
      });
      const back = [...edges, ...edges.map(([a, b]) => [b, a] as const)];
      const reach = (start: number, along: Edges) => {
        const seen = new Set([start]);
        for (const at of seen) for (const [a, b] of along) if (a === at) seen.add(b);
        return seen;
      };
      assert.ok(back.every(([a, b]) => (of[a] === of[b]) === (reach(a, edges).has(b) && reach(b, edges).has(a))));
    }),
    { seed: 5, numRuns: 200 },
  );
});
