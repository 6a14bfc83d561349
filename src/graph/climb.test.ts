import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawn, isCore, routedOf, type SmallNetwork, smallNetworks } from "../../test/kit/networks.ts";
import { routed } from "./routed.ts";

function coreOf(network: SmallNetwork): readonly number[] {
  return [...routedOf(network).core];
}

test("nodes without uplinks are core; those with uplinks climb, upper ones first", () => {
  const network = routedOf(drawn(5, "0-1", "2^0", "2^1", "3^2", "4^1"));
  assert.deepEqual([...network.core], [0, 1]);
  assert.deepEqual([...network.climb.order].sort(), [2, 3, 4]);
  assert.ok(network.climb.rank[2]! < network.climb.rank[3]!);
  assert.deepEqual([...network.climb.turned], []);
});

test("a circle of uplinks is core with all above it, and its uplinks are trunks; what is below still climbs", () => {
  const circle = drawn(5, "1^2", "2^1", "2^0", "3^1", "4^0");
  assert.deepEqual(coreOf(circle), [0, 1, 2]);
  assert.deepEqual([...routedOf(circle).climb.turned], [0, 1, 2]);
  assert.deepEqual([...routedOf(circle).climb.order].sort(), [3, 4]);
});

test("a node with a trunk and an uplink is core, and so is all above it", () => {
  assert.deepEqual(coreOf(drawn(5, "3-4", "3^2", "2^1", "1^0")), [0, 1, 2, 3, 4]);
  assert.deepEqual(coreOf(drawn(4, "3^2", "2^1", "1^0")), [0]);
});

test("a link from a node to itself makes no circle and no trunk", () => {
  assert.deepEqual(coreOf(drawn(2, "1^1", "1-1", "1^0")), [0]);
});

test("links to nodes that are not there and weights that measure nothing are bugs of the caller", () => {
  const link = [Uint32Array.of(0), Uint32Array.of(1), Uint8Array.of(0)] as const;
  assert.throws(() => routed(1, ...link, Float64Array.of(1)), /link 0: expected ends below 1, got 0 and 1/);
  for (const weight of [0, -1, Number.NaN, Infinity])
    assert.throws(() => routed(2, ...link, Float64Array.of(weight)), /expected a weight above 0/);
});

test("random networks: core is what the words say, and the order has what a node climbs to before it", () => {
  fc.assert(
    fc.property(smallNetworks, (network) => {
      const { core, climb } = routedOf(network);
      assert.deepEqual(
        [...core],
        isCore(network).flatMap((yes, node) => (yes ? [node] : [])),
      );
      assert.equal(core.length + climb.order.length, network.nodes);
      for (const node of climb.order)
        for (let at = climb.first[node]!; at < climb.first[node + 1]!; at++) {
          const upper = climb.to[at]!;
          assert.ok(core.includes(upper) || climb.rank[upper]! < climb.rank[node]!);
        }
    }),
    { seed: 20190312, numRuns: 1000 },
  );
});
