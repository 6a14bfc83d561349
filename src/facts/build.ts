import type { FactDefinition, FactValue, GradedFact, SelectingFact, Source, Why } from "../model/fact.ts";

/** A graded fact between two of its values; `why` is kept only if it is open. */
export function graded(
  worst: FactValue,
  best: FactValue,
  sources: readonly Source[],
  why: readonly Why[] = [],
): GradedFact {
  return { kind: "graded", worst, best, sources, why: worst === best ? [] : why };
}

/** A selecting fact with the values still possible, in the definition's order; `why` is kept only if it is open. */
export function selecting(
  definition: FactDefinition,
  possible: Iterable<FactValue>,
  sources: readonly Source[],
  why: readonly Why[] = [],
): SelectingFact {
  const left = new Set(possible);
  const sorted = definition.values.filter((value) => left.has(value));
  return { kind: "selecting", possible: sorted, sources, why: sorted.length === 1 ? [] : why };
}

/** Whether something holds: yes, no, or not known. */
export type Known = boolean | "unknown";
