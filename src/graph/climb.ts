/**
 * Uplinks as layers. A node *climbs* if it has uplinks, touches no trunk, and nothing that turns stands below it. All
 * other nodes are *core*. An uplink that leaves a core node is counted as a trunk (`turned`): it lies on a circle of
 * uplinks, its node has trunks as well, or one of the two holds below it. So a ring in the access is core, and a climbing
 * node carries what is below it and nothing else.
 */
export interface Climb {
  /** Climbing nodes, those a node climbs to before it. */
  readonly order: Uint32Array;
  /** Place of each climbing node in `order`; `core` for the others. */
  readonly rank: Uint32Array;
  /** Uplinks of node `n`: `first[n]` up to `first[n + 1]`; a core node has none. */
  readonly first: Uint32Array;
  readonly to: Uint32Array;
  readonly link: Uint32Array;
  /** Uplinks that are counted as trunks, sorted. */
  readonly turned: Uint32Array;
}
export const core = 0xffffffff;

/** Layers of uplinks: link `l` leads from `from[l]` up to `to[l]` where `uplink[l]` is 1, and is a trunk where it is 0. */
export function climbOf(nodes: number, from: Uint32Array, to: Uint32Array, uplink: Uint8Array): Climb {
  const isUplink = (link: number) => uplink[link] === 1 && from[link] !== to[link];
  const up = rows(nodes, from, to, isUplink);
  const turning = turningNodes(nodes, from, to, uplink, up);
  const climbs = (link: number) => isUplink(link) && turning[from[link]!] === 0;
  const turned = Uint32Array.from(uplink.keys().filter((link) => isUplink(link) && !climbs(link)));
  const climb = turned.length === 0 ? up : rows(nodes, from, to, climbs);
  return { ...layers(nodes, climb, rows(nodes, to, from, climbs)), ...climb, turned };
}

interface Rows {
  readonly first: Uint32Array;
  readonly to: Uint32Array;
  readonly link: Uint32Array;
}

function rows(nodes: number, from: Uint32Array, to: Uint32Array, keep: (link: number) => boolean): Rows {
  const first = new Uint32Array(nodes + 1);
  for (let link = 0; link < from.length; link++) if (keep(link)) first[from[link]! + 1]!++;
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const next = first.slice(0, nodes);
  const found = { first, to: new Uint32Array(first[nodes]!), link: new Uint32Array(first[nodes]!) };
  for (let link = 0; link < from.length; link++) {
    if (!keep(link)) continue;
    const at = next[from[link]!]!++;
    found.to[at] = to[link]!;
    found.link[at] = link;
  }
  return found;
}

/** Nodes at trunks, on circles of uplinks, and all above them. */
function turningNodes(nodes: number, from: Uint32Array, to: Uint32Array, uplink: Uint8Array, up: Rows): Uint8Array {
  const turning = new Uint8Array(nodes);
  const below = new Uint32Array(nodes);
  for (let link = 0; link < from.length; link++) {
    if (from[link] === to[link]) continue;
    if (uplink[link] === 1) below[to[link]!]!++;
    else turning[from[link]!] = turning[to[link]!] = 1;
  }
  // Peeled from below: what can not be taken away lies on a circle or above one.
  const queue = new Uint32Array(nodes);
  let tail = 0;
  for (let node = 0; node < nodes; node++) if (below[node] === 0) queue[tail++] = node;
  for (let head = 0; head < tail; head++) peel(queue[head]!);
  for (let node = 0; node < nodes; node++) if (below[node]! > 0) turning[node] = 1;
  return turning;

  function peel(node: number): void {
    for (let at = up.first[node]!; at < up.first[node + 1]!; at++) {
      const upper = up.to[at]!;
      turning[upper]! |= turning[node]!;
      if (--below[upper]! === 0) queue[tail++] = upper;
    }
  }
}

/** Layer by layer from above, in each by number: a pass in this order reads what is kept by node nearly in a row. */
function layers(nodes: number, climb: Rows, children: Pick<Rows, "first" | "to">): Pick<Climb, "order" | "rank"> {
  const above = new Uint32Array(nodes);
  const layer = new Uint32Array(nodes);
  const queue = new Uint32Array(nodes);
  let tail = 0;
  for (let node = 0; node < nodes; node++) {
    above[node] = climb.first[node + 1]! - climb.first[node]!;
    if (above[node] === 0) queue[tail++] = node;
  }
  for (let head = 0; head < tail; head++) {
    const node = queue[head]!;
    for (let at = children.first[node]!; at < children.first[node + 1]!; at++) {
      const child = children.to[at]!;
      if (layer[child]! <= layer[node]!) layer[child] = layer[node]! + 1;
      if (--above[child]! === 0) queue[tail++] = child;
    }
  }
  return sortedByLayer(layer, tail === 0 ? 0 : layer[queue[tail - 1]!]!);
}

function sortedByLayer(layer: Uint32Array, deepest: number): Pick<Climb, "order" | "rank"> {
  const next = new Uint32Array(deepest + 2);
  for (let node = 0; node < layer.length; node++) next[layer[node]! + 1]!++;
  const cores = next[1]!;
  for (let at = 1; at < next.length; at++) next[at]! += next[at - 1]!;
  const order = new Uint32Array(layer.length - cores);
  const rank = new Uint32Array(layer.length).fill(core);
  for (let node = 0; node < layer.length; node++) {
    if (layer[node] === 0) continue;
    const at = next[layer[node]!]!++ - cores;
    order[at] = node;
    rank[node] = at;
  }
  return { order, rank };
}
