import { foldId, type Pointers, pointersOf } from "../../model/stix-ids.ts";
import { rulesBroken } from "./rules.ts";
import { strictFault } from "./strict.ts";
import { structureFault } from "./structure.ts";

/** A STIX 2.1 object, and what of it disclosure and TAXII look at. */
export interface StixObject extends Pointers {
  /** Exactly as received. */
  readonly text: string;
  /** In lower case, as ids are compared. */
  readonly id: string;
  /** The id as received. */
  readonly named: string;
  readonly type: string;
  /** `modified`, else `created`, as received; empty: neither. */
  readonly version: string;
  /** `spec_version`, or 2.1 for what need not say it. */
  readonly specVersion: string;
  /** `valid_until` of an indicator. */
  readonly expires?: string;
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
  const { id, type, spec_version: spec, valid_until: expires, extensions } = json;
  return {
    object: {
      ...{ text, json, ...pointersOf(json) },
      id: foldId(String(id)),
      named: String(id),
      type: String(type),
      version: named.version ?? "",
      specVersion: typeof spec === "string" ? spec : "2.1",
      ...(type === "indicator" && typeof expires === "string" && { expires }),
      extensions: isRecord(extensions) ? extensions : {},
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
