import type { ReadFile } from "../model/ports/files.ts";
import type { Place, Problem, ProblemCode } from "../model/problem.ts";
import { cutShort } from "./bounds.ts";
import { shortText } from "./short-text.ts";
import {
  counted,
  type NetworkDemand,
  type NetworkLine,
  type NetworkNode,
  type Remark,
  type SiteNetwork,
} from "./site-network.ts";
import { readXml, type XmlElement } from "./xml.ts";

/**
 * Reads a network of SNDlib (XML, version 1.0; sndlib.zib.de, input formats): nodes, links and demands. A link's capacity
 * is what is pre-installed on it; modules that may be added are somebody's options and are only counted. A demand is in
 * units of link capacity: its value times its routing unit. Of two entries with one id neither is used, and an entry that
 * breaks the format is set aside with its line. Costs of equipment are left alone.
 */
export function readSndlib(file: Pick<ReadFile, "name" | "bytes">): {
  readonly network?: SiteNetwork;
  readonly problems: readonly Problem[];
} {
  const { root, problems } = readXml(file.bytes, file.name);
  if (!root) return { problems };
  const structure = child(root, "networkStructure");
  const [nodeList, linkList] = [structure && child(structure, "nodes"), structure && child(structure, "links")];
  const foreign = (root.attributes.xmlns ?? namespace) !== namespace;
  if (root.name !== "network" || foreign || !nodeList) {
    const message = `expected \`<network xmlns="${namespace}">\` with \`networkStructure\` and \`nodes\`, got \`<${root.name.slice(0, 60)}>\``;
    return { problems: [problemOf(file.name, root, "wrong-shape", message, 0)] };
  }
  const nodes = readEntries(nodeList, "node", file.name, (entry) => readNode(entry, nodeList, file.name));
  const known = new Set(nodes.entries.map(({ id }) => id));
  const links = readEntries(linkList, "link", file.name, (entry) => readLink(entry, known, file.name));
  const lines = new Map(links.entries.map((line) => [line.id, line]));
  const demands = readEntries(child(root, "demands"), "demand", file.name, (entry) =>
    readDemand(entry, known, lines, file.name),
  );
  return {
    network: {
      nodes: nodes.entries,
      lines: links.entries,
      demands: demands.entries,
      remarks: remarksOf(root, nodeList, linkList, demands.read),
    },
    problems: [nodes, links, demands].flatMap((list) => cutShort(list.problems, file.name)),
  };
}

const namespace = "http://sndlib.zib.de/network";

/** One entry, or why there is none; `aside`: a fault that costs a detail and not the entry. */
type Entry<T> = { readonly value: T; readonly aside?: Problem } | { readonly problem: Problem };

function readEntries<T>(
  list: XmlElement | undefined,
  name: string,
  file: string,
  read: (entry: XmlElement) => Entry<T>,
) {
  const problems: Problem[] = [];
  const entries: T[] = [];
  const elements: XmlElement[] = [];
  const groups = Map.groupBy(
    (list?.children ?? []).filter((element) => element.name === name),
    (element) => idOf(element) ?? "",
  );
  for (const [id, [first, ...others]] of groups) {
    if (!first) continue;
    const rows = 1 + others.length;
    if (id === "") {
      const message = `expected an \`id\` of letters, digits, \`.\`, \`_\` and \`-\` in \`<${name}>\``;
      problems.push(problemOf(file, first, "missing-value", message, rows));
    } else if (rows > 1) {
      const message = `expected each \`id\` of \`<${name}>\` once, got \`${id}\` ${rows} times; none of them is used`;
      problems.push(problemOf(file, others[0] ?? first, "duplicate-id", message, rows));
    } else {
      const entry = read(first);
      if ("problem" in entry) problems.push(entry.problem);
      else {
        entries.push(entry.value);
        elements.push(first);
        if (entry.aside) problems.push(entry.aside);
      }
    }
  }
  return { entries, problems, read: elements };
}

