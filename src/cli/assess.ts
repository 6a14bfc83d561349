import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import type { Assessment } from "../model/assessment.ts";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { type Action, actions } from "../model/verdict.ts";
import { assessmentText } from "../reports/assessment-text.ts";
import { asJson } from "../reports/json.ts";
import { moveTo, scratchFolder } from "../storage/write.ts";
import { assess } from "../tasks/assess.ts";
import type { Command, Input, Io } from "./command.ts";
import { deliver, type Output, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

const formats = ["text", "json", "csv"] as const;
type Format = (typeof formats)[number];

export const command: Command = {
  name: "assess",
  summary: "decide about every element of a network: admitted, refused or undecided",
  usage: "DIR [--as-of DAY] [--known-at DAY] [--output FORMAT[=PATH] ...] [--fail-on refused|undecided]",
  positionals: [1, 1],
  options: {
    "as-of": {
      type: "string",
      value: "DAY",
      means: "rules, duties and terms of this day (default: freigabe.yaml, else today)",
    },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day; freshness of registers" },
    output: {
      type: "string",
      multiple: true,
      value: "FORMAT[=PATH]",
      means: "text, json or csv; repeatable (default: text to stdout)",
    },
    "fail-on": {
      type: "string",
      value: "OUTCOME",
      means: "refused: exit 1 if any is; undecided: also 3 if any is and none refused",
    },
    action: {
      type: "string",
      value: "ACTION",
      means: "operate (default), deploy, update or maintain, as the packs allow",
    },
    audit: { type: "boolean", means: "ask Cedar again about every question, not a sample of 300" },
  },
  notes: `Exits 0 when it ran, whatever the verdicts, unless --fail-on says otherwise; 2 if it could not run.
The JSON follows schemas/assessment.schema.json. The CSV has a row per element, operator and action.`,
  examples: [
    ["the example network, for people", "./freigabe assess examples/first"],
    [
      "on the last day of the contracts' first stage, as a table",
      "./freigabe assess examples/first --as-of 2026-12-31 --output csv=verdicts.csv",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs<Format>(input.texts("output"), formats, io.cwd);
    const failOn = readFailOn(input);
    const csv = outputs.find(({ format }) => format === "csv");
    const scratch = csv && scratchFolder(csv.path);
    try {
      const target = scratch && join(scratch, "verdicts.csv");
      const result = await assess(openShell(dir, io), {
        ...readDays(input),
        action: readAction(input),
        auditAll: input.flag("audit"),
        ...(target && { csv: target }),
      });
      endProgress(io);
      for (const output of outputs) await show(output, result.assessment, dir, target, io);
      if (!result.engineFailed) return exitCode(result.assessment, failOn);
      io.err("freigabe: error: Cedar and the truth tables differ: the verdicts concerned are undecided/engine\n");
      return exit.failed;
    } finally {
      if (scratch) rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** The two days, as given. */
export function readDays(input: Input): { asOf?: string; knownAt?: string } {
  const [asOf, knownAt] = [input.text("as-of"), input.text("known-at")];
  return { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) };
}

/** The action asked about; `depend` is asked of the network by itself. */
export function readAction(input: Input, usual: Action = "operate"): Action {
  const text = input.text("action") ?? usual;
  const action = actions.find((known) => known === text && known !== "depend");
  if (action) return action;
  throw new UserError(
    `expected an action of ${actions.filter((name) => name !== "depend").join(", ")}, got \`${text}\``,
  );
}

function readFailOn(input: Input): string | undefined {
  const text = input.text("fail-on");
  if (text === undefined || text === "refused" || text === "undecided") return text;
  const hint = "refused: exit 1 if any is; undecided: also 3 if any is and none refused";
  throw new UserError(`expected \`--fail-on refused\` or \`undecided\`, got \`${text}\``, hint);
}

async function show(
  output: Output<Format>,
  assessment: Assessment,
  dir: string,
  csv: string | undefined,
  io: Io,
): Promise<void> {
  if (output.format === "text")
    return deliver(output, assessmentText(assessment, { colour: colours(output, io) }, nextSteps(assessment, dir)), io);
  if (output.format === "json") return deliver(output, asJson(assessment), io);
  if (csv === undefined) throw new Error("the CSV was asked for and not written");
  if (output.path !== undefined) return moveTo(output.path, csv);
  for await (const chunk of createReadStream(csv, { encoding: "utf8" })) io.out(chunk);
}

function colours(output: Output<Format>, io: Io): boolean {
  return output.path === undefined && io.colours;
}

function nextSteps({ reasons, examined }: Assessment, dir: string): readonly string[] {
  if (examined === 0) return [`./freigabe import --help         # bring an inventory in`];
  const [first] = reasons;
  return [
    ...(first ? [`./freigabe explain ${dir} ${first.example}`] : []),
    `./freigabe assess ${dir} --output csv=verdicts.csv`,
    `./freigabe gate ${dir} --order ORDER.csv        # before buying`,
  ];
}

function exitCode({ verdicts }: Assessment, failOn: string | undefined): ExitCode {
  if (failOn !== undefined && verdicts.refused > 0) return exit.refused;
  return failOn === "undecided" && verdicts.undecided > 0 ? exit.undecided : exit.done;
}
