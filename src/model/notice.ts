import type { SupplierComment } from "./comment.ts";
import type { Day } from "./day.ts";

/** A formal letter with what came of it, as far as the folder `notices/` tells. */
export interface NoticeThread {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly signed: Day;
  readonly signer: string;
  /** SHA-256 of the envelope. */
  readonly sha256: string;
  readonly condition?: string;
  /** Day from which the condition is applied, and days from today until then; negative: since. */
  readonly force?: Day;
  readonly forceIn?: number;
  readonly answerBy?: Day;
  readonly supersededBy?: string;
  /** `overdue`: no answer by the day it was wanted. */
  readonly state: "open" | "received" | "answered" | "overdue" | "superseded";
  readonly replies: readonly NoticeReply[];
  readonly comments: readonly SupplierComment[];
}

export interface NoticeReply {
  readonly reply: "received" | "answer";
  readonly signed: Day;
  readonly signer: string;
  readonly text?: string;
  /** It is about other bytes than these: one of the two sides holds another letter. */
  readonly other: boolean;
}

export interface NoticeList {
  readonly kind: "notices";
  readonly today: Day;
  readonly threads: readonly NoticeThread[];
  /** Files that count for nothing, and why. */
  readonly aside: readonly { readonly file: string; readonly message: string }[];
}
