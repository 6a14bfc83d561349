import { asName } from "./name.ts";

/** Part of a network in which an element works. */
export const domains = ["access", "transport", "core", "management", "unknown"] as const;
export type Domain = (typeof domains)[number];

/**
 * Network functions by their 3GPP name (TS 23.501 clause 6.2, TS 38.401 clause 6.1; of 4G TS 23.401 clause 4.4, TS 23.402
 * clause 4.3.4) or, outside 3GPP, by the name of what the equipment does. What a law makes of each stands in a pack, never here.
 */
const byDomain: Record<Exclude<Domain, "unknown">, readonly string[]> = {
  access: ["gNB", "gNB-CU", "gNB-CU-CP", "gNB-CU-UP", "gNB-DU", "RU", "eNB", "antenna", "RIC"],
  transport: [
    "transport-router",
    "transport-switch",
    "optical-transport",
    "microwave-link",
    "third-party-interface",
    "security-gateway",
    "timing-source",
  ],
  core: [
    ...["AMF", "SMF", "UPF", "UDM", "UDR", "AUSF", "SEPP", "NRF", "NEF", "N3IWF", "NWDAF", "SCP", "PCF", "NSSF"],
    ...["NSSAAF", "AAnF", "IMS", "SMSF", "CHF", "BSF", "LMF", "5G-EIR", "UDSF"],
    ...["MME", "SGW", "PGW", "HSS", "PCRF", "ePDG", "GMLC", "DNS", "AAA"],
    ...["lawful-interception", "cloud-platform", "server"],
  ],
  management: ["RAN-management", "core-management", "transport-management", "MANO", "OSS-BSS"],
};

/** Name of every known function -> the domain it works in. */
export const domainOfFunction: ReadonlyMap<string, Domain> = new Map(
  Object.entries(byDomain).flatMap(([domain, names]) => names.map((name) => [name, domain as Domain] as const)),
);

/** How an element's `functions` column joins several names. */
const functionSeparator = ";";

/** The names in an element's `functions` text, sorted and without repeats; empty if none is given. */
export function splitFunctions(text: string | null): readonly string[] {
  const names = (text ?? "").split(functionSeparator).map(asName);
  return [...new Set(names.filter((name) => name !== ""))].sort();
}

/** The domain of a `functions` text; `unknown` if it names none, one that we do not know, or several domains. */
export function domainOf(text: string | null): Domain {
  const found = new Set(splitFunctions(text).map((name) => domainOfFunction.get(name) ?? "unknown"));
  const [only] = found;
  return found.size === 1 && only ? only : "unknown";
}
