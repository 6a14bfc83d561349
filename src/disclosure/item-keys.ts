type Json = Readonly<Record<string, unknown>>;

/** Observables of which letters' case means nothing; that of a URL may. */
const foldedValues = new Set(["ipv4-addr", "ipv6-addr", "domain-name", "email-addr", "mac-addr"]);
const values = new Set([...foldedValues, "url"]);
/** Carry knowledge about threats; relationships, notes and markings only tie or comment it. */
const knowledge = new Set([
  ...["attack-pattern", "campaign", "course-of-action", "indicator", "infrastructure", "intrusion-set", "malware"],
  ...["report", "threat-actor", "tool", "vulnerability", ...values],
]);

const attack = /^mitre-(?:attack|mobile-attack|ics-attack)$/i;
/**
 * Catalogues that name things of a type, and the form of their ids there; the first that gives an object one id names it. A
 * reference of any other form is something that the object cites.
 */
const catalogues: Readonly<Record<string, readonly { readonly source: RegExp; readonly id: RegExp }[]>> = {
  vulnerability: [{ source: /^cve$/i, id: /^CVE-[0-9]{4}-[0-9]{4,19}$/i }],
  "attack-pattern": [
    { source: /^fight$/i, id: /^FGT[0-9]{4}(?:\.[0-9]{3})?$/i },
    { source: attack, id: /^T[0-9]{4}(?:\.[0-9]{3})?$/i },
    { source: /^capec$/i, id: /^CAPEC-[0-9]{1,5}$/i },
  ],
  "course-of-action": [
    { source: /^fight$/i, id: /^FGM[0-9]{4}$/i },
    { source: attack, id: /^M[0-9]{4}$/i },
  ],
  "intrusion-set": [{ source: attack, id: /^G[0-9]{4}$/i }],
  campaign: [{ source: attack, id: /^C[0-9]{4}$/i }],
  malware: [{ source: attack, id: /^S[0-9]{4}$/i }],
  tool: [{ source: attack, id: /^S[0-9]{4}$/i }],
};

/**
 * What an object is, so that two sources that tell the same are seen to: the value of an observable, the pattern of an
 * indicator, the id of a vulnerability or an attack pattern in its catalogue; else its own STIX id, which each source gives
 * itself. What it cites is not what it is: a report that lists vulnerabilities is one more report. Undefined: it is no
 * knowledge.
 */
export function itemKey(json: Json): string | undefined {
  const type = String(json.type);
  if (!knowledge.has(type)) return undefined;
  const { value, pattern } = json;
  if (values.has(type) && typeof value === "string")
    return `${type} ${foldedValues.has(type) ? value.toLowerCase() : value}`;
  if (type === "indicator" && typeof pattern === "string")
    return `pattern ${String(json.pattern_type)} ${plainPattern(pattern)}`;
  const named = nameIn(type, json);
  return named === undefined ? `id ${String(json.id)}` : `external ${named}`;
}

/** Blanks outside quotes do not matter. */
function plainPattern(pattern: string): string {
  return pattern
    .split("'")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll(/\s+/g, "") : part))
    .join("'");
}

/** The id that a catalogue gives the object. Of several in one catalogue the one that is its name, else none: it cites them. */
function nameIn(type: string, { external_references: references, name }: Json): string | undefined {
  if (!Object.hasOwn(catalogues, type)) return undefined;
  const given = list(references).flatMap((one) => {
    const { source_name: source, external_id: id } = typeof one === "object" && one !== null ? (one as Json) : {};
    return typeof source === "string" && typeof id === "string" ? [{ source, id: id.toUpperCase() }] : [];
  });
  const found = (catalogues[type] ?? []).map((catalogue) => [
    ...new Set(
      given.filter(({ source, id }) => catalogue.source.test(source) && catalogue.id.test(id)).map(({ id }) => id),
    ),
  ]);
  const own = String(name).toUpperCase();
  return found.flatMap((ids) => (ids.length === 1 ? ids : ids.filter((id) => id === own)))[0];
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
