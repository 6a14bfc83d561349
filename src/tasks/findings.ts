import { vanishedFindings } from "../evidence/vanished.ts";
import type { Fault } from "../facts/register-series.ts";
import { keeperOf, registerWords } from "../facts/registers.ts";
import type { Finding } from "../model/problem.ts";
import { advise } from "../policy/decide.ts";
import { factsOf, type Questions } from "./ask.ts";
import { documentFindings } from "./document-findings.ts";
import { exceptionFindings } from "./exception-uses.ts";
import type { JudgedGroup } from "./judge.ts";
import { aliasFile, readAliases } from "./match/aliases.ts";
import { nameFindings } from "./name-findings.ts";
import type { Way } from "./settings.ts";
import { countWhere } from "./tally.ts";
import type { Workspace } from "./workspace.ts";

const mostExamples = 20;

/** What people should know besides the verdicts, largest effect first. None of it decides. */
export function findingsOf(
  workspace: Workspace,
  ways: readonly Way[],
  questions: Questions,
  judged: readonly JudgedGroup[],
): readonly Finding[] {
  const found = [
    ...renewals(workspace, ways, judged),
    ...editions(workspace),
    ...lostLedgers(workspace),
    ...vanished(workspace),
    ...left(workspace, judged),
    ...planned(workspace),
    ...advice(ways, questions),
    ...unmatched(judged),
    ...unsignedNames(workspace),
    ...nameFindings(workspace, ways[0]!.setting, questions.keys),
    ...documentFindings(workspace.documents, ways[0]!.setting, questions.keys),
    ...exceptionFindings(workspace, ways, questions, judged),
    ...remarks(workspace),
  ];
  return found.sort(
    (a, b) => first(b) - first(a) || b.verdicts - a.verdicts || (a.code + a.title < b.code + b.title ? -1 : 1),
  );
}

/** What one signature mends stands before what takes many. */
function first({ code, verdicts }: Finding): number {
  return code === "stale-register" && verdicts > 0 ? 1 : 0;
}

/** One file past its day can hold up thousands of verdicts: say so once, with the number. */
function renewals(workspace: Workspace, ways: readonly Way[], judged: readonly JudgedGroup[]): readonly Finding[] {
  const byDigest = Map.groupBy(
    ways.entries().filter(([, { use, differs }]) => use === "binding" && differs.kind === "renewal"),
    ([, { differs }]) => (differs.kind === "renewal" ? differs.digest : ""),
  );
  return [...byDigest].map(([digest, entries]) => {
    const turned = entries.reduce((sum, [way, { setting }]) => {
      const plain = ways.findIndex((other) => other.setting.pack === setting.pack && other.differs.kind === "nothing");
      return sum + countWhere(judged, ({ byWay }) => byWay[way]!.outcome !== byWay[plain]!.outcome);
    }, 0);
    const claim = workspace.knowledge.latest.find(({ by }) => by.digest === digest);
    if (!claim) throw new Error(`a register with digest ${digest} was asked about and is not known`);
    const { file } = claim.by;
    return {
      kind: "finding",
      code: "stale-register",
      title: `renew one file, turns ${turned} verdicts: ${file}`,
      detail: "a register past its day no longer shows that what it does not list does not exist",
      who: keeperOf(claim),
      verdicts: turned,
      places: [{ file }],
    };
  });
}

const faultDetails: Readonly<Record<Fault["kind"], string>> = {
  gap: "editions are numbered so that none can be taken away unseen; put the missing one back, or have the first one on file say that it is (`first`)",
  contradiction: "one of them is not what it says: it closes nothing until its keeper signs an edition above both",
};

