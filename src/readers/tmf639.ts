import type { Place, Problem } from "../model/problem.ts";
import { isRecord, problemAt } from "./records.ts";
import { shortText, wantedText } from "./short-text.ts";

/** Something a resource refers to. */
export interface TmfReference {
  readonly id: string;
  readonly name: string | null;
}

/** One resource of the inventory, v4 and v5 in the same words; what the export leaves empty or broken is missing. */
export interface TmfResource {
  readonly id: string;
  readonly name: string | null;
  /** `@type`: PhysicalResource, LogicalResource, or what the system extends them by. */
  readonly type: string | null;
  readonly category: string | null;
  /** Scalar fields by name, as text. */
  readonly fields: ReadonlyMap<string, string>;
  /** Characteristic -> its values; several if it is repeated or a list. */
  readonly characteristics: ReadonlyMap<string, readonly string[]>;
  readonly specification: (TmfReference & { readonly version: string | null }) | null;
  readonly parties: readonly (TmfReference & { readonly role: string })[];
  readonly places: readonly (TmfReference & { readonly role: string })[];
  /** Relationship type -> id of the other resource; v5's `supportingResource` is a type of its own. */
  readonly relations: readonly { readonly type: string; readonly to: string; readonly pointer: string }[];
  readonly place: Place;
}

const mostResources = 2_000_000;
const mostParts = 10_000;

/**
 * Reads a resource inventory: the JSON list that `GET /resource` of TMF639 answers (v4.0 and v5.0), or one resource.
 * A resource without an id, and all that share one, are set aside; a broken part of one leaves that part unknown.
 */
export function readTmf639(
  value: unknown,
  file: string,
): { readonly resources?: readonly TmfResource[]; readonly problems: readonly Problem[] } {
  const single = isRecord(value) && typeof value.id === "string";
  const records: readonly unknown[] | undefined = Array.isArray(value) ? value : single ? [value] : undefined;
  if (!records || records.length > mostResources) {
    const message = `expected a list of at most ${mostResources} resources, as \`GET /resource\` of TMF639 answers it`;
    return { problems: [problemAt(file, "", "wrong-shape", message, 0)] };
  }
  const problems: Problem[] = [];
  const read = records.map((record, index) => resourceOf(record, file, single ? "" : `/${index}`, problems));
  return { resources: withoutRepeats(read.flat(), problems), problems };
}

function withoutRepeats(resources: readonly TmfResource[], problems: Problem[]): readonly TmfResource[] {
  const groups = [...Map.groupBy(resources, ({ id }) => id).values()];
  for (const [first, ...others] of groups) {
    if (!first || others.length === 0) continue;
    const where = [first, ...others].slice(0, 5).map(({ place }) => `\`${place.pointer}\``);
    const message = `expected each id once, got \`${first.id}\` at ${where.join(", ")}; none of them is used`;
    const { file, pointer = "" } = others[0]!.place;
    problems.push(problemAt(file, pointer, "duplicate-id", message, 1 + others.length));
  }
  return groups.flatMap((group) => (group.length === 1 ? group : [])).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function resourceOf(record: unknown, file: string, pointer: string, problems: Problem[]): readonly TmfResource[] {
  const id = isRecord(record) ? shortText(record.id) : undefined;
  if (!isRecord(record) || !id || id.length > 200) {
    const message = "expected a resource with an `id` of 1 to 200 printable characters";
    problems.push(problemAt(file, pointer, "wrong-shape", message, 1));
    return [];
  }
  const at: At = { file, pointer, problems };
  const fields = scalars(record, at);
  return [
    {
      id,
      name: fields.get("name") ?? null,
      type: fields.get("@type") ?? null,
      category: fields.get("category") ?? null,
      fields,
      characteristics: characteristics(record.resourceCharacteristic, at),
      specification: specification(record.resourceSpecification, at),
      parties: referred(record, "relatedParty", "partyOrPartyRole", at),
      places: referred(record, "place", "place", at),
      relations: relations(record, at),
      place: { file, pointer },
    },
  ];
}

interface At {
  readonly file: string;
  readonly pointer: string;
  readonly problems: Problem[];
}

function scalars(record: Readonly<Record<string, unknown>>, at: At): ReadonlyMap<string, string> {
  const found = Object.keys(record).flatMap((name) => {
    if (typeof record[name] === "object" || name === "href") return [];
    const text = textOf(record[name], name, at);
    return text === null ? [] : [[name, text] as const];
  });
  return new Map(found);
}

function characteristics(value: unknown, at: At): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { item, pointer } of listOf(value, "resourceCharacteristic", at)) {
    const name = isRecord(item) ? textOf(item.name, `${pointer}/name`, at) : null;
    if (!isRecord(item) || name === null) continue;
    const values: readonly unknown[] = Array.isArray(item.value) ? item.value.slice(0, mostParts) : [item.value];
    const texts = values.flatMap((each) => {
      // Some systems wrap the value once more.
      const inner = isRecord(each) && "value" in each ? each.value : each;
      // A structure is no text; the map cannot speak of it, so it is nothing to complain of.
      return typeof inner === "object" && inner !== null ? [] : (textOf(inner, `${pointer}/value`, at) ?? []);
    });
    found.set(name, [...(found.get(name) ?? []), ...texts]);
  }
  return found;
}

