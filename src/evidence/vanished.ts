import type { Evidence } from "../model/evidence.ts";
import type { Statement } from "../model/statement.ts";

/** A document of which a ledger has an entry and its content was withheld: all that is left of it. */
export interface Withheld {
  readonly digest: string;
  /** Kind of statement, or what else the ledger calls it. */
  readonly kind: string;
  /** Where it lay, if the ledger says so. */
  readonly file?: string;
}

/** A document that a ledger has seen and that is no longer in the workspace, in words. */
export interface VanishedFinding {
  /** Where it lay; absent if the ledger does not say. */
  readonly file?: string;
  readonly digest: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

const heard = "what is gone supports nothing, and what it says against something keeps that open";

/** One finding for each document that is gone, sorted by file and digest. */
export function vanishedFindings(vanished: readonly (Evidence | Withheld)[]): readonly VanishedFinding[] {
  return vanished.map(findingOf).sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
}

function findingOf(one: Evidence | Withheld): VanishedFinding {
  const { digest, file } = one;
  const lay = file === undefined ? "" : ` (\`${file}\`)`;
  const common = { ...(file !== undefined && { file }), digest };
  if (!("statement" in one)) {
    return {
      ...common,
      kind: one.kind,
      title: `a recorded ${one.kind}${lay} is gone, and its content was withheld`,
      detail: `put the document with SHA-256 ${digest} back: without it nobody can tell what it says against anything`,
    };
  }
  return {
    ...common,
    kind: one.statement.kind,
    title: `${nameOf(one.statement)}${lay} was recorded in the ledger and is gone from the workspace`,
    detail: `put it back, the ledger has it as \`objects/${digest.slice(0, 2)}/${digest}\`; ${heard}`,
  };
}

/** What a statement is, as a person would name it. */
function nameOf({ kind, predicate, subjects }: Statement): string {
  switch (kind) {
    case "certificate":
      return `certificate \`${predicate.certificateId}\` (${predicate.status})`;
    case "test-result":
      return `test result ${predicate.result} for ${subjects.map(({ name }) => `\`${name}\``).join(", ")}`;
    case "register":
      return `edition ${predicate.edition} of a register of ${predicate.register}`;
    case "declaration":
      return `${predicate.declaration} \`${predicate.declarationId}\``;
    case "order":
      return `order \`${predicate.orderId}\` (${predicate.status})`;
    case "update-statement":
      return `update statement on certificate \`${predicate.certificateId}\` (${predicate.change})`;
    case "oversight":
      return `oversight level ${predicate.level} of \`${predicate.product ?? predicate.maker}\``;
    case "alias":
      return `alias of ${predicate.aliasOf} \`${predicate.text}\``;
    case "exception":
      return `exception \`${predicate.exceptionId}\``;
    case "document":
      return `vouching for ${subjects.map(({ name }) => `\`${name}\``).join(", ")}`;
    case "shares":
      return "a statement of shares";
    case "posture":
      return `posture of \`${predicate.partner}\` as of ${predicate.asOf}`;
    case "formal-notice":
      return `notice \`${predicate.noticeId}\``;
    case "notice-reply":
      return `reply \`${predicate.replyId}\` to notice \`${predicate.noticeId}\``;
    case "supplier-comment":
      return `comment \`${predicate.commentId}\` of \`${predicate.maker}\``;
    case "override":
      return `override \`${predicate.overrideId}\``;
    case "removal":
      return `removal \`${predicate.removalId}\` of ${predicate.elements.length} elements of \`${predicate.operator}\``;
    case "warning-decision":
      return `decision \`${predicate.decisionId}\` about a warning`;
    case "recall-reply":
      return `reply to recall \`${predicate.recall}\``;
    default:
      return kind satisfies never;
  }
}

function sortName({ file, digest }: VanishedFinding): string {
  return `${file ?? ""}\0${digest}`;
}