function readNode(node: XmlElement, { attributes }: XmlElement, file: string): Entry<NetworkNode> {
  const nowhere = { id: idOf(node) ?? "", name: null, latitude: null, longitude: null, place: placeOf(file, node) };
  const at = child(node, "coordinates");
  if (!at || attributes.coordinatesType !== "geographical") return { value: nowhere };
  const [longitude, latitude] = [numberIn(at, "x"), numberIn(at, "y")];
  if (longitude !== null && latitude !== null && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)
    return { value: { ...nowhere, longitude, latitude } };
  const message = "expected `x` from -180 to 180 and `y` from -90 to 90; the position stays unknown";
  return { value: nowhere, aside: problemOf(file, at, "wrong-type", message, 0) };
}

function readLink(link: XmlElement, known: ReadonlySet<string>, file: string): Entry<NetworkLine> {
  const ends = endsOf(link, known, file);
  if ("problem" in ends) return ends;
  const installed = child(link, "preInstalledModule");
  const modules = (child(link, "additionalModules")?.children ?? []).map((module) => amountIn(module, "capacity", 0));
  const [capacity, weight] = [installed ? amountIn(installed, "capacity", 0) : 0, amountIn(link, "routingCost", 0)];
  if (capacity === undefined || weight === undefined || modules.includes(undefined)) {
    const message = `expected capacities and \`routingCost\` of link \`${idOf(link)}\` to be numbers, 0 or more`;
    return { problem: problemOf(file, link, "wrong-type", message, 1) };
  }
  const place = placeOf(file, link);
  return { value: { id: idOf(link) ?? "", ...ends, weight: weight || null, capacity: capacity || null, place } };
}

function readDemand(
  demand: XmlElement,
  known: ReadonlySet<string>,
  lines: ReadonlyMap<string, NetworkLine>,
  file: string,
): Entry<NetworkDemand> {
  const ends = endsOf(demand, known, file);
  if ("problem" in ends) return ends;
  const [amount, unit] = [numberIn(demand, "demandValue"), amountIn(demand, "routingUnit", 1)];
  const value = (amount ?? -1) * (unit ?? -1);
  if (amount === null || amount < 0 || unit === undefined || !Number.isFinite(value)) {
    const message = `expected \`demandValue\` and \`routingUnit\` of demand \`${idOf(demand)}\` to be numbers, 0 or more`;
    return { problem: problemOf(file, demand, "wrong-type", message, 1) };
  }
  const [only, ...others] = pathsOf(demand);
  const path = only && others.length === 0 ? walk(only, ends, lines) : null;
  if (path === undefined) {
    const message = `expected the links of the admissible path to lead from \`${ends.from}\` to \`${ends.to}\``;
    return { problem: problemOf(file, only ?? demand, "dangling-reference", message, 1) };
  }
  return { value: { ...ends, value, path, place: placeOf(file, demand) } };
}

/** The nodes along a path of links, each used in the direction in which it comes; undefined: they do not join. */
function walk(
  path: XmlElement,
  { from, to }: { readonly from: string; readonly to: string },
  lines: ReadonlyMap<string, NetworkLine>,
): readonly string[] | undefined {
  const nodes = [from];
  for (const { text } of path.children.filter(({ name }) => name === "linkId")) {
    const [line, here] = [lines.get(text), nodes.at(-1)];
    if (line?.from === here) nodes.push(line?.to ?? "");
    else if (line?.to === here) nodes.push(line?.from ?? "");
    else return undefined;
  }
  return nodes.at(-1) === to ? nodes : undefined;
}

function endsOf(
  entry: XmlElement,
  known: ReadonlySet<string>,
  file: string,
): { readonly from: string; readonly to: string } | { readonly problem: Problem } {
  const [from, to] = ["source", "target"].map((name) => child(entry, name)?.text ?? "");
  if (from !== undefined && to !== undefined && known.has(from) && known.has(to)) return { from, to };
  const strange = from !== undefined && known.has(from) ? to : from;
  const message = `expected \`source\` and \`target\` of \`<${entry.name} id="${idOf(entry)}">\` to be nodes that can be used, got \`${(strange ?? "").slice(0, 60)}\``;
  return { problem: problemOf(file, entry, "dangling-reference", message, 1) };
}

