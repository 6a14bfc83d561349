import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Assessment } from "../model/assessment.ts";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { assessmentText } from "../reports/assessment-text.ts";
import { differenceText } from "../reports/difference-text.ts";
import { watchChanges } from "../storage/changes.ts";
import { compareVerdicts } from "../storage/duckdb/compare.ts";
import { scratchFolder } from "../storage/write.ts";
import type { AssessOptions } from "../tasks/assess.ts";
import { type Look, type WatchShell, watchWorkspace } from "../tasks/watch.ts";
import type { Io } from "./command.ts";
import { endProgress, openShell } from "./shell.ts";

/**
 * Decides about a workspace, prints the result, and then at each change of its files what the change did to it. A broken
 * file is said, and the last good result stays. Ends with Ctrl-C, as a success.
 */
export async function watchAssess(dir: string, io: Io, options: AssessOptions): Promise<ExitCode> {
  const shell = openShell(dir, io);
  const scratch = scratchFolder(undefined);
  const changes = watchChanges(shell.workspace);
  const stop = onStop(changes.close, io);
  const watching = watchWorkspace(watchShell(shell, scratch, changes.seen), options);
  try {
    let last = await watching.look(new Date());
    endProgress(io);
    io.out(assessmentText(last.assessment, { colour: io.colours }));
    io.err(`freigabe: watching \`${dir}\`; Ctrl-C ends it\n`);
    for (let files = await changes.next(); files !== undefined; files = await changes.next()) {
      const look = await lookAgain(() => watching.look(new Date()), io);
      if (look) last = say(look, last.assessment, files, io);
    }
    return exit.done;
  } finally {
    stop.forget();
    changes.close();
    await watching.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Shell = ReturnType<typeof openShell>;

function watchShell(shell: Shell, scratch: string, seen: () => ReadonlyMap<string, string>): WatchShell {
  return {
    ...shell,
    compare: compareVerdicts,
    stampOf: (files) => JSON.stringify(files.map(({ name }) => seen().get(name) ?? null)),
    csvs: [join(scratch, "verdicts-1.csv"), join(scratch, "verdicts-2.csv")],
  };
}

async function lookAgain(look: () => Promise<Look>, io: Io): Promise<Look | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = error.hint ? `freigabe: hint: ${error.hint}\n` : "";
    io.err(`freigabe: error: ${error.message}\n${hint}freigabe: the last good result stands\n`);
    return undefined;
  } finally {
    endProgress(io);
  }
}

function say(look: Look, before: Assessment, files: readonly string[], io: Io): Look {
  const { assessment: after, difference, tablesRead, engineFailed } = look;
  if (!difference) throw new Error("a second look without a difference");
  io.out(`\n${differenceText({ files, tablesRead, before, after, difference }, { colour: io.colours })}`);
  if (engineFailed)
    io.err("freigabe: error: Cedar and the truth tables differ: the verdicts concerned are undecided/engine\n");
  return look;
}

/** The first Ctrl-C ends the watch after the decision that runs; a second one ends the process, as ever. */
function onStop(stop: () => void, io: Io) {
  const once = () => {
    forget();
    if (io.terminal) io.err("\nfreigabe: stopping\n");
    stop();
  };
  const forget = () => {
    process.off("SIGINT", once);
    process.off("SIGTERM", once);
  };
  process.on("SIGINT", once);
  process.on("SIGTERM", once);
  return { forget };
}
