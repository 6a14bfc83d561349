import type { NetboxObject, NetboxObjects } from "./netbox-objects.ts";
import { isKey } from "./netbox-objects.ts";
import { isRecord, problemAt } from "./records.ts";

/** Something of the export that a map may speak of by name or by slug. */
export interface Named {
  readonly pk: number;
  readonly name: string;
  readonly slug: string;
}

/** What a field refers to: the key of another record, or that record nested. `null` if nothing, or nothing usable. */
export function reference<T>(
  objects: NetboxObjects,
  from: NetboxObject,
  model: string,
  field: string,
  make: (found: NetboxObject, objects: NetboxObjects) => T | null,
): T | null {
  const value = from.fields[field];
  const pointer = `${from.pointer}/${field}`;
  if (value === null || value === undefined) return null;
  if (isRecord(value) && isKey(value.id)) return make({ model, pk: value.id, fields: value, pointer }, objects);
  if (isKey(value)) {
    const found = objects.find(model, value);
    if (found) return make(found, objects);
    const message = `expected a \`${model}\` with key ${value}, found none; \`${field}\` stays unknown`;
    objects.problems.push(problemAt(objects.file, pointer, "dangling-reference", message, 0));
    return null;
  }
  const message = `expected the key of a \`${model}\` or the object itself; \`${field}\` stays unknown`;
  objects.problems.push(problemAt(objects.file, pointer, "wrong-type", message, 0));
  return null;
}

/** What people call a record; `null` if its name is no short printable text. */
export function nameOf(object: NetboxObject, objects: NetboxObjects): Named | null {
  const name = text(objects, object, "name");
  return name === null ? null : { pk: object.pk, name, slug: text(objects, object, "slug") ?? "" };
}

/** The REST API gives a status as `{value, label}`. */
export function statusOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value.value === "string" ? value.value.slice(0, 100) : undefined;
}

const longest = 400;

/** A field as text without blanks around it; `null` if empty, or with a problem if it is no short printable text. */
export function text(objects: NetboxObjects, object: NetboxObject, field: string): string | null {
  const value = object.fields[field];
  if (value === null || value === undefined || isRecord(value)) return null;
  const said =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  const plain = said.replace(/\s+/g, " ").trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (typeof value !== "object" && plain.length <= longest && !/[\u0000-\u001f\u007f]/.test(plain))
    return plain || null;
  const message = `expected a printable text of at most ${longest} characters; \`${field}\` stays unknown`;
  objects.problems.push(problemAt(objects.file, `${object.pointer}/${field}`, "wrong-type", message, 0));
  return null;
}
