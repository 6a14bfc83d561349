/** Bills of materials, an advisory and a list of exploited vulnerabilities: all invented, none with a signature of its own. */
import { createHash } from "node:crypto";
import type { Signed } from "../../../test/kit/world.ts";

const opal = { name: "DEMO Opal Semiconductor Ltd" };

interface Built {
  readonly file: string;
  readonly serial: string;
  readonly maker: string;
  readonly name: string;
  readonly release: string;
  readonly cpe?: string;
  /** How the bill says whether it lists everything. */
  readonly aggregate: "complete" | "incomplete" | "unknown";
  /** The signal processor on its main board, where it is not that of DEMO-opal. */
  readonly processor?: readonly [name: string, maker: string];
  readonly parts: readonly (readonly [name: string, version: string, maker: string])[];
}

/** A hardware bill with a signal processor on the main board, in most of them the same. */
function bill(built: Built): readonly [string, string] {
  const { file, serial, maker, name, release, cpe, aggregate, processor, parts } = built;
  const manufacturer = { name: maker };
  const [chipName, chipMaker] = processor ?? ["Signal Processor OS-7", opal.name];
  const chip = {
    ...{ type: "device", "bom-ref": "chip", manufacturer: { name: chipMaker }, name: chipName, version: "C2" },
    supplier: { name: "DEMO Component Trade GmbH" },
  };
  const document = {
    ...{ $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", bomFormat: "CycloneDX", specVersion: "1.6" },
    ...{ serialNumber: `urn:uuid:${serial}`, version: 1 },
    metadata: {
      timestamp: "2026-01-12T08:00:00Z",
      component: { type: "device", "bom-ref": "product", manufacturer, name, version: release, ...(cpe && { cpe }) },
    },
    components: [
      { type: "device", "bom-ref": "board", manufacturer, name: "Main Board", version: "3", components: [chip] },
      ...parts.map(([part, version, by], at) => ({
        ...{ type: typeOf(part), "bom-ref": `part-${at + 1}` },
        ...{ manufacturer: { name: by }, name: part, version },
      })),
    ],
    compositions: [{ aggregate, assemblies: ["product"] }],
  };
  return [file, `${JSON.stringify(document, null, 2)}\n`];
}

function typeOf(part: string): string {
  if (part.includes("Firmware")) return "firmware";
  return part.includes("System") ? "operating-system" : "device";
}

const routerBill = bill({
  ...{ file: "evidence/bill-N-NR6.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000061" },
  ...{ maker: "DEMO Nordwerk AG", name: "Network Router 6", release: "6.1", aggregate: "complete" },
  parts: [
    ["Switching Chip SC-2", "B0", "DEMO Kiesel Server GmbH"],
    ["Router System", "6.1", "DEMO Nordwerk AG"],
  ],
});
const radioBill = bill({
  ...{ file: "evidence/bill-L-BB.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000051" },
  ...{ maker: "DEMO Lotus Telecom Ltd", name: "Baseband 5", release: "V5.1", aggregate: "unknown" },
  cpe: "cpe:2.3:h:demo-lotus:baseband_5:v5.1:*:*:*:*:*:*:*",
  parts: [["Clock Module CM-1", "A4", "DEMO Lotus Telecom Ltd"]],
});
const openRadioBill = bill({
  ...{ file: "evidence/bill-S-BB.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000018" },
  ...{ maker: "DEMO Sakura Open Networks KK", name: "Open Baseband", release: "1.8", aggregate: "incomplete" },
  cpe: "cpe:2.3:h:demo-sakura:open_baseband:1.8:*:*:*:*:*:*:*",
  parts: [["Accelerator Card AC-3", "1", "DEMO Kiesel Server GmbH"]],
});

/** The three large radio makers on one system by somebody else, and two of them on one chip: less apart than their names. They name makers by our ids. */
const carrierSystem = ["Carrier System 5", "5.4", "DEMO-cumulus"] as const;
const newerRadioBill = bill({
  ...{ file: "evidence/bill-L-BB-V5.2.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000052" },
  ...{ maker: "DEMO-lotus", name: "Baseband 5", release: "V5.2", aggregate: "complete" },
  parts: [carrierSystem, ["Baseband Firmware", "V5.2", "DEMO-lotus"]],
});
const secondRadioBill = bill({
  ...{ file: "evidence/bill-B-BB.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000253" },
  ...{ maker: "DEMO-borea", name: "Radio Compute", release: "25.3", aggregate: "complete" },
  parts: [carrierSystem, ["Radio Firmware", "25.3", "DEMO-borea"]],
});
const thirdRadioBill = bill({
  ...{ file: "evidence/bill-T-BB.json", serial: "6f1f2d3c-0b1a-4c5d-8e7f-000000000025" },
  ...{ maker: "DEMO-taiga", name: "Baseband", release: "T25", aggregate: "complete" },
  processor: ["Signal Processor TS-3", "DEMO-taiga"],
  parts: [carrierSystem, ["Baseband Firmware T", "T25", "DEMO-taiga"]],
});

const vulnerability = "CVE-2026-99001";
const invention = "Invented for an example of Freigabe: neither product nor vulnerability exists.";

function version(name: string, id: string) {
  const cpe = `cpe:2.3:a:demo-borea:core_controller:${name}:*:*:*:*:*:*:*`;
  const product = {
    name: `DEMO Borea Core Controller ${name}`,
    product_id: id,
    product_identification_helper: { cpe },
  };
  return { category: "product_version", name, product };
}

/** CSAF 2.0, profile "security advisory" (section 4.4). */
const advisory = {
  document: {
    ...{ category: "csaf_security_advisory", csaf_version: "2.0", lang: "en" },
    title: "DEMO Borea Core Controller: registration messages can stop the function",
    distribution: { tlp: { label: "WHITE" } },
    notes: [{ category: "general", text: invention, title: "Invented" }],
    publisher: { category: "vendor", name: "DEMO Borea Radio AB", namespace: "https://borea.example" },
    references: [
      {
        ...{ category: "self", summary: "This advisory" },
        url: "https://borea.example/.well-known/csaf/white/2026/demo-borea-sa-2026-007.json",
      },
    ],
    tracking: {
      ...{ id: "DEMO-BOREA-SA-2026-007", status: "final", version: "1" },
      ...{ initial_release_date: "2026-10-12T10:00:00Z", current_release_date: "2026-10-12T10:00:00Z" },
      revision_history: [{ date: "2026-10-12T10:00:00Z", number: "1", summary: "first issue" }],
    },
  },
  product_tree: {
    branches: [
      {
        ...{ category: "vendor", name: "DEMO Borea Radio AB" },
        branches: [
          {
            ...{ category: "product_name", name: "Core Controller" },
            branches: [version("7.1", "B-CC-7.1"), version("7.2", "B-CC-7.2")],
          },
        ],
      },
    ],
  },
  vulnerabilities: [
    {
      ...{ cve: vulnerability, title: "Registration messages can stop the function" },
      notes: [{ category: "description", text: invention, title: "Description" }],
      product_status: { known_affected: ["B-CC-7.1"], fixed: ["B-CC-7.2"] },
      remediations: [{ category: "vendor_fix", details: "Update to 7.2", product_ids: ["B-CC-7.1"] }],
    },
  ],
};

/** A list in the form of CISA's catalogue of known exploited vulnerabilities. */
const exploited = {
  ...{ title: "DEMO list of exploited vulnerabilities (invented)", catalogVersion: "2026.11.09" },
  ...{ dateReleased: "2026-11-09T12:00:00.0000Z", count: 1 },
  vulnerabilities: [
    {
      ...{ cveID: vulnerability, vendorProject: "DEMO Borea", product: "Core Controller" },
      ...{ vulnerabilityName: "DEMO Borea Core Controller Denial of Service", dateAdded: "2026-11-09" },
      ...{ shortDescription: invention, requiredAction: "Update, or take it out of use.", dueDate: "2026-11-30" },
      ...{ knownRansomwareCampaignUse: "Unknown", notes: "", cwes: [] },
    },
  ],
};

const advisoryFile = ["evidence/advisory-B-CC.json", `${JSON.stringify(advisory, null, 2)}\n`] as const;
const exploitedFile = ["evidence/exploited.json", `${JSON.stringify(exploited, null, 2)}\n`] as const;

export const documentFiles: Readonly<Record<string, string>> = Object.fromEntries([
  ...[routerBill, radioBill, openRadioBill],
  ...[newerRadioBill, secondRadioBill, thirdRadioBill],
  ...[advisoryFile, exploitedFile],
]);

function vouch(
  [file, text]: readonly [string, string],
  format: string,
  by: readonly string[],
  on: string,
  more: Readonly<Record<string, unknown>> = {},
): Signed {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const digest = { sha256: createHash("sha256").update(text).digest("hex") };
  const says = { kind: "document", predicate: { format, ...more } } as const;
  return { file: file.replace("evidence/", "evidence/vouched-"), by, on, says, subject: { name, digest } };
}

/** Makers for four bills, the authority for its list, and two people of an operator for the advisory they copied. */
export const vouching: readonly Signed[] = [
  vouch(routerBill, "CycloneDX", ["DEMO-nordwerk-key"], "2026-01-19", { product: "DEMO-N-NR6", release: "6.1" }),
  vouch(newerRadioBill, "CycloneDX", ["DEMO-lotus-key"], "2026-01-19", { product: "DEMO-L-BB", release: "V5.2" }),
  vouch(secondRadioBill, "CycloneDX", ["DEMO-borea-key"], "2026-01-19", { product: "DEMO-B-BB", release: "25.3" }),
  vouch(thirdRadioBill, "CycloneDX", ["DEMO-taiga-key"], "2026-01-19", { product: "DEMO-T-BB", release: "T25" }),
  vouch(exploitedFile, "KEV", ["DEMO-regulator"], "2026-11-09"),
  vouch(advisoryFile, "CSAF", ["DEMO-isar-approver", "DEMO-isar-security"], "2026-10-19", {
    transcriptOf: {
      title: "DEMO-BOREA-SA-2026-007 (invented)",
      ...{
        address: "https://borea.example/.well-known/csaf/white/2026/demo-borea-sa-2026-007.json",
        seen: "2026-10-19",
      },
      digest: { sha256: createHash("sha256").update(advisoryFile[1]).digest("hex") },
    },
  }),
];
