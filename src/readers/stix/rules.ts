import { foldId } from "../../model/stix-ids.ts";

type Json = Readonly<Record<string, unknown>>;

/** The first day may not lie after the second. */
const spans = [
  ["created", "modified"],
  ["first_seen", "last_seen"],
  ["first_observed", "last_observed"],
  ["start", "end"],
  ["start_time", "stop_time"],
] as const;
/** Objects without `created` and `modified`: observables, and what never changes. */
const withoutSpec = new Set([
  ...["artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message", "file", "ipv4-addr"],
  ...["ipv6-addr", "mac-addr", "mutex", "network-traffic", "process", "software", "url", "user-account"],
  ...["windows-registry-key", "x509-certificate"],
]);

/** A rule of STIX 2.1 that its schemas leave out and the object breaks; undefined: none. */
export function rulesBroken(json: Json): string | undefined {
  return idFault(json) ?? specFault(json) ?? timeFault(json) ?? markingFault(json);
}

/** Section 2.9: `type--UUID`. */
function idFault({ id, type }: Json): string | undefined {
  if (typeof id !== "string") return "missing `id`";
  const uuid = String(id).slice(String(type).length + 2);
  const fits = id.startsWith(`${String(type)}--`) && /^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/.test(uuid);
  return fits ? undefined : `expected an \`id\` like \`${String(type)}--UUID\`, got \`${id.slice(0, 100)}\``;
}

/** Section 3.2: who leaves `spec_version` out means STIX 2.0, but for observables. */
function specFault({ spec_version: version, type }: Json): string | undefined {
  if (version === "2.1" || (version === undefined && withoutSpec.has(String(type)))) return undefined;
  const got = typeof version === "string" ? `\`${version.slice(0, 20)}\`` : "none";
  return `expected \`spec_version\` 2.1, got ${got}`;
}

function timeFault(json: Json): string | undefined {
  for (const [early, late] of spans) {
    const [from, until] = [instant(json[early]), instant(json[late])];
    if (from !== undefined && until !== undefined && until < from) return `\`${late}\` lies before \`${early}\``;
  }
  const [from, until] = [instant(json.valid_from), instant(json.valid_until)];
  if (from !== undefined && until !== undefined && until <= from) return "`valid_until` is not after `valid_from`";
  for (const name of ["created", "modified", "valid_from", "valid_until"]) {
    const text = json[name];
    if (typeof text === "string" && instant(text) === undefined)
      return `\`${name}\` is no time that exists: \`${text.slice(0, 40)}\``;
  }
  return undefined;
}

/** Section 7.2.1: a marking does not mark itself. */
function markingFault({ id, object_marking_refs: refs }: Json): string | undefined {
  const own = foldId(String(id));
  const itself = Array.isArray(refs) && refs.some((ref) => typeof ref === "string" && foldId(ref) === own);
  return itself ? "it marks itself" : undefined;
}

/** Milliseconds, with the rest of the fraction behind the point; undefined if it is no time that exists. */
function instant(text: unknown): number | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text)) return undefined;
  const second = Date.parse(`${text.slice(0, 19)}Z`);
  if (Number.isNaN(second) || new Date(second).toISOString().slice(0, 19) !== text.slice(0, 19)) return undefined;
  return second + Number(`0${text.slice(19, -1)}`) * 1000;
}
