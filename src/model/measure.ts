/** A span a number lies in, given what is not known. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What shares are counted in. `site`: each site counts once per operator and segment, split over the makers there. */
export type Base = "element" | "site";
export const bases: readonly Base[] = ["element", "site"];

/** Whose network is looked at: one operator's, or all of them together. */
export type Scope = "operator" | "nation";

/** How the equipment of one segment is spread over makers, by one base. */
export interface MakerSpread {
  readonly kind: "maker-spread";
  readonly scope: Scope;
  /** Operator id; empty for the nation. */
  readonly operator: string;
  readonly segment: string;
  readonly base: Base;
  /** What there is of it: elements, or sites. */
  readonly total: number;
  /** Part of it whose maker is not known; each unit may be of any known maker or of a new one. */
  readonly unknown: number;
  /** What may stand in this segment or not, for its function is not known or its record could not be read. */
  readonly unplaced: number;
  /** Known makers, largest first. */
  readonly byMaker: readonly { readonly maker: string; readonly units: number }[];
  readonly makers: Span;
  /** Largest share of one maker in percent. */
  readonly largestShare: Span;
}

/**
 * The share, in percent, of somebody who has between `least` and `most` units of a spread, as a span that holds it whatever
 * is not placed turns out to be. Elements: each unplaced one adds one to the whole, and to the part or not. Sites: each
 * unplaced element either makes a site of its own, or joins one and moves no part of that site by more than a half (a of n
 * becomes a or a + 1 of n + 1); the quotient is extreme where all do the one or all do the other.
 */
export function shareIn(
  { base, total, unplaced }: Pick<MakerSpread, "base" | "total" | "unplaced">,
  units: Span,
): Span {
  const joining = base === "site" ? unplaced / 2 : 0;
  const joined = (part: number) => (base === "element" || total === 0 ? [] : [percent(part, total)]);
  return {
    least: Math.min(percent(units.least, total + unplaced), ...joined(units.least - joining)),
    most: Math.max(percent(units.most + unplaced, total + unplaced), ...joined(units.most + joining)),
  };
}

/** Rounded, so that sums of fractions of sites meet a limit they equal; between 0 and 100. */
function percent(part: number, whole: number): number {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return Math.min(100, Math.max(0, Math.round(share * 1e8) / 1e8));
}