function specification(value: unknown, at: At): TmfResource["specification"] {
  if (!isRecord(value)) return null;
  const reference = referenceOf(value, "resourceSpecification", at);
  return reference && { ...reference, version: textOf(value.version, "resourceSpecification/version", at) };
}

/** Parties or places: v4 has the reference itself in the list (a place also alone), v5 puts it one level deeper. */
function referred(record: Readonly<Record<string, unknown>>, field: string, inner: string, at: At) {
  return listOf(record[field], field, at).flatMap(({ item, pointer }) => {
    if (!isRecord(item)) return [];
    const target = isRecord(item[inner]) ? item[inner] : item;
    const reference = referenceOf(target, pointer, at);
    return reference ? [{ ...reference, role: textOf(item.role, `${pointer}/role`, at) ?? "" }] : [];
  });
}

function relations(record: Readonly<Record<string, unknown>>, at: At): TmfResource["relations"] {
  const typed = listOf(record.resourceRelationship, "resourceRelationship", at).map(({ item, pointer }) => ({
    type: isRecord(item) ? textOf(item.relationshipType, `${pointer}/relationshipType`, at) : null,
    target: isRecord(item) ? item.resource : undefined,
    pointer: `${pointer}/resource`,
  }));
  const supporting = listOf(record.supportingResource, "supportingResource", at).map(({ item, pointer }) => {
    return { type: "supportingResource", target: item, pointer };
  });
  return [...typed, ...supporting].flatMap(({ type, target, pointer }) => {
    const to = isRecord(target) ? textOf(target.id, `${pointer}/id`, at) : null;
    if (type !== null && to !== null) return [{ type, to, pointer: `${at.pointer}/${pointer}` }];
    const message = "expected a relationship with `relationshipType` and `resource/id`; it is left out";
    at.problems.push(problemAt(at.file, `${at.pointer}/${pointer}`, "wrong-shape", message, 0));
    return [];
  });
}

/** A reference by id or, where there is none, by name. */
function referenceOf(value: Readonly<Record<string, unknown>>, pointer: string, at: At): TmfReference | null {
  const name = textOf(value.name, `${pointer}/name`, at);
  const id = textOf(value.id, `${pointer}/id`, at) ?? name;
  return id === null ? null : { id, name };
}

function listOf(value: unknown, field: string, at: At): readonly { item: unknown; pointer: string }[] {
  if (value === null || value === undefined) return [];
  if (isRecord(value)) return [{ item: value, pointer: field }];
  const length = Array.isArray(value) ? value.length : -1;
  if (Array.isArray(value) && length <= mostParts)
    return value.map((item: unknown, index) => ({ item, pointer: `${field}/${index}` }));
  const message = `expected a list of at most ${mostParts}, got ${length < 0 ? "something else" : length}; \`${field}\` stays unknown`;
  at.problems.push(problemAt(at.file, `${at.pointer}/${field}`, "wrong-type", message, 0));
  return [];
}

function textOf(value: unknown, pointer: string, at: At): string | null {
  const text = shortText(value);
  if (text !== undefined) return text;
  const message = `expected ${wantedText}; it stays unknown`;
  at.problems.push(problemAt(at.file, `${at.pointer}/${pointer}`, "wrong-type", message, 0));
  return null;
}
