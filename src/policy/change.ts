import type { Facts } from "../model/fact.ts";
import type { Pack } from "../model/pack.ts";
import type { LeastChange, NamedAction } from "../model/verdict.ts";
import { encode, encodeFact, type Question, type RuleSet, rulesFor, type State } from "./compile.ts";
import { decide } from "./decide.ts";
import { compareText } from "./refusal.ts";
import { admits } from "./survey.ts";

/** What an action makes of one fact: places in the fact's values, as `encodeFact` gives them. */
interface Patch {
  readonly fact: number;
  readonly places: readonly number[];
}

interface Step {
  readonly action: NamedAction;
  readonly patches: readonly Patch[];
}

/**
 * The smallest set of up to three actions that would admit: fewest actions first, then lowest total effort, then ids.
 * An action's facts take the place of those given; where two actions set the same fact, a graded one has the better
 * of the two, a selecting one may be either (so that neither is promised). Actions of nobody are no way out. Without
 * such a set: the remedies of the rules that stand against it. Already admitted: no actions, no remedies.
 */
export function leastChange(
  pack: Pack,
  question: Question,
  facts: Facts,
  actions: readonly NamedAction[],
): LeastChange {
  const set = rulesFor(pack, question, "decide");
  const state = encode(set, facts);
  if (admits(set, state)) return { actions: [], remedies: [] };
  const steps = usefulSteps(set, actions);
  for (const size of [1, 2, 3]) {
    const found = cheapest(set, state, steps, size);
    if (found) return { actions: found.map(({ action }) => shown(action)), remedies: [] };
  }
  return { remedies: remediesOf(pack, decide(pack, question, facts).reasons) };
}

/** Actions that somebody can take and that set a fact some rule reads; any other could be left out of a set. */
function usefulSteps(set: RuleSet, actions: readonly NamedAction[]): readonly Step[] {
  return actions
    .filter((action) => action.who !== "nobody")
    .map((action) => ({ action, patches: patchesOf(set, action.sets) }))
    .filter(({ patches }) => patches.length > 0)
    .sort((a, b) => compareText(a.action.id, b.action.id));
}

function patchesOf(set: RuleSet, sets: Facts): readonly Patch[] {
  return set.facts.flatMap((definition, fact) => {
    if (!Object.hasOwn(sets, definition.name)) return [];
    return [{ fact, places: encodeFact(definition, sets[definition.name]!) }];
  });
}

/**
 * Among the sets of `size` steps that suffice the one of least effort; of equals the first by ids. The state grows
 * with the set, so that a long search copies little.
 */
function cheapest(set: RuleSet, state: State, steps: readonly Step[], size: number): readonly Step[] | undefined {
  let found: readonly Step[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  const choose = (chosen: readonly Step[], now: State, from: number, effort: number): void => {
    if (effort >= least) return;
    if (chosen.length === size) {
      if (admits(set, now)) [found, least] = [chosen, effort];
      return;
    }
    for (let at = from; at < steps.length; at++) {
      const step = steps[at]!;
      choose([...chosen, step], afterStep(set, now, chosen, step), at + 1, effort + step.action.effort);
    }
  };
  choose([], state, 0, 0);
  return found;
}

/** The state once a further action is done after those chosen. */
function afterStep(set: RuleSet, state: State, chosen: readonly Step[], { patches }: Step): State {
  const worst = state.worst.slice();
  const best = state.best.slice();
  const possible = [...state.possible];
  for (const { fact, places } of patches) {
    const again = chosen.some((step) => step.patches.some((patch) => patch.fact === fact));
    if (set.facts[fact]!.mode === "selecting") {
      possible[fact] = again ? [...new Set([...possible[fact]!, ...places])] : places;
    } else {
      worst[fact] = again ? Math.max(worst[fact]!, places[0]!) : places[0]!;
      best[fact] = again ? Math.max(best[fact]!, places[1]!) : places[1]!;
    }
  }
  return { worst, best, possible };
}

function shown({ id, title, who, effort }: NamedAction): NonNullable<LeastChange["actions"]>[number] {
  return { id, title, who, effort };
}

function remediesOf(pack: Pack, reasons: readonly string[]): readonly string[] {
  const texts = pack.rules.filter((rule) => reasons.includes(rule.id)).map((rule) => rule.remedy);
  return [...new Set(texts)];
}
