import { checkStatement } from "../evidence/check.ts";
import { type Day, daysBetween } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Evidence, TrustedKey } from "../model/evidence.ts";
import type { Comment, NoticeList, NoticeThread } from "../model/notice.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { CommentPredicate, NoticePredicate, ReplyPredicate, Statement } from "../model/statement.ts";
import { readEvidence } from "../readers/dsse.ts";
import { readTrust } from "../readers/trust.ts";
import { readYaml } from "../readers/yaml.ts";
import { weigh } from "./disclosure/posture-of.ts";

const mostBytes = 1_000_000;

type Aside = NoticeList["aside"][number];

/** Letters of a folder: those that count, and what does not. */
export interface Letters {
  readonly evidence: readonly Evidence[];
  readonly aside: NoticeList["aside"];
  readonly trust: readonly TrustedKey[];
}

/** Reads `notices/` and the suppliers' comments of `evidence/`, each checked against `trust/`. */
export function readLetters(folder: FolderFiles, today: Day): Letters {
  const read = (names: readonly string[]) => names.flatMap((name) => folder.read(name, mostBytes) ?? []);
  const { keys: trust } = readTrust(read(folder.list("trust", [".yaml", ".yml"]).names));
  const viewpoint = { knownAt: today, demo: isDemo(folder) };
  const files = read(["notices", "evidence"].flatMap((name) => folder.list(name, [".json", ".dsse"]).names));
  const checked = files.flatMap((file): readonly (Evidence | Aside)[] => {
    const document = readEvidence(file);
    const isLetter = file.name.startsWith("notices/");
    if (document.kind !== "envelope")
      return isLetter ? [{ file: file.name, message: "it is no signed statement" }] : [];
    const { evidence, problem, later } = checkStatement(document, trust, viewpoint);
    if (evidence) return isLetter || evidence.statement.kind === "supplier-comment" ? [evidence] : [];
    if (!isLetter) return [];
    return [{ file: file.name, message: problem?.message ?? (later ? `signed after ${today}` : "it does not count") }];
  });
  return {
    evidence: checked.flatMap((one) => ("statement" in one ? [one] : [])),
    aside: checked.flatMap((one) => ("message" in one ? [one] : [])),
    trust,
  };
}

/** A workspace says so in `freigabe.yaml`, an originator in `sharing.yaml`. */
function isDemo(folder: FolderFiles): boolean {
  return ["freigabe.yaml", "sharing.yaml"].some((name) => {
    const file = folder.read(name, mostBytes);
    if (!file) return false;
    const { value } = readYaml(file.bytes, name);
    return typeof value === "object" && value !== null && Reflect.get(value, "demo") === true;
  });
}

/** Every letter as a thread: what was answered and when, what is overdue, what its suppliers say. */
export function noticesIn(folder: FolderFiles, today: Day): NoticeList {
  const { evidence, aside } = readLetters(folder, today);
  const notices = of(evidence, "formal-notice");
  const replies = of(evidence, "notice-reply");
  const comments = commentsIn(evidence);
  const threads = notices.map(({ says, by }): NoticeThread => {
    const superseding = notices.find(
      (other) => other.says.supersedes === says.noticeId && other.says.originator === says.originator,
    );
    const own = replies.filter((one) => one.says.noticeId === says.noticeId && one.says.partner === says.partner);
    const shown = own.map((one) => ({
      reply: one.says.reply,
      signed: one.by.signedOn,
      signer: signerOf(one.by),
      ...(one.says.text !== undefined && { text: one.says.text }),
      other: one.says.notice !== by.digest,
    }));
    return {
      ...{ id: says.noticeId, from: says.originator, to: says.partner, title: says.title, text: says.text },
      ...{ signed: by.signedOn, signer: signerOf(by), sha256: by.digest },
      ...(says.condition !== undefined && { condition: says.condition }),
      ...(says.force !== undefined && { force: says.force, forceIn: daysBetween(today, says.force) }),
      ...(says.answerBy !== undefined && { answerBy: says.answerBy }),
      ...(superseding && { supersededBy: superseding.says.noticeId }),
      state: stateOf(says, shown, superseding !== undefined, today),
      replies: shown.sort((a, b) => (a.signed < b.signed ? -1 : 1)),
      comments: comments.filter(({ on }) => on === says.noticeId || on === says.condition),
    };
  });
  return {
    kind: "notices",
    today,
    threads: threads.sort((a, b) => (`${a.signed} ${a.id}` < `${b.signed} ${b.id}` ? -1 : 1)),
    aside,
  };
}

function stateOf(
  { answerBy }: NoticePredicate,
  replies: NoticeThread["replies"],
  superseded: boolean,
  today: Day,
): NoticeThread["state"] {
  const counting = replies.filter(({ other }) => !other);
  if (superseded) return "superseded";
  if (counting.some(({ reply }) => reply === "answer")) return "answered";
  if (answerBy !== undefined && answerBy < today) return "overdue";
  return counting.length > 0 ? "received" : "open";
}

/** What suppliers say themselves, sorted by maker and day. */
export function commentsIn(evidence: readonly Evidence[]): readonly Comment[] {
  return of(evidence, "supplier-comment")
    .map(
      ({ says, by }): Comment => ({
        maker: says.maker,
        on: says.on,
        text: says.text,
        signed: by.signedOn,
        signer: signerOf(by),
      }),
    )
    .sort((a, b) => (`${a.maker} ${a.signed} ${a.text}` < `${b.maker} ${b.signed} ${b.text}` ? -1 : 1));
}

interface Predicates {
  readonly "formal-notice": NoticePredicate;
  readonly "notice-reply": ReplyPredicate;
  readonly "supplier-comment": CommentPredicate;
}

function of<K extends keyof Predicates>(evidence: readonly Evidence[], kind: K) {
  return evidence.flatMap((by) => {
    const { statement } = by;
    return isKind(statement, kind) ? [{ says: statement.predicate, by }] : [];
  });
}

function isKind<K extends keyof Predicates>(
  statement: Statement,
  kind: K,
): statement is Statement & { readonly kind: K; readonly predicate: Predicates[K] } {
  return statement.kind === kind;
}

function signerOf({ signers }: Evidence): string {
  return signers.map(({ id }) => id).join(", ");
}

/** Whether a letter, a reply or a comment counts here, and by which id it goes; or why it does not. */
export function weighLetter(
  folder: FolderFiles,
  text: string,
  today: Day,
): { readonly id: string } | { readonly refused: string } {
  const { trust } = readLetters(folder, today);
  const weighed = weigh(text, "letter", { trust, today, demo: isDemo(folder) });
  if (typeof weighed === "string") return { refused: weighed };
  const { statement } = weighed;
  if (statement.kind === "formal-notice") return { id: statement.predicate.noticeId };
  if (statement.kind === "notice-reply") return { id: statement.predicate.replyId };
  if (statement.kind === "supplier-comment") return { id: statement.predicate.commentId };
  return { refused: `it is a statement of kind ${statement.kind}, no letter` };
}

/** The letter that is meant. Throws `UserError` if there is none. */
export function threadNamed({ threads }: NoticeList, id: string): NoticeThread {
  const thread = threads.find((one) => one.id === id);
  if (thread) return thread;
  throw new UserError(
    `no notice \`${id}\` in \`notices/\``,
    `there are ${threads.map((one) => one.id).join(", ") || "none"}`,
  );
}
