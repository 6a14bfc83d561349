import type { DocumentFormat } from "./document.ts";
import type { Problem } from "./problem.ts";
import type { RegisterKind, Statement, StatementKind } from "./statement.ts";

/** A DSSE v1 envelope, its base64 decoded. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

export interface EnvelopeSignature {
  /** A hint which key to try; absent if the envelope gives none. Never a reason to trust. */
  readonly keyid?: string;
  readonly sig: Uint8Array;
}

/** What the payload of an envelope says. `foreign`: well made, but nothing that can be evidence here. */
export type Content =
  | { readonly kind: "statement"; readonly statement: Statement }
  | { readonly kind: "foreign"; readonly message: string }
  | { readonly kind: "broken"; readonly problems: readonly Problem[]; readonly meant?: Meant };

/** What a statement that does not fit its schema calls itself: its kind, and of a register what it lists, if that can be read. */
export interface Meant {
  readonly kind: StatementKind;
  readonly register?: RegisterKind;
}

/** A file of `evidence/` or `registers/` as its reader found it; `content` was read from the very bytes of `payload`. */
export type EvidenceDocument = { readonly file: string; readonly digest: string } & (
  | { readonly kind: "envelope"; readonly envelope: Envelope; readonly content: Content }
  | { readonly kind: "unsigned"; readonly format: DocumentFormat }
  | { readonly kind: "unreadable"; readonly problems: readonly Problem[] }
);
