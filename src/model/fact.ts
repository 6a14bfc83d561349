import type { UndecidedBasis } from "./basis.ts";
import type { Day } from "./day.ts";
import type { Grade } from "./evidence.ts";
import type { Actor } from "./problem.ts";

/** A fact is a boolean, a word of a small closed list, or an integer from a declared range. */
export type FactValue = boolean | number | string;

/**
 * One entry of the catalogue. `graded`: `values` run from worst to best, and what is still possible is a span.
 * `selecting`: the value chooses which rules apply, has no better end, and what is still possible is a set.
 */
export interface FactDefinition {
  /** Name of the attribute in Cedar's `context`. */
  readonly name: string;
  readonly mode: "graded" | "selecting";
  /** Every value it can take: at most 101; graded ones from worst to best. */
  readonly values: readonly FactValue[];
  /** What the values mean, in the same order, where the value does not say it. */
  readonly labels?: readonly string[];
  /** The question it answers, as a person would ask it. */
  readonly question: string;
  /** `element` facts speak of one element and operator, `network` facts of an operator and a function, `partner` facts of who is told. */
  readonly subject: "element" | "network" | "partner";
  /** Who can make it better or make it known. */
  readonly who: readonly Actor[];
}

export type Fact = GradedFact | SelectingFact;

export interface GradedFact {
  readonly kind: "graded";
  readonly best: FactValue;
  readonly worst: FactValue;
  readonly sources: readonly Source[];
  readonly why: readonly Why[];
}

export interface SelectingFact {
  readonly kind: "selecting";
  /** Sorted in the order of the definition's values, never empty. */
  readonly possible: readonly FactValue[];
  readonly sources: readonly Source[];
  readonly why: readonly Why[];
}

export type Facts = Readonly<Record<string, Fact>>;

/** Why a fact is still open: the basis it gives an undecided verdict, in words, and who could settle it. */
export interface Why {
  readonly code: UndecidedBasis;
  readonly text: string;
  readonly who: Actor;
}

/** What a fact rests on. */
export type Source =
  | { readonly kind: "row"; readonly file: string; readonly line?: number; readonly text: string }
  | {
      readonly kind: "statement";
      readonly file: string;
      readonly id: string;
      readonly signer: string;
      readonly grade: Grade;
      readonly text: string;
      readonly day?: Day;
    }
  | { readonly kind: "pack"; readonly pack: string; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string; readonly value: string; readonly text: string };

/** Whether only one value is left. */
export function isKnown(fact: Fact): boolean {
  return fact.kind === "graded" ? fact.best === fact.worst : fact.possible.length === 1;
}
