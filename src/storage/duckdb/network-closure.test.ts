import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UserError } from "../../model/errors.ts";
import { bundlesOf, type Edges, kindsOf } from "./network-closure.ts";

const edges = (...pairs: readonly (readonly [number, number])[]): Edges => ({
  from: Int32Array.from(pairs, ([from]) => from),
  to: Int32Array.from(pairs, ([, to]) => to),
});

test("kinds differ by base and by the kinds of their managers, however far up", () => {
  // 0 and 1 are managed by 2 and 3 of one kind; 4 by 5, which 6 manages.
  const managed = edges([0, 2], [1, 3], [4, 5], [5, 6]);
  const { kinds, ofNode } = kindsOf(Uint32Array.of(0, 0, 1, 1, 0, 1, 2), managed, Uint8Array.of(1, 0, 0, 1));
  assert.deepEqual(kinds, [
    { base: 0, managers: [] },
    { base: 0, managers: [3] },
    { base: 0, managers: [4] },
    { base: 1, managers: [] },
    { base: 1, managers: [5] },
    { base: 2, managers: [] },
    { base: 3, managers: [] },
  ]);
  assert.deepEqual([...ofNode], [1, 1, 3, 3, 2, 4, 5]);
});

test("who manage each other in a circle are kinds of their own, and what they manage is told apart", () => {
  const { kinds, ofNode } = kindsOf(Uint32Array.of(0, 0, 0), edges([0, 1], [1, 0], [2, 0]), new Uint8Array(1));
  assert.deepEqual(kinds, [
    { base: 0, managers: [1] },
    { base: 0, managers: [0] },
    { base: 0, managers: [0] },
  ]);
  assert.deepEqual([...ofNode], [0, 1, 2]);
});

test("a bundle holds the kinds of everything that is needed, once; alone it has the number of its kind", () => {
  // 0 needs 1, which needs 2; 3 needs another of its own kind; 4 and 5 need each other.
  const needs = edges([0, 1], [1, 2], [3, 6], [4, 5], [5, 4], [5, 2]);
  const { bundles, ofNode } = bundlesOf(Uint32Array.of(0, 1, 2, 1, 0, 2, 1), 3, needs);
  assert.deepEqual(bundles, [[0], [1], [2], [0, 1, 2], [0, 2], [1, 2]]);
  assert.deepEqual([...ofNode], [3, 5, 2, 1, 4, 4, 1]);
});

test("bundles hold exactly the kinds of the nodes that can be reached", () => {
  const graph = fc.integer({ min: 1, max: 8 }).chain((nodes) => {
    const node = fc.nat(nodes - 1);
    const kind = fc.array(fc.nat(3), { minLength: nodes, maxLength: nodes });
    return fc.tuple(kind, fc.array(fc.tuple(node, node), { maxLength: 14 }));
  });
  fc.assert(
    fc.property(graph, ([kind, pairs]) => {
      const { bundles, ofNode } = bundlesOf(Uint32Array.from(kind), 4, edges(...pairs));
      kind.forEach((_, node) => {
        const reached = new Set([node]);
        for (const at of reached) for (const [from, to] of pairs) if (from === at) reached.add(to);
        const expected = [...new Set([...reached].map((at) => kind[at]!))].sort((a, b) => a - b);
        assert.deepEqual(bundles[ofNode[node]!], expected);
      });
      assert.equal(new Set(bundles.map(String)).size, bundles.length);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test("a chain without end is refused and not followed until memory is gone", () => {
  const count = 100_000;
  const chain = { from: Int32Array.from({ length: count - 1 }, (_, at) => at), to: new Int32Array(count - 1) };
  chain.to.forEach((_, at) => {
    chain.to[at] = at + 1;
  });
  const kind = Uint32Array.from({ length: count }, (_, at) => at);
  assert.throws(() => bundlesOf(kind, count, chain), UserError);
});
