/** An undirected multigraph in compressed rows: the neighbours of node `n` stand at `first[n]` up to `first[n + 1]`. */
export interface Graph {
  readonly nodes: number;
  readonly first: Uint32Array;
  readonly to: Uint32Array;
  /** Number of the link over which each neighbour is met; parallel links stand apart. */
  readonly link: Uint32Array;
}

/**
 * Rows from the ends of links; links from a node to itself are left out, for no path needs one.
 * @param keep Says which links are in; all without it.
 */
export function undirected(
  nodes: number,
  from: Uint32Array,
  to: Uint32Array,
  keep: (link: number) => boolean = () => true,
): Graph {
  const inside = (link: number) => from[link] !== to[link] && keep(link);
  const first = new Uint32Array(nodes + 1);
  for (let link = 0; link < from.length; link++) {
    if (!inside(link)) continue;
    first[from[link]! + 1]!++;
    first[to[link]! + 1]!++;
  }
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const next = first.slice(0, nodes);
  const graph = { nodes, first, to: new Uint32Array(first[nodes]!), link: new Uint32Array(first[nodes]!) };
  for (let link = 0; link < from.length; link++) {
    if (!inside(link)) continue;
    add(from[link]!, to[link]!, link);
    add(to[link]!, from[link]!, link);
  }
  return graph;

  function add(node: number, neighbour: number, link: number): void {
    const at = next[node]!++;
    graph.to[at] = neighbour;
    graph.link[at] = link;
  }
}

/** The connected part each node belongs to, numbered from 0 in the order of their first nodes. */
export function partsOf(graph: Graph): Uint32Array {
  const none = 0xffffffff;
  const part = new Uint32Array(graph.nodes).fill(none);
  const queue = new Uint32Array(graph.nodes);
  for (let start = 0, parts = 0; start < graph.nodes; start++) {
    if (part[start] !== none) continue;
    let [head, tail] = [0, 1];
    queue[0] = start;
    part[start] = parts;
    while (head < tail) {
      const node = queue[head++]!;
      for (let at = graph.first[node]!; at < graph.first[node + 1]!; at++) {
        const neighbour = graph.to[at]!;
        if (part[neighbour] !== none) continue;
        part[neighbour] = parts;
        queue[tail++] = neighbour;
      }
    }
    parts++;
  }
  return part;
}
