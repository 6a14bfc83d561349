import type { Day } from "./day.ts";
import type { documentFormats } from "./statement.ts";

export type DocumentFormat = (typeof documentFormats)[number];

/** How a document names a product or a part: in its own words, with whatever identifiers it gives. */
export interface Named {
  readonly name: string;
  /** Maker as the document names it; null: not named. */
  readonly vendor: string | null;
  /** Exact version text; null: none, or only a range. */
  readonly version: string | null;
  /** A range of versions: `vers:` text (CSAF 2.0, 3.1.2.3.2), or free text; null: none. */
  readonly range: string | null;
  /** CPE 2.2 or 2.3 names, and package URLs, as written. */
  readonly cpes: readonly string[];
  readonly purls: readonly string[];
  /** SHA-256 in lower-case hex, where given. */
  readonly digests: readonly string[];
}

/** A part of a product in a bill of materials. `manufacturer` made it; `supplier` sold it on. */
export interface Part extends Named {
  readonly type: string;
  readonly manufacturer: string | null;
  readonly supplier: string | null;
}

/** Whether a vulnerability touches a product, in the words that CSAF and VEX share. */
export type VulnerabilityState = "affected" | "not-affected" | "fixed" | "under-investigation";

/** One claim of an advisory or VEX. */
export interface VulnerabilityClaim {
  /** CVE id where it has one, else the document's own. */
  readonly vulnerability: string;
  /** Further ids by which the document knows it: aliases, and CVE ids in its references. */
  readonly names?: readonly string[];
  readonly product: Named;
  readonly state: VulnerabilityState;
}

/** A CycloneDX bill of materials (1.4 to 1.7, JSON), software or hardware. */
export interface Bill {
  readonly kind: "bill";
  readonly file: string;
  readonly digest: string;
  readonly specVersion: string;
  /** What the bill is about (`metadata.component`); null: it does not say. */
  readonly about: Named | null;
  readonly created: Day | null;
  /** All components, nested ones too, in document order. */
  readonly parts: readonly Part[];
  /** What `compositions` say of the whole: `complete` only if nothing says otherwise. */
  readonly completeness: "complete" | "incomplete" | "unknown";
  /** Its `vulnerabilities` with an analysis (VEX). */
  readonly claims: readonly VulnerabilityClaim[];
}

/** A CSAF 2.0 or 2.1 advisory or VEX document. */
export interface Advisory {
  readonly kind: "advisory";
  readonly file: string;
  readonly digest: string;
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly released: Day;
  readonly status: "draft" | "interim" | "final";
  readonly claims: readonly VulnerabilityClaim[];
}

/** A list of vulnerabilities known to be exploited (CISA's catalogue in JSON). */
export interface ExploitedList {
  readonly kind: "exploited";
  readonly file: string;
  readonly digest: string;
  readonly version: string;
  readonly released: Day | null;
  readonly vulnerabilities: readonly { readonly id: string; readonly added: Day; readonly due: Day | null }[];
}

/** An unsigned document that was read whole. */
export type KnownDocument = Bill | Advisory | ExploitedList;

/** The format of each kind of document, as a statement that vouches for one names it. */
export const formatOf = {
  bill: "CycloneDX",
  advisory: "CSAF",
  exploited: "KEV",
} as const satisfies Readonly<Record<KnownDocument["kind"], DocumentFormat>>;
