/** The graph room on real networks, against figures that others computed and against another algorithm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkLoads } from "../src/graph/ecmp.ts";
import { spread } from "../src/graph/reach.ts";
import { type RoutedNetwork, routed } from "../src/graph/routed.ts";
import { dataFile, needs } from "./kit/data.ts";

interface Line {
  readonly source: number;
  readonly target: number;
}
interface Demand extends Line {
  readonly value: number;
}

/** All links trunks of weight 1: shortest paths are those with the fewest hops. */
function byHops(nodes: number, links: readonly Line[]): RoutedNetwork {
  return routed(
    nodes,
    Uint32Array.from(links, ({ source }) => source),
    Uint32Array.from(links, ({ target }) => target),
    new Uint8Array(links.length),
    new Float64Array(links.length).fill(1),
  );
}

function demandsOf(rows: readonly Demand[]) {
  return {
    from: Uint32Array.from(rows, ({ source }) => source),
    to: Uint32Array.from(rows, ({ target }) => target),
    value: Float64Array.from(rows, ({ value }) => value),
  };
}

type Model = "org" | "uni" | "deg";
interface Topohub {
  readonly nodes: readonly { readonly id: number }[];
  readonly edges: readonly (Line & {
    readonly ecmp_fwd: Readonly<Record<Model, number>>;
    readonly ecmp_bwd: Readonly<Record<Model, number>>;
  })[];
  readonly graph: { readonly demands: Readonly<Record<string, Readonly<Record<string, number>>>> };
}

/**
 * The demand models of topohub, each pair carried in both directions over paths with the fewest hops (its
 * `topohub/graph.py`, `calculate_utilization`): the demands as listed, 1 for every pair, the product of both degrees.
 */
function demandsIn({ nodes, edges, graph }: Topohub, model: Model): readonly Demand[] {
  const degree = (node: number) => edges.filter(({ source, target }) => source === node || target === node).length;
  const pairs = nodes.flatMap(({ id: source }) =>
    nodes.filter(({ id }) => id > source).map(({ id: target }) => ({ source, target })),
  );
  const once: readonly Demand[] =
    model === "org"
      ? Object.entries(graph.demands).flatMap(([source, row]) =>
          Object.entries(row).map(([target, value]) => ({ source: Number(source), target: Number(target), value })),
        )
      : pairs.map((pair) => ({ ...pair, value: model === "uni" ? 1 : degree(pair.source) * degree(pair.target) }));
  return once.flatMap(({ source, target, value }) => [
    { source, target, value },
    { source: target, target: source, value },
  ]);
}

for (const name of ["germany50", "nobel-germany"]) {
  const path = `topology/topohub/${name}.json`;
  test(`${name}: equal-cost link loads equal those of topohub within its rounding`, needs(path), () => {
    const topology: Topohub = JSON.parse(Buffer.from(dataFile(path).bytes).toString("utf8"));
    const network = byHops(topology.nodes.length, topology.edges);
    let seen = 0;
    for (const model of ["org", "uni", "deg"] as const) {
      const { forward, back } = linkLoads(network, demandsOf(demandsIn(topology, model)));
      // Given as percent of the greatest load of any link in any direction, rounded to two digits.
      const greatest = Math.max(...forward, ...back);
      for (const [link, { ecmp_fwd, ecmp_bwd }] of topology.edges.entries()) {
        assert.ok(Math.abs((forward[link]! / greatest) * 100 - ecmp_fwd[model]) <= 0.005 + 1e-9, `${model} ${link}`);
        assert.ok(Math.abs((back[link]! / greatest) * 100 - ecmp_bwd[model]) <= 0.005 + 1e-9, `${model} ${link} back`);
        seen += 2;
      }
    }
    assert.equal(seen, topology.edges.length * 6);
  });
}

interface Sndlib {
  readonly names: readonly string[];
  readonly links: readonly Line[];
  readonly demands: readonly Demand[];
}

