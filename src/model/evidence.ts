import type { Day } from "./day.ts";
import type { RegisterKind, Statement, StatementKind } from "./statement.ts";

/** How close the signer is to what it says; from best to lowest. */
export const grades = ["issuer", "transcript", "self-declared"] as const;
export type Grade = (typeof grades)[number];

/** Whether `grade` is at least as good as `lowest`. */
export function atLeast(grade: Grade, lowest: Grade): boolean {
  return grades.indexOf(grade) <= grades.indexOf(lowest);
}

/** The lower of two grades. */
export function lowerGrade(a: Grade | undefined, b: Grade): Grade {
  return a !== undefined && grades.indexOf(a) > grades.indexOf(b) ? a : b;
}

/** In what capacity a key of `trust/` signs. */
export const roles = [
  "body",
  "lab",
  "maker",
  "operator",
  "authority",
  "approver",
  "partner",
  "originator",
  "ledger",
] as const;
export type Role = (typeof roles)[number];

/** A public key that somebody is known by, with the days and the subjects it may speak for. */
export interface TrustedKey {
  /** The name used in reports and in `--by`, unique in `trust/`. Ids that begin with `DEMO-` count only in a demo. */
  readonly id: string;
  /** The party it belongs to: a supplier id, an operator id, or the name of a body, lab or authority. */
  readonly party: string;
  readonly role: Role;
  /** SHA-256 of the SubjectPublicKeyInfo in lower-case hex; the `keyid` of DSSE. */
  readonly keyid: string;
  /** SubjectPublicKeyInfo as PEM (RFC 7468). */
  readonly publicKey: string;
  /** Schemes a body or lab may speak for; absent: all. */
  readonly schemes?: readonly string[];
  readonly from: Day;
  readonly until?: Day;
  readonly retired?: Day;
  readonly compromised?: Day;
}

/** A statement that was signed by somebody who may make such a one, and that cannot be read: what it says is not known. */
export interface Unread {
  readonly kind: StatementKind;
  /** Of a register: what it lists, if that can be read. */
  readonly register?: RegisterKind;
  readonly file: string;
}

declare const checked: unique symbol;

/**
 * A statement whose signature, signer's authority at the time of signing, and subject were checked at known-at. Only
 * `evidence/` makes one; whether it names this release, or its term has ended, is for the facts to say.
 */
export interface Evidence {
  readonly [checked]: true;
  readonly statement: Statement;
  readonly grade: Grade;
  /** Keys whose signatures hold, sorted by id; two or more for a transcript. */
  readonly signers: readonly TrustedKey[];
  readonly signedOn: Day;
  /** Path below the workspace, and SHA-256 of the envelope's bytes in hex. */
  readonly file: string;
  readonly digest: string;
}
