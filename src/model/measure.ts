/** A span a number lies in, given what is not known. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/**
 * What shares are counted in. `site`: each site counts once per operator and segment, split over the makers there; `people`
 * and `traffic`: the same with each site weighed by the people apportioned to it, and by the traffic that begins or ends there.
 */
export type Base = "element" | "site" | "people" | "traffic";
export const bases: readonly Base[] = ["element", "site", "people", "traffic"];

/** Whose network is looked at: one operator's, or all of them together. */
export type Scope = "operator" | "nation";

/** What somebody, or somebody unknown, has of one part of a network. */
export interface Held {
  readonly units: number;
  /** At least so much of `units` is theirs however what is not placed falls; less only where sites are split. */
  readonly low: number;
  /** Elements that are theirs if they belong to this part, which is not known; only by element. */
  readonly may: number;
}

/**
 * One part of a network shared out in one base, with all that is not known about it.
 *
 * By element every unit is 1, and elements of `may` and `loose` are in the part or not, each by itself. In the other bases a
 * site is split over the elements there: an element that may belong here dilutes what stands at its site (`low`), or brings
 * its site into the part (`free`); `adrift` elements stand at no known site, and each moves or adds at most `joins` or `adds`.
 */
export interface Tally {
  readonly base: Base;
  readonly total: number;
  /** Known holders, largest first. */
  readonly holders: readonly (Held & { readonly name: string })[];
  /** Units whose holder is one and the same, and nobody knows who; `name` tells a group from others, and nothing else. */
  readonly groups: readonly (Held & { readonly name: string })[];
  /** Units of which each may have a holder of its own; sum of squares and greatest of their `low`. */
  readonly singles: {
    readonly units: number;
    readonly low: number;
    readonly squares: number;
    readonly greatest: number;
  };
  /** Elements that may belong here, each of anybody; only by element. */
  readonly loose: number;
  readonly free: number;
  readonly adrift: number;
  readonly joins: number;
  readonly adds: number;
}

/** How the equipment of one segment is spread over makers, by one base. */
export interface MakerSpread {
  readonly kind: "maker-spread";
  readonly scope: Scope;
  /** Operator id; empty for the nation. */
  readonly operator: string;
  readonly segment: string;
  readonly base: Base;
  /** The makers' parts; of a base that is not known, nothing. */
  readonly tally: Tally;
  /** What may stand in this segment or not, for its function is not known or its record could not be read. */
  readonly unplaced: number;
  /** Of it, what has left the tables. */
  readonly left: number;
  /** Why the base is not known here and which table would tell: then every share may be anything. */
  readonly lacking?: string;
  readonly makers: Span;
  /** Largest share of one maker in percent, and of all makers with one owner. */
  readonly largestShare: Span;
  readonly largestOwnerShare: Span;
  /** As many equal makers would be as concentrated; and what is left of that once common components count. */
  readonly effective: Span;
  readonly similar: Span;
}

/** Part of a tally whose holder is not known. */
export function unknownUnits({ groups, singles }: Tally): number {
  return groups.reduce((sum, { units }) => sum + units, singles.units);
}

/**
 * The share, in percent, of all those together whom `belongs` says yes to, as a span: some may belong to them ("unknown"), and
 * so may whatever has no known holder. By element exact; in the other bases it holds the share whatever is not placed does.
 */
export function shareIn(tally: Tally, belongs: (name: string) => boolean | "unknown"): Span {
  const said = tally.holders.map((held) => [held, belongs(held.name)] as const);
  const those = (wanted: (known: boolean | "unknown") => boolean) =>
    sumOf(said.flatMap(([held, known]) => (wanted(known) ? [held] : [])));
  return shareOf(
    tally,
    those((known) => known === true),
    those((known) => known !== false),
    sumsOf(tally),
  );
}

/** The share of each holder alone, in their order; and of somebody new who has all that has no known holder. */
export function sharesOfEach(tally: Tally): { readonly each: readonly Span[]; readonly somebodyNew: Span } {
  const sums = sumsOf(tally);
  return {
    each: tally.holders.map((held) => shareOf(tally, held, held, sums)),
    somebodyNew: shareOf(tally, nothing, nothing, sums),
  };
}

/** What all known holders have together, and what all have who are not known. */
interface Sums {
  readonly known: Held;
  readonly open: Held;
}
const nothing: Held = { units: 0, low: 0, may: 0 };

function sumsOf({ holders, groups, singles, loose }: Tally): Sums {
  const { units, low, may } = sumOf(groups);
  return {
    known: sumOf(holders),
    open: { units: units + singles.units, low: low + singles.low, may: may + loose },
  };
}

function shareOf(tally: Tally, sure: Held, maybe: Held, { known, open }: Sums): Span {
  if (tally.base === "element") {
    const more = maybe.may + open.may;
    return {
      least: percent(sure.units, tally.total + known.may + open.may - sure.may),
      most: percent(maybe.units + open.units + more, tally.total + more),
    };
  }
  const whole = known.low + open.low + tally.free;
  return { least: leastOf(tally, sure.low, whole), most: mostOf(tally, maybe.low + open.low, whole) };
}

/** Whole of a tally with all that may come to it but for what is adrift. */
export function wideTotal({ holders, groups, singles, free }: Tally): number {
  return sumOf(holders).low + sumOf(groups).low + singles.low + free;
}

/** Each adrift element joins a site that is there or brings another; the quotient is extreme where all do the one or the other. */
export function leastOf({ adrift, joins, adds }: Tally, low: number, whole: number): number {
  return Math.min(percent(low - adrift * joins, whole), percent(low, whole + adrift * adds));
}

function mostOf({ adrift, joins, adds, free }: Tally, low: number, whole: number): number {
  if (whole === 0 && adrift > 0) return 100;
  const joined = percent(low + free + adrift * joins, whole);
  return Math.max(joined, percent(low + free + adrift * adds, whole + adrift * adds));
}

function sumOf(held: readonly Held[]): Held {
  const sum = { units: 0, low: 0, may: 0 };
  for (const { units, low, may } of held) {
    sum.units += units;
    sum.low += low;
    sum.may += may;
  }
  return sum;
}

/** Rounded, so that sums of fractions of sites meet a limit they equal; between 0 and 100. */
export function percent(part: number, whole: number): number {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return Math.min(100, Math.max(0, Math.round(share * 1e8) / 1e8));
}
