import type { Outcome, RuleAnswer } from "../model/verdict.ts";
import type { RuleSet, State, TabledRule } from "./compile.ts";

/** A question with more combinations of selecting facts than this is not asked but undecided. */
export const mostCombinations = 4096;

/** What a rule did under one or another combination of the selecting facts. */
export interface Seen {
  fires: boolean;
  depends: boolean;
  passes: boolean;
  applies: boolean;
  silent: boolean;
}

/** What all rules of a set say over everything that is still possible. */
export interface Survey {
  readonly outcome: Outcome;
  /** In the order of the set's rules. */
  readonly seen: readonly Seen[];
  /** Under every combination a duty applies and passes. */
  readonly dutyAlwaysMet: boolean;
  /** Under some combination a duty applies. */
  readonly dutyApplies: boolean;
}

/**
 * Goes through every joint value `s` that the selecting facts may still have, and asks each rule's table at the best
 * and at the worst corner of its graded facts. The two corners are enough: the loader refuses a pack in which a better
 * fact makes a rule fire, so firing at the best corner is firing everywhere. `undefined`: too many combinations.
 */
export function survey(set: RuleSet, state: State): Survey | undefined {
  if (combinations(set, state) > mostCombinations) return undefined;
  const seen = set.rules.map(
    (): Seen => ({ fires: false, depends: false, passes: false, applies: false, silent: false }),
  );
  let [allRefused, allAdmitted, dutyAlwaysMet, dutyApplies] = [true, true, true, false];
  eachCombination(set, state, (best, worst) => {
    let [fires, passesAll, dutyMet] = [false, true, false];
    for (const [at, rule] of set.rules.entries()) {
      const answer = ask(rule, best, worst);
      const applies = appliesAt(rule, worst);
      note(seen[at]!, answer, applies);
      if (answer === "fires") fires = true;
      if (answer !== "passes") passesAll = false;
      if (applies && rule.rule.kind === "duty") {
        dutyApplies = true;
        if (answer === "passes") dutyMet = true;
      }
    }
    allRefused &&= fires;
    allAdmitted &&= passesAll;
    dutyAlwaysMet &&= dutyMet;
    return true;
  });
  return { outcome: allRefused ? "refused" : allAdmitted ? "admitted" : "undecided", seen, dutyAlwaysMet, dutyApplies };
}

/** Whether the verdict would be `admitted`; the same answer as `survey`, and the first obstacle ends it. */
export function admits(set: RuleSet, state: State): boolean {
  if (combinations(set, state) > mostCombinations) return false;
  return eachCombination(set, state, (_best, worst) => {
    for (const rule of set.rules) if (rule.forbids[indexAt(rule, worst)] === 1) return false;
    return true;
  });
}

/** How many combinations of the selecting facts are possible. */
export function combinations(set: RuleSet, state: State): number {
  return set.selecting.reduce((product, fact) => product * state.possible[fact]!.length, 1);
}

/**
 * Calls `visit` for every combination, the last selecting fact running fastest, with the places of all facts at the
 * best and at the worst corner (the arrays are used again). Ends early, with `false`, when `visit` answers `false`.
 */
export function eachCombination(
  set: RuleSet,
  state: State,
  visit: (best: Int32Array, worst: Int32Array) => boolean,
): boolean {
  const best = state.best.slice();
  const worst = state.worst.slice();
  const total = combinations(set, state);
  for (let number = 0; number < total; number++) {
    let rest = number;
    for (let at = set.selecting.length - 1; at >= 0; at--) {
      const fact = set.selecting[at]!;
      const possible = state.possible[fact]!;
      const place = possible[rest % possible.length]!;
      best[fact] = place;
      worst[fact] = place;
      rest = Math.floor(rest / possible.length);
    }
    if (!visit(best, worst)) return false;
  }
  return true;
}

/** Where in the rule's table these places of the facts are. */
export function indexAt(rule: TabledRule, places: Int32Array): number {
  let index = 0;
  for (const slot of rule.slots) index += places[slot.fact]! * slot.stride;
  return index;
}

/** What a rule answers, as a verdict shows it. */
export function answerOf({ rule }: TabledRule, seen: Seen): RuleAnswer {
  return {
    id: rule.id,
    state: stateOf(seen),
    applies: !seen.applies ? "never" : seen.silent ? "sometimes" : "always",
    // Whatever fires or depends under a combination keeps that very combination from being admitted.
    reason: rule.kind !== "advice" && (seen.fires || seen.depends),
  };
}

function stateOf(seen: Seen): RuleAnswer["state"] {
  if (!seen.applies) return "silent";
  if (seen.depends) return "depends";
  if (seen.fires) return seen.passes ? "mixed" : "fires";
  return "passes";
}

function ask(rule: TabledRule, best: Int32Array, worst: Int32Array): "fires" | "depends" | "passes" {
  if (rule.forbids[indexAt(rule, best)] === 1) return "fires";
  return rule.forbids[indexAt(rule, worst)] === 1 ? "depends" : "passes";
}

/** Whether some value of its graded facts, possible here or not, would make the rule fire: then the worst of all does. */
function appliesAt(rule: TabledRule, places: Int32Array): boolean {
  let index = 0;
  for (const slot of rule.slots) if (!slot.graded) index += places[slot.fact]! * slot.stride;
  return rule.forbids[index] === 1;
}

function note(seen: Seen, answer: "fires" | "depends" | "passes", applies: boolean): void {
  seen[answer] = true;
  seen[applies ? "applies" : "silent"] = true;
}
