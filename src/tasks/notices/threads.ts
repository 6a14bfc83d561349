import { type Day, daysBetween } from "../../model/day.ts";
import { UserError } from "../../model/errors.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { NoticeList, NoticeReply, NoticeThread } from "../../model/notice.ts";
import type { NoticePredicate, ReplyPredicate } from "../../model/statement.ts";
import { commentsIn } from "../comments.ts";
import type { Letters } from "./read.ts";

/** A statement and what makes it count. */
interface Said<T> {
  readonly says: T;
  readonly by: Evidence;
}

/** Every letter as a thread: what was answered and when, what is overdue, what its suppliers say. */
export function threadsOf({ evidence, aside }: Pick<Letters, "evidence" | "aside">, today: Day): NoticeList {
  const once = [...new Map(evidence.map((one) => [one.digest, one])).values()];
  const notices = once.flatMap((by): readonly Said<NoticePredicate>[] =>
    by.statement.kind === "formal-notice" ? [{ says: by.statement.predicate, by }] : [],
  );
  const replies = once.flatMap((by): readonly Said<ReplyPredicate>[] =>
    by.statement.kind === "notice-reply" ? [{ says: by.statement.predicate, by }] : [],
  );
  const comments = commentsIn(once);
  const threads = notices.map((notice): NoticeThread => {
    const { says } = notice;
    const thread = threadOf(notice, repliesTo(notice, replies), notices, today);
    return { ...thread, comments: comments.filter(({ on }) => on === says.noticeId || on === says.condition) };
  });
  const loose = replies
    .filter((reply) => !notices.some((notice) => answers(reply, notice)))
    .map(({ says, by }) => ({
      file: by.file,
      message: `it replies to a notice that is not here, \`${says.noticeId}\``,
    }));
  return {
    kind: "notices",
    today,
    threads: threads.sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1)),
    aside: [...aside, ...loose].sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

function threadOf(
  { says, by }: Said<NoticePredicate>,
  replies: readonly NoticeReply[],
  notices: readonly Said<NoticePredicate>[],
  today: Day,
): NoticeThread {
  const { noticeId, originator, partner, title, text, condition, force, answerBy } = says;
  const later = notices.find((other) => other.by !== by && supersedes(other, { says, by }));
  return {
    ...{ id: noticeId, from: originator, to: partner, title, text },
    ...{ signed: by.signedOn, signer: signerOf(by), sha256: by.digest },
    ...(condition !== undefined && { condition }),
    ...(force !== undefined && { force, forceIn: daysBetween(today, force) }),
    ...(answerBy !== undefined && { answerBy }),
    ...(later && { supersededBy: later.says.noticeId }),
    state: stateOf(says, replies, later !== undefined, today),
    replies,
    comments: [],
  };
}

/** Only who wrote a letter can put another in its place, and only to the same partner; not earlier. */
function supersedes({ says, by }: Said<NoticePredicate>, earlier: Said<NoticePredicate>): boolean {
  return (
    says.supersedes === earlier.says.noticeId &&
    says.noticeId !== earlier.says.noticeId &&
    says.originator === earlier.says.originator &&
    says.partner === earlier.says.partner &&
    by.signedOn >= earlier.by.signedOn
  );
}

function answers({ says }: Said<ReplyPredicate>, notice: Said<NoticePredicate>): boolean {
  const { noticeId, originator, partner } = notice.says;
  return says.noticeId === noticeId && says.originator === originator && says.partner === partner;
}

function repliesTo(notice: Said<NoticePredicate>, replies: readonly Said<ReplyPredicate>[]): readonly NoticeReply[] {
  return replies
    .filter((reply) => answers(reply, notice))
    .sort((a, b) => (`${a.by.signedOn} ${a.by.digest}` < `${b.by.signedOn} ${b.by.digest}` ? -1 : 1))
    .map(({ says, by }) => ({
      reply: says.reply,
      signed: by.signedOn,
      signer: signerOf(by),
      ...(says.text !== undefined && { text: says.text }),
      other: says.notice !== notice.by.digest,
    }));
}

function stateOf(
  { answerBy }: NoticePredicate,
  replies: readonly NoticeReply[],
  superseded: boolean,
  today: Day,
): NoticeThread["state"] {
  const counting = replies.filter(({ other }) => !other);
  if (superseded) return "superseded";
  if (counting.some(({ reply }) => reply === "answer")) return "answered";
  if (answerBy !== undefined && answerBy < today) return "overdue";
  return counting.length > 0 ? "received" : "open";
}

function signerOf({ signers }: Evidence): string {
  return signers.map(({ id }) => id).join(", ");
}

function sortName({ signed, id, from, sha256 }: NoticeThread): string {
  return JSON.stringify([signed, id, from, sha256]);
}

/** The letter that is meant, by its id or the first eight digits or more of its digest. Throws `UserError` unless it is one. */
export function threadNamed({ threads }: NoticeList, name: string): NoticeThread {
  const isDigest = /^[0-9a-f]{8,64}$/.test(name);
  const found = threads.filter(({ id, sha256 }) => id === name || (isDigest && sha256.startsWith(name)));
  const [thread, ...others] = found;
  if (thread && others.length === 0) return thread;
  if (thread) {
    const digests = found.map(({ sha256, from }) => `${sha256.slice(0, 12)} of ${from}`).join(", ");
    throw new UserError(`${found.length} letters have the id \`${name}\``, `name one by its digest: ${digests}`);
  }
  const ids = threads.map(({ id }) => id).join(", ");
  throw new UserError(`no notice \`${name}\` in \`notices/\``, `there are ${ids || "none"}`);
}
