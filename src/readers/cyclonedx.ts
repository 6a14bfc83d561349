import { checkShape } from "../model/check.ts";
import { dayOf } from "../model/day.ts";
import type { Bill, Named } from "../model/document.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { cutShort, outOfBounds } from "./bounds.ts";
import { claimsOf } from "./cyclonedx-claims.ts";
import { completenessOf } from "./cyclonedx-complete.ts";
import { flatten, namedBy, nameOf, type Placed, partOf } from "./cyclonedx-parts.ts";
import { type CycloneDxVersion, cycloneDxVersions, piece, schemaProblems } from "./cyclonedx-schema.ts";
import { BillShape } from "./cyclonedx-shape.ts";
import { readJson } from "./json.ts";

const bounds = { values: 3_000_000, text: 2_000_000, comparisons: 5e8, piece };
const mostParts = 100_000;

/**
 * Reads a bill of materials or VEX in CycloneDX 1.4 to 1.7 (JSON; ECMA-424), checked against the official schema. A
 * document that does not fit is a problem and no bill. What a single reference or analysis lacks is a problem beside it.
 */
export async function readCycloneDx(
  file: ReadFile,
): Promise<{ readonly document?: Bill; readonly problems: readonly Problem[] }> {
  const json = readJson(file.bytes, file.name);
  if (json.problems.length > 0) return { problems: json.problems };
  const { bom, version, problems } = readHead(json.value, file.name);
  if (!bom) return { problems };
  const outside = outOfBounds(bom, file.name, bounds) ?? tooManyParts(bom, file.name);
  if (outside) return { problems: [outside] };
  const faults = await schemaProblems(bom, version, file.name);
  if (faults.length > 0) return { problems: faults };
  const checked = checkShape(BillShape, bom, { file: file.name, lineOf: json.lineOf });
  return "value" in checked ? billOf(checked.value, file) : { problems: checked.problems };
}

type Head =
  | {
      readonly bom: Readonly<Record<string, unknown>>;
      readonly version: CycloneDxVersion;
      readonly problems: readonly [];
    }
  | { readonly bom?: undefined; readonly version?: undefined; readonly problems: readonly Problem[] };

function readHead(value: unknown, file: string): Head {
  const wrong = (message: string, pointer: string, hint: string): Head => ({
    problems: [documentProblem("wrong-shape", message, { file, pointer }, hint)],
  });
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const bom = isObject ? (value as Readonly<Record<string, unknown>>) : {};
  if (bom.bomFormat !== "CycloneDX") {
    return wrong("expected `bomFormat` `CycloneDX`", "/bomFormat", "is it a bill of materials in CycloneDX, as JSON?");
  }
  const version = cycloneDxVersions.find((one) => one === bom.specVersion);
  if (version) return { bom, version, problems: [] };
  const got = typeof bom.specVersion === "string" ? `\`${bom.specVersion.slice(0, 20)}\`` : "no text";
  const hint = "its maker or `cyclonedx convert` can write it in a version that is read";
  return wrong(`expected CycloneDX ${cycloneDxVersions.join(", ")}, got ${got}`, "/specVersion", hint);
}

/** Counted before any schema sees them. */
function tooManyParts(bom: Readonly<Record<string, unknown>>, file: string): Problem | undefined {
  const count = (list: unknown): number =>
    Array.isArray(list)
      ? list.reduce((sum: number, one) => sum + 1 + count(one === null ? null : Object(one).components), 0)
      : 0;
  const parts = count(bom.components);
  if (parts <= mostParts) return undefined;
  return documentProblem("too-large", `expected at most ${mostParts} components, got ${parts}`, { file });
}

function billOf(shape: BillShape, file: ReadFile): { readonly document: Bill; readonly problems: readonly Problem[] } {
  const { metadata, compositions = [], vulnerabilities = [] } = shape;
  const root = metadata?.component;
  const placed = [
    ...flatten(root?.components, "/metadata/component/components"),
    ...flatten(shape.components, "/components"),
  ];
  const about = root ? namedBy(root, nameOf(root.manufacturer) ?? nameOf(metadata?.manufacture)) : null;
  const own = root && about ? [{ component: root, pointer: "/metadata/component", named: about }] : [];
  const { refs, problems } = referencesOf([...own, ...placed], file.name);
  const resolve = (ref: string) => refs.get(ref);
  const vex = claimsOf(vulnerabilities, { file: file.name, serial: shape.serialNumber, resolve });
  const document: Bill = {
    kind: "bill",
    file: file.name,
    digest: file.sha256,
    specVersion: shape.specVersion,
    about,
    created: dayOf(metadata?.timestamp ?? "") ?? null,
    parts: placed.map(({ component }) => partOf(component)),
    completeness: completenessOf(
      compositions,
      root?.["bom-ref"],
      placed.map(({ component }) => component["bom-ref"]),
    ),
    claims: vex.claims,
  };
  return { document, problems: [...problems, ...vex.problems] };
}

/** Parts by `bom-ref`. The schema cannot demand that it is unique; where it is not, nobody knows which part is meant. */
function referencesOf(placed: readonly (Placed & { readonly named?: Named })[], file: string) {
  const refs = new Map<string, Named>();
  const twice = new Set<string>();
  const problems: Problem[] = [];
  for (const { component, pointer, named } of placed) {
    const ref = component["bom-ref"];
    if (ref === undefined) continue;
    if (refs.has(ref)) {
      twice.add(ref);
      const message = `\`bom-ref\` \`${ref.slice(0, 60)}\` stands twice`;
      problems.push(documentProblem("duplicate-id", message, { file, pointer: `${pointer}/bom-ref` }));
    }
    refs.set(ref, named ?? namedBy(component));
  }
  for (const ref of twice) refs.delete(ref);
  return { refs, problems: cutShort(problems, file) };
}
