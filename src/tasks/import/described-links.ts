import type { DescribedLine, Taken } from "./described.ts";
import type { DescribedMap } from "./described-map.ts";
import { idOf, operatorOf } from "./described-tables.ts";
import { assignIds } from "./ids.ts";
import { type Tally, tally } from "./incoming.ts";

/** What becomes of the lines of an inventory: rows of `links`, and how many records have none, and why. */
export interface DescribedLinks {
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Records of the source that the rows stand for. */
  readonly taken: number;
  readonly setAside: readonly Tally[];
}

/**
 * Links between the sites of the things that were taken. What leads from a site to itself has no row, and what runs over
 * other lines that have one has none either: it is the same line once more. A link belongs to the operator of both ends;
 * where they differ, to whoever has equipment at both.
 */
export function describedLinks(
  lines: readonly DescribedLine[],
  kept: readonly Taken[],
  map: DescribedMap,
): DescribedLinks {
  const things = new Map(kept.map((thing) => [thing.described.key, thing]));
  const between = lines.map((line) => ({ line, ...endsOf(line, things, map) }));
  const joined = new Set(between.flatMap(({ line, aside }) => (aside === undefined ? line.keys : [])));
  const settled = between.map((one) => {
    const again = one.aside === undefined && one.line.over.some((key) => joined.has(key));
    return again ? { ...one, aside: "link that runs over links of another layer" } : one;
  });
  const taken = settled.filter(({ aside }) => aside === undefined);
  const ids = assignIds(new Map(taken.map(({ line }) => [line, line.wanted])), ({ keys }) => keys[0] ?? "");
  return {
    rows: taken.map(({ line, values }) => ({
      id: ids.get(line) ?? "",
      ...values,
      weight: line.weight?.toString() ?? "",
      capacity: line.capacity?.toString() ?? "",
    })),
    taken: taken.reduce((sum, { line }) => sum + line.keys.length, 0),
    setAside: tally(settled.flatMap(({ line, aside }) => (aside === undefined ? [] : line.keys.map(() => aside)))),
  };
}

function endsOf(line: DescribedLine, things: ReadonlyMap<string, Taken>, map: DescribedMap) {
  const [from, to] = [line.from, line.to].map((key) => (key === null ? undefined : things.get(key)));
  const values = { operator: "", from: siteOf(from), to: siteOf(to) };
  if (line.aside !== undefined) return { values, aside: line.aside };
  if (line.from === null || line.to === null) return { values, aside: "link with one end only" };
  if (!from || !to) return { values, aside: "link of something that is set aside" };
  if (values.from === "" || values.to === "") return { values, aside: "link: the site of an end is not known" };
  if (values.from === values.to) return { values, aside: "link within one site" };
  const [own, other] = [operatorOf(from.said.operator, map), operatorOf(to.said.operator, map)];
  return { values: { ...values, operator: own !== undefined && own === other ? own : "" } };
}

function siteOf(thing: Taken | undefined): string {
  const site = thing?.said.site;
  return site ? idOf(site) : "";
}
