import { UserError } from "../../model/errors.ts";
import { adjacency, componentsOf } from "./cycles.ts";

/** Edges between nodes: i runs from `from[i]` to `to[i]`. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A kind of element: its row among the bases, and the kinds of what manages it, sorted. */
export interface Kind {
  readonly base: number;
  readonly managers: readonly number[];
}

/** Numbers in all bundles together; beyond it the tables tie together more than any network does. */
const mostBundled = 5_000_000;

/**
 * The kinds of nodes: two are of one kind if they have one base and kinds of managers in common. Nodes that manage each other
 * in a circle are each a kind of their own. `plain` marks bases that elements without managers have beside the nodes.
 * Kinds are sorted by base, then by the least node they have, so they do not depend on the order of edges. Linear.
 */
export function kindsOf(
  base: Uint32Array,
  managed: Edges,
  plain: Uint8Array,
): { readonly kinds: readonly Kind[]; readonly ofNode: Uint32Array } {
  const drafts: { base: number; managers: readonly number[]; least: number }[] = [];
  const known = new Map<string, number>();
  const draft = (own: number, managers: readonly number[], node: number, key = `${own} ${managers.join(",")}`) => {
    const at = known.get(key) ?? drafts.push({ base: own, managers, least: node }) - 1;
    known.set(key, at);
    drafts[at]!.least = Math.min(drafts[at]!.least, node);
    return at;
  };
  plain.forEach((used, own) => {
    if (used === 1) draft(own, [], -1);
  });
  const ofNode = new Uint32Array(base.length);
  eachComponent(base.length, managed, (nodes, targets) => {
    const [only = 0] = nodes;
    if (nodes.length > 1 || targets(only).includes(only)) {
      for (const node of nodes) ofNode[node] = draft(base[node]!, [], node, `circle ${node}`);
      for (const node of nodes) {
        drafts[ofNode[node]!]!.managers = distinct(targets(node).map((target) => ofNode[target]!));
      }
    } else {
      const managers = distinct(targets(only).map((target) => ofNode[target]!));
      ofNode[only] = draft(base[only]!, managers, managers.length === 0 ? -1 : only);
    }
  });
  const sorted = [...drafts.keys()].sort(
    (a, b) => drafts[a]!.base - drafts[b]!.base || drafts[a]!.least - drafts[b]!.least,
  );
  const place = new Uint32Array(drafts.length);
  sorted.forEach((at, index) => {
    place[at] = index;
  });
  const kinds = sorted.map((at) => {
    const { base: own, managers } = drafts[at]!;
    return { base: own, managers: distinct(managers.map((manager) => place[manager]!)) };
  });
  return { kinds, ofNode: ofNode.map((at) => place[at]!) };
}

/**
 * What must live for each node to live: the kinds of all nodes that it leads to along `needs`, its own too. The bundle of
 * kind k alone has the number k; the others follow, sorted. Throws `UserError` if they hold too much together.
 */
export function bundlesOf(
  kind: Uint32Array,
  kinds: number,
  needs: Edges,
): { readonly bundles: readonly (readonly number[])[]; readonly ofNode: Uint32Array } {
  const drafts: (readonly number[])[] = Array.from({ length: kinds }, (_, own) => [own]);
  const bySet = new Map<string, number>();
  const byParts = new Map<string, number>();
  let bundled = 0;
  const join = (own: readonly number[], parts: readonly number[]) => {
    const set = distinct([...own, ...parts.flatMap((part) => drafts[part]!)]);
    if (set.length === 1) return set[0]!;
    const key = set.join(",");
    const found = bySet.get(key);
    if (found !== undefined) return found;
    bundled += set.length;
    if (bundled > mostBundled) {
      throw new UserError(
        "the relations tie more elements together than can be followed",
        "look for long chains of `part-of` and `runs-on` in the relations",
      );
    }
    bySet.set(key, drafts.length);
    return drafts.push(set) - 1;
  };
  const ofNode = kind.slice();
  eachComponent(kind.length, needs, (nodes, targets) => {
    const inside = new Set(nodes);
    const outside = nodes.flatMap((node) => targets(node).filter((target) => !inside.has(target)));
    if (nodes.length === 1 && outside.length === 0) return;
    const own = distinct(nodes.map((node) => kind[node]!));
    const parts = distinct(outside.map((target) => ofNode[target]!));
    const key = `${own.join(",")} ${parts.join(",")}`;
    const at = byParts.get(key) ?? join(own, parts);
    byParts.set(key, at);
    for (const node of nodes) ofNode[node] = at;
  });
  const others = drafts.map((_, at) => at).slice(kinds);
  others.sort((a, b) => byNumbers(drafts[a]!, drafts[b]!));
  const place = new Uint32Array(drafts.length).map((_, at) => at);
  others.forEach((at, index) => {
    place[at] = kinds + index;
  });
  return {
    bundles: [...drafts.slice(0, kinds), ...others.map((at) => drafts[at]!)],
    ofNode: ofNode.map((at) => place[at]!),
  };
}

/** Visits the components of a graph, each after all that it leads to, with the targets of any node. */
function eachComponent(
  count: number,
  { from, to }: Edges,
  visit: (nodes: readonly number[], targets: (node: number) => readonly number[]) => void,
): void {
  const { members, first } = componentsOf(count, from, to);
  const edges = adjacency(count, from, to);
  const targets = (node: number) => Array.from(edges.target.subarray(edges.first[node], edges.first[node + 1]));
  for (let component = 0; component + 1 < first.length; component++) {
    visit(Array.from(members.subarray(first[component], first[component + 1])), targets);
  }
}

function distinct(numbers: readonly number[]): readonly number[] {
  return numbers.length < 2 ? numbers : [...new Set(numbers)].sort((a, b) => a - b);
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? a.length - b.length : at < b.length ? a[at]! - b[at]! : 1;
}
