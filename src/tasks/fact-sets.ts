import { type Fact, type Facts, isKnown, type Source } from "../model/fact.ts";

/** Distinct sets of facts, numbered. Two sets are one if no verdict can tell them apart. */
export class FactSets {
  readonly #sets: Facts[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #signatures = new WeakMap<Fact, string>();

  number(facts: Facts): number {
    let name = "";
    for (const key in facts) name += `${key} ${this.#signature(facts[key]!)}\n`;
    const held = this.#numbers.get(name);
    if (held !== undefined) return held;
    this.#numbers.set(name, this.#sets.length);
    return this.#sets.push(facts) - 1;
  }

  at(number: number): Facts {
    return this.#sets[number]!;
  }

  #signature(fact: Fact): string {
    const held = this.#signatures.get(fact) ?? signature(fact);
    this.#signatures.set(fact, held);
    return held;
  }
}

/** What decides: values still possible, why open and for whom, grades and days of sources; not texts or files. */
function signature(fact: Fact): string {
  const values = fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible;
  const why = isKnown(fact) ? [] : fact.why.map(({ code, who }) => `${code}/${who}`);
  const weights = fact.sources.flatMap(weight);
  return `${values.join()} ${distinct(why)} ${distinct(weights)}`;
}

function distinct(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join() : [...new Set(texts)].sort().join();
}

function weight(source: Source): readonly string[] {
  return source.kind === "statement" ? [`${source.grade}/${source.day ?? ""}`] : [];
}