/** Registers that close nothing because of their editions, and those that begin late by their own word. */
function editions({ knowledge }: Workspace): readonly Finding[] {
  const faults = [...knowledge.faults].map(
    ([claim, { kind, text, files }]): Finding => ({
      kind: "finding",
      code: kind === "gap" ? "register-gap" : "register-contradiction",
      title: text,
      detail: faultDetails[kind],
      who: keeperOf(claim),
      verdicts: 0,
      places: files.map((file) => ({ file })),
    }),
  );
  const late = [...knowledge.begins].map(
    ([claim, begins]): Finding => ({
      kind: "finding",
      code: "register-first",
      title: `the register of ${registerWords[claim.says.register]} in \`${claim.by.file}\` begins with edition ${begins}, by its keeper's word alone`,
      detail:
        "what lower editions said is not on file, and nobody can tell from here that there were none; ask others who may hold them",
      who: keeperOf(claim),
      verdicts: 0,
      places: [{ file: claim.by.file }],
    }),
  );
  return [...faults, ...late];
}

/** A ledger that was deleted or replaced takes with it what would show that anything else is gone. */
function lostLedgers({ lostLedgers: lost, ledger }: Workspace): readonly Finding[] {
  return lost.map(({ origin, size }): Finding => {
    const here = ledger?.head.origin === origin ? `\`${origin}\` has ${ledger.head.size} of its entries` : undefined;
    return {
      kind: "finding",
      code: "lost-ledger",
      title: here === undefined ? `this workspace had another ledger, \`${origin}\`` : `the ledger ${here}`,
      detail: `your key has signed ${size} entries of it; put it back: without it nobody can tell what it had seen and is gone`,
      who: "operator",
      verdicts: 0,
      places: [],
    };
  });
}

/** What the ledger has seen and the workspace has lost: nothing is taken away unseen. */
function vanished(workspace: Workspace): readonly Finding[] {
  const withheld = workspace.withheld.map(({ sha256, kind, file }) => ({ digest: sha256, kind, file }));
  return vanishedFindings([...workspace.vanished, ...withheld]).map(({ file, title, detail }) => ({
    kind: "finding",
    code: "vanished",
    title,
    detail,
    who: "operator",
    verdicts: 0,
    places: file === undefined ? [] : [{ file }],
  }));
}

/** What the ledger has seen in the network and the tables no longer have: leaving is a claim, and somebody signs it. */
function left({ left: { verdicts, elements } }: Workspace, judged: readonly JudgedGroup[]): readonly Finding[] {
  if (verdicts === 0) return [];
  const groups = judged.filter(({ ifThere }) => ifThere !== undefined);
  const examples = [...new Set(groups.map(({ group }) => group.example))].sort().slice(0, mostExamples);
  const named = examples.map((id) => `\`${id}\``).join(", ");
  const more = verdicts > examples.length ? ", and more" : "";
  return [
    {
      kind: "finding",
      code: "left",
      title: `recorded and no longer in the tables as it was, without a signed removal: ${verdicts} (${elements} whole elements)`,
      detail: `${named}${more}; put the rows back, or have two people sign that they are gone (\`freigabe certify removal\`); dependence, limits and posture are wider by them, exposure and outage look at the tables alone`,
      who: "operator",
      verdicts,
      places: [],
    },
  ];
}

/** A plan is no equipment yet: it is listed, so that nothing hides among plans. */
function planned({ loaded, asOf }: Workspace): readonly Finding[] {
  const { elements, first } = loaded.planned;
  if (elements === 0) return [];
  const named = first.map(({ id, day }) => `\`${id}\` (${day})`).join(", ");
  return [
    {
      kind: "finding",
      code: "planned",
      title: `planned for a day after ${asOf}, and not assessed: ${elements}`,
      detail: `${named}${elements > first.length ? `, and ${elements - first.length} more` : ""}`,
      who: "operator",
      verdicts: 0,
      places: [],
    },
  ];
}

