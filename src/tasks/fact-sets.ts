import { type Facts, isKnown, type Source } from "../model/fact.ts";

/** Distinct sets of facts, numbered. Two sets are one if no verdict can tell them apart. */
export class FactSets {
  readonly #sets: Facts[] = [];
  readonly #numbers = new Map<string, number>();

  number(facts: Facts): number {
    const name = signature(facts);
    const held = this.#numbers.get(name);
    if (held !== undefined) return held;
    this.#numbers.set(name, this.#sets.length);
    return this.#sets.push(facts) - 1;
  }

  at(number: number): Facts {
    return this.#sets[number]!;
  }
}

/** What decides: values still possible, why open and for whom, grades and days of sources; not texts or files. */
function signature(facts: Facts): string {
  const parts = Object.entries(facts).map(([name, fact]) => [
    name,
    fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible,
    isKnown(fact) ? [] : [...new Set(fact.why.map(({ code, who }) => `${code} ${who}`))].sort(),
    [...new Set(fact.sources.flatMap(weight))].sort(),
  ]);
  return JSON.stringify(parts);
}

function weight(source: Source): readonly string[] {
  return source.kind === "statement" ? [`${source.grade} ${source.day ?? ""}`] : [];
}
