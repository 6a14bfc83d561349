import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allWays, drawn, routedOf, type SmallNetwork, smallNetworks } from "../../test/kit/networks.ts";
import { linkLoads } from "./ecmp.ts";
import type { Alive } from "./routed.ts";

function demandsOf(...rows: readonly (readonly [from: number, to: number, value: number])[]) {
  return {
    from: Uint32Array.from(rows, ([from]) => from),
    to: Uint32Array.from(rows, ([, to]) => to),
    value: Float64Array.from(rows, ([, , value]) => value),
  };
}

function loadsOf(network: SmallNetwork, demands: Parameters<typeof linkLoads>[1], alive?: Alive) {
  const { forward, back, routed } = linkLoads(routedOf(network), demands, alive);
  return { forward: [...forward], back: [...back], routed: [...routed] };
}

test("a demand splits evenly over next hops of equal cost, and parallel links are next hops apart", () => {
  const square = drawn(4, "0-1", "1-3", "0-2", "2-3", "2-3");
  assert.deepEqual(loadsOf(square, demandsOf([0, 3, 8])), {
    forward: [4, 4, 4, 2, 2],
    back: [0, 0, 0, 0, 0],
    routed: [1],
  });
  assert.deepEqual(loadsOf(square, demandsOf([3, 0, 9])).back, [3, 3, 6, 3, 3]);
});

test("costs that are sums of the same lengths in another order are equal", () => {
  const network = drawn(4, "0-1:0.1", "1-2:0.2", "2-3:0.3", "0-3:0.6");
  assert.ok(0.1 + 0.2 + 0.3 !== 0.6);
  assert.deepEqual(loadsOf(network, demandsOf([0, 3, 2])).forward, [1, 1, 1, 1]);
});

test("a climbing node splits over its uplinks, whatever they weigh, and a demand comes down by the other end's", () => {
  const network = drawn(6, "0-1", "1-2", "3^0", "3^1:9", "4^2", "5^1");
  assert.deepEqual(loadsOf(network, demandsOf([3, 4, 8], [4, 5, 1])), {
    forward: [4, 8, 4, 4, 1, 0],
    back: [0, 1, 0, 0, 8, 1],
    routed: [1, 1],
  });
});

test("what comes by the other end on its climb ends there, in both directions", () => {
  const network = drawn(4, "0-1", "2^0", "3^2", "3^1");
  assert.deepEqual(loadsOf(network, demandsOf([3, 2, 8])), {
    forward: [0, 0, 4, 4],
    back: [4, 4, 0, 0],
    routed: [1],
  });
  assert.deepEqual(loadsOf(network, demandsOf([2, 3, 8])), {
    forward: [4, 4, 0, 0],
    back: [0, 0, 4, 4],
    routed: [1],
  });
});

test("nothing is carried without a path, from a dead end, and from a node to itself", () => {
  const network = drawn(4, "0-1", "2-3", "1-1");
  const demands = demandsOf([0, 2, 5], [0, 1, 5], [1, 1, 5]);
  assert.deepEqual(loadsOf(network, demands).routed, [0, 1, 0]);
  assert.deepEqual(loadsOf(network, demands, { nodes: Uint8Array.of(1, 0, 1, 1) }).routed, [0, 0, 0]);
  assert.deepEqual(loadsOf(network, demands, { links: Uint8Array.of(0, 1, 1) }).forward, [0, 0, 0]);
  assert.deepEqual(loadsOf(drawn(0), demandsOf()), { forward: [], back: [], routed: [] });
});

test("pairs of core nodes without a path leave their part to the others", () => {
  const network = drawn(5, "3^0", "3^1", "4^1", "4^2");
  assert.deepEqual(loadsOf(network, demandsOf([3, 4, 8])), {
    forward: [0, 8, 0, 0],
    back: [0, 0, 8, 0],
    routed: [1],
  });
});

test("around a dead node a demand takes the way that is left", () => {
  const network = drawn(6, "0-1", "1-2", "0-3", "3-2", "4^0", "4^5");
  const alive = { nodes: Uint8Array.of(1, 0, 1, 1, 1, 0) };
  assert.deepEqual(loadsOf(network, demandsOf([4, 2, 8]), alive).forward, [0, 0, 8, 8, 8, 0]);
});

test("a given path is taken as given, evenly over living links of a step", () => {
  const network = drawn(4, "0-1", "1-2", "1-2", "0-2", "3^2");
  const paths = new Map([[0, Uint32Array.of(0, 1, 2, 3)]]);
  const demands = { ...demandsOf([0, 3, 4]), paths };
  assert.deepEqual(loadsOf(network, demands), { forward: [4, 2, 2, 0, 0], back: [0, 0, 0, 0, 4], routed: [1] });
  assert.deepEqual(loadsOf(network, demands, { links: Uint8Array.of(1, 0, 1, 1, 1) }).forward, [4, 0, 4, 0, 0]);
  assert.deepEqual(loadsOf(network, demands, { links: Uint8Array.of(0, 1, 1, 1, 1) }).routed, [0]);
  assert.deepEqual(loadsOf(network, demands, { nodes: Uint8Array.of(1, 0, 1, 1) }).routed, [0]);
});

test("random networks, whole and with dead parts: loads equal those of all listed paths", () => {
  const scene = fc.record({
    network: smallNetworks,
    demands: fc.array(fc.tuple(fc.noBias(fc.nat(7)), fc.noBias(fc.nat(7)), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 6,
      size: "max",
    }),
    dead: fc.record({ nodes: fc.constantFrom(0, 0, 1, 6, 40, 129), links: fc.constantFrom(0, 0, 1, 130, 2056) }),
  });
  let carried = 0;
  fc.assert(
    fc.property(scene, ({ network, demands, dead }) => {
      const rows = demands.map(([from, to, value]) => [from % network.nodes, to % network.nodes, value] as const);
      const alive: Alive = {
        nodes: Uint8Array.from({ length: network.nodes }, (_, node) => 1 - ((dead.nodes >> node) & 1)),
        links: Uint8Array.from(network.links, (_, link) => 1 - ((dead.links >> link) & 1)),
      };
      const whole = dead.nodes === 0 && dead.links === 0;
      const found = linkLoads(routedOf(network), demandsOf(...rows), whole ? {} : alive);
      const forward = network.links.map(() => 0);
      const back = network.links.map(() => 0);
      for (const [at, [from, to, value]] of rows.entries()) {
        const ways = allWays(network, from, to, alive);
        assert.equal(found.routed[at], Number(ways.length > 0));
        carried += ways.length;
        for (const way of ways)
          for (const hop of way.links) (hop.forward ? forward : back)[hop.link]! += value * way.share;
      }
      for (const link of network.links.keys()) {
        assert.ok(Math.abs(found.forward[link]! - forward[link]!) < 1e-9, `forward ${link}`);
        assert.ok(Math.abs(found.back[link]! - back[link]!) < 1e-9, `back ${link}`);
      }
    }),
    { seed: 20190312, numRuns: 2500 },
  );
  assert.ok(carried > 2000, `only ${carried} paths were seen`);
});
