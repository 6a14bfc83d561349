import type { Order } from "./version-text.ts";

/** Whether something holds, or that nobody can tell. */
export type Answer = boolean | "unknown";
export type Compare = (version: string, other: string) => Order;
export type Operator = "<" | "<=" | ">" | ">=" | "=" | "!=";

export interface Bound {
  readonly operator: Operator;
  readonly version: string;
}

/** Bounds that one text may have. */
export const mostBounds = 100;

/** Whether a version keeps a bound. A version that only adds numbers to it (`2.3.1` to `2.3`) may be meant by it. */
export function holdsBound({ operator, version: bound }: Bound, version: string, compare: Compare): Answer {
  const order = compare(version, bound);
  if (order === undefined) return "unknown";
  if (order === "within") return operator === ">=" ? true : operator === "<" ? false : "unknown";
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
  }
}

/**
 * Whether a version lies in a list of bounds as VERS reads it (Package-URL VERS, "Checking if a version is contained within
 * a range"): inside a span between a lower and an upper bound, or equal to a single version, and not excluded.
 */
export function holdsUnion(bounds: readonly Bound[], version: string, compare: Compare): Answer {
  const isSpan = ({ operator }: Bound) => operator !== "=" && operator !== "!=";
  const spans = spansOf(bounds.filter(isSpan));
  if (!spans) return "unknown";
  const included = bounds.filter(({ operator }) => operator === "=");
  const excluded = bounds.filter(({ operator }) => operator === "!=");
  const keeps = (bound: Bound) => holdsBound(bound, version, compare);
  const onlyExcludes = spans.length === 0 && included.length === 0;
  const inside = onlyExcludes || anyOf([...spans.map((span) => allOf(span.map(keeps))), ...included.map(keeps)]);
  return allOf([inside, ...excluded.map(keeps)]);
}

/** Pairs of a lower and an upper bound; the first may lack the lower, the last the upper one. Otherwise undefined. */
function spansOf(bounds: readonly Bound[]): readonly (readonly Bound[])[] | undefined {
  const spans: Bound[][] = [];
  for (const [index, bound] of bounds.entries()) {
    const last = spans.at(-1);
    const isOpen = last?.length === 1 && last[0]!.operator.startsWith(">");
    const isLower = bound.operator.startsWith(">");
    if (isLower) {
      if (isOpen) return undefined;
      spans.push([bound]);
    } else if (isOpen) last?.push(bound);
    else if (index === 0) spans.push([bound]);
    else return undefined;
  }
  return spans;
}

/** Whether all hold: one that does not settles it, one that nobody can tell leaves it open. */
export function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes("unknown") ? "unknown" : true;
}

/** Whether one holds: one that does settles it, one that nobody can tell leaves it open. */
export function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}
