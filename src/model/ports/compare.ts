/** One (element, operator) whose verdict is another than before. Verdicts as `outcome/basis`; null: there was, or is, none. */
export interface TurnedVerdict {
  /** null: a record that was set aside and whose id cannot be told. */
  readonly element: string | null;
  readonly operator: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Rules that stand against it now, else those that did; joined by `;`. */
  readonly rules: string;
}

/** How the verdicts of two CSVs differ. Sorted; equal inputs give equal answers. */
export interface VerdictDifference {
  /** (element, operator) pairs whose outcome or basis differs, and those that came or went. */
  readonly turned: number;
  /** The same by what they turned from and to, most first. */
  readonly turns: readonly {
    readonly before: string | null;
    readonly after: string | null;
    readonly verdicts: number;
  }[];
  /** Some of them, refused ones first. */
  readonly examples: readonly TurnedVerdict[];
  /** Outcome and basis are the same, the rules that stand against it are others. */
  readonly otherReasons: number;
}

/** Compares two CSVs of verdicts where they lie; rows never pass through the caller. At most `most` examples. */
export type CompareVerdicts = (before: string, after: string, most: number) => Promise<VerdictDifference>;
