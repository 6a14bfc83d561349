/**
 * The nodes that lie on a cycle of a directed graph: members of a strongly connected component of more than one node,
 * or with an edge to themselves; sorted. Nodes are 0 to `nodes - 1`, edge i runs from `from[i]` to `to[i]`.
 * Linear in nodes and edges, no recursion (Tarjan 1972).
 */
export function nodesOnCycles(nodes: number, from: Int32Array, to: Int32Array): readonly number[] {
  const { first, target } = adjacency(nodes, from, to);
  const order = new Int32Array(nodes);
  const low = new Int32Array(nodes);
  const open = new Uint8Array(nodes);
  const cursor = first.slice(0, nodes);
  const path: number[] = [];
  const component: number[] = [];
  const found: number[] = [];
  let count = 0;

  const enter = (node: number) => {
    order[node] = low[node] = ++count;
    open[node] = 1;
    path.push(node);
    component.push(node);
  };

  const leave = (node: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== order[node]) return;
    const members = component.splice(component.lastIndexOf(node));
    for (const member of members) {
      open[member] = 0;
      if (members.length > 1) found.push(member);
    }
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
      else if (open[next] === 1) low[node] = Math.min(low[node]!, order[next]!);
    }
  }
  from.forEach((node, edge) => {
    if (node === to[edge]) found.push(node);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** Edges grouped by where they begin: those of node n are `target[first[n]]` up to before `first[n + 1]`. */
function adjacency(nodes: number, from: Int32Array, to: Int32Array) {
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
