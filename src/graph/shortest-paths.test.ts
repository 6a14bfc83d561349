import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../../test/kit/networks.ts";
import { partsOf, undirected } from "./graph.ts";
import { searcher } from "./shortest-paths.ts";

const random = seeded(1959);

test("distances equal those of Bellman and Ford, and next hops are all that lie on a shortest path", () => {
  for (let round = 0; round < 20; round++) {
    const nodes = 60;
    const ends = () => Uint32Array.from({ length: 100 }, () => Math.floor(random() * nodes));
    const [from, to] = [ends(), ends()];
    const weight = Float64Array.from(from, () => 1 + Math.floor(random() * 4));
    const search = searcher(undirected(nodes, from, to), weight);
    for (const target of [0, 7, 0]) {
      const least = new Float64Array(nodes).fill(Infinity);
      least[target] = 0;
      for (let again = 0; again < nodes; again++)
        for (const [link, cost] of weight.entries()) {
          least[from[link]!] = Math.min(least[from[link]!]!, least[to[link]!]! + cost);
          least[to[link]!] = Math.min(least[to[link]!]!, least[from[link]!]! + cost);
        }
      const reached = search.run(target);
      assert.equal(reached, least.filter(Number.isFinite).length);
      for (let place = 0; place < reached; place++) {
        const node = search.order[place]!;
        assert.equal(search.distance[node], least[node]);
        const hops = [...weight.keys()].filter(
          (link) =>
            (from[link] === node && least[to[link]!]! + weight[link]! === least[node]) ||
            (to[link] === node && least[from[link]!]! + weight[link]! === least[node]),
        );
        const found = search.nextLink.slice(search.nextFirst[place]!, search.nextFirst[place + 1]!);
        assert.deepEqual([...found].sort(), hops.sort());
      }
    }
  }
});

test("parts are numbered by their first nodes; loops and links left out join nothing", () => {
  const graph = undirected(5, Uint32Array.of(1, 2, 4, 0), Uint32Array.of(3, 2, 2, 4), (link) => link !== 3);
  assert.deepEqual([...partsOf(graph)], [0, 1, 2, 1, 2]);
});