function sndlibOf(path: string): Sndlib {
  const text = Buffer.from(dataFile(path).bytes).toString("latin1");
  const names = [...text.matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id!);
  const ends = "\\s*<source>([^<]+)</source>\\s*<target>([^<]+)</target>";
  const line = (source: string, target: string) => ({ source: names.indexOf(source), target: names.indexOf(target) });
  const links = [...text.matchAll(new RegExp(`<link id="[^"]+">${ends}`, "g"))].map(([, a, b]) => line(a!, b!));
  const demandRow = new RegExp(`<demand id="[^"]+">${ends}[\\s\\S]*?<demandValue>([^<]+)</demandValue>`, "g");
  const demands = [...text.matchAll(demandRow)].map(([, a, b, value]) => ({ ...line(a!, b!), value: Number(value) }));
  return { names, links, demands };
}

for (const [name, size] of [
  ["germany50", { nodes: 50, links: 88, demands: 662, value: 2365 }],
  ["nobel-germany", { nodes: 17, links: 26, demands: 121, value: 660 }],
] as const) {
  const path = `topology/sndlib/${name}.xml`;
  test(`${name}: demand lost with every node, and with every two, equals that by union and find`, needs(path), () => {
    const { names, links, demands } = sndlibOf(path);
    const value = demands.reduce((sum, demand) => sum + demand.value, 0);
    assert.deepEqual({ nodes: names.length, links: links.length, demands: demands.length, value }, size);
    const network = byHops(names.length, links);
    let beyondEnds = 0;
    for (let one = 0; one < names.length; one++)
      for (let other = one; other < names.length; other++) {
        const lost = lostByUnion(names.length, links, demands, [one, other]);
        const nodes = new Uint8Array(names.length).fill(1);
        nodes[one] = nodes[other] = 0;
        const { routed: carried } = linkLoads(network, demandsOf(demands), { nodes });
        const found = demands.reduce((sum, demand, at) => sum + (carried[at] === 1 ? 0 : demand.value), 0);
        assert.equal(found, lost, `${names[one]}, ${names[other]}`);
        if (lost > lostAtEnds(demands, [one, other])) beyondEnds++;
      }
    assert.ok(beyondEnds > 0, "no failure cut off anything");
  });

  test(`${name}: 32 failures at once reach what each alone leaves connected`, needs(path), () => {
    const { names, links } = sndlibOf(path);
    const alive = Uint32Array.from(names, (_, node) => (node < 32 ? ~(1 << node) : 0xffffffff));
    for (let start = 0; start < names.length; start++) {
      const bits = new Uint32Array(names.length);
      bits[start] = 0xffffffff;
      spread(byHops(names.length, links), alive, bits);
      for (let dead = 0; dead < Math.min(32, names.length); dead++) {
        const group = groupsWithout(names.length, links, [dead]);
        for (let node = 0; node < names.length; node++) {
          const expected = node !== dead && start !== dead && group(node) === group(start);
          assert.equal((bits[node]! >>> dead) & 1, Number(expected));
        }
      }
    }
  });
}

function lostByUnion(
  nodes: number,
  links: readonly Line[],
  demands: readonly Demand[],
  dead: readonly number[],
): number {
  const group = groupsWithout(nodes, links, dead);
  return demands.reduce((sum, { source, target, value }) => {
    const lives = !dead.includes(source) && !dead.includes(target) && group(source) === group(target);
    return lives ? sum : sum + value;
  }, 0);
}

function lostAtEnds(demands: readonly Demand[], dead: readonly number[]): number {
  return demands.reduce(
    (sum, { source, target, value }) => (dead.includes(source) || dead.includes(target) ? sum + value : sum),
    0,
  );
}

/** Union and find over the links that are left. */
function groupsWithout(nodes: number, links: readonly Line[], dead: readonly number[]): (node: number) => number {
  const parent = Array.from({ length: nodes }, (_, node) => node);
  const find = (node: number): number => (parent[node] === node ? node : find(parent[node]!));
  for (const { source, target } of links)
    if (!dead.includes(source) && !dead.includes(target)) parent[find(source)] = find(target);
  return find;
}
