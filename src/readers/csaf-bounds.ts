import { documentProblem, type Problem } from "../model/problem.ts";
import { outOfBounds } from "./bounds.ts";

const bounds = { values: 1_000_000, text: 1_000_000, comparisons: 5e8 };
/** Lookups of ids in lists of their definitions, by the conformance tests. */
const mostLookups = 2e9;
/** Products in or on others may build on each other; the conformance tests look along every way. */
const longestChain = 8;

/**
 * What speaks against running the conformance tests on a document: they look up every reference in the list of all ids, and
 * follow relationships along all ways, which can be more than there are atoms. Undefined: nothing.
 */
export function unfitForTests(value: unknown, file: string): Problem | undefined {
  return outOfBounds(value, file, bounds) ?? tooManyLookups(value, file) ?? chainProblem(value, file);
}

function tooManyLookups(value: unknown, file: string): Problem | undefined {
  let [ids, references] = [0, 0];
  const visit = (inner: unknown) => {
    if (typeof inner !== "object" || inner === null) return;
    for (const [key, child] of Object.entries(inner)) {
      if (key === "product_id" || key === "group_id") ids++;
      else if (typeof child === "string") references++;
      else visit(child);
    }
  };
  visit(value);
  if (ids * references <= mostLookups) return undefined;
  const message = `${ids} products and ${references} texts are too many to look up each in the other`;
  return documentProblem("too-large", message, { file }, "ask its publisher for a smaller one");
}

function chainProblem(value: unknown, file: string): Problem | undefined {
  const place = { file, pointer: "/product_tree/relationships" };
  const relationships = listAt(value, "product_tree", "relationships");
  const parts = Map.groupBy(relationships, (one) => fieldAt(one, "full_product_name", "product_id"));
  let ways = new Map([...parts].map(([id, same]) => [id, same.length]));
  for (let length = 1; ways.size > 0; length++) {
    if (length > longestChain) {
      const message = `CSAF 2.0, test 6.1.3: relationships lead back to themselves or are more than ${longestChain} deep`;
      return documentProblem("cycle", message, place);
    }
    const steps = [...ways.values()].reduce((sum, count) => sum + count, 0);
    if (steps * relationships.length > mostLookups) {
      return documentProblem("too-large", "relationships join in too many ways to follow them all", place);
    }
    ways = oneStep(ways, parts);
  }
  return undefined;
}

/** In how many ways each product is reached from those before it. */
function oneStep(ways: ReadonlyMap<unknown, number>, parts: ReadonlyMap<unknown, readonly unknown[]>) {
  const next = new Map<unknown, number>();
  for (const [id, count] of ways) {
    for (const relationship of parts.get(id) ?? []) {
      for (const name of ["product_reference", "relates_to_product_reference"]) {
        const part = fieldAt(relationship, name);
        if (parts.has(part)) next.set(part, (next.get(part) ?? 0) + count);
      }
    }
  }
  return next;
}

function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = fieldAt(value, ...path);
  return Array.isArray(list) ? list : [];
}

function fieldAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name) ? Reflect.get(inner, name) : undefined,
    value,
  );
}
