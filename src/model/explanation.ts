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
    readonly chains: readonly Explained[];
  }[];
  readonly setAside: readonly string[];
  readonly problems: readonly Problem[];
}
