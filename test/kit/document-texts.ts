/** Invented documents as files: CSAF 2.0, CycloneDX 1.6 and a list of known exploited vulnerabilities. */
import { createHash } from "node:crypto";
import { statement } from "./cases.ts";
import type { Signed } from "./world.ts";

type Statuses = Readonly<Record<string, readonly string[]>>;

/** What an advisory says of one product: vulnerability -> status group -> versions; `<2` stands for a range. */
export function csafText(
  id: string,
  product: string,
  vulnerabilities: Readonly<Record<string, Statuses>>,
  released = "2026-10-01",
): string {
  const versions = [...new Set(Object.values(vulnerabilities).flatMap((groups) => Object.values(groups).flat()))];
  const at = `${released}T09:00:00.000Z`;
  const branch = (version: string) => ({
    category: /^[<>]/.test(version) ? "product_version_range" : "product_version",
    name: version,
    product: { name: `${product} ${version}`, product_id: version },
  });
  return asText({
    document: {
      category: "csaf_base",
      csaf_version: "2.0",
      title: `${id}: an invented advisory`,
      publisher: { category: "coordinator", name: "DEMO-CERT", namespace: "https://example.org" },
      tracking: {
        id,
        status: "final",
        version: "1",
        initial_release_date: at,
        current_release_date: at,
        revision_history: [{ date: at, number: "1", summary: "first" }],
      },
    },
    product_tree: {
      branches: [
        {
          category: "vendor",
          name: "DEMO-nordwerk",
          branches: [{ category: "product_name", name: product, branches: versions.map(branch) }],
        },
      ],
    },
    vulnerabilities: Object.entries(vulnerabilities).map(([cve, groups]) => ({ cve, product_status: groups })),
  });
}

/** A bill of materials of a release; parts: name -> manufacturer. `aggregate`: what its compositions say of the whole. */
export function cycloneText(
  product: string,
  version: string,
  parts: Readonly<Record<string, string>>,
  aggregate = "complete",
): string {
  const components = Object.entries(parts).map(([name, manufacturer], index) => ({
    type: "device",
    "bom-ref": `part-${index}`,
    name,
    version: "1",
    manufacturer: { name: manufacturer },
  }));
  return asText({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: "2026-10-01T09:00:00Z",
      component: { type: "device", "bom-ref": "root", name: product, version },
    },
    components,
    dependencies: [{ ref: "root", dependsOn: components.map((one) => one["bom-ref"]) }],
    compositions: [{ aggregate, assemblies: ["root"], dependencies: ["root"] }],
  });
}

/** A list of known exploited vulnerabilities, each added on 1 May 2026. */
export function exploitedText(ids: readonly string[], released = "2026-11-01"): string {
  return asText({
    title: "DEMO catalogue of known exploited vulnerabilities",
    catalogVersion: released.replaceAll("-", "."),
    dateReleased: `${released}T09:00:00.000Z`,
    count: ids.length,
    vulnerabilities: ids.map((cveID) => ({
      cveID,
      vendorProject: "DEMO",
      product: "DEMO",
      vulnerabilityName: `invented ${cveID}`,
      dateAdded: "2026-05-01",
      shortDescription: "invented",
      requiredAction: "none",
      dueDate: "2026-05-22",
    })),
  });
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Two people of `DEMO-north` (or whoever `by` names) copied the document; `digest` of another one is a lie. */
export function copied(
  format: "CycloneDX" | "CSAF" | "KEV",
  name: string,
  text: string,
  by: readonly string[] = ["DEMO-north-security", "DEMO-north-approver"],
): Signed {
  const digest = { sha256: sha256(text) };
  const transcriptOf = { title: name, address: `https://example.org/${name}`, seen: "2026-11-02", digest };
  return statement("document", { format, transcriptOf }, { file: `evidence/${name}.dsse`, by, on: "2026-11-02" });
}

function asText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
