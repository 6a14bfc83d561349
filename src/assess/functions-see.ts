/** Classes of data that equipment of a mobile network may see in clear; docs/exposure.md says what each holds. */
export type DataClass =
  | "user-plane-content"
  | "user-plane-metadata"
  | "location"
  | "permanent-identity"
  | "credentials-and-keys"
  | "signalling"
  | "roaming-signalling"
  | "topology-and-configuration"
  | "interception-targets"
  | "hosted-memory"
  | "customer-data";

export const dataClasses: Readonly<Record<DataClass, string>> = {
  "user-plane-content": "what people send and receive, as far as applications do not encrypt it end to end",
  "user-plane-metadata": "who communicates with what, when and how much",
  location: "the cell or area where a subscriber is",
  "permanent-identity": "the permanent subscriber identity (SUPI, IMSI)",
  "credentials-and-keys": "long-term keys, authentication vectors, keys of network functions",
  signalling: "registrations, sessions and calls as they are set up",
  "roaming-signalling": "signalling with the networks of others",
  "topology-and-configuration": "how the network is built and set up, and software on its way to it",
  "interception-targets": "who is under lawful interception",
  "hosted-memory": "memory, images and secrets of everything hosted above",
  "customer-data": "customers, bills, tariffs, inventories",
};

/** What one function sees and can take down if those behind it are hostile. */
export interface FunctionSight {
  readonly sees: readonly DataClass[];
  readonly takesDown: readonly string[];
  /** Where the architecture stands. */
  readonly source: string;
  /** Of `sees`: what was confirmed in excerpts of the text; all else is general knowledge. */
  readonly confirmed: readonly DataClass[];
}

/** How sure a row is; printed beside it. */
export type Certainty = "partly confirmed" | "general knowledge";
export const certaintyWords: Readonly<Record<Certainty, string>> = {
  "partly confirmed": "partly confirmed in excerpts of TS 23.501, the rest general knowledge",
  "general knowledge": "general knowledge, not confirmed against a text",
};

const architecture = "3GPP TS 23.501 clause 6.2";
const roles = "3GPP TS 33.501 clause 5";
const radio = "3GPP TS 38.401 clause 6.1; TS 33.501 clauses 5.3, 6.6";
const outside = "no clause: not a 3GPP function";
const transport = "3GPP TS 33.501 clause 9 (protection of what it carries); itself not a 3GPP function";

const row = (
  sees: readonly DataClass[],
  takesDown: readonly string[],
  source: string,
  confirmed: readonly DataClass[] = [],
): FunctionSight => ({ sees, takesDown, source, confirmed });

const user: readonly DataClass[] = ["user-plane-content", "user-plane-metadata"];
const plane = "topology-and-configuration";
const baseStation = row([...user, "location", "signalling"], ["cells of its sites"], radio);

/**
 * Which data each function sees in clear, and what it can take down: our table after the 3GPP architecture. No row is
 * evidence about a product; a function that is not in it sees we do not know what.
 */
