/** Whole percent, rounded up: one element of a million is not none. */
export function percentUp(part: number, whole: number): number {
  return Math.ceil((100 * part) / whole);
}

/** How many of some things surely count, and how many may. */
export interface Count {
  /** Things that surely belong to the whole. */
  readonly base: number;
  readonly sure: number;
  /** Of them: those that may count or not. */
  readonly may: number;
  /** Things that may belong to the whole or not, and those of them that may count. */
  readonly loose: number;
  readonly looseMay: number;
}

export interface PercentSpan {
  readonly best: number;
  readonly worst: number;
}

/** A share of which nothing is known. */
export const wideOpen: PercentSpan = { best: 0, worst: 100 };

/** Least and largest share that the counts allow. Of a whole to which nothing surely belongs, no share is known. */
export function percentSpan({ base, sure, may, loose, looseMay }: Count): PercentSpan {
  if (base === 0) return wideOpen;
  return {
    best: percentUp(sure, base + loose - looseMay),
    worst: percentUp(sure + may + looseMay, base + looseMay),
  };
}

/** How many things at least count, if that was rounded up to `best` percent of at least `decided` things. */
export function leastSure(best: number, decided: number): number {
  return best === 0 ? 0 : Math.floor(((best - 1) * decided) / 100) + 1;
}
