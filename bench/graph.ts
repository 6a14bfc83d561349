/**
 * The graph room at national scale: `node bench/graph.ts [--sites 1000000] [--runs 3]`. A seeded network after
 * docs/exposure.md: a tenth of the sites are hubs, 30 % of hubs and 10 % of the others have two uplinks, 4,200 core nodes
 * with 12,800 trunks. Every task runs in a process of its own: seconds of the task alone, peak memory of the whole process.
 *
 * The peer is graphology with graphology-shortest-path, on what it can do of the same: one shortest path per node for a
 * destination (no equal-cost splitting, no suspects), and who is reached in one scenario (its search alone, not the building of
 * the graph without what is dead). It runs on a tenth of the sites and fewer repeats, scaled up; the ratio says so.
 */
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { exposedSums } from "../src/graph/exposure.ts";
import { spread } from "../src/graph/reach.ts";
import { type RoutedNetwork, routed } from "../src/graph/routed.ts";
import type { Seen } from "../src/graph/seen.ts";
import { membership, subsets } from "../src/graph/subsets.ts";
import { seeded } from "../test/kit/networks.ts";
import { measure } from "./measure.ts";

const { values } = parseArgs({
  options: {
    sites: { type: "string", default: "1000000" },
    runs: { type: "string", default: "3" },
    suspects: { type: "string", default: "40" },
    gateways: { type: "string", default: "32" },
    task: { type: "string" },
  },
});
const [sites, runs] = [Number(values.sites), Number(values.runs)];
const [suspects, gateways] = [Number(values.suspects), Number(values.gateways)];
/** As demands are modelled where no table has them: each site with the nearest four gateways of its operator. */
const gatewaysOfSite = 4;
const core = { nodes: 4200, links: 12_800 };
const peerPart = 10;
const regions = 16;
const random = seeded(20190312);
const below = (bound: number) => Math.floor(random() * bound);

interface Bench {
  readonly network: RoutedNetwork;
  /** Who made what stands at each node in transit, and what begins or ends there. */
  readonly maker: Uint8Array;
  readonly other: Uint8Array;
}

const tasks: Readonly<Record<string, () => number>> = {
  "make ready": () => made(sites).seconds,
  exposure: () => exposure(made(sites).bench),
  outage: () => outage(made(sites).bench, 1),
  "all sets up to 3": () => outage(made(sites).bench, 3),
  "peer: exposure": () => peerPaths(made(0).bench),
  "peer: outage": () => peerReach(made(sites / peerPart).bench),
};
if (values.task !== undefined) console.log(tasks[values.task]!());
else await compare();

async function compare(): Promise<void> {
  console.log(
    `${sites} sites, ${suspects} suspects, ${gateways} gateways, of which each site uses ${gatewaysOfSite}; middle of ${runs} runs, highest peak`,
  );
  const seconds = new Map<string, number>();
  for (const task of Object.keys(tasks)) {
    const found: { readonly seconds: number; readonly peakMiB: number }[] = [];
    for (let run = 0; run < (task.startsWith("all") ? 1 : runs); run++) {
      const words = Object.entries({ sites, suspects, gateways, task }).flatMap(([name, value]) => [
        `--${name}`,
        `${value}`,
      ]);
      const { code, stdout, stderr, peakMiB } = await measure([import.meta.filename, ...words]);
      if (code !== 0) throw new Error(stderr);
      found.push({ seconds: Number(stdout), peakMiB });
    }
    found.sort((a, b) => a.seconds - b.seconds);
    const middle = found[Math.floor(found.length / 2)]!.seconds;
    const peak = Math.max(...found.map(({ peakMiB }) => peakMiB));
    seconds.set(task, middle);
    console.log(`${task.padEnd(18)} ${middle.toFixed(3).padStart(8)} s ${String(peak).padStart(6)} MiB`);
  }
  for (const task of ["exposure", "outage"])
    console.log(
      `${task}: the peer takes ${(seconds.get(`peer: ${task}`)! / seconds.get(task)!).toFixed(0)} times as long`,
    );
  console.log(
    `(peer scaled: outage from ${sites / peerPart} sites and 4 scenarios, exposure from 10 destinations, core alone)`,
  );
}

function made(size: number): { readonly bench: Bench; readonly seconds: number } {
  const most = core.links + Math.ceil(1.15 * size) + 1000;
  const [from, to] = [new Uint32Array(most), new Uint32Array(most)];
  let links = 0;
  const add = (one: number, other: number) => {
    from[links] = one;
    to[links++] = other;
  };
  for (let node = 1; node < core.nodes; node++) add(node, Math.max(0, node - 1 - below(60)));
  while (links < core.links) {
    const node = below(core.nodes);
    add(node, Math.min(core.nodes - 1, node + 1 + below(60)));
  }
  const hubs = Math.floor(size / 10);
  const hub = core.nodes;
  for (let at = 0; at < hubs; at++)
    for (let more = random() < 0.3 ? 2 : 1; more > 0; more--) add(hub + at, below(core.nodes));
  for (let at = hubs; at < size; at++)
    for (let more = random() < 0.1 ? 2 : 1; more > 0; more--) add(hub + at, hub + below(hubs));
  const nodes = core.nodes + size;
  const ends = [from.slice(0, links), to.slice(0, links)] as const;
  const uplink = new Uint8Array(links).fill(1, core.links);
  const weight = new Float64Array(links).map(() => 1 + below(5));
  const [maker, other] = [0, 1].map(() => new Uint8Array(nodes).map(() => below(suspects))) as [Uint8Array, Uint8Array];
  const began = performance.now();
  const network = routed(nodes, ...ends, uplink, weight);
  return { bench: { network, maker, other }, seconds: since(began) };
}