export const functionSights: Readonly<Record<string, FunctionSight>> = {
  gNB: baseStation,
  eNB: { ...baseStation, source: "3GPP TS 36.300 clause 4; TS 33.401 clause 5" },
  "gNB-CU": baseStation,
  "gNB-CU-CP": row(["location", "signalling"], ["cells of its sites"], radio),
  "gNB-CU-UP": row(user, ["user plane of its cells"], radio),
  "gNB-DU": row(["location", "user-plane-metadata"], ["cells of its sites"], radio),
  RU: row(["location"], ["cells of its sites"], radio),
  antenna: row([], ["cells of its sites"], outside),
  RIC: row(["location", plane], ["cells that it steers"], outside),
  "transport-router": row([...user, plane], ["sites and regions behind it"], transport),
  "transport-switch": row([...user, plane], ["sites behind it"], transport),
  "optical-transport": row(user, ["links over it"], transport),
  "microwave-link": row(user, ["the link"], transport),
  "third-party-interface": row([...user, "roaming-signalling"], ["the way to that network"], transport),
  "security-gateway": row([...user, "signalling", plane], ["sites behind it"], "3GPP TS 33.501 clause 9; TS 33.210"),
  "timing-source": row([], ["time-division radio of an area"], outside),
  AMF: row(
    ["permanent-identity", "location", "signalling"],
    ["registration and paging of its region or pool"],
    architecture,
  ),
  SMF: row(["signalling", "user-plane-metadata", "permanent-identity"], ["sessions"], architecture),
  UPF: row([...user, "interception-targets"], ["data service"], architecture),
  PGW: row([...user, "interception-targets"], ["data service"], "3GPP TS 23.401 clause 4.4"),
  MME: row(
    ["permanent-identity", "location", "signalling"],
    ["registration and paging of its region or pool"],
    "3GPP TS 23.401 clause 4.4",
  ),
  SGW: row([...user, "interception-targets"], ["data service of its region"], "3GPP TS 23.401 clause 4.4"),
  HSS: row(
    ["permanent-identity", "credentials-and-keys", "location", "customer-data"],
    ["authentication of all subscribers; lost keys do lasting harm"],
    "3GPP TS 23.401 clause 4.4",
  ),
  PCRF: row(["user-plane-metadata", "customer-data"], ["charging and policy"], "3GPP TS 23.203"),
  ePDG: row([...user, "signalling"], ["access over Wi-Fi"], "3GPP TS 23.402 clause 4.3.4"),
  GMLC: row(["location"], ["positioning, also of emergency calls"], "3GPP TS 23.273 clause 4.3"),
  UDM: row(
    ["permanent-identity", "credentials-and-keys", "location", "customer-data"],
    ["authentication of all subscribers; lost keys do lasting harm"],
    `${architecture}; ${roles}`,
    ["permanent-identity", "credentials-and-keys"],
  ),
  AUSF: row(
    ["permanent-identity", "credentials-and-keys"],
    ["authentication of all subscribers"],
    `${architecture}; ${roles}`,
  ),
  UDR: row(
    ["permanent-identity", "credentials-and-keys", "customer-data"],
    ["authentication of all subscribers; lost keys do lasting harm"],
    architecture,
  ),
  UDSF: row(["signalling"], ["functions that keep their state in it"], architecture),
  SEPP: row(["roaming-signalling", "permanent-identity"], ["roaming"], `${architecture}; ${roles}`),
  NRF: row([plane, "signalling"], ["service discovery: the whole core"], architecture),
  SCP: row([plane, "signalling", "permanent-identity"], ["service discovery: the whole core"], architecture),
  NEF: row(["location", "signalling"], ["services of third parties"], architecture),
  PCF: row(["user-plane-metadata", "customer-data"], ["charging and policy"], architecture),
  CHF: row(["user-plane-metadata", "customer-data"], ["charging and policy"], "3GPP TS 32.240"),
  BSF: row(["signalling"], ["policy of sessions"], architecture),
  N3IWF: row([...user, "signalling"], ["access over Wi-Fi"], architecture, ["user-plane-content"]),
  NWDAF: row(["location", "user-plane-metadata"], ["analytics"], architecture),
  NSSF: row(["signalling"], ["choice of slices"], architecture),
  NSSAAF: row(["permanent-identity", "credentials-and-keys"], ["access to slices"], architecture),
  AAnF: row(["permanent-identity", "credentials-and-keys"], ["keys for applications"], "3GPP TS 33.535"),
  AAA: row(["permanent-identity", "credentials-and-keys"], ["authentication by it"], outside),
  IMS: row([...user, "location", "signalling"], ["voice and emergency calls"], "3GPP TS 23.228"),
  SMSF: row(["user-plane-content", "user-plane-metadata", "permanent-identity"], ["short messages"], architecture),
  LMF: row(["location"], ["positioning, also of emergency calls"], architecture),
  "5G-EIR": row(["permanent-identity"], ["checks of devices"], architecture),
  DNS: row(["user-plane-metadata", plane], ["name resolution: sessions and discovery"], outside),
  "lawful-interception": row(
    ["interception-targets", ...user, "location"],
    ["interception; the secrecy of measures"],
    "3GPP TS 33.126, TS 33.127",
  ),
  "cloud-platform": row(["hosted-memory"], ["everything hosted above it"], outside),
  server: row(["hosted-memory"], ["everything hosted above it"], outside),
  MANO: row(["hosted-memory", plane], ["everything hosted above it"], outside),
  "RAN-management": row(
    [plane, "location"],
    ["all base stations it manages at once, also by a software update"],
    outside,
  ),
  "core-management": row([plane, "permanent-identity"], ["all core functions it manages at once"], outside),
  "transport-management": row([plane], ["all transport equipment it manages at once"], outside),
  "OSS-BSS": row(["customer-data", plane], ["operations"], outside),
};

/** What a function sees; one that the table does not have sees nothing that we could name. */
export function sightOf(name: string): FunctionSight & { readonly certainty: Certainty; readonly listed: boolean } {
  const found = Object.hasOwn(functionSights, name) ? functionSights[name] : undefined;
  const sight = found ?? row([], [], "not in our table");
  return {
    ...sight,
    certainty: sight.confirmed.length > 0 ? "partly confirmed" : "general knowledge",
    listed: found !== undefined,
  };
}

const tunnels = "IPsec on both links of a place hides content from it, metadata stay";
const lines = "IPsec or MACsec on both links of a place hides content from it, metadata stay";
const protections: Readonly<Record<string, string>> = {
  RU: "air-interface ciphering, where it is on, ends above it (TS 33.501 clause 6.6)",
  "gNB-DU": "air-interface ciphering, where it is on, ends above it (TS 33.501 clause 6.6)",
  "transport-router": tunnels,
  "transport-switch": tunnels,
  "optical-transport": lines,
  "microwave-link": lines,
};

/** What still hides something from such an element; nothing known for most: in it, data are in clear. */
export const protectionOf = (name: string): readonly string[] =>
  Object.hasOwn(protections, name) ? [protections[name]!] : [];
