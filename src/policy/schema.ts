import type { FactDefinition, FactValue } from "../model/fact.ts";
import type { Action } from "../model/verdict.ts";
import type { CedarValueJson } from "./cedar.ts";

const mostValues = 101;
const taken = new Set(["Authority", "Question", "Action", "Bool", "Boolean", "Long", "String", "Set", "Record"]);
const reserved = /^(true|false|if|then|else|in|is|like|has|__cedar)$/;

/**
 * The Cedar schema of the questions that `actions` ask: everything a rule may read stands in `context`; booleans are
 * `Bool`, integers `Long`, and closed words enumerated entity types, so that a misspelt word does not validate.
 * Throws a plain `Error` if the catalogue itself is wrong, which is a bug.
 */
export function cedarSchema(catalogue: readonly FactDefinition[], actions: readonly Action[]): string {
  checkCatalogue(catalogue);
  const words = catalogue.filter((fact) => typeof fact.values[0] === "string");
  return [
    "entity Authority;",
    "entity Question;",
    ...words.map((fact) => `entity ${typeName(fact.name)} enum [${fact.values.map(quoted).join(", ")}];`),
    ...actions.map((action) => {
      const fields = catalogue.filter((fact) => fits(fact, action)).map((fact) => `  ${fact.name}: ${typeOf(fact)}`);
      return `action ${quoted(action)} appliesTo { principal: Authority, resource: Question, context: {\n${fields.join(",\n")}\n} };`;
    }),
    "",
  ].join("\n");
}

/** Whether a rule about `action` may read the fact: `depend` asks about a network, `disclose` about a partner, all others about an element. */
export function fits({ subject }: FactDefinition, action: Action): boolean {
  return subject === (action === "depend" ? "network" : action === "disclose" ? "partner" : "element");
}

/** A value as Cedar's JSON writes it. */
export function cedarValue(fact: FactDefinition, value: FactValue): CedarValueJson {
  return typeof value === "string" ? { __entity: { type: typeName(fact.name), id: value } } : value;
}

/** Name of the entity type of a fact of closed words: `functionClass` -> `FunctionClass`. */
export function typeName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function typeOf(fact: FactDefinition): string {
  const [value] = fact.values;
  return typeof value === "boolean" ? "Bool" : typeof value === "number" ? "Long" : typeName(fact.name);
}

function quoted(word: FactValue): string {
  return `"${word}"`;
}

function checkCatalogue(catalogue: readonly FactDefinition[]): void {
  const names = catalogue.map((fact) => fact.name);
  for (const fact of catalogue) {
    const fault = names.indexOf(fact.name) !== names.lastIndexOf(fact.name) ? "defined twice" : faultOf(fact);
    if (fault) throw new Error(`catalogue: fact ${fact.name}: ${fault}`);
  }
}

function faultOf({ name, values }: FactDefinition): string | undefined {
  if (!/^[a-z][A-Za-z0-9]{0,59}$/.test(name) || reserved.test(name)) return "not a camelCase name that Cedar can read";
  if (values.length < 1 || values.length > mostValues) return `expected 1 to ${mostValues} values`;
  if (new Set(values).size !== values.length) return "a value twice";
  if (new Set(values.map((value) => typeof value)).size !== 1) return "values of several types";
  if (typeof values[0] === "string" && taken.has(typeName(name))) return "its type name is taken";
  const odd = values.find((value) => !isPlain(value));
  return odd === undefined ? undefined : `\`${odd}\` is neither a boolean, an integer nor a plain word`;
}

function isPlain(value: FactValue): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value === "boolean" || /^[A-Za-z0-9][A-Za-z0-9 _.:+/-]{0,99}$/.test(value);
}
