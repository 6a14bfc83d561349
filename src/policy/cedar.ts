import {
  type CedarValueJson,
  type DetailedError,
  getCedarSDKVersion,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import type { Action } from "../model/verdict.ts";

export type { CedarValueJson, Expr, ExprNoExt, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";

/** What Cedar complains about: in its words, and the byte of the policy text where it starts. */
export interface Complaint {
  readonly message: string;
  readonly help?: string;
  readonly byte?: number;
}

/** A complaint about one policy of a set. */
export interface PolicyComplaint extends Complaint {
  readonly policy: string;
}

// Prepared schemas and sets can be replaced but never released, so there is one name for each, used again and again.
const prepared = "freigabe";
/** Id of the blanket permit: no rule can have it, for ids of rules hold no space. */
const permitId = "blanket permit";
const blanketPermit = "permit (principal, action, resource);";

/** Version of the Cedar engine, for reports: another one might decide otherwise. */
export function cedarVersion(): string {
  return getCedarSDKVersion();
}

/** The policies of a text one by one; templates apart. */
export function splitPolicies(
  text: string,
): { readonly policies: readonly string[]; readonly templates: readonly string[] } | readonly Complaint[] {
  const answer = policySetTextToParts(text);
  if (answer.type === "failure") return answer.errors.flatMap(complaints);
  return { policies: answer.policies, templates: answer.policy_templates };
}

/** One policy as Cedar's JSON. */
export function parsePolicy(text: string): PolicyJson | readonly Complaint[] {
  const answer = policyToJson(text);
  return answer.type === "success" ? answer.json : answer.errors.flatMap(complaints);
}

/** What the strict validator says about policies, given by id; `warnings` are about what is legal but odd. */
export function validatePolicies(
  schema: string,
  policies: ReadonlyMap<string, string>,
): { readonly errors: readonly PolicyComplaint[]; readonly warnings: readonly PolicyComplaint[] } {
  const answer = validate({
    validationSettings: { mode: "strict" },
    schema,
    policies: { staticPolicies: Object.fromEntries(policies) },
  });
  if (answer.type === "failure") throw new Error(`cedar cannot read the schema or policies: ${joined(answer.errors)}`);
  const named = (list: readonly { policyId: string; error: DetailedError }[]) =>
    list.flatMap(({ policyId, error }) => complaints(error).map((complaint) => ({ policy: policyId, ...complaint })));
  return { errors: named(answer.validationErrors), warnings: named(answer.validationWarnings) };
}

/** What Cedar answers to one request: the rules that forbid (none: admitted), or that it failed. */
export type Answer =
  | { readonly kind: "answer"; readonly forbids: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** Asks the prepared set one question. */
export type Ask = (action: Action, context: Record<string, CedarValueJson>) => Answer;

/**
 * Prepares a schema, and returns the way to prepare the blanket permit with some rules (text by id) and to ask them.
 * Only the schema and the set prepared last can be asked. A text Cedar cannot read is a bug here, for the loader has
 * parsed it before.
 */
export function prepare(schema: string): (rules: ReadonlyMap<string, string>) => Ask {
  const read = preparseSchema(prepared, schema);
  if (read.type === "failure") throw new Error(`cedar cannot read the schema: ${joined(read.errors)}`);
  return (rules) => {
    const staticPolicies = Object.fromEntries([[permitId, blanketPermit], ...rules]);
    const set = preparsePolicySet(prepared, { staticPolicies });
    if (set.type === "failure") throw new Error(`cedar cannot read the rules: ${joined(set.errors)}`);
    return ask;
  };
}

function ask(action: Action, context: Record<string, CedarValueJson>): Answer {
  const answer = statefulIsAuthorized({
    principal: { type: "Authority", id: "pack" },
    action: { type: "Action", id: action },
    resource: { type: "Question", id: "question" },
    context,
    preparsedSchemaName: prepared,
    preparsedPolicySetId: prepared,
    validateRequest: true,
    entities: [],
  });
  if (answer.type === "failure") return { kind: "failed", message: joined(answer.errors) };
  const { decision, diagnostics } = answer.response;
  // Cedar skips a policy that errs: without this line a broken forbid would admit.
  if (diagnostics.errors.length > 0) {
    return { kind: "failed", message: joined(diagnostics.errors.map(({ error }) => error)) };
  }
  const reasons = [...diagnostics.reason].sort();
  if (decision === "deny" && reasons.length > 0) return { kind: "answer", forbids: reasons };
  if (decision === "allow" && reasons.length === 1 && reasons[0] === permitId) return { kind: "answer", forbids: [] };
  return { kind: "failed", message: `unexpected decision \`${decision}\` for the reasons \`${reasons.join(" ")}\`` };
}

function complaints(error: DetailedError): readonly Complaint[] {
  const place = error.sourceLocations?.[0];
  const help = error.help ?? place?.label;
  const own = { message: error.message, ...(help && { help }), ...(place && { byte: place.start }) };
  return [own, ...(error.related ?? []).flatMap(complaints)];
}

function joined(errors: readonly DetailedError[]): string {
  return errors.map((error) => error.message).join("; ");
}
