import type { Frame } from "./outage-frame.ts";
import { allLanes, type Hits } from "./outage-hits.ts";
import type { Supply } from "./outage-needs.ts";

/** Words of scenarios in which sets of bundles are dead, by set. */
export type DeadSets = Uint32Array;

/**
 * For each need, at each turning place: the scenarios in which the place carries and its connected part of the network has
 * all that the need asks for. Parts are found by joining live places over live trunks (union-find), once for each group
 * of scenarios between which nothing on the way differs.
 */
export function fineParts(frame: Frame, hits: Hits, dead: DeadSets): readonly Uint32Array[] {
  const { needs, turning } = frame;
  const fine = needs.needs.map(() => new Uint32Array(turning.length));
  if (turning.length === 0) return fine;
  const alive = turning.map((place) => ~dead[frame.kinds.transit[place]!]!);
  const open = frame.trunks.link.map((link) => ~hits.link(link));
  const members = needs.supplies.map((supply) => membersAt(frame, hits, dead, supply));
  const ranges = needs.needs.map(({ operator }) => rangeOf(frame, operator));
  const words = [alive, open, ...members.flatMap((own) => own.map(({ word }) => word))];
  for (const { lane, mask } of alike(words, hits.lanes)) {
    const bit = 1 << lane;
    const roots = joined(frame, alive, open, bit);
    const enough = needs.supplies.map(({ needed }, at) => partsWith(members[at]!, roots, needed, bit));
    for (const [at, { supplies }] of needs.needs.entries()) {
      if (supplies.length === 0) continue;
      const [whole, ...others] = supplies.map((supply) => enough[supply]!);
      const all = others.reduce((some, set) => some.intersection(set), whole!);
      if (all.size === 0) continue;
      const [own, [from, until]] = [fine[at]!, ranges[at]!];
      for (let node = from; node < until; node += 1) {
        if ((alive[node]! & bit) !== 0 && all.has(roots[node]!)) own[node]! |= mask;
      }
    }
  }
  return fine;
}

/** A member of a supply: the scenarios in which it lives and is reached from a turning place, for each such place. */
interface Member {
  readonly nodes: readonly number[];
  readonly word: Uint32Array;
}

function membersAt(frame: Frame, hits: Hits, dead: DeadSets, supply: Supply): readonly Member[] {
  return Array.from(supply.place, (place, at) => {
    const lives = ~deadMember(supply, at, hits, dead);
    const reached = turnsFrom(frame, hits, dead, place, lives);
    return { nodes: [...reached.keys()], word: Uint32Array.from(reached.values()) };
  });
}

/** The scenarios in which a member of a supply is dead, whatever its place. */
export function deadMember(supply: Supply, at: number, hits: Hits, dead: DeadSets): number {
  return (supply.of === "bundle" ? hits.bundle : dead)[supply.member[at]!]!;
}

/** The turning places that a place is or climbs to over live places and lines, with the scenarios in which it does. */
function turnsFrom(frame: Frame, hits: Hits, dead: DeadSets, place: number, lives: number): Map<number, number> {
  const { routes, turningAt, kinds } = frame;
  const found = new Map<number, number>();
  // A place may be met again with more scenarios: what is new is handed on.
  const seen = new Map<number, number>();
  const waiting: [place: number, word: number][] = [[place, lives]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [at, arriving] = next;
    const before = seen.get(at) ?? 0;
    const fresh = arriving & ~dead[kinds.transit[at]!]! & ~before;
    if (fresh === 0) continue;
    seen.set(at, before | fresh);
    const node = turningAt[at]!;
    if (node >= 0) found.set(node, (found.get(node) ?? 0) | fresh);
    for (let edge = routes.climb.first[at]!; edge < routes.climb.first[at + 1]!; edge += 1) {
      waiting.push([routes.climb.to[edge]!, fresh & ~hits.link(routes.climb.link[edge]!)]);
    }
  }
  return found;
}

/** Scenarios in groups between which no word differs, each with one of them and the mask of all. */
function alike(
  words: readonly Uint32Array[],
  lanes: number,
): readonly { readonly lane: number; readonly mask: number }[] {
  const whole = allLanes(lanes);
  let groups = [whole];
  const split = new Set<number>();
  for (const list of words) for (const word of list) split.add(word & whole);
  for (const word of split) {
    if (groups.length === lanes) break;
    groups = groups.flatMap((group) => [group & word, group & ~word].filter((part) => part !== 0));
  }
  return groups.map((mask) => ({ lane: 31 - Math.clz32(mask), mask }));
}

/** The part each turning place belongs to in one scenario, as the number of one of its places. */
function joined({ trunks, turning }: Frame, alive: Uint32Array, open: Uint32Array, bit: number): Int32Array {
  const parent = new Int32Array(turning.length);
  for (let at = 0; at < parent.length; at += 1) parent[at] = at;
  const rootOf = (node: number) => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const { from, to } = trunks;
  for (let edge = 0; edge < from.length; edge += 1) {
    if ((alive[from[edge]!]! & alive[to[edge]!]! & open[edge]! & bit) === 0) continue;
    const [a, b] = [rootOf(from[edge]!), rootOf(to[edge]!)];
    if (a !== b) parent[a > b ? a : b] = a > b ? b : a;
  }
  for (let at = 0; at < parent.length; at += 1) parent[at] = parent[parent[at]!]!;
  return parent;
}

/** Parts in which enough members live; a member that reaches a part twice counts once. */
function partsWith(members: readonly Member[], roots: Int32Array, needed: number, bit: number): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { nodes, word } of members) {
    const own = new Set<number>();
    for (const [at, node] of nodes.entries()) if ((word[at]! & bit) !== 0) own.add(roots[node]!);
    for (const part of own) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([part, count]) => (count >= needed ? [part] : [])));
}

/** Turning places of one operator, as a range: places are sorted by operator. */
function rangeOf({ network, turning }: Frame, operator: number): readonly [from: number, until: number] {
  const owner = network.places.operator;
  const from = turning.findIndex((place) => owner[place] === operator);
  if (from < 0) return [0, 0];
  let until = from;
  while (until < turning.length && owner[turning[until]!] === operator) until += 1;
  return [from, until];
}
