/** A span a number lies in, given what is not known. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** How an operator's elements of one segment are spread over makers; the base is the number of elements. */
export interface MakerSpread {
  readonly kind: "maker-spread";
  readonly operator: string;
  readonly segment: string;
  readonly elements: number;
  /** Elements whose maker is not known; each may be of any known maker or of a new one. */
  readonly unknown: number;
  /** Elements that may stand in this segment or not, for their function is not known or their record could not be read. */
  readonly unplaced: number;
  readonly makers: Span;
  /** Largest share of one maker in percent. */
  readonly largestShare: Span;
  /** The known maker with most elements (the first by name of several). */
  readonly largest?: string;
}
