import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allWays, drawn, routedOf, smallNetworks } from "../../test/kit/networks.ts";
import { spread } from "./reach.ts";

test("a seed reaches over trunks and down, each scenario for itself", () => {
  const network = routedOf(drawn(5, "0-1", "1-2", "3^2", "4^3"));
  const alive = Uint32Array.of(0b111, 0b101, 0b111, 0b011, 0b111);
  const bits = Uint32Array.of(0b111, 0, 0, 0, 0);
  spread(network, alive, bits);
  assert.deepEqual([...bits], [0b111, 0b101, 0b101, 0b001, 0b001]);
});

test("traffic turns in the core, not at a node that only climbs", () => {
  const network = routedOf(drawn(4, "1^0", "2^1", "3^1"));
  for (const [coreLives, reached] of [
    [1, [1, 1, 1, 1]],
    [0, [0, 1, 1, 0]],
  ] as const) {
    const bits = Uint32Array.of(0, 0, 1, 0);
    spread(network, Uint32Array.of(coreLives, 1, 1, 1), bits);
    assert.deepEqual([...bits], reached);
  }
});

test("bit 31 is a scenario like the others, and dead links hold what dead nodes would", () => {
  const network = routedOf(drawn(2, "0-1", "0-1"));
  const all = 0xffffffff;
  const bits = Uint32Array.of(all, 0);
  spread(network, Uint32Array.of(all, all), bits, Uint32Array.of(0x80000000, 1));
  assert.deepEqual([...bits], [all, 0x80000001]);
});

test("random networks in 32 scenarios: reached is what has a listed path to a living seed, or is one", () => {
  const scene = fc.record({
    network: smallNetworks,
    seed: fc.nat(7),
    alive: fc.array(fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)), { minLength: 24, maxLength: 24 }),
  });
  fc.assert(
    fc.property(scene, ({ network, seed, alive }) => {
      // Of two random bits one is set in three of four scenarios: most things live.
      const words = Uint32Array.from(alive, ([one, other]) => one | other);
      const nodeWords = words.slice(0, network.nodes);
      const linkWords = words.slice(8, 8 + network.links.length);
      const target = seed % network.nodes;
      const bits = new Uint32Array(network.nodes);
      bits[target] = 0xffffffff;
      spread(routedOf(network), nodeWords, bits, linkWords);
      for (const scenario of [0, 7, 19, 31]) {
        const bit = (word: number) => (word >>> scenario) & 1;
        const living = { nodes: Uint8Array.from(nodeWords, bit), links: Uint8Array.from(linkWords, bit) };
        for (let node = 0; node < network.nodes; node++) {
          const isSeed = node === target && living.nodes[node] === 1;
          const expected = isSeed || allWays(network, node, target, living).length > 0;
          assert.equal(bit(bits[node]!), Number(expected), `node ${node}, scenario ${scenario}`);
        }
      }
    }),
    { seed: 20190312, numRuns: 300 },
  );
});
