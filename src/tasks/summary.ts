import type { Assessment } from "../model/assessment.ts";
import type { Action } from "../model/verdict.ts";
import { cedarVersion } from "../policy/cedar.ts";
import type { Questions } from "./ask.ts";
import type { Audit } from "./audit.ts";
import { commentsOn } from "./comments.ts";
import { dueOf } from "./due.ts";
import { exceptionUses, underlyingCounts } from "./exception-uses.ts";
import { findingsOf } from "./findings.ts";
import { type JudgedGroup, whoCanAct } from "./judge.ts";
import { reasonsOf } from "./reasons.ts";
import type { Way } from "./settings.ts";
import { breakdown, countBy, countWhere, sorted, tally } from "./tally.ts";
import type { Workspace } from "./workspace.ts";

const mostProblems = 500;

/** Everything an assessment is made from. */
export interface Decided {
  readonly version: string;
  readonly workspace: Workspace;
  readonly action: Action;
  readonly ways: readonly Way[];
  readonly questions: Questions;
  readonly judged: readonly JudgedGroup[];
  readonly audit: Audit;
  readonly analyses: Analyses;
  readonly completeness: Assessment["completeness"];
}

/** What is said of the network as a whole. */
export type Analyses = Pick<Assessment, "network" | "dependence" | "exposure" | "outage">;

/** The result of `assess`: counts, reasons, findings, inputs. Sorted; equal inputs give equal bytes. */
export function summarise({
  version,
  workspace,
  action,
  ways,
  questions,
  judged,
  audit,
  analyses,
  completeness,
}: Decided): Assessment {
  const { loaded, left, config, asOf, knownAt } = workspace;
  const whole = tally(judged, ({ binding }) => binding);
  const { setAside, usesSetAside } = loaded;
  const unread = setAside + usesSetAside;
  const exceptions = exceptionUses(workspace, ways, questions, judged);
  const reasons = reasonsOf(ways, judged);
  const comments = commentsOn(workspace, reasons);
  const { due, findings } = dueOf(workspace, questions.keys, exceptions);
  return {
    kind: "assessment",
    schemaVersion: 1,
    workspace: config.name,
    title: config.title ?? config.name,
    action,
    asOf,
    knownAt,
    projection: asOf > knownAt,
    demo: config.demo === true,
    recorded: false,
    engine: { freigabe: version, cedar: cedarVersion() },
    packs: packSummaries(workspace, ways, judged),
    examined: loaded.elements + setAside + left.elements,
    assessed: loaded.elements,
    setAside,
    usesSetAside,
    left: {
      elements: left.elements,
      verdicts: left.verdicts,
      refused: countWhere(judged, ({ ifThere }) => ifThere === "refused"),
    },
    notInUse: loaded.notInUse,
    planned: loaded.planned.elements,
    completeness,
    problems: workspace.problems.slice(0, mostProblems),
    verdicts: { ...whole.verdicts, undecided: whole.verdicts.undecided + unread },
    basis: sorted({ ...whole.basis, ...(unread > 0 && { input: (whole.basis.input ?? 0) + unread }) }),
    underlying: underlyingCounts(judged, unread),
    exceptions,
    due,
    operators: breakdown(judged, ({ group }) => group.operator),
    domains: breakdown(judged, ({ group }) => group.domain),
    grades: countBy(judged, ({ binding }) => binding.grade ?? "none"),
    nobodyCanAct: countWhere(
      judged,
      ({ binding }) => binding.outcome === "undecided" && whoCanAct(binding.deciding).join() === "nobody",
    ),
    reasons,
    comments,
    ...analyses,
    findings: [...findingsOf(workspace, ways, questions, judged), ...findings],
    evidence: { statements: workspace.evidence.length, later: workspace.later, unsigned: workspace.unsigned },
    documents: workspace.documents.counts,
    audit: { questions: audit.questions, asked: audit.asked, differences: audit.differences.length },
    inputs: workspace.inputs.map(({ file, sha256, bytes, rows }) => ({
      file,
      sha256,
      bytes,
      ...(rows > 0 && { rows }),
    })),
  };
}

function packSummaries(
  workspace: Workspace,
  ways: readonly Way[],
  judged: readonly JudgedGroup[],
): Assessment["packs"] {
  return workspace.packs.map(({ pack, use }) => {
    const plain = ways.findIndex((way) => way.setting.pack === pack && way.differs.kind === "nothing");
    const parameters = Object.entries(pack.manifest.parameters ?? {}).map(([name, { title, confirmed }]) => {
      return {
        name,
        title,
        value: pack.parameters[name]!,
        confirmed,
        hanging: plain < 0 ? {} : hangingOn(name, pack.name, ways, judged, plain),
      };
    });
    // A pack that speaks of networks alone has no verdicts on elements.
    const { verdicts, basis } = tally(plain < 0 ? [] : judged, ({ byWay }) => byWay[plain]!);
    const { name, version, title, digest } = pack;
    return { name, version, title, digest, use, verdicts, basis, parameters };
  });
}

/** For each other value of a parameter, how many verdicts of the pack would come out otherwise. */
function hangingOn(
  name: string,
  pack: string,
  ways: readonly Way[],
  judged: readonly JudgedGroup[],
  plain: number,
): Record<string, number> {
  const others = ways.flatMap(({ setting, differs }, way) =>
    setting.pack.name === pack && differs.kind === "parameter" && differs.name === name
      ? [[differs.value, way] as const]
      : [],
  );
  return Object.fromEntries(
    others.map(([value, way]) => {
      const turned = countWhere(
        judged,
        ({ byWay }) => byWay[way]!.outcome !== byWay[plain]!.outcome || byWay[way]!.basis !== byWay[plain]!.basis,
      );
      return [value, turned];
    }),
  );
}
