import type { Assessment } from "../model/assessment.ts";
import type { ReportData } from "../model/report-data.ts";
import type { Action } from "../model/verdict.ts";
import { askInventory } from "./ask.ts";
import { auditQuestions } from "./audit.ts";
import { completenessOf } from "./completeness.ts";
import { dependenceOf } from "./dependence.ts";
import { exposureOf } from "./exposure.ts";
import { judgeGroups } from "./judge.ts";
import { judgeNetwork } from "./network.ts";
import { networkOf } from "./network-of.ts";
import { outageOf } from "./outage.ts";
import { type Outline, readOutline } from "./outline.ts";
import { type DecisionCore, writeCore } from "./record/core.ts";
import { enterAssessment } from "./record/enter.ts";
import { reportOf } from "./report.ts";
import { waysOfAsking } from "./settings.ts";
import type { Shell } from "./shell.ts";
import { type Analyses, summarise } from "./summary.ts";
import { everySuspect } from "./suspects.ts";
import { csvHeader, csvRows, csvSetAside } from "./verdict-rows.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

export interface AssessOptions extends Days {
  readonly action?: Action;
  /** Ask Cedar again about every question, not a sample of 300. */
  readonly auditAll?: boolean;
  /** Absolute path for the CSV of all verdicts. */
  readonly csv?: string;
  /** Absolute path for the rows of the decision as a ledger keeps them; `record`: enter it, before anything is returned. */
  readonly rows?: { readonly path: string; readonly record: boolean };
  /** Make the data of a report too; `places`: with file and line of each element. */
  readonly report?: boolean | { readonly places: boolean };
}

export interface Assessed {
  readonly assessment: Assessment;
  /** Cedar and the tables differ, or Cedar failed: the verdicts concerned are open and the program has failed. */
  readonly engineFailed: boolean;
  /** If they were asked for. */
  readonly report?: ReportData;
  readonly core?: DecisionCore;
}

/**
 * Decides about every element of a workspace: opens it, reduces it to distinct questions, decides each, asks Cedar
 * again about a sample, looks at the network as a whole, and counts; enters the decision in the ledger if it is to be
 * recorded; for a report it also looks where the verdicts lie, and behind the largest. Throws `UserError` if the
 * configuration, a pack or the ledger cannot be used.
 */
export async function assess(shell: Shell, options: AssessOptions = {}): Promise<Assessed> {
  const action = options.action ?? "operate";
  const store = await shell.openStore();
  try {
    const wanted = options.report === true ? { places: false } : options.report || undefined;
    const opened = await openWorkspace(shell, store, options, { sites: true });
    const outline = wanted && readOutline(shell.workspace);
    const workspace = outline ? withOutline(opened, outline) : opened;
    const ways = waysOfAsking(workspace, action);
    shell.progress("deciding");
    const questions = await askInventory(workspace, ways);
    const audit = auditQuestions(questions, ways, options.auditAll === true ? "all" : 300);
    const judged = judgeGroups(questions, ways, audit);
    const analyses = await analysed(shell, workspace);
    const decided = summarise({
      version: shell.version,
      workspace,
      action,
      ways,
      questions,
      judged,
      audit,
      analyses,
      completeness: await completenessOf(workspace),
    });
    if (options.csv !== undefined) {
      shell.progress("writing verdicts");
      await store.writeCsv(options.csv, csvHeader, csvRows(action, judged), csvSetAside(action), "since", {
        plain: true,
      });
    }
    const { network } = analyses;
    const core =
      options.rows && (await writeCore({ store, action, ways, questions, judged, network }, options.rows.path));
    const recorded = core && options.rows?.record ? await enterAssessment(shell, workspace, decided, core) : false;
    const assessment: Assessment = { ...decided, recorded };
    const engineFailed = audit.differences.length > 0;
    const result = { assessment, engineFailed, ...(core && { core }) };
    if (!wanted || !outline) return result;
    shell.progress("looking where verdicts lie");
    const report = await reportOf({ workspace, ways, questions, judged, assessment, outline, places: wanted.places });
    return { ...result, report };
  } finally {
    await store.close();
  }
}

/** The network as a network: its limits, on whom it depends, what each supplier could see, and what would stop without it. */
async function analysed(shell: Shell, workspace: Workspace): Promise<Analyses> {
  shell.progress("looking at the network");
  const network = await networkOf(workspace);
  const suspects = everySuspect(network);
  return {
    network: await judgeNetwork(workspace),
    dependence: await dependenceOf(workspace),
    exposure: exposureOf(network, suspects),
    outage: outageOf(network, suspects),
  };
}

/** A map that is drawn is an input, and what is wrong with it a problem, like any other file. */
function withOutline(workspace: Workspace, { problems, inputs }: Outline): Workspace {
  return {
    ...workspace,
    problems: [...workspace.problems, ...problems],
    inputs: [...workspace.inputs, ...inputs].sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}
