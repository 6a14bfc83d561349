/** A technique of MITRE FiGHT(TM), quoted by id and name (Apache-2.0; NOTICE). */
export interface Technique {
  readonly id: string;
  readonly name: string;
}

/**
 * Techniques that describe what somebody in control of a function could do: our reading, small on purpose, and no part of
 * FiGHT. What FiGHT describes as an attack from outside stands here only where control of the function is its precondition.
 */
const names: Readonly<Record<string, string>> = {
  "FGT1020.001": "Traffic Duplication",
  FGT1040: "Network Sniffing",
  FGT1072: "Software Deployment Tools",
  "FGT1195.002": "Compromise Software Supply Chain",
  "FGT1195.003": "Compromise Hardware Supply Chain",
  "FGT1195.502": "Compromise Service Supply Chain",
  FGT1199: "Trusted Relationship",
  "FGT1498.504": "O-RAN Synchronization",
  "FGT1499.503": "DOS A UE Via gNB Or NF Signaling",
  FGT1525: "Implant Internal Image",
  "FGT1542.501": "Unauthorized Software In NFVI",
  "FGT1557.502": "Roaming And Interconnection",
  FGT1600: "Weaken Encryption",
  "FGT1600.501": "Radio Interface",
  FGT5003: "Network Function Service Discovery",
  FGT5004: "Network Flow Manipulation",
  FGT5005: "Memory Scraping",
  FGT5008: "Redirection Of Traffic Via User Plane Network Function",
  "FGT5012.002": "UE Measurement Reports",
  "FGT5012.004": "Core Network Function Signaling",
  FGT5013: "Malicious VNF Instantiation",
  FGT5015: "Device Database Manipulation",
  FGT5016: "Abuse Of Inter-operator Interfaces",
  FGT5017: "Charging Data Record (CDR) Collection",
  "FGT5019.003": "Obtain Subscriber Identifier Via NF",
  FGT5020: "Retrieve UE Subscription Data",
  FGT5022: "Alter Subscriber Profile",
  FGT5023: "Charging Fraud Via NF Control",
  FGT5032: "gNodeB Component Manipulation",
  "FGT5032.001": "RAN Intelligent Controller (RIC)",
  FGT5039: "Manipulate Virtual Network Function (VNF) Configuration",
  FGT5041: "DOS An NF Via Deregistration",
};

const station = ["FGT5032", "FGT1600.501", "FGT5012.002", "FGT1499.503"];
const line = ["FGT1040", "FGT1020.001"];
const control = ["FGT5012.004", "FGT5020", "FGT1499.503"];
const hosting = ["FGT5005", "FGT1525", "FGT1542.501"];

const byFunction: Readonly<Record<string, readonly string[]>> = {
  gNB: station,
  eNB: ["FGT1600.501", "FGT1499.503"],
  "gNB-CU": station,
  "gNB-CU-CP": station,
  "gNB-CU-UP": ["FGT5032", "FGT1040"],
  "gNB-DU": ["FGT5032"],
  RU: ["FGT5032"],
  RIC: ["FGT5032.001"],
  "timing-source": ["FGT1498.504"],
  "transport-router": [...line, "FGT5004"],
  "transport-switch": [...line, "FGT5004"],
  "optical-transport": line,
  "microwave-link": line,
  "third-party-interface": [...line, "FGT5016"],
  "security-gateway": [...line, "FGT1600"],
  AMF: control,
  MME: control,
  SMF: [...control, "FGT5023"],
  UPF: [...line, "FGT5008"],
  PGW: line,
  SGW: line,
  HSS: ["FGT5019.003", "FGT5020", "FGT5022"],
  PCRF: ["FGT5023"],
  GMLC: ["FGT5012.004"],
  UDM: ["FGT5019.003", "FGT5020", "FGT5022"],
  UDR: ["FGT5020", "FGT5022"],
  AUSF: ["FGT5019.003"],
  SEPP: ["FGT1557.502", "FGT5016"],
  NRF: ["FGT5003", "FGT5041"],
  SCP: ["FGT5003"],
  NEF: ["FGT5019.003", "FGT5012.004"],
  PCF: ["FGT5023"],
  CHF: ["FGT5017", "FGT5023"],
  LMF: ["FGT5012.004"],
  "5G-EIR": ["FGT5015"],
  "cloud-platform": hosting,
  server: hosting,
  MANO: [...hosting, "FGT5013", "FGT5039"],
  "RAN-management": ["FGT1072", "FGT5032"],
  "core-management": ["FGT1072", "FGT5039"],
  "transport-management": ["FGT1072", "FGT5004"],
};

const byChannel: Readonly<Record<string, readonly string[]>> = {
  made: ["FGT1195.002", "FGT1195.003"],
  contains: ["FGT1195.002", "FGT1195.003"],
  built: ["FGT1195.502"],
  maintained: ["FGT1195.502", "FGT1199"],
  managed: ["FGT1199"],
};

const named = (ids: readonly string[]): readonly Technique[] =>
  [...new Set(ids)].sort().map((id) => ({ id, name: names[id] ?? id }));

/** Techniques for who stands behind a function; none where our reading has none. Sorted by id. */
export const techniquesOf = (name: string): readonly Technique[] =>
  named(Object.hasOwn(byFunction, name) ? byFunction[name]! : []);

/** Techniques for the way in that a channel is; the union of all channels has none of its own. */
export const techniquesOfChannel = (channel: string): readonly Technique[] =>
  named(Object.hasOwn(byChannel, channel) ? byChannel[channel]! : []);

/** Everything that the mapping can name, for checks against the published list. */
export const allTechniques: readonly Technique[] = named(
  [...Object.values(byFunction), ...Object.values(byChannel)].flat(),
);