/** Parts of the format that this reader knows, used or not; whatever else stands there is said. */
const parts: Readonly<Record<string, readonly string[]>> = {
  network: ["meta", "networkStructure", "demands"],
  networkStructure: ["nodes", "links"],
  nodes: ["node"],
  node: ["coordinates"],
  links: ["link"],
  link: ["source", "target", "preInstalledModule", "additionalModules", "routingCost", "setupCost"],
  additionalModules: ["addModule"],
  demands: ["demand"],
  demand: ["source", "target", "demandValue", "routingUnit", "maxPathLength", "admissiblePaths"],
  admissiblePaths: ["admissiblePath"],
  admissiblePath: ["linkId"],
};

function remarksOf(
  root: XmlElement,
  nodes: XmlElement,
  links: XmlElement | undefined,
  demands: readonly XmlElement[],
): readonly Remark[] {
  const every = links?.children ?? [];
  const open = every.filter((link) => child(link, "additionalModules"));
  const pixels = nodes.attributes.coordinatesType === "geographical" ? 0 : nodes.children.length;
  const meta = child(root, "meta");
  const unit = meta && child(meta, "unit")?.text;
  const strange = Map.groupBy(strangeIn(root), (name) => name);
  return [
    ...counted([
      ["links: modules that may be installed are no capacity that is there", open.length],
      ["nodes: positions are pixels of a drawing and are left out", pixels],
      [
        "demands: several admissible paths, so left to routing",
        demands.filter((one) => pathsOf(one).length > 1).length,
      ],
      [
        "demands: the hop limit (`maxPathLength`) is left out",
        demands.filter((one) => child(one, "maxPathLength")).length,
      ],
      ...[...strange].map(
        ([name, all]) => [`element \`${name.slice(0, 60)}\` is none of SNDlib 1.0`, all.length] as const,
      ),
    ]),
    ...(unit ? [{ reason: `demands and capacities are in \`${unit.slice(0, 60)}\``, records: 0 }] : []),
  ];
}

function strangeIn({ name, children }: XmlElement): readonly string[] {
  const allowed = parts[name];
  if (!allowed) return [];
  return children.flatMap((one) => (allowed.includes(one.name) ? strangeIn(one) : [one.name]));
}

function pathsOf(demand: XmlElement): readonly XmlElement[] {
  return (child(demand, "admissiblePaths")?.children ?? []).filter(({ name }) => name === "admissiblePath");
}

function child({ children }: XmlElement, name: string): XmlElement | undefined {
  return children.find((one) => one.name === name);
}

/** SNDlib's own rule for identifiers, and the dot; so an id is never one of the marks that part a list of ours. */
function idOf({ attributes }: XmlElement): string | undefined {
  const id = shortText(attributes.id);
  return id && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(id) ? id : undefined;
}

/** A decimal number as XML writes it; null: there is none, or it is another text (`NaN`, `INF`). */
function numberIn(element: XmlElement, name: string): number | null {
  const text = child(element, name)?.text ?? "";
  const value = /^[+-]?(\d{1,300}\.?\d{0,300}|\.\d{1,300})([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** A number of 0 or more; `absent` where there is no such element; undefined: something else stands there. */
function amountIn(element: XmlElement, name: string, absent: number): number | undefined {
  if (!child(element, name)) return absent;
  const value = numberIn(element, name);
  return value !== null && value >= 0 ? value : undefined;
}

function placeOf(file: string, { line }: XmlElement): Place {
  return { file, line };
}

function problemOf(file: string, { line }: XmlElement, code: ProblemCode, message: string, rows: number): Problem {
  return { kind: "problem", code, message, place: { file, line }, rows };
}
