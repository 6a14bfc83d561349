import type { FactDefinition, FactValue } from "../model/fact.ts";
import type { CedarValueJson, Expr, ExprNoExt, PolicyJson } from "./cedar.ts";
import { typeName } from "./schema.ts";

/** What in a rule's text is not allowed, and how to write it instead. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** What a rule reads and speaks of, as far as its text says. */
export interface Shape {
  /** Names of the facts in its conditions, sorted, whether or not the catalogue has them. */
  readonly reads: readonly string[];
  /** Actions its head names; absent: it names none. */
  readonly names?: readonly string[];
  readonly faults: readonly Fault[];
}

interface Found {
  readonly reads: Set<string>;
  readonly faults: Fault[];
  readonly facts: ReadonlyMap<string, FactDefinition>;
}

/**
 * Checks that a rule is one that can be asked over all values of its facts and never errs: `context.fact`, a fact
 * compared with a value, `&&`, `||`, `!` and `if`. Everything else Cedar can do is a fault that says what to write.
 */
export function readShape(json: PolicyJson, facts: ReadonlyMap<string, FactDefinition>): Shape {
  const found: Found = { reads: new Set(), faults: [], facts };
  const names = readHead(json, found);
  for (const { body } of json.conditions) walk(body, found);
  return { reads: [...found.reads].sort(), ...(names && { names }), faults: found.faults };
}

/** Whether a policy is the one permit of a pack: for everyone and everything, without conditions. */
export function isBlanket(json: PolicyJson): boolean {
  const { principal, action, resource, conditions } = json;
  return principal.op === "All" && action.op === "All" && resource.op === "All" && conditions.length === 0;
}

function readHead(json: PolicyJson, found: Found): readonly string[] | undefined {
  for (const part of ["principal", "resource"] as const) {
    if (json[part].op === "All") continue;
    fault(
      found,
      `the head limits \`${part}\``,
      `write just \`${part}\`; everything a rule may look at is in \`context\``,
    );
  }
  if (json.action.op === "All") return undefined;
  const named = "entities" in json.action ? json.action.entities : "entity" in json.action ? [json.action.entity] : [];
  return named.map((uid) => ("__entity" in uid ? uid.__entity.id : uid.id));
}

function walk(expr: Expr, found: Found): void {
  const node = expr as ExprNoExt;
  const inner = joinedBy(node);
  const sides = comparison(node);
  const operator = Object.keys(expr)[0] ?? "";
  if (inner) for (const part of inner) walk(part, found);
  else if (sides) compare(operator, sides, found);
  else if ("." in node) attribute(node, found);
  else if ("Var" in node) fault(found, `\`${node.Var}\` stands by itself`, "read facts only, as `context.fact`");
  else if (!("Value" in node)) fault(found, ...notAllowed(operator));
}

/** What `!`, `&&`, `||` or `if` join. */
function joinedBy(node: ExprNoExt): readonly Expr[] | undefined {
  if ("!" in node) return [node["!"].arg];
  if ("&&" in node) return [node["&&"].left, node["&&"].right];
  if ("||" in node) return [node["||"].left, node["||"].right];
  if (!("if-then-else" in node)) return undefined;
  const { if: condition, then, else: otherwise } = node["if-then-else"];
  return [condition, then, otherwise];
}

function attribute(node: Extract<ExprNoExt, { ".": unknown }>, found: Found): void {
  const { left, attr } = node["."];
  if ("Var" in left && left.Var === "context") {
    found.reads.add(attr);
    return;
  }
  const what = "Var" in left ? `an attribute of \`${left.Var}\`` : "an attribute of an attribute";
  fault(found, `\`.${attr}\` is ${what}`, "read facts only, as `context.fact`");
}

type Sides = { readonly left: Expr; readonly right: Expr };

function comparison(node: ExprNoExt): Sides | undefined {
  if ("==" in node) return node["=="];
  if ("!=" in node) return node["!="];
  if ("<" in node) return node["<"];
  if ("<=" in node) return node["<="];
  if (">" in node) return node[">"];
  if (">=" in node) return node[">="];
  return undefined;
}

