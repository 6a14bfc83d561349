import type { Day } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Fact, FactDefinition, Facts } from "../model/fact.ts";
import type { Pack, Rule } from "../model/pack.ts";
import type { Action } from "../model/verdict.ts";
import { compareText } from "./refusal.ts";
import { strides } from "./table.ts";

/** What the engine needs of a question beside its facts. */
export interface Question {
  readonly action: Action;
  readonly asOf: Day;
}

/** Which of the two sets of a pack: rules that decide, or advice that never does. */
export type Purpose = "decide" | "advise";

/** A rule with its table, and for each fact it reads where that fact stands in the set and how far it moves the index. */
export interface TabledRule {
  readonly rule: Rule;
  readonly forbids: Uint8Array;
  readonly slots: readonly { readonly fact: number; readonly stride: number; readonly graded: boolean }[];
}

/** The rules that hold for one action on one day, and the facts they read, by name. */
export interface RuleSet {
  readonly rules: readonly TabledRule[];
  readonly facts: readonly FactDefinition[];
  /** Places of the selecting ones among `facts`. */
  readonly selecting: readonly number[];
}

/**
 * What is still possible, as places in the definitions' values: of graded facts the span from `worst` to `best`, of
 * selecting ones the list `possible`.
 */
export interface State {
  readonly worst: Int32Array;
  readonly best: Int32Array;
  readonly possible: readonly (readonly number[])[];
}

// Sets differ only by which rules hold, so their number is bounded by the pack, not by the days asked about.
const compiled = new WeakMap<Pack, Map<string, RuleSet>>();

/** The rules of a pack that hold on the as-of day. Throws `UserError` if the pack does not speak of the action. */
export function rulesFor(pack: Pack, { action, asOf }: Question, purpose: Purpose): RuleSet {
  if (!pack.actions.includes(action)) {
    const known = pack.actions.map((name) => `\`${name}\``).join(", ");
    throw new UserError(`pack \`${pack.name}\` says nothing about \`${action}\``, `it speaks of ${known}`);
  }
  const rules = pack.rules.filter((rule) => (rule.kind === "advice") === (purpose === "advise") && holds(rule, asOf));
  const key = `${action} ${rules.map((rule) => rule.id).join(" ")}`;
  const sets = compiled.get(pack) ?? new Map<string, RuleSet>();
  compiled.set(pack, sets);
  const set = sets.get(key) ?? compile(pack, rules, action);
  sets.set(key, set);
  return set;
}

function holds({ from, until }: Rule, asOf: Day): boolean {
  return (from === undefined || from <= asOf) && (until === undefined || asOf <= until);
}

function compile(pack: Pack, rules: readonly Rule[], action: Action): RuleSet {
  const tabled = rules.flatMap((rule) => {
    const table = pack.tables.get(rule.id)?.find((candidate) => candidate.action === action);
    return table ? [{ rule, table }] : [];
  });
  const read = new Set(tabled.flatMap(({ table }) => table.facts));
  const facts = [...read].sort((a, b) => compareText(a.name, b.name));
  return {
    facts,
    selecting: facts.flatMap((fact, at) => (fact.mode === "selecting" ? [at] : [])),
    rules: tabled.map(({ rule, table }) => {
      const steps = strides(table.facts);
      const slots = table.facts.map((fact, at) => {
        return { fact: facts.indexOf(fact), stride: steps[at]!, graded: fact.mode === "graded" };
      });
      return { rule, forbids: table.forbids, slots };
    }),
  };
}

/** The fact as given, or wide open because nobody said anything about it. */
export function factOf(facts: Facts, definition: FactDefinition): Fact {
  if (Object.hasOwn(facts, definition.name)) return facts[definition.name]!;
  const { mode, name, values, who } = definition;
  const why = [{ code: "missing", text: `nothing is known about \`${name}\``, who: who[0] ?? "nobody" } as const];
  if (mode === "selecting") return { kind: "selecting", possible: values, sources: [], why };
  return { kind: "graded", worst: values[0]!, best: values.at(-1)!, sources: [], why };
}

/** Facts as places in their values. Throws a plain `Error` for a fact that does not fit its definition: a bug. */
export function encode(set: RuleSet, facts: Facts): State {
  const worst = new Int32Array(set.facts.length);
  const best = new Int32Array(set.facts.length);
  const possible = set.facts.map((definition, at): readonly number[] => {
    const places = encodeFact(definition, factOf(facts, definition));
    if (definition.mode === "selecting") return places;
    [worst[at], best[at]] = [places[0]!, places[1]!];
    return [];
  });
  return { worst, best, possible };
}

/** Places in the definition's values: of a graded fact worst and best, of a selecting one all that are possible. */
export function encodeFact(definition: FactDefinition, fact: Fact): readonly number[] {
  const { name, mode, values } = definition;
  if (fact.kind !== mode) throw new Error(`fact ${name} is ${mode}, got a ${fact.kind} one`);
  const given = fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible;
  const places = given.map((value) => values.indexOf(value));
  const stray = places.indexOf(-1);
  if (stray >= 0) throw new Error(`fact ${name} cannot be ${given[stray]}`);
  if (fact.kind === "graded" && places[0]! > places[1]!) throw new Error(`fact ${name}: worst is better than best`);
  if (places.length === 0) throw new Error(`fact ${name} has no possible value`);
  return places;
}
