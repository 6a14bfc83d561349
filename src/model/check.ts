import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { documentProblem, type Problem } from "./problem.ts";

/** Where in a value something does not fit, and how; `pointer` is a JSON Pointer (RFC 6901). */
export interface Misfit {
  readonly pointer: string;
  readonly message: string;
}

export type Checked<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly problems: readonly Problem[] };

/** The part of JSON Schema (2020-12) that our schemas use. */
export interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Shape;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly maxItems?: number;
  readonly description?: string;
}

const mostMisfits = 8;
const compiled = new WeakMap<TSchema, ReturnType<typeof Compile>>();

/**
 * Checks a value from outside against a schema. Answers the typed value, or up to eight problems with pointer and, where
 * `lineOf` knows it, line. `code` is that of the problems; the default is `wrong-shape`.
 */
export function checkShape<S extends TSchema>(
  schema: S,
  value: unknown,
  at: { readonly file: string; readonly pointer?: string; readonly lineOf?: (pointer: string) => number | undefined },
): Checked<Static<S>> {
  if (fits(schema, value)) return { value, problems: [] };
  const problems = misfits(schema, value).map(({ pointer, message }) => {
    const line = at.lineOf?.(pointer);
    const place = { file: at.file, pointer: `${at.pointer ?? ""}${pointer}`, ...(line !== undefined && { line }) };
    return documentProblem("wrong-shape", message, place);
  });
  return { problems };
}

/** What stands against a value that does not fit: at most eight, in document order, never empty. */
export function misfits(schema: TSchema, value: unknown): readonly Misfit[] {
  const found: Misfit[] = [];
  for (const misfit of explain(schema as Shape, value, "")) {
    found.push(misfit);
    if (found.length === mostMisfits) break;
  }
  return found.length > 0 ? found : [{ pointer: "", message: "value does not fit its schema" }];
}

function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  const known = compiled.get(schema) ?? Compile(schema);
  compiled.set(schema, known);
  return known.Check(value);
}

function* explain(shape: Shape, value: unknown, pointer: string): Generator<Misfit> {
  if (shape.anyOf) yield* explainUnion(shape.anyOf, value, pointer);
  else if ("const" in shape) {
    if (value !== shape.const) yield { pointer, message: `expected ${show(shape.const)}, got ${show(value)}` };
  } else if (shape.type !== undefined && !hasType(shape.type, value)) {
    yield { pointer, message: `expected ${wanted(shape)}, got ${show(value)}` };
  } else if (Array.isArray(value)) yield* explainArray(shape, value, pointer);
  else if (isObject(value)) yield* explainObject(shape, value, pointer);
  else if (!withinBounds(shape, value)) yield { pointer, message: `expected ${wanted(shape)}, got ${show(value)}` };
}

function* explainUnion(shapes: readonly Shape[], value: unknown, pointer: string): Generator<Misfit> {
  const answers = shapes.map((shape) => firstMisfits(shape, value, pointer));
  if (answers.some((misfits) => misfits.length === 0)) return;
  const sameType = answers.filter((_, index) => isObject(value) && shapes[index]?.type === "object");
  const closest = sameType.toSorted((a, b) => a.length - b.length)[0];
  if (closest) yield* closest;
  else yield { pointer, message: `expected ${shapes.map(wanted).join(" or ")}, got ${show(value)}` };
}

function firstMisfits(shape: Shape, value: unknown, pointer: string): readonly Misfit[] {
  return [...explain(shape, value, pointer).take(mostMisfits)];
}

function* explainArray(shape: Shape, value: readonly unknown[], pointer: string): Generator<Misfit> {
  if (value.length > (shape.maxItems ?? Number.POSITIVE_INFINITY)) {
    yield { pointer, message: `expected at most ${shape.maxItems} entries, got ${value.length}` };
  }
  if (value.length < (shape.minItems ?? 0)) {
    yield { pointer, message: `expected at least ${shape.minItems} entries, got ${value.length}` };
  }
  if (shape.items)
    for (const [index, item] of value.entries()) yield* explain(shape.items, item, `${pointer}/${index}`);
}

function* explainObject(shape: Shape, value: Readonly<Record<string, unknown>>, pointer: string): Generator<Misfit> {
  if (Object.keys(value).length < (shape.minProperties ?? 0)) {
    yield { pointer, message: `expected at least ${shape.minProperties} fields, got ${Object.keys(value).length}` };
  }
  for (const name of shape.required ?? []) {
    if (!Object.hasOwn(value, name)) {
      yield {
        pointer: child(pointer, name),
        message: `missing field \`${name}\`: expected ${wanted(shape.properties?.[name])}`,
      };
    }
  }
  for (const [name, inner] of Object.entries(value)) {
    const known = propertyOf(shape, name);
    if (known) yield* explain(known, inner, child(pointer, name));
    else if (shape.additionalProperties === false) {
      const names = Object.keys(shape.properties ?? {}).join(", ");
      yield { pointer: child(pointer, name), message: `unknown field ${show(name)}: expected one of ${names}` };
    }
  }
}

function propertyOf(shape: Shape, name: string): Shape | undefined {
  if (shape.properties && Object.hasOwn(shape.properties, name)) return shape.properties[name];
  const pattern = Object.entries(shape.patternProperties ?? {}).find(([text]) => new RegExp(text, "u").test(name));
  return pattern?.[1];
}

/** A field's schema in words, for messages and for the list of fields. */
export function wanted(shape: Shape | TSchema | undefined): string {
  const { anyOf, description, type, pattern, maxLength, minimum, maximum, ...rest } = (shape ?? {}) as Shape;
  if (anyOf) return anyOf.map(wanted).join(" or ");
  if ("const" in rest) return show(rest.const);
  if (description) return description;
  if (type === "array") return `a list of ${wanted(rest.items)}`;
  if (type === "string" && pattern?.includes("[0-9]{4}-")) return "a day, YYYY-MM-DD";
  if (type === "string" && pattern) return `text matching \`${pattern}\``;
  if (type === "string") return maxLength ? `text of 1 to ${maxLength} characters` : "text";
  if (type === "object") return "an object";
  if (minimum !== undefined)
    return maximum === undefined ? `${type} from ${minimum}` : `${type} from ${minimum} to ${maximum}`;
  return type === "boolean" ? "`true` or `false`" : (type ?? "a value");
}

function hasType(type: string, value: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function withinBounds(shape: Shape, value: unknown): boolean {
  if (typeof value === "number") {
    return value >= (shape.minimum ?? Number.NEGATIVE_INFINITY) && value <= (shape.maximum ?? Number.POSITIVE_INFINITY);
  }
  if (typeof value !== "string") return true;
  if (value.length < (shape.minLength ?? 0) || value.length > (shape.maxLength ?? Number.POSITIVE_INFINITY))
    return false;
  return shape.pattern === undefined || new RegExp(shape.pattern, "u").test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function child(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A value as a message quotes it: short, control characters escaped. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value).slice(1, -1) : String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}
