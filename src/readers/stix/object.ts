import { rulesBroken } from "./rules.ts";
import { strictFault } from "./strict.ts";
import { structureFault } from "./structure.ts";

/** A STIX 2.1 object, and what of it disclosure and TAXII look at. */
export interface StixObject {
  /** Exactly as received. */
  readonly text: string;
  readonly id: string;
  readonly type: string;
  /** `modified`, else `created`, as received; empty: neither. */
  readonly version: string;
  /** `spec_version`, or 2.1 for what need not say it. */
  readonly specVersion: string;
  /** Every `*_ref` and `*_refs` at any depth, sorted; without `created_by_ref` and markings. */
  readonly refs: readonly string[];
  readonly objectRefs: readonly string[];
  readonly createdBy?: string;
  /** Of the object and of parts of it, sorted. */
  readonly markings: readonly string[];
  /** `valid_until` of an indicator. */
  readonly expires?: string;
  readonly revoked: boolean;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** `id` and `version` as far as they could be read. */
export interface StixFault {
  readonly fault: string;
  readonly id?: string;
  readonly version?: string;
}

const longest = 1_000_000;
const deepest = 64;

/**
 * Reads one STIX 2.1 object from outside: strict JSON, the structure of the published schemas, and the rules they leave out.
 * Types that nobody published are checked for the common properties alone. Never throws for what the text says.
 */
export function readStixObject(text: string): { readonly object: StixObject } | StixFault {
  if (text.length > longest) return { fault: `expected at most ${longest} characters, got ${text.length}` };
  const json = parse(text);
  if (!json) return { fault: "expected a JSON object" };
  const named = namesOf(json);
  const fault = strictFault(text, deepest) ?? structureFault(json) ?? rulesBroken(json);
  if (fault !== undefined) return { fault, ...named };
  const { refs, markings } = pointersOf(json);
  const {
    id,
    type,
    spec_version: spec,
    created_by_ref: createdBy,
    valid_until: expires,
    extensions,
    object_refs: objectRefs,
  } = json;
  return {
    object: {
      text,
      id: String(id),
      type: String(type),
      version: named.version ?? "",
      specVersion: typeof spec === "string" ? spec : "2.1",
      refs,
      objectRefs: Array.isArray(objectRefs) ? objectRefs.map(String) : [],
      ...(typeof createdBy === "string" && { createdBy }),
      markings,
      ...(type === "indicator" && typeof expires === "string" && { expires }),
      revoked: json.revoked === true,
      extensions: isRecord(extensions) ? extensions : {},
      json,
    },
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function namesOf({ id, modified, created }: Readonly<Record<string, unknown>>): {
  readonly id?: string;
  readonly version?: string;
} {
  const version = [modified, created].find((time) => typeof time === "string");
  return {
    ...(typeof id === "string" && id.length <= 400 && { id }),
    ...(typeof version === "string" && version.length <= 100 && { version }),
  };
}

interface Pointers {
  readonly refs: readonly string[];
  readonly markings: readonly string[];
}

function pointersOf(json: Readonly<Record<string, unknown>>): Pointers {
  const [refs, markings] = [new Set<string>(), new Set<string>()];
  const add = (key: string, value: unknown) => {
    if (typeof value !== "string" || key === "created_by_ref") return;
    if (key === "object_marking_refs" || key === "marking_ref") markings.add(value);
    else refs.add(value);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const inner of value) visit(inner);
    if (isRecord(value)) for (const [key, inner] of Object.entries(value)) visitProperty(key, inner);
  };
  const visitProperty = (key: string, inner: unknown): void => {
    if (key.endsWith("_ref")) add(key, inner);
    else if (key.endsWith("_refs") && Array.isArray(inner)) for (const one of inner) add(key, one);
    else if (typeof inner === "object") visit(inner);
  };
  visit(json);
  return { refs: [...refs].sort(), markings: [...markings].sort() };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