function advice(ways: readonly Way[], questions: Questions): readonly Finding[] {
  return ways.flatMap((way, index) => {
    const { setting, differs } = way;
    if (differs.kind !== "nothing" || !setting.pack.rules.some(({ kind }) => kind === "advice")) return [];
    const counts = new Map<string, { fires: number; open: number }>();
    for (const group of questions.groups) {
      const states = questions.equipment[group.equipment]![index]!.flatMap((_, at) =>
        advise(setting.pack, setting, factsOf(questions, group, index, at)),
      );
      for (const id of new Set(states.map((answer) => answer.id))) {
        const held = counts.get(id) ?? { fires: 0, open: 0 };
        const fires = states.some((answer) => answer.id === id && answer.state === "fires");
        counts.set(id, {
          fires: held.fires + (fires ? group.elements : 0),
          open: held.open + (fires ? 0 : group.elements),
        });
      }
    }
    return [...counts].map(([id, { fires, open }]): Finding => {
      const rule = setting.pack.rules.find((known) => known.id === id)!;
      return {
        kind: "finding",
        code: `advice:${id}`,
        title: rule.title,
        detail: `not so for ${fires}, not known for ${open}; ${rule.remedy} (${rule.cites}; advice of ${setting.pack.name}, never an outcome)`,
        who: "operator",
        verdicts: fires + open,
        places: [],
      };
    });
  });
}

function unmatched(judged: readonly JudgedGroup[]): readonly Finding[] {
  const concerned = countWhere(judged, ({ binding }) => binding.bases.includes("identity"));
  if (concerned === 0) return [];
  return [
    {
      kind: "finding",
      code: "identity",
      title: "texts or releases that no certificate could be matched with",
      detail: "`freigabe match` proposes what a text means; `freigabe explain` shows which release a certificate names",
      who: "operator",
      verdicts: concerned,
      places: [],
    },
  ];
}

/** Rows of the working copy that nobody signed: a proposal each, without effect. */
function unsignedNames({ files, knowledge }: Workspace): readonly Finding[] {
  const { aliases, problems } = readAliases(files);
  const isSigned = ({ text, aliasOf, id }: (typeof aliases)[number]) =>
    knowledge.aliases.some(({ says }) => says.text === text && says.aliasOf === aliasOf && says.id === id);
  const open = aliases.filter((alias) => !isSigned(alias)).length + problems.length;
  if (open === 0) return [];
  return [
    {
      kind: "finding",
      code: "unsigned-alias",
      title: `rows of ${aliasFile} without a signature that counts, and so without effect: ${open}`,
      detail: "`freigabe match` lists them as proposals; `--confirm` signs one",
      who: "operator",
      verdicts: 0,
      places: [{ file: aliasFile }],
    },
  ];
}

function remarks(workspace: Workspace): readonly Finding[] {
  const unvouched = workspace.unsigned - workspace.documents.counts.vouched;
  const remark = (code: string, title: string, detail: string): Finding => ({
    kind: "finding",
    code,
    title,
    detail,
    who: "operator",
    verdicts: 0,
    places: [],
  });
  return [
    ...(workspace.config.demo === true
      ? [
          remark(
            "demo",
            "this is a demonstration: keys and evidence named `DEMO-` count",
            "remove `demo: true` from freigabe.yaml before real use",
          ),
        ]
      : []),
    ...(workspace.asOf > workspace.knownAt
      ? [
          remark(
            "projection",
            `a projection: rules and terms as of ${workspace.asOf}, evidence as known at ${workspace.knownAt}`,
            "statements and registers yet to come may change it",
          ),
        ]
      : []),
    ...(workspace.later > 0
      ? [
          remark(
            "later",
            `${workspace.later} statements were signed after ${workspace.knownAt} and did not count`,
            "`--known-at` sets the day",
          ),
        ]
      : []),
    ...(unvouched > 0
      ? [
          remark(
            "unsigned",
            `${unvouched} documents carry no signature and decided nothing`,
            "`freigabe certify document` vouches for one",
          ),
        ]
      : []),
  ];
}
