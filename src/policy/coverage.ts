import type { Pack } from "../model/pack.ts";
import type { RuleAnswer } from "../model/verdict.ts";
import { encode, rulesFor } from "./compile.ts";
import { factsOf, type PackTest } from "./pack-tests.ts";
import { answerOf, survey } from "./survey.ts";

/** What a case shows of a rule. A rule that is open only because a selecting fact is (`mixed`) is shown to depend. */
export type Shown = "fires" | "passes" | "depends";

/** For every rule of a pack the names of the cases that make it fire, pass and depend, in the order of the cases. */
export function coverageOf(
  pack: Pack,
  tests: readonly PackTest[],
): ReadonlyMap<string, Readonly<Record<Shown, readonly string[]>>> {
  const shown = tests.flatMap((test) => statesIn(pack, test).map(({ id, state }) => ({ id, state, test: test.name })));
  const names = (id: string, ...states: readonly RuleAnswer["state"][]) =>
    shown.filter((one) => one.id === id && states.includes(one.state)).map(({ test }) => test);
  return new Map(
    pack.rules.map(({ id }) => [
      id,
      { fires: names(id, "fires"), passes: names(id, "passes"), depends: names(id, "depends", "mixed") },
    ]),
  );
}

/** What each rule answers to a case, advice too, which a verdict names only where it fires or is open. */
function statesIn(pack: Pack, test: PackTest): readonly RuleAnswer[] {
  const question = { action: test.action, asOf: test.asOf };
  return (["decide", "advise"] as const).flatMap((purpose) => {
    const set = rulesFor(pack, question, purpose);
    const found = survey(set, encode(set, factsOf(pack, test)));
    return found ? found.seen.map((seen, at) => answerOf(set.rules[at]!, seen)) : [];
  });
}
