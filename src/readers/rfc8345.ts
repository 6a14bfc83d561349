import type { Place, Problem } from "../model/problem.ts";
import { isRecord, problemAt } from "./records.ts";
import { readTopologyLinks, type TopologyLink } from "./rfc8345-links.ts";
import { shortText, wantedText } from "./short-text.ts";

type Members = Readonly<Record<string, unknown>>;

/** A node of a network, with the members that other models added to it. */
export interface TopologyNode {
  readonly network: string;
  readonly node: string;
  /** Names of the network's types, as `network-types` holds them. */
  readonly types: readonly string[];
  /** Members as they came, for paths that a map names. */
  readonly members: Members;
  /** RFC 8348 fields of its one chassis, or of several that say the same. */
  readonly hardware: ReadonlyMap<string, string>;
  readonly supporting: readonly { readonly network: string; readonly node: string }[];
  readonly place: Place;
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly networks: number;
  readonly links: readonly TopologyLink[];
  readonly terminationPoints: number;
  /** Hardware components below a chassis. */
  readonly components: number;
}

const mostNodes = 2_000_000;

/**
 * Reads network topologies: JSON (RFC 7951) of `ietf-network` with `ietf-network-topology` (RFC 8345, sections 6.1 and
 * 6.2), from a datastore or a RESTCONF answer, with `ietf-hardware` (RFC 8348) where nodes carry it. A node without an
 * id, and all that share one within a network, are set aside.
 */
export function readRfc8345(
  value: unknown,
  file: string,
): { readonly topology?: Topology; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const networks = networksOf(value);
  if (!networks) {
    const message = "expected `ietf-network:networks` with a list `network`, or a list `ietf-network:network`";
    return { problems: [problemAt(file, "", "wrong-shape", message, 0)] };
  }
  const read = networks.list.map((network, index) =>
    networkOf(network, { file, pointer: `${networks.pointer}/${index}`, problems }),
  );
  const sum = (count: (one: Topology) => number) => read.reduce((total, one) => total + count(one), 0);
  const nodes = read.flatMap((one) => one.nodes);
  if (nodes.length > mostNodes) {
    return { problems: [problemAt(file, "", "too-large", `expected at most ${mostNodes} nodes`, nodes.length)] };
  }
  return {
    topology: {
      nodes: withoutRepeats(nodes, problems),
      networks: networks.list.length,
      links: read.flatMap((one) => one.links),
      terminationPoints: sum(({ terminationPoints }) => terminationPoints),
      components: sum(({ components }) => components),
    },
    problems,
  };
}

interface At {
  readonly file: string;
  readonly pointer: string;
  readonly problems: Problem[];
}

/** The member of a module, by its qualified name or, where its parent is of the same module, by its own (RFC 7951, 4). */
function member(of: Members, module: string, name: string): unknown {
  return of[`${module}:${name}`] ?? of[name];
}

function networksOf(value: unknown): { list: readonly unknown[]; pointer: string } | undefined {
  if (!isRecord(value)) return undefined;
  const data = "ietf-restconf:data";
  const [root, above] = isRecord(value[data]) ? [value[data], `/${data}`] : [value, ""];
  const bare = root["ietf-network:network"];
  if (Array.isArray(bare)) return { list: bare, pointer: `${above}/ietf-network:network` };
  const name = "ietf-network:networks" in root ? "ietf-network:networks" : "networks";
  const holder = root[name];
  const list = isRecord(holder) ? member(holder, "ietf-network", "network") : undefined;
  return Array.isArray(list) ? { list, pointer: `${above}/${name}/network` } : undefined;
}

function networkOf(value: unknown, at: At): Topology {
  const id = isRecord(value) ? idOf(value, "network-id") : undefined;
  const list = isRecord(value) ? member(value, "ietf-network", "node") : undefined;
  const nodes = list === undefined || list === null ? [] : list;
  if (!isRecord(value) || id === undefined || !Array.isArray(nodes)) {
    const links = isRecord(value) ? lengthOf(member(value, "ietf-network-topology", "link")) : 0;
    const lost = Math.max(lengthOf(list), 1) + links;
    const message = "expected a network with `network-id` and a list `node`; all of its nodes and links are set aside";
    at.problems.push(problemAt(at.file, at.pointer, "wrong-shape", message, lost));
    return { nodes: [], networks: 1, links: [], terminationPoints: 0, components: 0 };
  }
  const types = member(value, "ietf-network", "network-types");
  const network = { id, types: isRecord(types) ? Object.keys(types).sort() : [] };
  const read = nodes.map((node: unknown, index) =>
    nodeOf(node, network, { ...at, pointer: `${at.pointer}/node/${index}` }),
  );
  const own = read.flatMap(({ node }) => node ?? []);
  const links = "ietf-network-topology:link" in value ? "ietf-network-topology:link" : "link";
  return {
    nodes: own,
    networks: 1,
    links: readTopologyLinks(
      value[links],
      { ...network, nodes: new Set(own.map(({ node }) => node)) },
      { ...at, pointer: `${at.pointer}/${links}` },
    ),
    terminationPoints: read.reduce((sum, { points }) => sum + points, 0),
    components: read.reduce((sum, { components }) => sum + components, 0),
  };
}

