import type { Assessment, ExceptionUse, OutcomeCounts } from "../model/assessment.ts";
import { contentOf } from "../model/content.ts";
import { addDays } from "../model/day.ts";
import type { Actor, Finding } from "../model/problem.ts";
import { exceptionsFile } from "../readers/exceptions.ts";
import type { Questions } from "./ask.ts";
import type { ExceptionClaim, Standing } from "./exceptions.ts";
import type { Judged, JudgedGroup } from "./judge.ts";
import type { Way } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Exceptions that end within so many days are told in time to be renewed or to be no longer needed. */
const daysAhead = 60;

/** Every signed exception with its state, how many verdicts are admitted by it, and what these would be without. */
export function exceptionUses(
  { exceptions }: Workspace,
  ways: readonly Way[],
  questions: Questions,
  judged: readonly JudgedGroup[],
): Assessment["exceptions"] {
  return exceptions.flatMap((standing): readonly ExceptionUse[] => {
    const { claim, state } = standing;
    // The statement that took its place stands in the list; the one that went is a finding.
    if (state === "superseded") return [];
    const { exceptionId: id, pack, rules, reason, owner, until } = claim.says;
    const unmatched = state === "in-force" && isUnmatched(standing, ways, questions);
    const underlying = admittedBy(standing, ways, judged);
    return [
      {
        ...{ id, pack, rules: [...rules], reason, owner, until, file: claim.by.file },
        approvers: claim.by.signers.map((key) => key.id),
        state: unmatched ? "unmatched" : state,
        verdicts: underlying.admitted + underlying.refused + underlying.undecided,
        underlying,
      },
    ];
  });
}

/** Whether it covers nothing, as far as its pack was asked at all, and about an action that it speaks of. */
function isUnmatched({ claim }: Standing, ways: readonly Way[], { covering }: Questions): boolean {
  const { pack, actions } = claim.says;
  const isAsked = ways.some(
    ({ setting }) => setting.pack.name === pack && actions?.some((action) => action === setting.action) !== false,
  );
  return isAsked && !covering.has(claim.says.exceptionId);
}

/** The verdicts admitted by an exception, as they were without: those that count if its pack is binding, else its pack's own. */
function admittedBy({ claim, state }: Standing, ways: readonly Way[], judged: readonly JudgedGroup[]): OutcomeCounts {
  const counts = { admitted: 0, refused: 0, undecided: 0 };
  const way = ways.findIndex(
    ({ setting, differs }) => setting.pack.name === claim.says.pack && differs.kind === "nothing",
  );
  if (state !== "in-force" || way < 0) return counts;
  const isBinding = ways[way]!.use === "binding";
  for (const { group, binding, byWay } of judged) {
    const own: Judged = isBinding ? binding : byWay[way]!;
    if (own.outcome !== "admitted" || !own.exceptions?.includes(claim.says.exceptionId)) continue;
    counts[own.underlying?.outcome ?? own.outcome] += group.elements;
  }
  return counts;
}

/** The verdicts as they were without exceptions, by outcome. */
export function underlyingCounts(judged: readonly JudgedGroup[], unread: number): OutcomeCounts {
  const counts = { admitted: 0, refused: 0, undecided: unread };
  for (const { group, binding } of judged) counts[binding.underlying?.outcome ?? binding.outcome] += group.elements;
  return counts;
}

/** What people should know about exceptions: those without effect, and those whose effect is about to end. */
export function exceptionFindings(
  workspace: Workspace,
  ways: readonly Way[],
  questions: Questions,
  judged: readonly JudgedGroup[],
): readonly Finding[] {
  const told = workspace.exceptions.flatMap((standing) => findingsOn(standing, workspace, ways, questions, judged));
  return [...told, ...unsigned(workspace)];
}

function findingsOn(
  standing: Standing,
  workspace: Workspace,
  ways: readonly Way[],
  questions: Questions,
  judged: readonly JudgedGroup[],
): readonly Finding[] {
  const { claim, state, fault } = standing;
  const { exceptionId: id, until } = claim.says;
  const tell = (code: string, title: string, detail: string) => [finding(workspace, claim, code, title, detail)];
  if (state === "expired") return tell("expired-exception", `exception ${id} ended on ${until}`, expired);
  if (state === "not-waivable") return tell("not-waivable-exception", `exception ${id} has no effect: ${fault}`, unfit);
  if (state === "superseded") {
    return tell("superseded-exception", `a later statement took the place of exception ${id}`, later);
  }
  if (state === "not-yet") return [];
  return isUnmatched(standing, ways, questions)
    ? tell("unmatched-exception", `exception ${id} covers no element in use`, lost)
    : ending(workspace, standing, ways, judged);
}

const expired = "what it admitted is decided without it; let two approvers sign a new one, or take the file away";
const unfit =
  "one rule that may not be waived so spoils the whole: sign one that names only rules its approvers may waive";
const later = "of the statements with one id the one signed last counts; renewals are best given an id of their own";
const lost =
  "a scope has to be shown to fit: ids of the tables, exact texts of releases, makers and products that are known";

function ending(
  workspace: Workspace,
  standing: Standing,
  ways: readonly Way[],
  judged: readonly JudgedGroup[],
): readonly Finding[] {
  const { exceptionId: id, until } = standing.claim.says;
  if (until > addDays(workspace.asOf, daysAhead)) return [];
  const { admitted, refused, undecided } = admittedBy(standing, ways, judged);
  const count = admitted + refused + undecided;
  const detail = `${refused} of the verdicts admitted by it would be refused and ${undecided} undecided`;
  return [
    {
      ...finding(workspace, standing.claim, "ending-exception", `exception ${id} ends on ${until}`, detail),
      verdicts: count,
    },
  ];
}

function finding(
  { packs }: Workspace,
  { says, by }: ExceptionClaim,
  code: string,
  title: string,
  detail: string,
): Finding {
  const rules = packs.find(({ pack }) => pack.name === says.pack)?.pack.rules ?? [];
  const role = rules.find(({ id }) => says.rules.includes(id))?.waivable;
  return { kind: "finding", code, title, detail, who: actorOf(role), verdicts: 0, places: [{ file: by.file }] };
}

function actorOf(role: string | undefined): Actor {
  return (["maker", "body", "lab", "authority"] as const).find((actor) => actor === role) ?? "operator";
}

/** Entries of the working copy that nobody signed as they stand there: a proposal each, without effect. */
function unsigned({ proposals, knowledge }: Workspace): readonly Finding[] {
  const signed = new Set(knowledge.exceptions.map(({ says }) => contentOf(says)));
  const open = proposals.filter(({ says }) => !signed.has(contentOf(says)));
  return open.map(({ says, line }) => ({
    kind: "finding",
    code: "unsigned-exception",
    title: `exception ${says.exceptionId} in ${exceptionsFile} is a proposal: nobody has signed it as it stands there`,
    detail: `two approvers sign it: \`freigabe certify exception --from ${exceptionsFile} --id ${says.exceptionId}\``,
    who: "operator",
    verdicts: 0,
    places: [{ file: exceptionsFile, line }],
  }));
}
