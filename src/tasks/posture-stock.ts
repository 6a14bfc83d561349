import type { TableName } from "../model/columns.ts";
import type { PostureDomain } from "../model/exchange.ts";
import type { Domain } from "../model/functions.ts";
import { type Network, noSupplier, openSupplier, transitFunctions } from "../model/network.ts";
import type { Problem } from "../model/problem.ts";
import { isOfTable } from "./ground.ts";
import { placesBearing } from "./network-people.ts";
import { tableFiles } from "./table-files.ts";
import type { Workspace } from "./workspace.ts";

/** Elements, or lines that no element stands for, of which the same is known. Each thing counts once, whoever uses it. */
export interface Kind {
  readonly domain: Domain;
  readonly count: number;
  /** Traits of an element, one for each operator that uses it; none: it is a line. */
  readonly traits: readonly number[];
  /** The ledger has it elsewhere, or as something else: it may be here or not. */
  readonly moved: boolean;
  /** Of a line: number of its maker, or `openSupplier`. */
  readonly maker: number;
}

/** All that shares of a network are counted over. */
export interface Stock {
  readonly kinds: readonly Kind[];
  readonly elements: number;
  readonly lines: number;
  /** Records that could not be read: each may have been any element. */
  readonly unread: number;
  /** Files that could not be read at all: each may hold any number of things. */
  readonly unreadFiles: readonly string[];
  /** Whether such a file may hold anything of a domain. */
  readonly isBlind: (domain: PostureDomain) => boolean;
}

/** Counts elements and lines by what is known of them; what could not be read stays in the count. */
export function stockOf({ files, problems }: Pick<Workspace, "files" | "problems">, network: Network): Stock {
  const elements = elementKinds(network);
  const lines = lineKinds(network, problems);
  const sum = (kinds: readonly Kind[]) => kinds.reduce((all, { count }) => all + count, 0);
  const whole = new Set(problems.filter(isWhole).map(({ place }) => place.file));
  const named = tableFiles(files).tables;
  const unreadOf = (table: TableName) =>
    named.flatMap((file) => (file.table === table && whole.has(file.name) ? [file.name] : []));
  const ofElements = [...unreadOf("elements"), ...unreadOf("uses")];
  const ofLines = unreadOf("links");
  return {
    kinds: [...elements, ...lines],
    elements: sum(elements),
    lines: sum(lines),
    unread: network.unread,
    unreadFiles: [...new Set([...ofElements, ...ofLines])].sort(),
    isBlind: (domain) => ofElements.length > 0 || (ofLines.length > 0 && (domain === "any" || domain === "transport")),
  };
}

/** A problem for which nobody can say how many records it cost; what lies beside a table and holds none cost nothing. */
function isWhole({ code, rows }: Problem): boolean {
  if (rows === 0) return false;
  return code === "unreadable" || code === "too-large" || code === "outside-workspace";
}

function elementKinds({ elements, traits }: Network): readonly Kind[] {
  const alone = new Uint32Array(traits.length);
  const together = new Map<string, { traits: readonly number[]; count: number }>();
  const { trait, first } = elements;
  for (let at = 0; at < trait.length; ) {
    const from = at++;
    while (at < trait.length && first[at] === 0) at++;
    if (at - from === 1) alone[trait[from]!]!++;
    else {
      const all = [...new Set(trait.subarray(from, at))].sort((a, b) => a - b);
      const held = together.get(all.join()) ?? { traits: all, count: 0 };
      held.count++;
      together.set(all.join(), held);
    }
  }
  const single = traits.map((_, at) => ({ traits: [at], count: alone[at]! })).filter(({ count }) => count > 0);
  return [...single, ...together.values()].map(({ traits: of, count }) => ({
    domain: traits[of[0]!]!.domain,
    moved: of.some((at) => traits[at]!.moved),
    ...{ count, traits: of, maker: noSupplier },
  }));
}

/**
 * A line counts by itself where its row names a maker, or where no element that carries traffic stands at either end. Rows that
 * could not be read or placed may be such lines, made by anybody.
 */
function lineKinds(network: Network, problems: readonly Problem[]): readonly Kind[] {
  const { places, elements, traits, links, linkMaker } = network;
  const carries = traits.map(({ functions }) => functions.some((name) => transitFunctions.includes(name)));
  const carrying = placesBearing(places.count, elements, carries);
  const counts = new Map<number, number>();
  const add = (maker: number, count: number) => counts.set(maker, (counts.get(maker) ?? 0) + count);
  for (let at = 0; at < links.count; at++) {
    const maker = linkMaker[at]!;
    if (links.first[at] === 0) continue;
    if (maker !== noSupplier) add(maker, 1);
    else if (!carrying[links.from[at]!] && !carrying[links.to[at]!]) add(openSupplier, 1);
  }
  const flawed = problems.filter((problem) => isOfTable(problem.place.file, "links") && !isWhole(problem));
  const lost = flawed.reduce((sum, { rows }) => sum + rows, 0) + links.loose + links.loops;
  if (lost > 0) add(openSupplier, lost);
  return [...counts].map(([maker, count]) => ({ domain: "transport", moved: false, count, traits: [], maker }));
}
