import type { RowFilter } from "../../model/ports/disclosure.ts";
import { readMicros, versionKeyOf } from "../time.ts";
import { TaxiiProblem } from "./problem.ts";

/** Filters of a request as they came, each at most once. */
export type Query = ReadonlyMap<string, string>;

type Versions = NonNullable<RowFilter["versions"]>;

/** What a request asks to see, beside where in the view it goes on. */
export type Wanted = Pick<RowFilter, "addedAfter" | "ids" | "types" | "specVersions" | "versions"> & {
  readonly limit?: number;
  readonly next?: string;
};

const known = new Set([
  "added_after",
  "limit",
  "next",
  "match[id]",
  "match[type]",
  "match[version]",
  "match[spec_version]",
]);
const mostValues = 1000;
const longestQuery = 100_000;

/** Splits a query; a filter that stands twice is an error, one that is not known is passed over. Throws 400. */
export function readQuery(search: string): Query {
  if (search.length > longestQuery) throw bad("the query is too long");
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!known.has(name)) continue;
    if (found.has(name)) throw bad(`\`${name}\` stands twice; separate values by commas`);
    found.set(name, value);
  }
  return found;
}

/** Reads the filters of TAXII 2.1, sections 3.4 and 5.4 to 5.8. Throws 400. */
export function readFilters(query: Query): Wanted {
  const addedAfter = read(
    query,
    "added_after",
    (text) => readMicros(text),
    "a time like `2019-03-11T00:00:00.000000Z`",
  );
  const limit = read(query, "limit", readLimit, "a whole number above 0");
  const next = query.get("next");
  const ids = listOf(query, "match[id]");
  const types = listOf(query, "match[type]");
  const specVersions = listOf(query, "match[spec_version]");
  const versions = query.has("match[version]") ? readVersions(query) : undefined;
  return {
    ...(addedAfter !== undefined && { addedAfter }),
    ...(limit !== undefined && { limit }),
    ...(next !== undefined && { next }),
    ...(ids && { ids }),
    ...(types && { types }),
    ...(specVersions && { specVersions }),
    ...(versions !== undefined && { versions }),
  };
}

function readLimit(text: string): number | undefined {
  return /^[0-9]{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

function readVersions(query: Query): Versions {
  const words = listOf(query, "match[version]") ?? [];
  if (words.includes("all")) {
    if (words.length === 1) return "all";
    throw bad("`all` in `match[version]` stands alone");
  }
  return words.map((word) => {
    if (word === "first" || word === "last") return word;
    const key = versionKeyOf(word);
    if (key === undefined)
      throw bad(`expected \`first\`, \`last\`, \`all\` or a time in \`match[version]\`, got \`${word.slice(0, 60)}\``);
    return { key };
  });
}

function read<T>(query: Query, name: string, as: (text: string) => T | undefined, expected: string): T | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const value = as(text);
  if (value === undefined) throw bad(`expected \`${name}\` to be ${expected}, got \`${text.slice(0, 60)}\``);
  return value;
}

function listOf(query: Query, name: string): readonly string[] | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const words = text.split(",");
  if (words.length > mostValues || words.some((word) => word === "" || word.length > 400)) {
    throw bad(`expected 1 to ${mostValues} values in \`${name}\`, separated by commas alone`);
  }
  return words;
}

export function bad(details: string): TaxiiProblem {
  return new TaxiiProblem(400, "The request does not fit", details);
}
