import type { MakerSpread } from "../model/measure.ts";

/** Elements of one operator and segment by one maker; `maker` absent: not known. */
export interface MakerTally {
  readonly operator: string;
  readonly segment: string;
  readonly maker?: string;
  readonly elements: number;
}

/** How each operator's segments are spread over makers, sorted by operator and segment. */
export function spreadOverMakers(tallies: readonly MakerTally[]): readonly MakerSpread[] {
  const groups = Map.groupBy(tallies, ({ operator, segment }) => JSON.stringify([operator, segment]));
  return [...groups.keys()].sort().map((name) => spread(groups.get(name) ?? []));
}

function spread(tallies: readonly MakerTally[]): MakerSpread {
  const { operator, segment } = tallies[0]!;
  const byMaker = new Map<string, number>();
  let unknown = 0;
  for (const { maker, elements } of tallies) {
    if (maker === undefined) unknown += elements;
    else byMaker.set(maker, (byMaker.get(maker) ?? 0) + elements);
  }
  const known = [...byMaker].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const elements = known.reduce((sum, [, count]) => sum + count, unknown);
  const top = known[0]?.[1] ?? 0;
  const percent = (count: number) => (elements === 0 ? 0 : (100 * count) / elements);
  return {
    kind: "maker-spread",
    operator,
    segment,
    elements,
    unknown,
    makers: { least: Math.max(known.length, Math.min(1, elements)), most: known.length + unknown },
    largestShare: { least: percent(Math.max(top, Math.min(1, elements))), most: percent(top + unknown) },
    ...(known[0] && { largest: known[0][0] }),
  };
}
