import type { Basis } from "./basis.ts";
import type { Day } from "./day.ts";
import type { Grade } from "./evidence.ts";
import type { Facts, Why } from "./fact.ts";
import type { Actor } from "./problem.ts";

export type Outcome = "admitted" | "undecided" | "refused";

/** What is asked of a network element (`depend`: of an operator's network as a whole; `disclose`: of a partner). */
export type Action = "deploy" | "operate" | "update" | "maintain" | "depend" | "disclose";
export const actions: readonly Action[] = ["deploy", "operate", "update", "maintain", "depend", "disclose"];

/** What a rule says of one question, over everything the facts still leave possible. */
export interface RuleAnswer {
  readonly id: string;
  /** `mixed`: fires or passes, depending on which value an unknown selecting fact has. */
  readonly state: "fires" | "depends" | "passes" | "mixed" | "silent";
  /** Some value of its graded facts would make it fire; `silent` is: under none. */
  readonly applies: "always" | "sometimes" | "never";
  /** It stands against admission: it fires or depends under a possible combination that is not admitted. */
  readonly reason: boolean;
}

/** The answer of one pack to one question. Sorted, plain, no clock: equal inputs give equal bytes. */
export interface Verdict {
  readonly kind: "verdict";
  readonly pack: string;
  readonly action: Action;
  readonly outcome: Outcome;
  readonly basis: Basis;
  /** Every basis that holds for an undecided verdict, in the order of `undecidedBases`; else just `basis`. */
  readonly bases: readonly Basis[];
  readonly rules: readonly RuleAnswer[];
  /** Ids of the rules that are reasons, sorted. */
  readonly reasons: readonly string[];
  /** Why the facts that the reasons read are open. */
  readonly why: readonly Why[];
  /** Refused since: the latest of the rule's day, the order's day and first use, as far as known. */
  readonly since?: Day;
  /** Lowest grade among the sources of the facts that applying rules read; absent where none is a statement. */
  readonly grade?: Grade;
  readonly facts: Facts;
  /** Exceptions that turned a rule which fired or depended; absent if none did. Their ids, sorted. */
  readonly exceptions?: readonly string[];
  /** What the pack says without them. */
  readonly underlying?: { readonly outcome: Outcome; readonly basis: Basis; readonly reasons: readonly string[] };
  /** Last day on which an admission by exception holds. */
  readonly until?: Day;
}

/** An exception in force, as the engine needs it: the rules that it turns into passes, and its last day. */
export interface Waiver {
  readonly exception: string;
  readonly rules: readonly string[];
  readonly until: Day;
}

/** Something a person can do that would settle or improve facts, all together. */
export interface NamedAction {
  readonly id: string;
  readonly title: string;
  readonly who: Actor;
  /** 1 a form, 5 a replacement of equipment. */
  readonly effort: 1 | 2 | 3 | 4 | 5;
  /** The facts as they would then be known. */
  readonly sets: Facts;
}

/** The smallest set of actions (by number, then effort) that admits; absent `actions`: none up to three does. */
export interface LeastChange {
  readonly actions?: readonly {
    readonly id: string;
    readonly title: string;
    readonly who: Actor;
    readonly effort: number;
  }[];
  /** Remedies of the rules that stand against it, for when no set of up to three actions is enough. */
  readonly remedies: readonly string[];
}

const rank: Record<Outcome, number> = { refused: 0, undecided: 1, admitted: 2 };

/** The worse of two outcomes: refused, then undecided, then admitted. */
export function worseOutcome(a: Outcome, b: Outcome): Outcome {
  return rank[a] <= rank[b] ? a : b;
}
