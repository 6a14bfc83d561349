/** Small networks for the graph room, and the plain way of doing its work: every path is listed, every set is tried. */
import fc from "fast-check";
import type { Alive, RoutedNetwork } from "../../src/graph/routed.ts";
import { routed } from "../../src/graph/routed.ts";

export interface SmallLink {
  readonly from: number;
  readonly to: number;
  readonly uplink: boolean;
  readonly weight: number;
}
export interface SmallNetwork {
  readonly nodes: number;
  readonly links: readonly SmallLink[];
}

/** `from-to` for a trunk, `from^to` for an uplink, `:weight` where it is not 1. */
export function drawn(nodes: number, ...links: readonly string[]): SmallNetwork {
  return {
    nodes,
    links: links.map((text) => {
      const [, from, kind, to, weight] = /^(\d+)([-^])(\d+)(?::([\d.]+))?$/.exec(text)!;
      return { from: Number(from), to: Number(to), uplink: kind === "^", weight: Number(weight ?? 1) };
    }),
  };
}

export function routedOf({ nodes, links }: SmallNetwork): RoutedNetwork {
  return routed(
    nodes,
    Uint32Array.from(links, (link) => link.from),
    Uint32Array.from(links, (link) => link.to),
    Uint8Array.from(links, (link) => Number(link.uplink)),
    Float64Array.from(links, (link) => link.weight),
  );
}

/**
 * Networks of up to eight nodes with loops, parallel links and parts that hang apart. Tidy ones have layers: uplinks lead
 * to lower numbers, trunks join the lowest; in wild ones anything joins anything.
 */
export const smallNetworks: fc.Arbitrary<SmallNetwork> = fc
  .record({
    nodes: fc.noBias(fc.constantFrom(1, 3, 4, 5, 6, 6, 7, 7, 8, 8, 8)),
    cores: fc.noBias(fc.constantFrom(1, 3, 4, 4, 5, 5)),
    tidy: fc.boolean(),
    links: fc.array(
      fc.record({
        a: fc.noBias(fc.nat(7)),
        b: fc.noBias(fc.nat(7)),
        uplink: fc.boolean(),
        weight: fc.constantFrom(1, 1, 1, 2, 3, 0.1, 0.2, 0.3),
      }),
      { minLength: 5, maxLength: 14, size: "max" },
    ),
  })
  .map(({ nodes, cores, tidy, links }) => ({
    nodes,
    links: links.map(({ a, b, uplink, weight }) => {
      const low = Math.min(cores, nodes);
      const among = tidy && !uplink ? low : nodes;
      const [from, to] = [a % among, (a + b) % among];
      if (!tidy || !uplink) return { from, to, uplink, weight };
      return { from: Math.max(from, to), to: Math.min(from, to), uplink: Math.max(from, to) >= low, weight };
    }),
  }));

/** Which nodes turn traffic, from the words of climb.ts. */
export function isCore({ nodes, links }: SmallNetwork): readonly boolean[] {
  const real = links.filter((link) => link.from !== link.to);
  const ups = real.filter((link) => link.uplink);
  const all = Array.from({ length: nodes }, (_, node) => node);
  const above = all.map((node) => {
    const found = new Set<number>();
    for (let grown = -1; grown < found.size; ) {
      grown = found.size;
      for (const { from, to } of ups) if (from === node || found.has(from)) found.add(to);
    }
    return found;
  });
  const turns = all.map(
    (node) => above[node]!.has(node) || real.some((link) => !link.uplink && (link.from === node || link.to === node)),
  );
  return all.map(
    (node) =>
      turns[node]! || all.some((low) => turns[low] && above[low]!.has(node)) || !ups.some((link) => link.from === node),
  );
}

/** One way of a demand: nodes in order, links with their direction, and the part of the demand that takes it. */
export interface Way {
  readonly nodes: readonly number[];
  readonly links: readonly { readonly link: number; readonly forward: boolean }[];
  readonly share: number;
}

/** All ways with a positive part, from the words of routed.ts. */
export function allWays(network: SmallNetwork, from: number, to: number, alive: Alive = {}): readonly Way[] {
  const core = isCore(network);
  const nodeLives = (node: number) => alive.nodes?.[node] !== 0;
  if (from === to || !nodeLives(from) || !nodeLives(to)) return [];
  const living = network.links
    .map((link, number) => ({ ...link, number }))
    .filter(({ number, from, to }) => from !== to && alive.links?.[number] !== 0 && nodeLives(from) && nodeLives(to));
  const uplinks = living.filter((link) => link.uplink && !core[link.from]);
  const trunks = living.filter((link) => core[link.from] && core[link.to]);

  const ups = climbs(from, to);
  const downs = climbs(to, from).map((way) => backwards(way));
  const found: Way[] = [];
  for (const way of ups) if (endOf(way) === to && !core[to]) found.push(way);
  for (const way of downs) if (way.nodes[0] === from && !core[from]) found.push(way);
  for (const up of ups.filter((way) => core[endOf(way)]))
    for (const down of downs.filter((way) => core[way.nodes[0]!]))
      for (const across of shortest(endOf(up), down.nodes[0]!)) found.push(joined(joined(up, across), down));
  const total = found.reduce((sum, way) => sum + way.share, 0);
  return found.map((way) => ({ ...way, share: way.share / total }));

  function climbs(node: number, stop: number): readonly Way[] {
    if (core[node] || node === stop) return [{ nodes: [node], links: [], share: 1 }];
    const ways = uplinks
      .filter((link) => link.from === node)
      .map((link) => ({ link, on: climbs(link.to, stop) }))
      .filter(({ on }) => on.length > 0);
    return ways.flatMap(({ link, on }) =>
      on.map((way) => ({
        nodes: [node, ...way.nodes],
        links: [{ link: link.number, forward: true }, ...way.links],
        share: way.share / ways.length,
      })),
    );
  }

  function shortest(a: number, b: number): readonly Way[] {
    if (a === b) return [{ nodes: [a], links: [], share: 1 }];
    const least = costTo(a, b, new Set());
    if (least === Infinity) return [];
    const hops = trunks.flatMap((link) =>
      [
        { link, forward: true, near: link.from, far: link.to },
        { link, forward: false, near: link.to, far: link.from },
      ].filter(({ near, far }) => near === a && link.weight + costTo(far, b, new Set()) <= least * (1 + 1e-9)),
    );
    return hops.flatMap(({ link, forward, far }) =>
      shortest(far, b).map((way) => ({
        nodes: [a, ...way.nodes],
        links: [{ link: link.number, forward }, ...way.links],
        share: way.share / hops.length,
      })),
    );
  }

  /** By trying all simple paths. */
  function costTo(a: number, b: number, passed: ReadonlySet<number>): number {
    if (a === b) return 0;
    const on = new Set([...passed, a]);
    return Math.min(
      Infinity,
      ...trunks.map((link) => {
        const far = link.from === a ? link.to : link.to === a ? link.from : a;
        return on.has(far) ? Infinity : link.weight + costTo(far, b, on);
      }),
    );
  }
}

function endOf(way: Way): number {
  return way.nodes[way.nodes.length - 1]!;
}

function backwards({ nodes, links, share }: Way): Way {
  return {
    nodes: nodes.toReversed(),
    links: links.toReversed().map(({ link, forward }) => ({ link, forward: !forward })),
    share,
  };
}

function joined(one: Way, other: Way): Way {
  return {
    nodes: [...one.nodes, ...other.nodes.slice(1)],
    links: [...one.links, ...other.links],
    share: one.share * other.share,
  };
}

/** A generator of numbers from 0 up to 1 (mulberry32), for what must be random and the same every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
