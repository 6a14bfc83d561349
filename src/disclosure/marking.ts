import type { ObjectClass } from "../model/disclosure.ts";
import { foldId } from "../model/stix-ids.ts";
import { tlpMarkings } from "../model/tlp.ts";
import { openClass } from "./class.ts";
import { threatToLife } from "./warning.ts";

/** The STIX extension that attaches conditions to objects (docs/disclosure.md); a name, as every extension id. */
export const disclosureExtension = "extension-definition--6c8f3b0a-5d4e-4f27-9a61-3f0d2b7c9e15";
const tlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/** What our extension may say on an object, beside its markings. */
export interface ObjectTerms {
  /** A lesser object for those who fail a condition whose variant is `tearline`. */
  readonly tearline?: string;
  /** A variant without the withheld ones among `object_refs` may be given. */
  readonly redact: boolean;
}

const id = /^[a-z][a-z0-9-]{0,249}--[0-9a-f-]{36}$/i;

export function termsOf(extensions: Readonly<Record<string, unknown>>): ObjectTerms {
  const said = record(extensions[disclosureExtension]);
  const tearline = said?.tearline_ref;
  return {
    ...(typeof tearline === "string" && id.test(tearline) && { tearline: foldId(tearline) }),
    redact: said?.redact === true,
  };
}

/**
 * What a marking demands of who may see what it marks. `definition` is the marking-definition object; a marking that is not
 * there, or that says something which nobody here can evaluate, bars everybody.
 */
export function demandsOf(marking: string, definition: Readonly<Record<string, unknown>> | undefined): ObjectClass {
  const level = tlpMarkings.get(marking);
  if (level !== undefined) return { ...openClass, tlp: level };
  if (marking === threatToLife) return openClass;
  if (!definition) return { ...openClass, unreadable: true };
  const extensions = record(definition.extensions) ?? {};
  const foreign = Object.keys(extensions).some((name) => name !== disclosureExtension);
  const said = record(extensions[disclosureExtension]);
  if (foreign || tlpExtension in extensions) return { ...openClass, unreadable: true };
  if (!said) return definition.definition_type === "statement" ? openClass : { ...openClass, unreadable: true };
  const conditions = strings(said.conditions);
  const recipients = said.recipients === undefined ? undefined : strings(said.recipients);
  if (!conditions || (said.recipients !== undefined && !recipients)) return { ...openClass, unreadable: true };
  return { ...openClass, conditions, ...(recipients && { recipients }) };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > 100) return undefined;
  return value.every((one) => typeof one === "string" && one.length <= 200) ? [...new Set(value)].sort() : undefined;
}
