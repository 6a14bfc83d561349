/** The strongly connected components of a directed graph, each after all those that it leads to. */
export interface Components {
  /** Number of the component of each node. */
  readonly of: Int32Array;
  /** Nodes by component: those of component c are `members[first[c]]` up to before `first[c + 1]`. */
  readonly members: Int32Array;
  readonly first: readonly number[];
}

/**
 * Strongly connected components in the order in which everything follows what it leads to. Nodes are 0 to `nodes - 1`, edge i
 * runs from `from[i]` to `to[i]`. Linear in nodes and edges, no recursion (Tarjan 1972).
 */
export function componentsOf(nodes: number, from: Int32Array, to: Int32Array): Components {
  const { first, target } = adjacency(nodes, from, to);
  const order = new Int32Array(nodes);
  const low = new Int32Array(nodes);
  const of = new Int32Array(nodes).fill(-1);
  const cursor = first.slice(0, nodes);
  const path: number[] = [];
  const open: number[] = [];
  const members = new Int32Array(nodes);
  const begins: number[] = [0];
  let count = 0;
  let settled = 0;

  const enter = (node: number) => {
    order[node] = low[node] = ++count;
    path.push(node);
    open.push(node);
  };

  const leave = (node: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== order[node]) return;
    for (;;) {
      const member = open.pop()!;
      of[member] = begins.length - 1;
      members[settled++] = member;
      if (member === node) break;
    }
    begins.push(settled);
  };

  for (let root = 0; root < nodes; root++) {
    if (order[root] !== 0) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if (cursor[node]! >= first[node + 1]!) {
        leave(node);
        continue;
      }
      const next = target[cursor[node]!++]!;
      if (order[next] === 0) enter(next);
      else if (of[next] === -1) low[node] = Math.min(low[node]!, order[next]!);
    }
  }
  return { of, members, first: begins };
}

/** The nodes that lie on a cycle: in a component of more than one node, or with an edge to themselves; sorted. */
export function nodesOnCycles(nodes: number, from: Int32Array, to: Int32Array): readonly number[] {
  const { of, first } = componentsOf(nodes, from, to);
  const loops = new Set(from.filter((node, edge) => node === to[edge]));
  const sizeOf = (component: number) => first[component + 1]! - first[component]!;
  return Array.from(of.keys()).filter((node) => sizeOf(of[node]!) > 1 || loops.has(node));
}

/** Edges grouped by where they begin: those of node n are `target[first[n]]` up to before `first[n + 1]`. */
export function adjacency(nodes: number, from: Int32Array, to: Int32Array) {
  const first = new Int32Array(nodes + 1);
  for (const node of from) first[node + 1]! += 1;
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const place = first.slice(0, nodes);
  const target = new Int32Array(to.length);
  from.forEach((node, edge) => {
    target[place[node]!++] = to[edge]!;
  });
  return { first, target };
}
