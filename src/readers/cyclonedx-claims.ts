import type { Named, VulnerabilityClaim, VulnerabilityState } from "../model/document.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { cutShort } from "./bounds.ts";
import { cveIdsIn } from "./cve.ts";
import type { VulnerabilityShape } from "./cyclonedx-shape.ts";

/** What `analysis.state` says (CycloneDX 1.6, "Impact Analysis State") in the words that CSAF and VEX share. */
const states: ReadonlyMap<string, VulnerabilityState> = new Map([
  ["exploitable", "affected"],
  ["in_triage", "under-investigation"],
  ["resolved", "fixed"],
  ["resolved_with_pedigree", "fixed"],
  ["not_affected", "not-affected"],
  ["false_positive", "not-affected"],
]);

type Affected = NonNullable<VulnerabilityShape["affects"]>[number];
type Resolve = (ref: string) => Named | undefined;

/**
 * The vulnerabilities of a bill that carry an analysis, as claims about products and versions. `resolve` finds the part of
 * this document that a `bom-ref` means. One without analysis says that a part has it, not what follows for the product.
 */
export function claimsOf(
  vulnerabilities: readonly VulnerabilityShape[],
  document: { readonly file: string; readonly serial: string | undefined; readonly resolve: Resolve },
): { readonly claims: readonly VulnerabilityClaim[]; readonly problems: readonly Problem[] } {
  const claims: VulnerabilityClaim[] = [];
  const problems: Problem[] = [];
  for (const [index, vulnerability] of vulnerabilities.entries()) {
    const state = states.get(vulnerability.analysis?.state ?? "");
    if (!state) continue;
    const pointer = `/vulnerabilities/${index}`;
    const id = vulnerability.id || vulnerability["bom-ref"] || `${document.serial ?? document.file}#${pointer}`;
    const names = otherNames(vulnerability, id);
    if (!vulnerability.affects?.length) {
      problems.push(nothingNamed(id, document.file, pointer));
    }
    for (const [at, affected] of (vulnerability.affects ?? []).entries()) {
      const product = productOf(affected.ref, document.serial, document.resolve);
      if (product.dangling) problems.push(dangling(affected.ref, document.file, `${pointer}/affects/${at}/ref`));
      claims.push(
        ...versionsOf(affected, product.named, state).map((claim) => ({ vulnerability: id, ...names, ...claim })),
      );
    }
  }
  return { claims, problems: cutShort(problems, document.file) };
}

/** Ids of the same vulnerability with others (`references`), and CVE ids that its advisories name. */
function otherNames({ id = "", references = [], advisories = [] }: VulnerabilityShape, own: string) {
  const aliases = references.flatMap((one) => one.id ?? []);
  const cves = cveIdsIn([id, ...aliases]);
  const linked = cves.length > 0 ? [] : cveIdsIn(advisories.flatMap(({ title = "", url = "" }) => [title, url]));
  const others = [...new Set([...aliases, ...cves, ...linked])].filter((name) => name !== own);
  return others.length > 0 ? { names: others } : {};
}

/** A reference into this document, or a BOM-Link (`urn:cdx:serial/version#ref`) into another one. */
function productOf(
  ref: string,
  serial: string | undefined,
  resolve: Resolve,
): { readonly named: Named; readonly dangling: boolean } {
  const link = /^urn:cdx:([0-9a-f-]{36})\/[1-9][0-9]*(?:#(.+))?$/.exec(ref);
  const inside = !link || (serial !== undefined && serial.toLowerCase() === `urn:uuid:${link[1]}`);
  const name = link ? decode(link[2] ?? ref) : ref;
  const found = inside ? resolve(name) : undefined;
  const purls = name.startsWith("pkg:") ? [name] : [];
  const bare = { name, vendor: null, version: null, range: null, cpes: [], purls, digests: [] };
  return { named: found ?? bare, dangling: inside && !found };
}

/**
 * One claim for each version or range, or one for the part as it stands. What a version's own status says goes before the
 * analysis, and of two that disagree the worse one counts. A digest is that of the part's own version, so it is dropped.
 */
function versionsOf({ versions = [] }: Affected, named: Named, state: VulnerabilityState) {
  if (versions.length === 0) return [{ product: named, state }];
  return versions.map(({ version = null, range = null, status }) => ({
    product: { ...named, version, range, digests: [] },
    state: stateOf(status, state),
  }));
}

function stateOf(status: string | undefined, analysis: VulnerabilityState): VulnerabilityState {
  if (status === "unaffected") return "not-affected";
  if (status === "unknown") return "under-investigation";
  if (status === "affected") return analysis === "under-investigation" ? analysis : "affected";
  return analysis;
}

function nothingNamed(id: string, file: string, pointer: string): Problem {
  const message = `\`${id.slice(0, 60)}\` has an analysis, but names nothing that it \`affects\``;
  return { ...documentProblem("missing-value", message, { file, pointer: `${pointer}/affects` }), rows: 1 };
}

function dangling(ref: string, file: string, pointer: string): Problem {
  const message = `no part of the document has the \`bom-ref\` \`${ref.slice(0, 60)}\``;
  const hint = "the claim is kept under that name, but says nothing of a maker or version";
  return documentProblem("dangling-reference", message, { file, pointer }, hint);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
