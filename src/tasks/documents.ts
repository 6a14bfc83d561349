import { PackageURL } from "packageurl-js";
import type { Grammar, Library } from "../facts/release-match.ts";
import type { Assessment } from "../model/assessment.ts";
import { type DocumentFormat, formatOf, type KnownDocument } from "../model/document.ts";
import type { EvidenceDocument } from "../model/envelope.ts";
import type { Evidence } from "../model/evidence.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { type Cpe, parseCpe, wildcardOf } from "../readers/cpe.ts";
import { readCsaf } from "../readers/csaf.ts";
import { readCycloneDx } from "../readers/cyclonedx.ts";
import { readExploited } from "../readers/exploited.ts";
import { rangeHolds } from "../readers/version-range.ts";
import { sameVersion } from "../readers/version-same.ts";

/** The documents without a signature of their own that lie in a workspace. */
export interface Documents {
  readonly library: Library;
  readonly counts: Assessment["documents"];
  /** SHA-256 of each of them, those too that could not be read. */
  readonly present: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

type Reader = (file: ReadFile) => Promise<{ readonly document?: KnownDocument; readonly problems: readonly Problem[] }>;
const readers: Readonly<Record<DocumentFormat, Reader>> = {
  CycloneDX: readCycloneDx,
  CSAF: readCsaf,
  KEV: readExploited,
};

/**
 * Reads bills of materials, advisories and lists of known exploited vulnerabilities among the files of evidence. What
 * cannot be read is a problem and stops nothing. `evidence`: the checked statements, some of which vouch for documents.
 */
export async function readDocuments(
  files: readonly ReadFile[],
  recognised: readonly EvidenceDocument[],
  evidence: readonly Evidence[],
): Promise<Documents> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const unsigned = recognised
    .flatMap((one) => (one.kind === "unsigned" ? [one] : []))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const documents: KnownDocument[] = [];
  const problems: Problem[] = [];
  // One after the other: a large document is held in memory once.
  for (const { file, format } of unsigned) {
    const read = await readers[format](byName.get(file)!);
    if (read.document) documents.push(read.document);
    problems.push(...read.problems);
  }
  return {
    library: { documents, grammar },
    counts: countDocuments(documents, evidence),
    present: new Set(unsigned.map(({ digest }) => digest)),
    problems,
  };
}

function countDocuments(documents: readonly KnownDocument[], evidence: readonly Evidence[]): Assessment["documents"] {
  const vouched = new Set(
    evidence.flatMap(({ statement }) =>
      statement.kind === "document"
        ? statement.subjects.map(({ digest }) => `${statement.predicate.format} ${digest.sha256?.toLowerCase()}`)
        : [],
    ),
  );
  const count = (wanted: KnownDocument["kind"]) => documents.filter(({ kind }) => kind === wanted).length;
  return {
    bills: count("bill"),
    advisories: count("advisory"),
    exploitedLists: count("exploited"),
    vouched: documents.filter(({ kind, digest }) => vouched.has(`${formatOf[kind]} ${digest}`)).length,
  };
}

/** How the formats name products and ranges of versions. */
export const grammar: Grammar = { identifier, rangeHolds, sameVersion };

/** The product of a CPE name (part, vendor, product) or of a package URL (type, namespace, name), and its version. */
function identifier(text: string): ReturnType<Grammar["identifier"]> {
  const cpe = parseCpe(text);
  if (cpe) return identifiedByCpe(cpe);
  if (!/^pkg:/i.test(text) || text.length > 1_000) return undefined;
  try {
    const { type, namespace, name, version } = PackageURL.fromString(text);
    return {
      product: JSON.stringify(["purl", type, namespace ?? "", name]),
      version: version ?? null,
      narrowed: false,
    };
  } catch (error) {
    // The package throws plain errors for whatever is no package URL, and that is the answer.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function identifiedByCpe({ part, vendor, product, version, narrowed }: Cpe): ReturnType<Grammar["identifier"]> {
  const keyOf = (ofVendor: string, ofProduct: string) => JSON.stringify(["cpe", part, ofVendor, ofProduct]);
  const [vendors, products] = [wildcardOf(vendor), wildcardOf(product)];
  const found = { product: keyOf(vendor, product), version, narrowed };
  if (!vendors && !products) return found;
  const covers = (other: string) => {
    const named = parseCpe(other);
    const isOf = (test: ((text: string) => boolean) | undefined, own: string, text: string) =>
      test?.(text) ?? own === text;
    return named?.part === part && isOf(vendors, vendor, named.vendor) && isOf(products, product, named.product);
  };
  return { ...found, covers };
}
