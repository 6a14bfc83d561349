import type { ReadFile } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { cutShort } from "./bounds.ts";
import { type Limits, pointerOf, readJson } from "./json.ts";
import { isRecord, problemAt } from "./records.ts";
import { shortText } from "./short-text.ts";
import { counted, type NetworkDemand, type NetworkLine, type NetworkNode, type SiteNetwork } from "./site-network.ts";

type Members = Readonly<Record<string, unknown>>;

interface At {
  readonly file: string;
  readonly pointer: string;
}

/**
 * Reads a topology of topohub: node-link JSON as NetworkX writes it, undirected, with positions (`pos`, longitude first),
 * lengths in km (`dist`), and demands from node to node (`graph.demands`). Demands are taken as they are listed: SNDlib's
 * are listed once for each pair. Link loads that the file has computed itself are left alone.
 */
export function readTopohub(
  file: Pick<ReadFile, "name" | "bytes">,
  limits: Limits = {},
): { readonly network?: SiteNetwork; readonly problems: readonly Problem[] } {
  const json = readJson(file.bytes, file.name, limits);
  if (json.problems.length > 0) return { problems: json.problems };
  const graph = json.value;
  const key = isRecord(graph) && Array.isArray(graph.edges) ? "edges" : "links";
  const links: unknown = isRecord(graph) ? graph[key] : undefined;
  if (!isRecord(graph) || !Array.isArray(graph.nodes) || !Array.isArray(links) || graph.directed === true) {
    const message = "expected an undirected graph with lists `nodes` and `edges` (or `links`)";
    return { problems: [problemAt(file.name, "", "wrong-shape", message, 0)] };
  }
  const problems: Problem[][] = [[], [], []];
  const [ofNodes = [], ofLines = [], ofDemands = []] = problems;
  const nodes = readNodes(graph.nodes, { file: file.name, pointer: "/nodes" }, ofNodes);
  const known = new Set(nodes.map(({ id }) => id));
  const lines = readLines(links, known, { file: file.name, pointer: `/${key}` }, ofLines);
  const listed = isRecord(graph.graph) ? graph.graph.demands : undefined;
  const demands = readDemands(listed, known, { file: file.name, pointer: "/graph/demands" }, ofDemands);
  const loads = links.filter((link) => isRecord(link) && ("ecmp_fwd" in link || "ecmp_bwd" in link)).length;
  return {
    network: {
      nodes,
      lines,
      demands,
      remarks: counted([["links: computed loads (`ecmp_fwd`, `ecmp_bwd`) are left out", loads]]),
    },
    problems: problems.flatMap((list) => cutShort(list, file.name)),
  };
}

function readNodes(list: readonly unknown[], at: At, problems: Problem[]): readonly NetworkNode[] {
  const read = list.flatMap((value, index): NetworkNode[] => {
    const pointer = `${at.pointer}/${index}`;
    const id = isRecord(value) ? idOf(value.id) : undefined;
    if (!isRecord(value) || id === undefined) {
      problems.push(
        problemAt(at.file, pointer, "wrong-shape", "expected a node with an `id` of 1 to 200 characters", 1),
      );
      return [];
    }
    const name = shortText(value.name);
    if (name === undefined)
      problems.push(
        problemAt(
          at.file,
          `${pointer}/name`,
          "wrong-type",
          "expected a short printable text; the id stands instead",
          0,
        ),
      );
    return [
      { id, name: name ?? null, ...positionOf(value, { ...at, pointer }, problems), place: { file: at.file, pointer } },
    ];
  });
  return [...Map.groupBy(read, ({ id }) => id)].flatMap(([id, [first, ...others]]) => {
    if (!first || others.length === 0) return first ?? [];
    const message = `expected each node once, got \`${id}\` ${1 + others.length} times; none of them is used`;
    problems.push(
      problemAt(at.file, others[0]?.place.pointer ?? at.pointer, "duplicate-id", message, 1 + others.length),
    );
    return [];
  });
}

