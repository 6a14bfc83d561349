import type { Graph } from "./graph.ts";

/**
 * Shortest paths towards one target at a time; every array is reused by the next `run`. Only the first so many entries of
 * `order` count, as many as `run` says, and only their distances and next hops.
 */
export interface Search {
  /** Nodes that reach the target, nearest first: the target is the first. */
  readonly order: Uint32Array;
  readonly distance: Float64Array;
  /** Next hops on shortest paths of the node at place `i` of `order`: `nextFirst[i]` up to `nextFirst[i + 1]`. */
  readonly nextFirst: Uint32Array;
  readonly nextTo: Uint32Array;
  readonly nextLink: Uint32Array;
  /** Searches anew; answers how many nodes reach the target. */
  readonly run: (target: number) => number;
}

/** Two costs are equal if they differ by no more than this part of the cost: sums of the same lengths differ in rounding. */
const tolerance = 1e-9;

/**
 * Dijkstra's algorithm (Numerische Mathematik 1, 1959) with a binary heap, and all next hops of equal cost: each link is
 * one, parallel links apart. A next hop is always settled before the node, so next hops never form a circle.
 */
export function searcher(graph: Graph, weight: Float64Array): Search {
  const { nodes, first, to, link } = graph;
  const distance = new Float64Array(nodes).fill(Infinity);
  const place = new Uint32Array(nodes).fill(nodes);
  const order = new Uint32Array(nodes);
  const heap = new Uint32Array(nodes);
  const inHeap = new Int32Array(nodes).fill(-1);
  const nextFirst = new Uint32Array(nodes + 1);
  const nextTo = new Uint32Array(to.length);
  const nextLink = new Uint32Array(to.length);
  let size = 0;
  let reached = 0;
  return { order, distance, nextFirst, nextTo, nextLink, run };

  function run(target: number): number {
    for (let at = 0; at < reached; at++) {
      distance[order[at]!] = Infinity;
      place[order[at]!] = nodes;
    }
    reached = 0;
    distance[target] = 0;
    rise(target, size++);
    while (size > 0) settle(takeNearest());
    findNextHops();
    return reached;
  }

  function settle(node: number): void {
    place[node] = reached;
    order[reached++] = node;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      const neighbour = to[at]!;
      const through = distance[node]! + weight[link[at]!]!;
      if (through >= distance[neighbour]!) continue;
      distance[neighbour] = through;
      rise(neighbour, inHeap[neighbour] === -1 ? size++ : inHeap[neighbour]!);
    }
  }

  function findNextHops(): void {
    let count = 0;
    for (let at = 0; at < reached; at++) {
      const node = order[at]!;
      const cost = distance[node]!;
      nextFirst[at] = count;
      for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
        const neighbour = to[edge]!;
        if (place[neighbour]! >= at) continue;
        if (distance[neighbour]! + weight[link[edge]!]! > cost * (1 + tolerance)) continue;
        nextTo[count] = neighbour;
        nextLink[count++] = link[edge]!;
      }
    }
    nextFirst[reached] = count;
  }

  function rise(node: number, from: number): void {
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (distance[above]! <= distance[node]!) break;
      heap[hole] = above;
      inHeap[above] = hole;
      hole = parent;
    }
    heap[hole] = node;
    inHeap[node] = hole;
  }

  function takeNearest(): number {
    const nearest = heap[0]!;
    inHeap[nearest] = -1;
    const last = heap[--size]!;
    if (size > 0) sink(last);
    return nearest;
  }

  function sink(node: number): void {
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && distance[heap[child + 1]!]! < distance[heap[child]!]!) child++;
      const below = heap[child]!;
      if (distance[node]! <= distance[below]!) break;
      heap[hole] = below;
      inHeap[below] = hole;
      hole = child;
    }
    heap[hole] = node;
    inHeap[node] = hole;
  }
}