/** What passes a node passes one maker's equipment of two; what begins or ends there also that of another maker. */
function seenOf({ maker, other }: Bench): Seen {
  const free = new Float64Array((suspects + suspects * suspects) * suspects).fill(1);
  for (let one = 0; one < suspects; one++) {
    free[one * suspects + one] = 0.5;
    for (let two = 0; two < suspects; two++) {
      const row = (suspects + one * suspects + two) * suspects;
      free[row + one] = 0.5;
      free[row + two] = 0;
    }
  }
  const transit = new Uint32Array(maker);
  const end = transit.map((one, node) => suspects + one * suspects + other[node]!);
  return { suspects, free, transit, end };
}

function exposure(bench: Bench): number {
  const { network } = bench;
  const seen = seenOf(bench);
  const region = groupsOf(network);
  const near = Array.from({ length: regions }, () => Array.from({ length: gatewaysOfSite }, () => below(gateways)));
  const at = Uint32Array.from({ length: gateways }, () => below(core.nodes));
  const demands = sites * gatewaysOfSite;
  const from = Uint32Array.from({ length: demands }, (_, demand) => core.nodes + Math.floor(demand / gatewaysOfSite));
  const to = from.map((site, demand) => at[near[region[site]!]![demand % gatewaysOfSite]!]!);
  const value = new Float64Array(demands).fill(1);
  const group = Uint16Array.from(from, (site) => region[site]!);
  const began = performance.now();
  const sums = exposedSums(network, seen, { from, to, value, group }, regions);
  const took = since(began);
  if (!(sums.expected[0]! > 0)) throw new Error("nothing was exposed");
  return took;
}

/** Regions are stretches of the core, with what climbs to it first. */
function groupsOf({ climb, nodes }: RoutedNetwork): Uint16Array {
  const group = new Uint16Array(nodes);
  for (let node = 0; node < core.nodes; node++) group[node] = Math.floor((node * regions) / core.nodes);
  for (const node of climb.order) group[node] = group[climb.to[climb.first[node]!]!]!;
  return group;
}

/** All sets of suspects up to a size go dark, 32 at a time: how many sites still reach one of ten gateways? */
function outage({ network, maker }: Bench, upTo: number): number {
  const sources = Uint32Array.from({ length: 10 }, () => below(core.nodes));
  const alive = new Uint32Array(network.nodes);
  const bits = new Uint32Array(network.nodes);
  let served = 0;
  const began = performance.now();
  for (let size = 1; size <= upTo; size++)
    for (const batch of subsets(suspects, size)) {
      const dead = membership(suspects, batch);
      for (let node = 0; node < alive.length; node++) alive[node] = ~dead[maker[node]!]!;
      bits.fill(0);
      for (const source of sources) bits[source] = 0xffffffff;
      spread(network, alive, bits);
      for (let node = core.nodes; node < bits.length; node++) served += bitsIn(bits[node]!);
    }
  const took = since(began);
  if (served === 0) throw new Error("nothing was served");
  return took;
}

/** How many bits of a 32-bit word are set (Warren, Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What is used of the peer; its own types do not resolve from an ES module under `nodenext`. */
interface PeerGraph {
  addNode(node: number): void;
  addEdge(one: number, other: number, attributes: { readonly weight: number }): void;
}
interface Peer {
  readonly MultiUndirectedGraph: new () => PeerGraph;
  readonly dijkstra: { singleSource(graph: PeerGraph, from: string, weight: string): unknown };
  readonly singleSourceLength: (graph: PeerGraph, from: string) => unknown;
}

function peer(): Peer {
  const load = createRequire(import.meta.url);
  return { ...load("graphology"), ...load("graphology-shortest-path") };
}

function peerGraph({ network }: Bench, lives: (node: number) => boolean): PeerGraph {
  const graph = new (peer().MultiUndirectedGraph)();
  for (let node = 0; node < network.nodes; node++) if (lives(node)) graph.addNode(node);
  for (const [link, one] of network.from.entries()) {
    const other = network.to[link]!;
    if (lives(one) && lives(other)) graph.addEdge(one, other, { weight: network.weight[link]! });
  }
  return graph;
}

function peerPaths(bench: Bench): number {
  const graph = peerGraph(bench, () => true);
  const began = performance.now();
  for (let target = 0; target < 10; target++) peer().dijkstra.singleSource(graph, String(below(core.nodes)), "weight");
  return (since(began) * gateways) / 10;
}

function peerReach(bench: Bench): number {
  let took = 0;
  for (let suspect = 0; suspect < 4; suspect++) {
    const graph = peerGraph(bench, (node) => bench.maker[node] !== suspect);
    const start = bench.maker.findIndex((maker) => maker !== suspect);
    const began = performance.now();
    peer().singleSourceLength(graph, String(start));
    took += since(began);
  }
  return (took * suspects * peerPart) / 4;
}

function since(began: number): number {
  return (performance.now() - began) / 1000;
}
