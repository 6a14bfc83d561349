type Json = Readonly<Record<string, unknown>>;

/** Observables by the property that says which one it is. */
const valueOfType: Readonly<Record<string, string>> = {
  "ipv4-addr": "value",
  "ipv6-addr": "value",
  "domain-name": "value",
  url: "value",
  "email-addr": "value",
  "mac-addr": "value",
};
/** Carry knowledge about threats; relationships, notes and markings only tie or comment it. */
const knowledge = new Set([
  ...["attack-pattern", "campaign", "course-of-action", "indicator", "infrastructure", "intrusion-set", "malware"],
  ...["report", "threat-actor", "tool", "vulnerability", ...Object.keys(valueOfType)],
]);

/**
 * What makes an object the same knowledge as one of another source: value of an observable, pattern in a plain form, or
 * external id; not the STIX id, which each source gives itself. Undefined: it is none.
 */
export function itemKeys(json: Json): readonly string[] | undefined {
  const type = String(json.type);
  if (!knowledge.has(type)) return undefined;
  const property = Object.hasOwn(valueOfType, type) ? valueOfType[type] : undefined;
  const value = property === undefined ? undefined : json[property];
  const keys = [
    ...(typeof value === "string" ? [`${type} ${value.toLowerCase()}`] : []),
    ...(typeof json.pattern === "string" ? [`pattern ${plainPattern(json.pattern)}`] : []),
    ...externalIds(json),
  ];
  return keys.length > 0 ? keys : [`id ${String(json.id)}`];
}

/** Blanks outside quotes do not matter. */
function plainPattern(pattern: string): string {
  return pattern
    .split("'")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll(/\s+/g, "") : part))
    .join("'");
}

function externalIds({ external_references: references }: Json): readonly string[] {
  if (!Array.isArray(references)) return [];
  return references.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return [];
    const { source_name: source, external_id: id } = one as Json;
    const counts =
      typeof id === "string" && /^(cve|FiGHT|mitre-attack|mitre-mobile-attack|capec)$/i.test(String(source));
    return counts ? [`external ${id.toUpperCase()}`] : [];
  });
}

/** FiGHT's segments, and the parts of a network that they lie in. */
const segmentOf: Readonly<Record<string, string>> = {
  ran: "access",
  "o-ran": "access",
  ue: "access",
  "control plane": "core",
  "user plane": "core",
  "network slice": "core",
  mec: "core",
  roaming: "core",
  "oa&m": "management",
  virtualization: "management",
  "cloud service provider": "management",
  transport: "transport",
};

/** Topics as `tactic / segment`: tactics from phases of `fight` or ATT&CK, segments from FiGHT's labels; `other` for none. */
export function topicsOf({ kill_chain_phases: phases, labels }: Json): readonly string[] {
  const tactics = list(phases).flatMap((one) => {
    if (typeof one !== "object" || one === null) return [];
    const { kill_chain_name: chain, phase_name: phase } = one as Json;
    return /^(fight|mitre-attack|mitre-mobile-attack)$/.test(String(chain)) && typeof phase === "string" ? [phase] : [];
  });
  const segments = list(labels).flatMap((label) => {
    const word = /^segment:(.+)$/.exec(String(label))?.[1]?.toLowerCase();
    return word === undefined ? [] : [(Object.hasOwn(segmentOf, word) ? segmentOf[word] : undefined) ?? "other"];
  });
  const [all, parts] = [tactics.length > 0 ? tactics : ["other"], segments.length > 0 ? segments : ["other"]];
  return [...new Set(all.flatMap((tactic) => parts.map((segment) => `${tactic} / ${segment}`)))].sort();
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
