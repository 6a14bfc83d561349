import { checkShape } from "../model/check.ts";
import { dayOf } from "../model/day.ts";
import type { Advisory, VulnerabilityClaim, VulnerabilityState } from "../model/document.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { unfitForTests } from "./csaf-bounds.ts";
import { type CsafProduct, productsOf } from "./csaf-products.ts";
import { AdvisoryShape } from "./csaf-shape.ts";
import { conformanceProblems, csafVersions, isCsafVersion } from "./csaf-tests.ts";
import { cveIdsIn } from "./cve.ts";
import { readJson } from "./json.ts";

/** Groups of `product_status` (CSAF 2.0, 3.2.3.9). `recommended` and `unknown` (2.1) are no states. */
const states: readonly (readonly [group: string, state: VulnerabilityState])[] = [
  ["known_affected", "affected"],
  ["first_affected", "affected"],
  ["last_affected", "affected"],
  ["fixed", "fixed"],
  ["first_fixed", "fixed"],
  ["known_not_affected", "not-affected"],
  ["under_investigation", "under-investigation"],
];

/**
 * Reads an advisory or VEX in CSAF 2.0 (OASIS Standard, ISO/IEC 20153) or 2.1. Only a document that its schema and all mandatory
 * tests accept is an advisory; what speaks against another one comes as problems with the number of the test.
 */
export async function readCsaf(
  file: ReadFile,
): Promise<{ readonly document?: Advisory; readonly problems: readonly Problem[] }> {
  const json = readJson(file.bytes, file.name);
  if (json.problems.length > 0) return { problems: json.problems };
  const version = versionOf(json.value);
  if (!isCsafVersion(version)) return { problems: [otherVersion(version, file.name)] };
  const outside = unfitForTests(json.value, file.name);
  if (outside) return { problems: [outside] };
  const faults = await conformanceProblems(json.value, version, file.name);
  if (faults.length > 0) return { problems: faults };
  const checked = checkShape(AdvisoryShape, json.value, { file: file.name, lineOf: json.lineOf });
  return "value" in checked ? advisoryOf(checked.value, file) : { problems: checked.problems };
}

function versionOf(value: unknown): unknown {
  const document = typeof value === "object" && value !== null ? Reflect.get(value, "document") : undefined;
  return typeof document === "object" && document !== null ? Reflect.get(document, "csaf_version") : undefined;
}

function otherVersion(version: unknown, file: string): Problem {
  const got = typeof version === "string" ? `\`${version.slice(0, 20)}\`` : "no version";
  const hint = "is it an advisory or VEX in CSAF 2.0 or 2.1, as JSON?";
  const place = { file, pointer: "/document/csaf_version" };
  return documentProblem("wrong-shape", `expected CSAF ${csafVersions.join(" or ")}, got ${got}`, place, hint);
}

function advisoryOf(
  { document, product_tree, vulnerabilities = [] }: AdvisoryShape,
  file: ReadFile,
): { readonly document?: Advisory; readonly problems: readonly Problem[] } {
  const { id, status, current_release_date: moment } = document.tracking;
  const released = dayOf(moment);
  if (released === undefined) {
    const place = { file: file.name, pointer: "/document/tracking/current_release_date" };
    return { problems: [documentProblem("wrong-type", "expected an RFC 3339 time, got another text", place)] };
  }
  const products = productsOf(product_tree);
  const { title, publisher } = document;
  const claims = vulnerabilities.flatMap((one, index) => claimsOf(one, `${id}#${index + 1}`, products));
  const advisory: Advisory = {
    kind: "advisory",
    file: file.name,
    digest: file.sha256,
    id,
    title,
    publisher: publisher.name,
    released,
    status,
    claims,
  };
  return { document: advisory, problems: [] };
}

/** Claims of one vulnerability, in the order of the groups; a product in two groups of one state counts once. */
function claimsOf(
  {
    cve,
    ids = [],
    references = [],
    product_status: status = {},
  }: NonNullable<AdvisoryShape["vulnerabilities"]>[number],
  ownId: string,
  products: ReadonlyMap<string, CsafProduct>,
): readonly VulnerabilityClaim[] {
  const aliases = ids.map(({ text }) => text);
  const linked = references.flatMap(({ summary = "", url = "" }) => [summary, url]);
  const named = cveIdsIn(cve === undefined ? [...aliases, ...linked] : aliases);
  const vulnerability = cve ?? aliases[0] ?? ownId;
  const others = [...new Set([...aliases, ...named])].filter((name) => name !== vulnerability);
  const byState = Map.groupBy(states, ([, state]) => state);
  return [...byState].flatMap(([state, groups]) => {
    const concerned = new Set(groups.flatMap(([group]) => status[group] ?? []));
    return [...concerned].flatMap((id) => {
      const product = products.get(id);
      const names = others.length > 0 ? { names: others } : {};
      return product ? [{ vulnerability, ...names, product: claimed(product, state), state }] : [];
    });
  });
}

/**
 * That something is not affected, or fixed, *in or on* another thing says nothing of it elsewhere: neither its identifiers
 * nor its version count. That it is fixed there leaves the question elsewhere open, so then the product stays named.
 */
function claimed({ named, composite }: CsafProduct, state: VulnerabilityState) {
  if (!composite || state === "affected" || state === "under-investigation") return named;
  const elsewhere = { ...named, version: null, range: null, digests: [] };
  return state === "fixed" ? elsewhere : { ...elsewhere, cpes: [], purls: [] };
}
