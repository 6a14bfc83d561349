import type { MakerSpread } from "../model/measure.ts";

/** Elements of one operator and segment by one maker; `maker` or `segment` absent: not known. */
export interface MakerTally {
  readonly operator: string;
  readonly segment?: string;
  readonly maker?: string;
  readonly elements: number;
}

/**
 * How each operator's segments are spread over makers, sorted by operator and segment. Elements whose segment is not
 * known may stand in any segment of their operator, and `unread` ones in any segment of any operator: they widen.
 */
export function spreadOverMakers(tallies: readonly MakerTally[], unread = 0): readonly MakerSpread[] {
  const placed = tallies.filter(({ segment }) => segment !== undefined);
  const groups = Map.groupBy(placed, ({ operator, segment }) => JSON.stringify([operator, segment]));
  return [...groups.keys()].sort().map((name) => {
    const group = groups.get(name) ?? [];
    const unplaced = tallies.filter((one) => one.segment === undefined && one.operator === group[0]?.operator);
    return spread(group, count(unplaced) + unread);
  });
}

function count(tallies: readonly MakerTally[]): number {
  return tallies.reduce((sum, { elements }) => sum + elements, 0);
}

/** `unplaced` elements may belong here or not, and be of any maker. */
function spread(tallies: readonly MakerTally[], unplaced: number): MakerSpread {
  const { operator, segment = "" } = tallies[0]!;
  const makers = Map.groupBy(tallies, ({ maker }) => maker);
  const known = [...makers]
    .flatMap(([maker, own]) => (maker === undefined ? [] : [[maker, count(own)] as const]))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const unknown = count(makers.get(undefined) ?? []);
  const elements = count(tallies);
  const top = known[0]?.[1] ?? 0;
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
  return {
    kind: "maker-spread",
    operator,
    segment,
    elements,
    unknown,
    unplaced,
    makers: { least: Math.max(known.length, Math.min(1, elements)), most: known.length + unknown + unplaced },
    largestShare: {
      least: percent(Math.max(top, Math.min(1, elements)), elements + unplaced),
      most: percent(top + unknown + unplaced, elements + unplaced),
    },
    ...(known[0] && { largest: known[0][0] }),
  };
}
