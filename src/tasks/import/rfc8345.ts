import Type, { type Static } from "typebox";
import type { Named } from "../../readers/netbox.ts";
import { type Topology, type TopologyNode, textAt } from "../../readers/rfc8345.ts";
import { type Column, columns, type Described, type DescribedTie, translateDescribed, word } from "./described.ts";
import { closed, describedMap, sourcesOf, Tie, Word, Words } from "./described-map.ts";
import { unusedWords } from "./described-remarks.ts";
import type { Tally, Translated } from "./incoming.ts";
import { nonZero } from "./links.ts";
import { keyOf } from "./map.ts";
import { linesOf } from "./rfc8345-links.ts";

const opt = Type.Optional;

/** Where a node says something. */
const Source = Type.Union([
  Type.Object({ path: Word }, closed),
  Type.Object({ hardware: Word }, closed),
  Type.Object({ network: Type.Union([Type.Literal("id"), Type.Literal("type")]) }, closed),
  Type.Object({ node: Type.Literal("id") }, closed),
]);
type Source = Static<typeof Source>;

/** What a person says about network topologies. */
export const Rfc8345Map = Type.Object(
  {
    ...describedMap,
    /** `path` (default): network and node; `node`: the node's id alone, where no other network has it. */
    ids: opt(Type.Union([Type.Literal("path"), Type.Literal("node")])),
    from: sourcesOf(Source),
    /** What a node is to its supporting node; default: it runs on it. */
    supporting: opt(Tie),
    setAside: opt(Type.Object({ networks: opt(Words), types: opt(Words), nodes: opt(Words) }, closed)),
  },
  closed,
);
export type Rfc8345Map = Static<typeof Rfc8345Map>;

/**
 * Topologies in the words of the workspace, as a person's map says: nodes become elements, supporting nodes
 * relations, links between sites links. */
export function translateRfc8345(topology: Topology, map: Rfc8345Map): Translated {
  const { nodes } = topology;
  const things = nodes.map((node) => describe(node, map));
  const mapped = columns.filter((column) => map.from[column] !== undefined);
  const setAside = nonZero([["hardware component: part of a node that has its own row", topology.components]]);
  const { lines, remarks, problems } = linesOf(topology.links, map.ids === "node", (link) => networkAside(link, map));
  const all = [...remarks, ...remarksOf(topology, map)];
  const inventory = { things, ties: tiesOf(nodes, map), lines, mapped, setAside, remarks: all };
  const translated = translateDescribed(inventory, map, map.file ?? "rfc8345");
  return { ...translated, problems: [...translated.problems, ...problems] };
}

const keyOfNode = (network: string, node: string) => `${network}/${node}`;

function describe(node: TopologyNode, map: Rfc8345Map): Described {
  const aside = reasonAside(node, map);
  return {
    key: keyOfNode(node.network, node.node),
    wanted: map.ids === "node" ? node.node : "",
    ...(aside !== undefined && { aside }),
    says: Object.fromEntries(columns.map((column) => [column, saidFor(column, node, map)])) as Record<Column, Named[]>,
    parties: [],
    place: node.place,
  };
}

function saidFor(column: Column, node: TopologyNode, { from }: Rfc8345Map): readonly Named[] {
  for (const source of [from[column] ?? []].flat()) {
    const said = saidAt(source, node);
    if (said.length > 0) return said.map((text) => word(text));
  }
  return [];
}

function saidAt(source: Source, node: TopologyNode): readonly string[] {
  if ("path" in source) return [textAt(node, source.path) ?? []].flat();
  if ("hardware" in source) return [node.hardware.get(source.hardware) ?? []].flat();
  if ("node" in source) return [node.node];
  return source.network === "id" ? [node.network] : node.types;
}

function reasonAside({ network, types, node }: TopologyNode, map: Rfc8345Map): string | undefined {
  return networkAside({ network, types }, map) ?? (listed(map.setAside?.nodes, node) ? `node \`${node}\`` : undefined);
}

function networkAside(
  { network, types }: Pick<TopologyNode, "network" | "types">,
  { setAside = {} }: Rfc8345Map,
): string | undefined {
  if (listed(setAside.networks, network)) return `network \`${network}\``;
  const type = types.find((name) => listed(setAside.types, name));
  return type === undefined ? undefined : `network type \`${type}\``;
}

function listed(keys: readonly string[] | undefined, text: string): boolean {
  return keyOf(keys ?? [], word(text)) !== undefined;
}

function tiesOf(nodes: readonly TopologyNode[], map: Rfc8345Map): readonly DescribedTie[] {
  return nodes.flatMap(({ network, node, supporting, place }) =>
    supporting.map((other): DescribedTie => {
      const [from, to] = [keyOfNode(network, node), keyOfNode(other.network, other.node)];
      return { kind: map.supporting ?? "runs-on", from, to, place };
    }),
  );
}

function remarksOf({ nodes, terminationPoints }: Topology, map: Rfc8345Map): readonly Tally[] {
  const { networks, types, nodes: single } = map.setAside ?? {};
  return [
    ...nonZero([["termination points: ports of nodes, no equipment of their own", terminationPoints]]),
    ...unusedWords(
      "setAside/networks",
      networks,
      nodes.map(({ network }) => word(network)),
    ),
    ...unusedWords(
      "setAside/types",
      types,
      nodes.flatMap((node) => node.types.map((type) => word(type))),
    ),
    ...unusedWords(
      "setAside/nodes",
      single,
      nodes.map(({ node }) => word(node)),
    ),
  ];
}
