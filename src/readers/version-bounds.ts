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

/**
 * Whether a version keeps a bound. One that only adds numbers to it (`2.3.1` to `2.3`) may be meant by it, and whether two
 * that are the same as numbers and spelt otherwise (`2.3.0`, `V2.3`) are one version only the maker knows.
 */
export function holdsBound({ operator, version: bound }: Bound, version: string, compare: Compare): Answer {
  const order = compare(version, bound);
  if (order === undefined) return "unknown";
  if (typeof order === "string") return surely[order][operator] ?? "unknown";
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

/** What holds in every scheme of a version that stands so to a bound. */
const surely: Readonly<Record<Extract<Order, string>, Readonly<Partial<Record<Operator, boolean>>>>> = {
  within: { ">=": true, "<": false },
  respelt: { ">=": true, "<=": true, ">": false, "<": false },
  "more-zeros": { ">=": true, "<": false },
  "fewer-zeros": { "<=": true, ">": false },
};

/**
 * Whether a version lies in a list of bounds as VERS reads it (Package-URL VERS, "Checking if a version is contained within
 * a range"): inside a span between a lower and an upper bound, or equal to a single version, and not excluded.
 */
export function holdsUnion(bounds: readonly Bound[], version: string, compare: Compare): Answer {
  const isSpan = ({ operator }: Bound) => operator !== "=" && operator !== "!=";
  const ordered = inOrder(bounds.filter(isSpan), compare);
  const spans = ordered && spansOf(ordered);
  if (!spans) return "unknown";
  const included = bounds.filter(({ operator }) => operator === "=");
  const excluded = bounds.filter(({ operator }) => operator === "!=");
  const keeps = (bound: Bound) => holdsBound(bound, version, compare);
  const onlyExcludes = spans.length === 0 && included.length === 0;
  const inside = onlyExcludes || anyOf([...spans.map((span) => allOf(span.map(keeps))), ...included.map(keeps)]);
  return allOf([inside, ...excluded.map(keeps)]);
}

/** Bounds from the lowest up, as VERS wants them; undefined if they stand in another order that cannot be put right. */
function inOrder(bounds: readonly Bound[], compare: Compare): readonly Bound[] | undefined {
  const isAfter = (a: Bound, b: Bound) => [1, "within"].includes(compare(a.version, b.version) ?? 0);
  if (!bounds.some((bound, at) => at > 0 && isAfter(bounds[at - 1]!, bound))) return bounds;
  const sorted = bounds.toSorted((a, b) => (isAfter(a, b) ? 1 : isAfter(b, a) ? -1 : 0));
  // Only if each is surely before the next was it a matter of order alone.
  const isSure = sorted.every((bound, at) => at === 0 || isAfter(bound, sorted[at - 1]!));
  return isSure ? sorted : undefined;
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
