import { addDays } from "../model/day.ts";
import type { Micros, Moved, NewObject } from "../model/ports/disclosure.ts";
import type { Sharing } from "../model/sharing.ts";
import { uuidOf } from "../model/uuid.ts";
import { classKey } from "./class.ts";
import { formatMicros, versionKeyOf } from "./time.ts";

/** The STIX extension that defines `disclosure-recall` objects (docs/disclosure.md). */
export const recallExtension = "extension-definition--0f7a1c52-93de-4b8e-8a34-5d2e60c7b1f9";
/** Objects that belong to one view alone are in no class that anybody else has. */
export const privateClass = classKey({ conditions: [], private: true });
const usualDays = 7;

/** How an originator is called in STIX objects that this program makes. */
export function identityOf(originator: string): string {
  return `identity--${uuidOf(`identity ${originator}`)}`;
}

export interface RecallOf {
  readonly sharing: Sharing;
  readonly partner: string;
  readonly collection: string;
  /** Rows the partner has fetched and may no longer have. */
  readonly rows: readonly Moved[];
  /** Condition that no longer holds, where the partner may be told. */
  readonly condition?: string;
  readonly now: Micros;
}

/**
 * What a partner is told that must give something back: our own object, never a new version of the originator's, because
 * `revoked` belongs to who made it and cannot be undone. Its id follows from what the partner saw, so equal views get equal
 * bytes.
 */
export function recallObject({ sharing, partner, collection, rows, condition, now }: RecallOf): NewObject {
  const time = `${formatMicros(now).slice(0, 23)}Z`;
  const seqs = rows.map(({ seq }) => seq).join(" ");
  const id = `disclosure-recall--${uuidOf(`recall ${sharing.originator} ${collection} ${partner} ${seqs} ${now}`)}`;
  const body = {
    type: "disclosure-recall",
    spec_version: "2.1",
    id,
    created_by_ref: identityOf(sharing.originator),
    created: time,
    modified: time,
    extensions: { [recallExtension]: { extension_type: "new-sdo" } },
    object_refs: [...new Set(rows.map((row) => row.id))],
    reason: "condition",
    ...(condition !== undefined && { condition }),
    obligation: "delete",
    deadline: addDays(time.slice(0, 10), sharing.recallDays ?? usualDays),
  };
  return own({ id, type: body.type, version: time, text: JSON.stringify(body), poster: sharing.originator });
}

/** An object of one view, as the store takes it. */
export function own(
  given: Pick<NewObject, "id" | "type" | "version" | "text" | "poster"> & { readonly variantOf?: string },
): Omit<NewObject, "sha256"> & { readonly sha256: "" } {
  const { variantOf, ...object } = given;
  return {
    ...object,
    versionKey: versionKeyOf(given.version) ?? "",
    specVersion: "2.1",
    sha256: "",
    content: "",
    classKey: privateClass,
    ownClassKey: privateClass,
    unmarked: "red",
    pointers: variantOf === undefined ? [] : [{ how: "variant", target: variantOf }],
    redact: false,
    private: true,
  };
}
