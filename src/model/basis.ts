/** Why a verdict is admitted. */
export type AdmittedBasis = "evidence" | "no-duty" | "earlier-regime" | "exception";

/** Why a verdict is open, in the order in which the first that holds is counted. */
export const undecidedBases = [
  "input",
  "left",
  "engine",
  "identity",
  "stale-register",
  "contested",
  "expired",
  "missing",
  "stand-still",
  "no-scheme",
] as const;
export type UndecidedBasis = (typeof undecidedBases)[number];

/** A refused verdict rests on the rules that fire. */
export type Basis = AdmittedBasis | UndecidedBasis | "rule";
