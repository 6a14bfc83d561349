import type { Problem } from "../model/problem.ts";
import { isRecord, problemAt } from "./records.ts";

/** A NetBox object: where it stands, its key within its model, and its fields as they came. */
export interface NetboxObject {
  readonly model: string;
  readonly pk: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

/** All objects of an export by model and key, and what was wrong with them. */
export interface NetboxObjects {
  readonly file: string;
  readonly problems: Problem[];
  readonly counts: ReadonlyMap<string, number>;
  of(model: string): readonly NetboxObject[];
  find(model: string, pk: number): NetboxObject | undefined;
}

/** Models of which a record is a piece of equipment; losing one of them loses an element. */
export const equipmentModels: readonly string[] = ["dcim.device", "virtualization.virtualmachine"];

/** Models of which a record may be a line between two sites. */
export const lineModels: readonly string[] = ["dcim.cable", "circuits.circuit"];

const takenModels = [...equipmentModels, ...lineModels];

/**
 * Sorts the records of an export into objects by model and key: a Django fixture (`[{model, pk, fields}]`) or a list of
 * the REST API (`{results: [...]}` or the bare list). A record without a key, and all records that share one, are left
 * out with a problem: nobody can tell which of two is meant.
 */
export function sortObjects(value: unknown, file: string): NetboxObjects | { readonly problem: Problem } {
  const records = recordsOf(value);
  if (!records) {
    const message = "expected a NetBox export: a list of `{model, pk, fields}`, or `{results: [...]}` of its REST API";
    return { problem: problemAt(file, "", "wrong-shape", message, 0) };
  }
  const problems: Problem[] = [];
  const counts = new Map<string, number>();
  const byModel = new Map<string, Map<number, NetboxObject>>();
  const twice = new Map<NetboxObject, NetboxObject[]>();
  const prefix = Array.isArray(value) ? "" : "/results";

  records.forEach((record, index) => {
    const pointer = `${prefix}/${index}`;
    const object = objectOf(record, pointer);
    const model = typeof object === "string" ? modelOf(record) : object.model;
    counts.set(model, (counts.get(model) ?? 0) + 1);
    if (typeof object === "string") {
      // Content types and the like come without a key and are of no interest here.
      if (takenModels.includes(model) || model === "?") {
        problems.push(problemAt(file, pointer, "wrong-shape", object, 1));
      }
      return;
    }
    const seen = byModel.get(model) ?? new Map<number, NetboxObject>();
    byModel.set(model, seen);
    const first = seen.get(object.pk);
    if (first) twice.set(first, [...(twice.get(first) ?? []), object]);
    else seen.set(object.pk, object);
  });

  for (const [first, others] of twice) {
    const where = [first, ...others].map(({ pointer }) => `\`${pointer}\``).join(", ");
    const message = `expected each key once, got \`${first.model}\` ${first.pk} at ${where}; none of them is used`;
    const rows = takenModels.includes(first.model) ? 1 + others.length : 0;
    problems.push(problemAt(file, others[0]!.pointer, "duplicate-id", message, rows));
    byModel.get(first.model)?.delete(first.pk);
  }
  const missing = missingPages(value, records.length);
  if (missing) problems.push(problemAt(file, "/next", "record-count", missing.message, missing.rows));
  return {
    file,
    problems,
    counts,
    of: (model) => [...(byModel.get(model)?.values() ?? [])].sort((a, b) => a.pk - b.pk),
    find: (model, pk) => byModel.get(model)?.get(pk),
  };
}

function recordsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return isRecord(value) && Array.isArray(value.results) ? value.results : undefined;
}

/** The REST API answers in pages; one page is not the inventory. */
function missingPages(value: unknown, got: number): { message: string; rows: number } | undefined {
  if (!isRecord(value)) return undefined;
  const count = typeof value.count === "number" ? value.count : got;
  if (count <= got && (value.next === null || value.next === undefined)) return undefined;
  const message = `expected all records, got one page with ${got} of ${Math.max(count, got)}; ask the API with \`limit=0\``;
  return { message, rows: Math.max(count - got, 1) };
}

/** The object, or in words why the record is none. */
function objectOf(record: unknown, pointer: string): NetboxObject | string {
  if (!isRecord(record)) return "expected an object";
  const model = modelOf(record);
  const [key, fields] = typeof record.model === "string" ? [record.pk, record.fields] : [record.id, record];
  if (!isKey(key)) return `expected a whole number as key of \`${model}\``;
  if (!isRecord(fields)) return `expected \`fields\` of \`${model}\` ${key} to be an object`;
  return { model, pk: key, fields, pointer: fields === record ? pointer : `${pointer}/fields` };
}

/** A REST record does not name its model, so its fields tell; `?`: nothing we know. */
function modelOf(record: unknown): string {
  if (!isRecord(record)) return "?";
  if (typeof record.model === "string" && !("device_type" in record)) return record.model.slice(0, 100).toLowerCase();
  if ("device_type" in record) return "dcim.device";
  if ("vcpus" in record) return "virtualization.virtualmachine";
  if ("latitude" in record) return "dcim.site";
  if ("a_terminations" in record || "termination_a_type" in record) return "dcim.cable";
  if ("cid" in record) return "circuits.circuit";
  return "?";
}

/** Whether `value` can be a primary key. */
export function isKey(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
