import type { NewObject, StoredObject } from "../model/ports/disclosure.ts";
import { foldId, pointersOf } from "../model/stix-ids.ts";
import { uuidOf } from "../model/uuid.ts";
import { own } from "./recall.ts";

/**
 * A variant of a container without the objects that are withheld, under an id of its own: a changed text under the
 * originator's id and version would be a forgery. Undefined where nothing would be left, which STIX does not allow, or
 * where something else than `object_refs` names what is withheld.
 */
export function redacted(object: StoredObject, withheld: ReadonlySet<string>): NewObject | undefined {
  const body = JSON.parse(object.text) as Readonly<Record<string, unknown>>;
  const refs = Array.isArray(body.object_refs) ? body.object_refs.map(String) : [];
  const left = refs.filter((id) => !withheld.has(foldId(id)));
  if (left.length === 0 || left.length === refs.length) return undefined;
  const id = `${object.type}--${uuidOf(`variant ${object.id} ${object.version} ${left.join(" ")}`)}`;
  const { external_references: _, granular_markings: __, ...rest } = body;
  const variant = { ...rest, id, object_refs: left, labels: [...labelsOf(body), "redacted"] };
  const { refs: named, createdBy } = pointersOf(variant);
  if ([...named, createdBy ?? ""].some((one) => withheld.has(one) || one === object.id)) return undefined;
  const text = JSON.stringify(variant);
  return own({ id, type: object.type, version: object.version, text, poster: object.poster, variantOf: object.id });
}

function labelsOf({ labels }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(labels) ? labels.map(String).filter((label) => label !== "redacted") : [];
}
