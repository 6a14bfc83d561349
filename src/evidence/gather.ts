import type { EvidenceDocument } from "../model/envelope.ts";
import type { Evidence, TrustedKey, Unread } from "../model/evidence.ts";
import type { Problem } from "../model/problem.ts";
import { checkStatement, type Viewpoint } from "./check.ts";

/** What the documents of a workspace amount to; `evidence`, `problems`, `later` and `unsigned` account for all of them. */
export interface Gathered {
  /** Sorted by file. */
  readonly evidence: readonly Evidence[];
  readonly problems: readonly Problem[];
  /** Sorted by file: signed by those who may, and not readable; each is among the problems too. */
  readonly unread: readonly Unread[];
  /** Statements not yet known at known-at. */
  readonly later: number;
  /** Unsigned documents (CycloneDX, CSAF): they give findings only. */
  readonly unsigned: number;
}

/** Checks every document; one that is not evidence is a problem that sets no record aside, never an exception. */
export function gatherEvidence(
  documents: readonly EvidenceDocument[],
  trust: readonly TrustedKey[],
  at: Viewpoint,
): Gathered {
  const sorted = documents.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const unreadable = sorted.flatMap((document) => (document.kind === "unreadable" ? document.problems : []));
  const checks = sorted.flatMap((document) =>
    document.kind === "envelope" ? [checkStatement(document, trust, at)] : [],
  );
  return {
    evidence: checks.flatMap(({ evidence }) => evidence ?? []),
    problems: [...unreadable, ...checks.flatMap(({ problem }) => problem ?? [])].sort((a, b) =>
      a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : 0,
    ),
    unread: checks.flatMap(({ unread }) => unread ?? []),
    later: checks.filter(({ later }) => later).length,
    unsigned: sorted.filter(({ kind }) => kind === "unsigned").length,
  };
}
