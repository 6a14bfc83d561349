import { dayOf } from "../../model/day.ts";
import { sha256In } from "../../model/digest.ts";
import { documentProblem, type Place, type Problem } from "../../model/problem.ts";
import type { Named } from "../../readers/netbox.ts";
import { describedLinks } from "./described-links.ts";
import type { DescribedMap } from "./described-map.ts";
import { describedRemarks } from "./described-remarks.ts";
import { describedTables } from "./described-tables.ts";
import { assignIds } from "./ids.ts";
import { type Tally, type Translated, tally } from "./incoming.ts";
import { linkRemarks } from "./links.ts";
import { joinFunctions, lookup } from "./map.ts";

export const columns = [
  ...(["maker", "product", "release", "digest", "functions", "operator", "site", "status"] as const),
  ...(["in_service_since", "release_since"] as const),
];
export type Column = (typeof columns)[number];

/** A thing of a foreign inventory, in no words but its own: what it says for each of our columns. */
export interface Described {
  /** Unique in the source. */
  readonly key: string;
  /** The id it should have if nothing else wants it; empty: the key. */
  readonly wanted: string;
  /** Why the map sets it aside. */
  readonly aside?: string;
  readonly says: Readonly<Record<Column, readonly Named[]>>;
  /** Status in our words that follows from the source's standard; the map comes first. */
  readonly status?: string;
  /** Who builds, maintains or manages it. */
  readonly parties: readonly { readonly kind: string; readonly party: Named }[];
  readonly place: Place;
}

/** A relation between two things by their keys. */
export interface DescribedTie {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly place: Place;
}

/** A line between two things by their keys, used both ways. */
export interface DescribedLine {
  /** Keys of the records it stands for, unique in the source; the first is its id where `wanted` is not free. */
  readonly keys: readonly string[];
  readonly wanted: string;
  /** Null: the source does not say. */
  readonly from: string | null;
  readonly to: string | null;
  readonly weight: number | null;
  readonly capacity: number | null;
  /** Keys of lines of another layer that carry it. */
  readonly over: readonly string[];
  /** Why the map sets it aside. */
  readonly aside?: string;
}

/** A taken thing: its id, and one text for each column, as the source has it; null: it says nothing that counts. */
export interface Taken {
  readonly described: Described;
  readonly id: string;
  readonly said: Readonly<Record<Column, Named | null>>;
  readonly functions: string;
}

/** What the reader and the map know beside the things. */
export interface Inventory {
  readonly things: readonly Described[];
  readonly ties: readonly DescribedTie[];
  readonly lines: readonly DescribedLine[];
  /** Columns for which the map names a source, so that the source has the last word. */
  readonly mapped: readonly Column[];
  readonly setAside: readonly Tally[];
  readonly remarks: readonly Tally[];
}

/** A word of the source, and its id where it has one. */
export function word(name: string, id = ""): Named {
  return { pk: 0, name, slug: id === name ? "" : id };
}

/**
 * A foreign inventory in the words of the workspace, as a person's map says. What neither it nor the map knows stays
 * empty: unknown, never assumed. Every thing is taken or set aside by the map.
 */
export function translateDescribed(inventory: Inventory, map: DescribedMap, file: string): Translated {
  const taken = take(inventory.things, map);
  const problems = taken.flatMap(({ problems: own }) => own);
  const kept = taken.map(({ thing }) => thing);
  const ties = tiesOf(inventory, kept);
  const links = describedLinks(inventory.lines, kept, map);
  const lines = inventory.lines.reduce((sum, { keys }) => sum + keys.length, 0);
  const aside = inventory.things.flatMap(({ aside: reason }) => reason ?? []);
  const beside = inventory.setAside.reduce((sum, { records }) => sum + records, 0);
  return {
    examined: inventory.things.length + beside + lines,
    taken: kept.length + links.taken,
    setAside: [...tally(aside), ...inventory.setAside, ...links.setAside],
    remarks: [
      ...describedRemarks(inventory, kept, map),
      ...ties.remarks,
      ...linkRemarks(links.rows),
      ...inventory.remarks,
    ],
    problems: [...problems, ...ties.problems],
    tables: describedTables(kept, ties.rows, links.rows, inventory.mapped, map, file),
  };
}

function take(things: readonly Described[], map: DescribedMap) {
  const kept = things.filter(({ aside }) => aside === undefined);
  const ids = assignIds(new Map(kept.map(({ key, wanted }) => [key, wanted])), (key) => key);
  return kept.map((described) => {
    const { problems, said } = singleTexts(described);
    const thing: Taken = { described, said, id: ids.get(described.key)!, functions: functionsOf(described, map) };
    return { thing, problems };
  });
}

function singleTexts(described: Described): { said: Taken["said"]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const unknown = (code: "wrong-shape" | "wrong-type", column: Column, message: string): null => {
    problems.push(documentProblem(code, `${message}; \`${column}\` stays unknown`, described.place));
    return null;
  };
  const one = (column: Column): Named | null => {
    const [first, ...others] = described.says[column];
    if (!first || column === "functions") return first ?? null;
    if (others.some(({ name }) => name !== first.name))
      return unknown("wrong-shape", column, `expected one text, got ${1 + others.length}`);
    const shown = `\`${first.name.slice(0, 60)}\``;
    if (column === "digest") {
      const digest = sha256In(first.name);
      return digest !== undefined
        ? word(digest)
        : unknown("wrong-type", column, `expected 64 hex digits, got ${shown}`);
    }
    if (column !== "in_service_since" && column !== "release_since") return first;
    const day = dayOf(first.name);
    return day ? word(day) : unknown("wrong-type", column, `expected a day or RFC 3339 time, got ${shown}`);
  };
  const said = Object.fromEntries(columns.map((column) => [column, one(column)])) as Record<Column, Named | null>;
  return { said, problems };
}

/** One word that the map does not know could mean any function, so then nothing is said of the thing's functions. */
function functionsOf({ says }: Described, map: DescribedMap): string {
  const known = says.functions.map((text) => lookup(map.functions, text));
  return known.every((names) => names !== undefined) ? joinFunctions(known.flat()) : "";
}

function tiesOf({ things, ties }: Inventory, kept: readonly Taken[]) {
  const ids = new Map(kept.map(({ described, id }) => [described.key, id]));
  const known = new Set(things.map(({ key }) => key));
  const left: string[] = [];
  const problems: Problem[] = [];
  const rows = ties.flatMap(({ kind, from, to, place }) => {
    const [own, other] = [ids.get(from), ids.get(to)];
    if (from === to) left.push(`relation \`${kind}\` of a thing to itself: left out`);
    else if (own !== undefined && other !== undefined) return [{ from: own, kind, to: other }];
    else if (known.has(from) && known.has(to))
      left.push(`relation \`${kind}\`: one end is set aside, so it is left out`);
    else {
      const message = `expected \`${known.has(from) ? to : from}\` in the export, found none; the relation is left out`;
      problems.push(documentProblem("dangling-reference", message, place));
    }
    return [];
  });
  return { rows, problems, remarks: tally(left) };
}
