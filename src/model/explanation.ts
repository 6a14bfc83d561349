import type { Basis } from "./basis.ts";
import type { FactDefinition, Facts } from "./fact.ts";
import type { ElementRow } from "./inventory.ts";
import type { Rule } from "./pack.ts";
import type { Problem } from "./problem.ts";
import type { Action, LeastChange, Outcome, RuleAnswer, Verdict } from "./verdict.ts";

/** What one pack says of one function of an element, and from what. */
export interface Explained {
  readonly pack: string;
  readonly packTitle: string;
  readonly use: "binding" | "compare";
  readonly function: string | null;
  readonly verdict: Verdict;
  readonly advice: readonly RuleAnswer[];
  readonly rules: readonly Rule[];
  readonly definitions: readonly FactDefinition[];
  readonly facts: Facts;
  readonly change: LeastChange;
}

/** A signed exception that some verdict shown rests on. */
export interface ShownException {
  readonly id: string;
  readonly pack: string;
  readonly rules: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** Key ids. */
  readonly approvers: readonly string[];
  readonly until: string;
  readonly file: string;
}

/** The whole chain for one element (`explain`) or one order line (`gate`). */
export interface Explanation {
  readonly kind: "explanation";
  readonly element: string;
  readonly action: Action;
  readonly asOf: string;
  readonly knownAt: string;
  readonly demo: boolean;
  readonly operators: readonly {
    readonly operator: string;
    readonly row: ElementRow;
    readonly outcome: Outcome;
    readonly basis: Basis;
    readonly bases: readonly Basis[];
    /** Exceptions that turned something, and what holds without them. */
    readonly exceptions?: readonly string[];
    readonly underlying?: NonNullable<Verdict["underlying"]>;
    readonly chains: readonly Explained[];
  }[];
  readonly exceptions: readonly ShownException[];
  readonly setAside: readonly string[];
  readonly problems: readonly Problem[];
}
