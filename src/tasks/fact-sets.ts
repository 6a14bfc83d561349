import { type Fact, type Facts, isKnown, type Source } from "../model/fact.ts";
import type { Waiver } from "../model/verdict.ts";

const noWaivers: readonly Waiver[] = [];

/** Distinct sets of facts with what is waived for them, numbered. Two sets are one if no verdict can tell them apart. */
export class FactSets {
  readonly #sets: Facts[] = [];
  readonly #waivers: (readonly Waiver[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #kinds = new Map<string, number>();
  readonly #facts = new WeakMap<Fact, { readonly key: string; readonly kind: number }>();

  number(facts: Facts, waivers: readonly Waiver[] = noWaivers): number {
    let name = waivers.map(({ exception }) => `${exception};`).join("");
    for (const key in facts) name += `${this.#kind(key, facts[key]!)},`;
    const held = this.#numbers.get(name);
    if (held !== undefined) return held;
    this.#numbers.set(name, this.#sets.length);
    this.#waivers.push(waivers);
    return this.#sets.push(facts) - 1;
  }

  at(number: number): Facts {
    return this.#sets[number]!;
  }

  waiversAt(number: number): readonly Waiver[] {
    return this.#waivers[number]!;
  }

  /** Number of what decides in a fact of that name; short, because names of sets are made a million times. */
  #kind(key: string, fact: Fact): number {
    const held = this.#facts.get(fact);
    if (held?.key === key) return held.kind;
    const name = `${key} ${signature(fact)}`;
    const kind = this.#kinds.get(name) ?? this.#kinds.size;
    this.#kinds.set(name, kind);
    this.#facts.set(fact, { key, kind });
    return kind;
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