function nodeOf(
  value: unknown,
  network: { readonly id: string; readonly types: readonly string[] },
  at: At,
): { node?: TopologyNode; points: number; components: number } {
  const id = isRecord(value) ? idOf(value, "node-id") : undefined;
  if (!isRecord(value) || id === undefined) {
    const message = "expected a node with a `node-id` of 1 to 200 printable characters";
    at.problems.push(problemAt(at.file, at.pointer, "wrong-shape", message, 1));
    return { points: 0, components: 0 };
  }
  const { fields, parts } = hardwareOf(value, at);
  return {
    node: {
      network: network.id,
      node: id,
      types: network.types,
      members: value,
      hardware: fields,
      supporting: supportingOf(value, network.id, at),
      place: { file: at.file, pointer: at.pointer },
    },
    points: lengthOf(member(value, "ietf-network-topology", "termination-point")),
    components: parts,
  };
}

function supportingOf(node: Members, network: string, at: At): TopologyNode["supporting"] {
  const list = member(node, "ietf-network", "supporting-node");
  if (list === undefined || list === null) return [];
  const entries: readonly unknown[] = Array.isArray(list) ? list : [list];
  return entries.flatMap((entry, index) => {
    const to = isRecord(entry) ? idOf(entry, "node-ref") : undefined;
    if (isRecord(entry) && to !== undefined) return [{ network: idOf(entry, "network-ref") ?? network, node: to }];
    const message = "expected `network-ref` and `node-ref`; this supporting node is left out";
    at.problems.push(problemAt(at.file, `${at.pointer}/supporting-node/${index}`, "wrong-shape", message, 0));
    return [];
  });
}

const hardwareFields = [
  "mfg-name",
  "model-name",
  "hardware-rev",
  "firmware-rev",
  "software-rev",
  "serial-num",
] as const;

/** What the node's chassis say; fields in which several differ are unknown. Everything below a chassis is a part. */
function hardwareOf(node: Members, at: At): { fields: ReadonlyMap<string, string>; parts: number } {
  const hardware = node["ietf-hardware:hardware"];
  const list: unknown = isRecord(hardware) ? hardware.component : undefined;
  const components = Array.isArray(list) ? list.filter(isRecord) : [];
  const chassis = components.filter(
    ({ class: kind, parent }) => parent === undefined && /(^|:)(chassis|stack)$/.test(`${kind}`),
  );
  const fields = hardwareFields.flatMap((name) => {
    const said = chassis.flatMap((each) => textOf(each[name], name, at) ?? []);
    const different = new Set(said).size;
    if (different > 1) {
      const message = `${chassis.length} chassis differ in \`${name}\`, which stays unknown`;
      at.problems.push(problemAt(at.file, `${at.pointer}/ietf-hardware:hardware`, "wrong-shape", message, 0));
    }
    return different === 1 ? [[name, said[0]!] as const] : [];
  });
  return { fields: new Map(fields), parts: lengthOf(list) - chassis.length };
}

/** The text at a path of a node's members, names parted by `/`; null if nothing is there. */
export function textAt(node: TopologyNode, path: string): string | null | undefined {
  let at: unknown = node.members;
  for (const name of path.split("/")) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return null;
    at = at[name];
  }
  return shortText(at);
}

function withoutRepeats(nodes: readonly TopologyNode[], problems: Problem[]): readonly TopologyNode[] {
  const groups = [...Map.groupBy(nodes, ({ network, node }) => JSON.stringify([network, node])).values()];
  for (const [first, ...others] of groups) {
    if (!first || others.length === 0) continue;
    const message = `expected each node once in a network, got \`${first.node}\` ${1 + others.length} times in \`${first.network}\`; none of them is used`;
    const { file, pointer = "" } = others[0]!.place;
    problems.push(problemAt(file, pointer, "duplicate-id", message, 1 + others.length));
  }
  return groups
    .flatMap((group) => (group.length === 1 ? group : []))
    .sort((a, b) => compare(a.network, b.network) || compare(a.node, b.node));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function idOf(of: Members, name: string): string | undefined {
  const id = shortText(of[name] ?? of[`ietf-network:${name}`]);
  return id && id.length <= 200 ? id : undefined;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function textOf(value: unknown, name: string, at: At): string | null {
  const text = shortText(value);
  if (text !== undefined) return text;
  const pointer = `${at.pointer}/ietf-hardware:hardware`;
  at.problems.push(
    problemAt(at.file, pointer, "wrong-type", `expected \`${name}\` to be ${wantedText}; it stays unknown`, 0),
  );
  return null;
}
