import type { Assessment } from "../model/assessment.ts";
import type { Action } from "../model/verdict.ts";
import { askInventory } from "./ask.ts";
import { auditQuestions } from "./audit.ts";
import { judgeGroups } from "./judge.ts";
import { judgeNetwork } from "./network.ts";
import { waysOfAsking } from "./settings.ts";
import type { Shell } from "./shell.ts";
import { summarise } from "./summary.ts";
import { csvHeader, csvRows, csvSetAside } from "./verdict-rows.ts";
import { type Days, openWorkspace } from "./workspace.ts";

export interface AssessOptions extends Days {
  readonly action?: Action;
  /** Ask Cedar again about every question, not a sample of 300. */
  readonly auditAll?: boolean;
  /** Absolute path for the CSV of all verdicts. */
  readonly csv?: string;
}

export interface Assessed {
  readonly assessment: Assessment;
  /** Cedar and the tables differ, or Cedar failed: the verdicts concerned are open and the program has failed. */
  readonly engineFailed: boolean;
}

/**
 * Decides about every element of a workspace: opens it, reduces it to distinct questions, decides each, asks Cedar
 * again about a sample, and counts. Throws `UserError` if the configuration or a pack cannot be used.
 */
export async function assess(shell: Shell, options: AssessOptions = {}): Promise<Assessed> {
  const action = options.action ?? "operate";
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, options);
    const ways = waysOfAsking(workspace, action);
    shell.progress("deciding");
    const questions = await askInventory(workspace, ways);
    const audit = auditQuestions(questions, ways, options.auditAll === true ? "all" : 300);
    const judged = judgeGroups(questions, ways, audit);
    const network = await judgeNetwork(workspace);
    const assessment = summarise({
      version: shell.version,
      workspace,
      action,
      ways,
      questions,
      judged,
      audit,
      network,
    });
    if (options.csv !== undefined) {
      shell.progress("writing verdicts");
      await store.writeCsv(options.csv, csvHeader, csvRows(action, judged), csvSetAside(action), "since");
    }
    return { assessment, engineFailed: audit.differences.length > 0 };
  } finally {
    await store.close();
  }
}
