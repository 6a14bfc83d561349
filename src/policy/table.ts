import type { FactDefinition, FactValue } from "../model/fact.ts";
import type { Rule } from "../model/pack.ts";
import type { Action } from "../model/verdict.ts";
import { type Answer, type CedarValueJson, prepare } from "./cedar.ts";
import type { Fault } from "./guard.ts";
import { cedarSchema, cedarValue, fits } from "./schema.ts";

const mostEntries = 10_000;

/** How many entries the table over these facts has. */
export function entries(facts: readonly FactDefinition[]): number {
  return facts.reduce((product, fact) => product * fact.values.length, 1);
}

/** Refusal of a rule that reads more than can be asked exhaustively. */
export function tooLarge(facts: readonly FactDefinition[]): Fault | undefined {
  const count = entries(facts);
  if (count <= mostEntries) return undefined;
  const sizes = facts.map((fact) => `${fact.name} ${fact.values.length}`).join(", ");
  return {
    message: `expected a table of at most ${mostEntries} entries, got ${count} (${sizes})`,
    hint: "split the rule, or let one fact stand for several",
  };
}

/** Asks Cedar a rule over all values of the facts it reads; the answer is a table's `forbids`, or what went wrong. */
export type Tabulate = (
  rule: Pick<Rule, "id" | "text">,
  facts: readonly FactDefinition[],
  action: Action,
) => Uint8Array | Fault;

/**
 * Prepares the asking of rules, each beside the blanket permit, over all values that the facts it reads can take; all
 * other facts have an arbitrary valid value. Entry `i` is 1 where the rule forbids (see `TruthTable`). One action
 * stands for all that have the same facts, for a rule's conditions cannot look at it. A fault: Cedar erred on an entry.
 */
export function tabulator(catalogue: readonly FactDefinition[], actions: readonly Action[]): Tabulate {
  const withRules = prepare(cedarSchema(catalogue, actions));
  return (rule, facts, action) => {
    const ask = withRules(new Map([[rule.id, rule.text]]));
    return tabulate(rule.id, facts, (context) => ask(action, context), anyContext(catalogue, action));
  };
}

function tabulate(
  id: string,
  facts: readonly FactDefinition[],
  ask: (context: Record<string, CedarValueJson>) => Answer,
  context: Record<string, CedarValueJson>,
): Uint8Array | Fault {
  const forbids = new Uint8Array(entries(facts));
  for (let index = 0; index < forbids.length; index++) {
    const values = valuesAt(facts, index);
    facts.forEach((fact, at) => {
      context[fact.name] = cedarValue(fact, values[at]!);
    });
    const answer = ask(context);
    if (answer.kind === "failed") {
      return {
        message: `cedar cannot evaluate rule \`${id}\` at ${describe(facts, values)}: ${answer.message}`,
        hint: "a rule must have an answer for every value of its facts",
      };
    }
    forbids[index] = answer.forbids.includes(id) ? 1 : 0;
  }
  return forbids;
}

/** The values an index of a table stands for: mixed radix, first fact most significant. */
export function valuesAt(facts: readonly FactDefinition[], index: number): readonly FactValue[] {
  const values: FactValue[] = [];
  let rest = index;
  for (const fact of facts.toReversed()) {
    values.unshift(fact.values[rest % fact.values.length]!);
    rest = Math.floor(rest / fact.values.length);
  }
  return values;
}

/** How far apart two entries of a table are that differ by one step of each fact. */
export function strides(facts: readonly FactDefinition[]): readonly number[] {
  return facts.map((_, at) => entries(facts.slice(at + 1)));
}

/** Graded facts that, made better, turn the rule from passing to firing; with an example of each. */
export function notMonotone(id: string, facts: readonly FactDefinition[], forbids: Uint8Array): readonly Fault[] {
  return strides(facts).flatMap((stride, at) => {
    const fact = facts[at]!;
    if (fact.mode !== "graded") return [];
    const index = forbids.findIndex((fires, here) => {
      const position = Math.floor(here / stride) % fact.values.length;
      return fires === 0 && position + 1 < fact.values.length && forbids[here + stride] === 1;
    });
    if (index < 0) return [];
    const better = describe(facts, valuesAt(facts, index + stride));
    return [
      {
        message: `rule \`${id}\` fires when \`${fact.name}\` gets better: it passes at ${describe(facts, valuesAt(facts, index))} and fires at ${better}`,
        hint: `\`${fact.name}\` runs from worst to best as ${fact.values.join(", ")}; turn the condition round`,
      },
    ];
  });
}

/** Facts and values as people read them. */
export function describe(facts: readonly FactDefinition[], values: readonly FactValue[]): string {
  return facts.length === 0 ? "all values" : facts.map((fact, at) => `${fact.name} ${values[at]}`).join(", ");
}

function anyContext(catalogue: readonly FactDefinition[], action: Action): Record<string, CedarValueJson> {
  const fitting = catalogue.filter((fact) => fits(fact, action));
  return Object.fromEntries(fitting.map((fact) => [fact.name, cedarValue(fact, fact.values[0]!)]));
}
