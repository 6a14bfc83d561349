import type { Evidence } from "../../model/evidence.ts";
import type { Partner } from "../../model/sharing.ts";
import type { Statement } from "../../model/statement.ts";
import { aboutText } from "../record/journal.ts";
import { bringUpToDate, type Desk, nowOf, partnerNamed, scalesOf } from "./desk.ts";
import { sha256 } from "./house.ts";
import { weigh } from "./posture-of.ts";
import { decisionFault } from "./warnings.ts";

/** Statements that a partner or an officer hands in. */
const taken = ["posture", "recall-reply", "notice-reply", "formal-notice", "override", "warning-decision"] as const;
type Taken = Extract<Statement, { kind: (typeof taken)[number] }>;

export interface Received {
  readonly kind: string;
  readonly sha256: string;
  readonly text: string;
}

/**
 * Takes a signed statement: checks it against the trust root, keeps it byte for byte, enters it in the ledger, and lets it
 * act at once. Answers what was taken, or why not. `by`: who brought it; only about themselves.
 */
export async function receive(desk: Desk, text: string, by: Partner): Promise<Received | { readonly refused: string }> {
  const weighed = weigh(text, "statement", scalesOf(desk));
  if (typeof weighed === "string") return refuse(desk, by, text, weighed);
  const statement = takenKind(weighed);
  if (!statement) return refuse(desk, by, text, `statements of kind ${weighed.statement.kind} are not taken here`);
  const { partner } = statement.predicate;
  const { originator } = desk.house().sharing;
  // Whoever is no officer's own house must not even learn whether there was a case.
  if (statement.kind === "warning-decision" && by.id !== originator)
    return refuse(desk, by, text, `statements of kind ${statement.kind} are not taken here`);
  if (partner !== by.id && by.id !== originator)
    return refuse(desk, by, text, `it is about \`${partner}\`, and you are \`${by.id}\``);
  const about = partnerNamed(desk, partner);
  if (!about) return refuse(desk, by, text, `\`${partner}\` is no partner here`);
  const fault =
    statement.kind === "warning-decision" ? await decisionFault(desk.store, statement.predicate) : undefined;
  if (fault !== undefined) return refuse(desk, by, text, fault);
  const words = wordsOf(statement);
  await desk.journal.enter((recordedAt) => {
    desk.journal.keepText(text);
    const predicate = { recordedAt, act: `${statement.kind} received`, by: by.id, text: words, sha256: weighed.digest };
    return [{ kind: "act", predicate, subject: { name: `${statement.kind} of ${partner}`, sha256: weighed.digest } }];
  });
  const stored = { kind: statement.kind, partner, received: nowOf(desk), sha256: weighed.digest, envelope: text };
  await desk.store.change((tx) => tx.putStatement(stored));
  if (statement.kind === "notice-reply") desk.keepReply(statement.predicate.replyId, text);
  if (["posture", "override", "warning-decision"].includes(statement.kind)) await bringUpToDate(desk, about);
  return { kind: statement.kind, sha256: weighed.digest, text: words };
}

function takenKind({ statement }: Evidence): Taken | undefined {
  return taken.some((kind) => kind === statement.kind) ? (statement as Taken) : undefined;
}

async function refuse(desk: Desk, by: Partner, text: string, refused: string): Promise<{ readonly refused: string }> {
  await desk.journal.enter((recordedAt) => {
    const predicate = {
      recordedAt,
      act: "statement refused",
      by: by.id,
      text: refused.slice(0, 1000),
      sha256: sha256(text),
    };
    return [{ kind: "act", predicate, subject: aboutText(`statement of ${by.id}`, text) }];
  });
  return { refused };
}

function wordsOf(statement: Taken): string {
  const { predicate } = statement;
  switch (statement.kind) {
    case "posture":
      return `posture of ${predicate.partner} as of ${statement.predicate.asOf}, ${statement.predicate.assurance}`;
    case "recall-reply":
      return `${statement.predicate.recall}: ${statement.predicate.done}`;
    case "notice-reply":
      return `${statement.predicate.reply} to notice ${statement.predicate.noticeId}`;
    case "formal-notice":
      return `notice ${statement.predicate.noticeId}: ${statement.predicate.title}`;
    case "warning-decision":
      return `${statement.predicate.decision} of ${statement.predicate.object}, version ${statement.predicate.version}, to ${predicate.partner}: ${statement.predicate.reason}`;
    case "override":
      return `${statement.predicate.object} to ${predicate.partner} until ${statement.predicate.until}: ${statement.predicate.reason}`;
    default:
      return statement satisfies never;
  }
}
