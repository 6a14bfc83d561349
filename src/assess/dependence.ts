import { type Base, type MakerSpread, type Scope, shareIn } from "../model/measure.ts";

/** What one maker has of one operator's segment. `segment` or `maker` null: not known. */
export interface MakerTally {
  readonly operator: string;
  readonly segment: string | null;
  readonly maker: string | null;
  readonly units: number;
  /** The same with what several operators share counted for one of them, so that sums over operators hold. */
  readonly once: number;
  /** Elements that are not in `units`, for it is not known at which site they stand. */
  readonly adrift?: number;
}

/**
 * An inventory counted in one base, and by elements: makers are counted over elements whatever the base of shares. By
 * site, what stands in no segment is elements without a site, and sites with elements whose segment is not known.
 */
export interface Counted {
  readonly base: Base;
  readonly units: readonly MakerTally[];
  readonly elements: readonly MakerTally[];
}

/**
 * How each operator's segments, and then the nation's, are spread over makers; sorted by scope, operator and segment.
 * Elements whose segment is not known may stand in any segment of their operator, and `unread` ones in any segment of
 * any operator: they widen. The nation counts what operators share once; a site counts once for each operator there.
 */
export function spreadOverMakers(counted: Counted, unread = 0): readonly MakerSpread[] {
  return [...spreadsOf("operator", counted, unread), ...spreadsOf("nation", counted, unread)];
}

/** A segment of one network: what is counted for it. */
interface Part {
  readonly scope: Scope;
  readonly operator: string;
  readonly segment: string;
  readonly base: Base;
}

function spreadsOf(scope: Scope, { base, units, elements }: Counted, unread: number): readonly MakerSpread[] {
  const network = ({ operator }: MakerTally) => (scope === "nation" ? "" : operator);
  const placed = elements.filter(({ segment }) => segment !== null);
  const named = Map.groupBy(placed, (tally) => JSON.stringify([network(tally), tally.segment]));
  return [...named.keys()].sort().map((name) => {
    const [operator, segment] = JSON.parse(name) as [string, string];
    const own = (tallies: readonly MakerTally[], wanted: string | null) =>
      tallies.filter((tally) => network(tally) === operator && tally.segment === wanted);
    const loose = sum(scope, own(elements, null)) + unread;
    const nowhere = base === "site" ? sum(scope, own(units, null)) : 0;
    const part = { scope, operator, segment, base };
    return spread(part, own(units, segment), own(elements, segment), loose, nowhere);
  });
}

/** `loose` elements may belong here or not, and be of any maker; by site `nowhere` more may join any site. */
function spread(
  part: Part,
  units: readonly MakerTally[],
  elements: readonly MakerTally[],
  loose: number,
  nowhere: number,
): MakerSpread {
  const { scope } = part;
  const byMaker = knownMakers(scope, units, elements);
  const unnamed = (tallies: readonly MakerTally[]) =>
    sum(
      scope,
      tallies.filter(({ maker }) => maker === null),
    );
  const unknown = unnamed(units);
  const unplaced = loose + nowhere + units.reduce((adrift, tally) => adrift + (tally.adrift ?? 0), 0);
  const whole = { base: part.base, total: sum(scope, units), unplaced };
  const top = byMaker[0]?.units ?? 0;
  const makers = {
    least: Math.max(byMaker.length, Math.min(1, sum(scope, elements))),
    most: byMaker.length + unnamed(elements) + loose,
  };
  const largest = shareIn(whole, { least: top, most: rounded(top + unknown) });
  // Of so many makers one has at least its even part.
  const even = Math.floor(1e10 / Math.max(1, makers.most)) / 1e8;
  return {
    kind: "maker-spread",
    ...part,
    ...whole,
    unknown,
    byMaker,
    makers,
    largestShare: { least: Math.min(largest.most, Math.max(largest.least, even)), most: largest.most },
  };
}

function knownMakers(
  scope: Scope,
  units: readonly MakerTally[],
  elements: readonly MakerTally[],
): MakerSpread["byMaker"] {
  const makers = new Set(elements.flatMap(({ maker }) => maker ?? []));
  return [...makers]
    .map((maker) => ({
      maker,
      units: sum(
        scope,
        units.filter((tally) => tally.maker === maker),
      ),
    }))
    .sort((a, b) => b.units - a.units || (a.maker < b.maker ? -1 : 1));
}

function sum(scope: Scope, tallies: readonly MakerTally[]): number {
  const total = tallies.reduce((all, { units, once }) => all + (scope === "nation" ? once : units), 0);
  return rounded(total);
}

/** Sites are split into fractions, whose sums are whole only up to rounding. */
function rounded(units: number): number {
  return Math.round(units * 1e6) / 1e6;
}