function positionOf(node: Members, at: At, problems: Problem[]): Pick<NetworkNode, "latitude" | "longitude"> {
  const { pos } = node;
  if (pos === undefined || pos === null) return { latitude: null, longitude: null };
  const [longitude, latitude]: readonly unknown[] = Array.isArray(pos) ? pos : [];
  const within = (value: unknown, most: number): value is number =>
    typeof value === "number" && Math.abs(value) <= most;
  if (within(longitude, 180) && within(latitude, 90)) return { latitude, longitude };
  const message = "expected `[longitude, latitude]` in degrees; the position stays unknown";
  problems.push(problemAt(at.file, `${at.pointer}/pos`, "wrong-type", message, 0));
  return { latitude: null, longitude: null };
}

/** Edges have no id of their own: theirs is made of both ends, with a number where there are several. */
function readLines(
  list: readonly unknown[],
  known: ReadonlySet<string>,
  at: At,
  problems: Problem[],
): readonly NetworkLine[] {
  const taken = new Map<string, number>();
  return list.flatMap((value, index): NetworkLine[] => {
    const pointer = `${at.pointer}/${index}`;
    const [from, to] = isRecord(value) ? [idOf(value.source), idOf(value.target)] : [];
    if (!isRecord(value) || from === undefined || to === undefined || !known.has(from) || !known.has(to)) {
      const strange = from !== undefined && known.has(from) ? to : from;
      const message = `expected \`source\` and \`target\` to be nodes that can be used, got \`${(strange ?? "").slice(0, 60)}\``;
      problems.push(problemAt(at.file, pointer, "dangling-reference", message, 1));
      return [];
    }
    const { dist = null } = value;
    if (dist !== null && !isAmount(dist)) {
      problems.push(
        problemAt(at.file, `${pointer}/dist`, "wrong-type", "expected `dist` to be a number of km, 0 or more", 1),
      );
      return [];
    }
    const id = freeId(`${from}-${to}`, taken);
    return [{ id, from, to, weight: dist || null, capacity: null, place: { file: at.file, pointer } }];
  });
}

function readDemands(
  value: unknown,
  known: ReadonlySet<string>,
  at: At,
  problems: Problem[],
): readonly NetworkDemand[] {
  if (value === undefined || value === null) return [];
  const fail = (path: readonly string[], message: string, rows: number): readonly NetworkDemand[] => {
    const code = rows > 0 && message.includes("nodes") ? "dangling-reference" : "wrong-shape";
    problems.push(problemAt(at.file, `${at.pointer}${pointerOf([...path])}`, code, message, rows));
    return [];
  };
  if (!isRecord(value)) return fail([], "expected `demands` to be an object", 1);
  return Object.entries(value).flatMap(([from, row]) => {
    if (!isRecord(row)) return fail([from], "expected an object: node -> value", 1);
    return Object.entries(row).flatMap(([to, amount]): readonly NetworkDemand[] => {
      if (!known.has(from) || !known.has(to))
        return fail([from, to], "expected both ends to be nodes that can be used", 1);
      if (!isAmount(amount)) return fail([from, to], "expected a number, 0 or more", 1);
      const place = { file: at.file, pointer: `${at.pointer}${pointerOf([from, to])}` };
      return [{ from, to, value: amount, path: null, place }];
    });
  });
}

/** The text itself, or the text with the next number behind it that nothing has yet. */
function freeId(wanted: string, taken: Map<string, number>): string {
  let times = (taken.get(wanted) ?? 0) + 1;
  while (times > 1 && taken.has(`${wanted}-${times}`)) times++;
  taken.set(wanted, times);
  const id = times === 1 ? wanted : `${wanted}-${times}`;
  if (times > 1) taken.set(id, 1);
  return id;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/** NetworkX takes numbers and texts for names of nodes; JSON keys are texts. */
function idOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const id = shortText(value);
  return id && id.length <= 200 ? id : undefined;
}
