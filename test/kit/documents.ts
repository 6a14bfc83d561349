/** Invented documents without a signature of their own, as their readers answer them, and statements that vouch for them. */
import type { Grammar, Library } from "../../src/facts/release-match.ts";
import type {
  Advisory,
  Bill,
  ExploitedList,
  KnownDocument,
  Named,
  Part,
  VulnerabilityClaim,
  VulnerabilityState,
} from "../../src/model/document.ts";
import type { Statement } from "../../src/model/statement.ts";
import { grammar } from "../../src/tasks/documents.ts";
import { type Person, sample, sha256 } from "./evidence.ts";

/** What a document calls a product, without identifiers unless `changes` give some. */
export function named(name: string, version: string | null, changes: Partial<Named> = {}): Named {
  return { name, vendor: null, version, range: null, cpes: [], purls: [], digests: [], ...changes };
}

/** One claim of a state about a product. */
export function claim(vulnerability: string, state: VulnerabilityState, product: Named): VulnerabilityClaim {
  return { vulnerability, state, product };
}

/** An advisory of an invented publisher, released on 1 October 2026. */
export function advisory(id: string, claims: readonly VulnerabilityClaim[], changes: Partial<Advisory> = {}): Advisory {
  const file = `evidence/${id}.json`;
  const base = { kind: "advisory", file, digest: sha256(file), id, title: id, publisher: "DEMO-CERT" } as const;
  return { ...base, released: "2026-10-01", status: "final", claims, ...changes };
}

/** A part made by somebody, or by nobody who is named. */
export function part(name: string, manufacturer: string | null, changes: Partial<Part> = {}): Part {
  return { ...named(name, "1"), type: "firmware", manufacturer, supplier: null, ...changes };
}

/** A complete bill of materials of a product. */
export function bill(id: string, about: Named | null, parts: readonly Part[], changes: Partial<Bill> = {}): Bill {
  const file = `evidence/${id}.json`;
  const base = { kind: "bill", file, digest: sha256(file), specVersion: "1.6", about, created: "2026-10-01" } as const;
  return { ...base, parts, completeness: "complete", claims: [], ...changes };
}

/** A list of known exploited vulnerabilities, each added on 1 May 2026. */
export function exploitedList(ids: readonly string[], changes: Partial<ExploitedList> = {}): ExploitedList {
  const file = "registers/exploited.json";
  const vulnerabilities = ids.map((id) => ({ id, added: "2026-05-01", due: null }));
  const base = { kind: "exploited", file, digest: sha256(file), version: "DEMO 1", released: "2026-11-01" } as const;
  return { ...base, vulnerabilities, ...changes };
}

const formats = { bill: "CycloneDX", advisory: "CSAF", exploited: "KEV" } as const;

/** Somebody's word for a document; two people copied it. */
export function vouching(
  { kind, digest, file }: KnownDocument,
  by: readonly [Person, ...Person[]],
  changes: Readonly<Record<string, unknown>> = {},
): readonly [Statement, ...Person[]] {
  const transcriptOf = {
    title: file,
    address: "https://example.org/DEMO",
    seen: "2026-10-02",
    digest: { sha256: digest },
  };
  const predicate = {
    format: formats[kind],
    signedAt: "2026-11-02T09:00:00Z",
    ...(by.length > 1 && { transcriptOf }),
    ...changes,
  };
  return [{ ...sample("document", predicate), subjects: [{ name: file, digest: { sha256: digest } }] }, ...by];
}

/** Documents with the grammars of the program, but ranges that are `<` and a whole number, or not to be told. */
export function libraryOf(...documents: readonly KnownDocument[]): Library {
  const rangeHolds: Grammar["rangeHolds"] = (range, version) =>
    range.startsWith("<") ? Number(version) < Number(range.slice(1)) : "unknown";
  return { documents, grammar: { ...grammar, rangeHolds } };
}