function compare(operator: string, { left, right }: Sides, found: Found): void {
  const before = found.faults.length;
  for (const side of [left, right]) walk(side, found);
  if (found.faults.length > before) return;
  const [a, b] = [factOf(left), factOf(right)];
  if (a !== undefined && b !== undefined) {
    const instead = "compare each with a value, or make one fact of the comparison";
    fault(found, `\`${operator}\` compares two facts, \`${a}\` and \`${b}\``, instead);
    return;
  }
  const value = a !== undefined ? literalOf(right) : literalOf(left);
  const fact = a ?? b;
  if (fact === undefined || value === undefined) {
    fault(found, `\`${operator}\` does not compare a fact with a value`, 'write `context.fact == Fact::"word"`');
    return;
  }
  checkValue(fact, operator, value, found);
}

function factOf(expr: Expr): string | undefined {
  const node = expr as ExprNoExt;
  return "." in node ? node["."].attr : undefined;
}

/** What a fact is compared with: a number or boolean, or a word of a closed list with the list's type. */
type Literal = FactValue | { readonly type: string };

function literalOf(expr: Expr): Literal | undefined {
  const node = expr as ExprNoExt;
  if (!("Value" in node)) return undefined;
  const value = node.Value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  return isEntity(value) ? { type: value.__entity.type } : undefined;
}

function isEntity(value: CedarValueJson): value is { __entity: { type: string; id: string } } {
  return typeof value === "object" && value !== null && "__entity" in value;
}

// The validator lets both pass, and both would silently never hold: `== 7` on a scale that ends at 6, because it knows
// integers without their range, and a word of another list, because entities of two types are merely unequal.
function checkValue(name: string, operator: string, value: Literal, found: Found): void {
  const fact = found.facts.get(name);
  if (!fact) return;
  if (typeof value === "object") {
    const type = typeName(name);
    if (value.type === type || typeof fact.values[0] !== "string") return;
    fault(found, `\`${name}\` is compared with a word of \`${value.type}\``, `write \`${type}::"${fact.values[0]}"\``);
  } else if (operator === "==" || operator === "!=") {
    if (typeof value !== typeof fact.values[0] || fact.values.includes(value)) return;
    fault(found, `\`${name}\` never has the value \`${value}\``, `its values: ${fact.values.join(", ")}`);
  }
}

function fault(found: Found, message: string, hint: string): void {
  found.faults.push({ message, hint });
}

const arithmetic = new Set(["+", "-", "*", "neg"]);
const setOperators = new Set(["Set", "contains", "containsAll", "containsAny", "isEmpty"]);

function notAllowed(operator: string): [message: string, hint: string] {
  if (arithmetic.has(operator)) {
    const sign = operator === "neg" ? "-" : operator;
    return [
      `\`${sign}\` is arithmetic: where it overflows Cedar skips the rule and admits`,
      "let the facts cut the number into classes, and compare with one of them",
    ];
  }
  if (operator === "like") return ["`like` matches text", 'compare with words: `context.fact == Fact::"word"`'];
  if (operator === "has") {
    return ["`has` asks whether an attribute is there", "read the fact itself: every fact always has a value"];
  }
  if (setOperators.has(operator)) {
    return [`\`${operator === "Set" ? "[...]" : operator}\` works on a set`, "compare with each value, joined by `||`"];
  }
  if (operator === "in" || operator === "is") {
    return [`\`${operator}\` works on entities`, "compare with each value by `==`, joined by `||`"];
  }
  if (operator === "Record") return ["`{...}` is a record", "compare single facts with single values"];
  if (operator === "getTag" || operator === "hasTag") return [`\`${operator}\` reads tags`, "read `context.fact`"];
  return [`\`${operator}\` is an extension function`, "let the facts compute it, and read `context.fact`"];
}
