import { domainOfFunction, splitFunctions } from "../../model/functions.ts";
import type { Named } from "../../readers/netbox.ts";
import type { Column, Inventory, Taken } from "./described.ts";
import type { DescribedMap } from "./described-map.ts";
import { operatorOf } from "./described-tables.ts";
import { type Tally, tally } from "./incoming.ts";
import { keyOf, lookup } from "./map.ts";

/** What stays unknown about the things taken, and why; and words of the map that are met nowhere: probably misspelt. */
export function describedRemarks(inventory: Inventory, taken: readonly Taken[], map: DescribedMap): readonly Tally[] {
  const mapped = new Set<Column>(inventory.mapped);
  return [...tally(taken.flatMap((thing) => unknownOf(thing, map, mapped))), ...unused(taken, map)];
}

function unknownOf(thing: Taken, map: DescribedMap, mapped: ReadonlySet<Column>): readonly string[] {
  const { said, described, functions } = thing;
  const silent = (column: Column) =>
    mapped.has(column) ? "the export does not say" : `the map names no source (\`from/${column}\`)`;
  const strange = described.says.functions.filter((text) => lookup(map.functions, text) === undefined);
  return [
    ...strange.map(({ name }) => `function unknown: \`${name}\` is not under \`functions\` of the map`),
    described.says.functions.length === 0 && `function unknown: ${silent("functions")}`,
    ...splitFunctions(functions).flatMap((name) =>
      domainOfFunction.has(name) ? [] : [`function \`${name}\` is none that rules know`],
    ),
    operatorOf(said.operator, map) === undefined &&
      (said.operator
        ? `operator unknown: \`${said.operator.name}\` is not under \`operators\` of the map`
        : "operator unknown: none is named, and the map names no `operator`"),
    !said.maker && `maker unknown: ${silent("maker")}`,
    !said.product && `product unknown: ${silent("product")}`,
    !said.release && `release unknown: ${silent("release")}`,
    said.status &&
      lookup(map.statuses, said.status) === undefined &&
      described.status === undefined &&
      `status \`${said.status.name}\` is not in the map: taken as active`,
  ].filter((remark) => typeof remark === "string");
}

function unused(taken: readonly Taken[], map: DescribedMap): readonly Tally[] {
  const of = (column: Column) => taken.flatMap(({ described }) => described.says[column]);
  const parties = taken.flatMap(({ described }) => described.parties.map(({ party }) => party));
  return [
    ...unusedWords("functions", map.functions, of("functions")),
    ...unusedWords("operators", map.operators, of("operator")),
    ...unusedWords("makers", map.makers, [...of("maker"), ...parties]),
    ...unusedWords("products", map.products, of("product")),
    ...unusedWords("releases", map.releases, of("release")),
    ...unusedWords("statuses", map.statuses, of("status")),
  ];
}

/** Keys of one part of a map that speak of nothing in the source. */
export function unusedWords(
  part: string,
  words: Readonly<Record<string, unknown>> | readonly string[] | undefined,
  things: readonly Named[],
): readonly Tally[] {
  const keys = Array.isArray(words) ? words : Object.keys(words ?? {});
  if (keys.length === 0) return [];
  const distinct = [...new Map(things.map((thing) => [JSON.stringify([thing.name, thing.slug]), thing])).values()];
  const met = new Set(distinct.map((thing) => keyOf(keys, thing)));
  return keys
    .filter((key) => !met.has(key))
    .map((key) => ({ reason: `\`${key}\` under \`${part}\` of the map is met nowhere in the export`, records: 0 }));
}
