import { rmSync } from "node:fs";
import { type ExitCode, exit } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { printable } from "../reports/terminal.ts";
import { openInventory } from "../storage/duckdb/open.ts";
import { openReplayFolder } from "../storage/record/replay-folder.ts";
import { scratchFolder } from "../storage/write.ts";
import { decisionsNamed } from "../tasks/record/find.ts";
import { type Replay, replay } from "../tasks/record/replay.ts";
import type { Command, Io } from "./command.ts";
import { openLedgerIn } from "./ledger-access.ts";
import { readOutputs } from "./outputs.ts";
import { endProgress, sayProgress, version } from "./shell.ts";

export const command: Command = {
  name: "ledger replay",
  summary: "decide again from the recorded inputs and compare",
  usage: "DIR [DECISION] [--output text|json]    DECISION: a number, a leaf hash, or `last`; default all",
  positionals: [1, 2],
  options: { output: { type: "string", value: "FORMAT", means: "text (default) or json" } },
  notes: `Inputs, packs and days are those of the decision, whatever the workspace looks like today. Outcome, basis, rules
and facts of every row must be the same. Exit: 0 all are, 4 one differs, 3 an input is missing or withheld.`,
  examples: [
    ["every decision of a workspace", "./freigabe ledger replay examples/first"],
    ["one of them, for a program", "./freigabe ledger replay germany 12 --output json"],
  ],
  async run(input, io) {
    const [dir = "", word] = input.positionals;
    const [output] = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const access = openLedgerIn(dir, io);
    const replays: Replay[] = [];
    for (const entry of decisionsNamed(access.store, word)) {
      const scratch = scratchFolder(undefined);
      try {
        const world = { ...openReplayFolder(scratch), openStore: () => openInventory() };
        replays.push(await replay({ access, world, version: version(), progress: sayProgress(io) }, entry));
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
      if (output?.format !== "json") say(replays.at(-1)!, io);
    }
    endProgress(io);
    if (output?.format === "json") io.out(asJson({ kind: "replays", replays }));
    else io.out(`${replays.length} decisions replayed\n`);
    return exitCode(replays);
  },
};

const outcomes = {
  same: "the same again",
  differs: "NOT the same",
  missing: "not decided again, for an input is not there",
} as const;

function say({ entry, decision, time, outcome, differences, missing, engine }: Replay, io: Io): void {
  endProgress(io);
  const other =
    engine.recorded === engine.now ? "" : `; decided by freigabe ${engine.recorded}, replayed by ${engine.now}`;
  io.out(`entry ${entry}, ${decision} of ${time}: ${outcomes[outcome]}${other}\n`);
  for (const text of differences) io.out(`  ${printable(text)}\n`);
  for (const { path, sha256, why } of missing)
    io.out(`  missing ${printable(path)} (sha256 ${sha256}): ${printable(why)}\n`);
}

function exitCode(replays: readonly Replay[]): ExitCode {
  if (replays.some(({ outcome }) => outcome === "differs")) return exit.broken;
  return replays.some(({ outcome }) => outcome === "missing") ? exit.undecided : exit.done;
}
