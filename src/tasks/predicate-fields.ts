import type { TSchema } from "typebox";
import { type Shape, wanted } from "../model/check.ts";
import { UserError } from "../model/errors.ts";

/** A field as `--fields` lists it and `--set` names it. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly expected: string;
  /** How to give it on the command line. */
  readonly example: string;
}

/** Every field of a schema, nested ones with dots, list entries under index 0. */
export function fieldsOf(schema: TSchema): readonly Field[] {
  return [...listFields(schema as Shape, "", true)];
}

function* listFields(shape: Shape, prefix: string, required: boolean): Generator<Field> {
  const seen = new Set<string>();
  for (const variant of shape.anyOf ?? [shape]) {
    for (const [name, inner] of Object.entries(variant.properties ?? {})) {
      if (seen.has(name)) continue;
      seen.add(name);
      const needed = required && !shape.anyOf && (variant.required ?? []).includes(name);
      const nested = nestedFields(inner, `${prefix}${name}`, needed);
      yield* nested.length > 0 ? nested : [fieldOf(inner, `${prefix}${name}`, needed)];
    }
  }
}

function nestedFields(shape: Shape, name: string, required: boolean): readonly Field[] {
  if (shape.type === "object" && shape.patternProperties) {
    return Object.values(shape.patternProperties).map((value) => fieldOf(value, `${name}.sha256`, required));
  }
  if (shape.type === "object") return [...listFields(shape, `${name}.`, required)];
  const entries = shape.type === "array" && shape.items ? [...listFields(shape.items, `${name}.0.`, required)] : [];
  if (entries.length === 0) return [];
  // The list itself is a field too: it may be required and empty.
  return [{ name, required, expected: "a list, may be empty", example: `--set ${name}=` }, ...entries];
}

function fieldOf(shape: Shape, name: string, required: boolean): Field {
  return { name, required, expected: wanted(shape), example: `--set ${name}=${exampleOf(shape, name)}` };
}

function exampleOf(shape: Shape, name: string): string {
  const first = shape.anyOf?.[0] ?? shape;
  if ("const" in first) return String(first.const);
  if (first.type === "array") return exampleOf(first.items ?? {}, name);
  if (name === "signedAt") return "2026-03-01T12:00:00Z";
  if (first.pattern?.includes("[0-9]{4}-")) return "2026-03-01";
  if (first.type === "integer" || first.type === "number") return String(first.minimum ?? 1);
  if (first.type === "boolean") return "true";
  return `DEMO-${name.split(".").at(-1)}`;
}

/**
 * Lays `field=value` settings over a predicate; the schema says whether a value is text, a number, a truth value or a
 * list (separated by commas). Throws `UserError` for a field the schema does not have.
 */
export function applySettings(schema: TSchema, start: unknown, settings: readonly string[]): unknown {
  return settings.reduce<unknown>((predicate, setting) => {
    const [path, value] = splitSetting(setting);
    return assign(schema as Shape, predicate, path.split("."), value, path);
  }, start);
}

function splitSetting(setting: string): readonly [path: string, value: string] {
  const at = setting.indexOf("=");
  if (at > 0) return [setting.slice(0, at), setting.slice(at + 1)];
  throw new UserError(`expected \`field=value\` after \`--set\`, got \`${setting.slice(0, 60)}\``);
}

function assign(shape: Shape, current: unknown, path: readonly string[], value: string, whole: string): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return convert(shape, value);
  const inner = stepInto(shape, head);
  if (!inner) throw new UserError(`unknown field \`${whole}\``, "`--fields` lists the fields of this kind");
  if (inner.list) return assignEntry(inner.shape, Array.isArray(current) ? current : [], path, value, whole);
  const record: object = typeof current === "object" && current !== null && !Array.isArray(current) ? current : {};
  const old: unknown = Object.hasOwn(record, head) ? Reflect.get(record, head) : undefined;
  return { ...record, [head]: assign(inner.shape, old, rest, value, whole) };
}

function assignEntry(shape: Shape, list: readonly unknown[], path: readonly string[], value: string, whole: string) {
  const [head, ...rest] = path;
  const index = Number(head);
  if (index > list.length) {
    throw new UserError(`\`${whole}\` leaves a gap: the next entry is ${list.length}`, "count entries from 0");
  }
  return [...list.slice(0, index), assign(shape, list[index], rest, value, whole), ...list.slice(index + 1)];
}

function stepInto(shape: Shape, name: string): { shape: Shape; list: boolean } | undefined {
  for (const variant of shape.anyOf ?? [shape]) {
    if (variant.items && /^[0-9]{1,6}$/.test(name)) return { shape: variant.items, list: true };
    const own = variant.properties && Object.hasOwn(variant.properties, name) ? variant.properties[name] : undefined;
    const inner = own ?? Object.values(variant.patternProperties ?? {})[0];
    if (inner) return { shape: inner, list: false };
  }
  return undefined;
}

/** Text that does not fit is kept as text, so that the check against the schema names it. */
function convert(shape: Shape, text: string): unknown {
  const fixed = shape.anyOf?.find((variant) => variant.const === text);
  if (fixed) return text;
  const target = shape.anyOf?.find(({ type }) => type === "array") ?? shape;
  if (target.type === "array")
    return text === "" ? [] : text.split(",").map((part) => convert(target.items ?? {}, part.trim()));
  if ((target.type === "integer" || target.type === "number") && /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(text))
    return Number(text);
  if (target.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
