import { type Fact, type FactDefinition, type Facts, type FactValue, isKnown } from "../model/fact.ts";
import type { ShownFact } from "../model/report-data.ts";

/** Facts as chains show them, each distinct one once. */
export class ShownFacts {
  readonly all: ShownFact[] = [];
  readonly #numbers = new Map<string, number>();

  /** Places in `all` of the facts that are defined, in the order of their definitions. */
  numbers(definitions: readonly FactDefinition[], facts: Facts): readonly number[] {
    return definitions.flatMap((definition) => {
      const fact = facts[definition.name];
      return fact ? [this.#number(shown(definition, fact))] : [];
    });
  }

  #number(fact: ShownFact): number {
    const name = JSON.stringify(fact);
    const held = this.#numbers.get(name);
    if (held !== undefined) return held;
    this.#numbers.set(name, this.all.length);
    return this.all.push(fact) - 1;
  }
}

function shown(definition: FactDefinition, fact: Fact): ShownFact {
  const { name, question, labels } = definition;
  const possible = possibleValues(definition, fact);
  return {
    ...{ name, question },
    values: possible,
    labels: possible.map((value) => labels?.[definition.values.indexOf(value)] ?? String(value)),
    known: isKnown(fact),
    sources: fact.sources,
    why: fact.why,
  };
}

/** From worst to best, or the set. */
function possibleValues({ values }: FactDefinition, fact: Fact): readonly FactValue[] {
  if (fact.kind === "selecting") return fact.possible;
  return values.slice(values.indexOf(fact.worst), values.indexOf(fact.best) + 1);
}
