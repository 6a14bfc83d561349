import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Assessment, lookedAtNothing } from "../model/assessment.ts";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { type Action, actions } from "../model/verdict.ts";
import { scratchFolder } from "../storage/write.ts";
import { assess } from "../tasks/assess.ts";
import { type AssessFormat, assessFormats, detailed, languages, type Shown, show, textOf } from "./assess-outputs.ts";
import { assessShares } from "./assess-shares.ts";
import type { Command, Input } from "./command.ts";
import { ledgerChoice, ledgerOptions } from "./ledger-access.ts";
import { readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";
import { watchAssess } from "./watch.ts";

export const command: Command = {
  name: "assess",
  summary: "decide about every element of a network: admitted, refused or undecided",
  usage:
    "DIR [--as-of DAY] [--known-at DAY] [--output FORMAT[=PATH] ...] [--fail-on refused|undecided] [--record] [--watch]\n       assess DIR --from-shares FILE ...",
  positionals: [1, Number.POSITIVE_INFINITY],
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
      means: "text, json, csv, measures, html, sarif or junit; repeatable (default: text to stdout)",
    },
    language: { type: "string", value: "en|de", means: "language of the HTML report (default: en)" },
    "fail-on": {
      type: "string",
      value: "OUTCOME",
      means: "refused: exit 1 if any element or limit is; undecided: also 3 if any is, or nothing was looked at",
    },
    action: {
      type: "string",
      value: "ACTION",
      means: "operate (default), deploy, update or maintain, as the packs allow",
    },
    record: { type: "boolean", means: "enter the assessment in the ledger, before it is shown" },
    ...ledgerOptions,
    audit: { type: "boolean", means: "ask Cedar again about every question, not a sample of 300" },
    "from-shares": {
      type: "string",
      multiple: true,
      value: "FILE",
      means: "add up operators' signed counts instead; DIR has keys and owners, no inventory (docs/shares.md)",
    },
    watch: { type: "boolean", means: "stay, and at each change of a file print what it turned; Ctrl-C ends it" },
  },
  notes: `Exits 0 when it ran, whatever the verdicts, unless --fail-on says otherwise; 2 if it could not run.
The JSON follows schemas/assessment.schema.json. The CSV has a row per element, operator and action;
\`measures\` is a CSV of every number of dependence, exposure and outage (docs/dependence.md, docs/exposure.md,
docs/outage.md). The HTML report is one file that opens without a network. SARIF 2.1.0 and JUnit are for pipelines: a result
for each element that is not admitted and each rule that stands against it (docs/pipelines.md).`,
  examples: [
    ["the example network, for people", "./freigabe assess examples/first"],
    ["as a report for people", "./freigabe assess germany --output html=report.html --language de"],
    [
      "in a pipeline: results for code scanning, a test report, and a failure if anything is refused",
      "./freigabe assess germany --output sarif=out.sarif --output junit=out.xml --fail-on refused",
    ],
    [
      "an authority without inventories, from what operators signed",
      "./freigabe assess authority --from-shares north.json south.json",
    ],
    ["while evidence is being put in order", "./freigabe assess germany --watch"],
    [
      "on the last day of the contracts' first stage, as a table",
      "./freigabe assess examples/first --as-of 2026-12-31 --output csv=verdicts.csv",
    ],
  ],
  async run(input, io) {
    const [dir = "", ...files] = input.positionals;
    if (input.texts("from-shares").length > 0) refuseRecord(input, "adds up counts and decides nothing");
    if (input.texts("from-shares").length > 0) return assessShares(dir, files, input, io, readDays(input));
    if (files.length > 0)
      throw new UserError(`\`assess\` takes one folder, got \`${files[0]}\` too`, "`freigabe assess --help`");
    const outputs = readOutputs<AssessFormat>(input.texts("output"), assessFormats, io.cwd);
    const failOn = readFailOn(input);
    const language = readLanguage(input, outputs);
    const options = { ...readDays(input), action: readAction(input), auditAll: input.flag("audit") };
    if (input.flag("watch")) {
      refuseWithWatch(input);
      refuseRecord(input, "prints what changes");
      return watchAssess(dir, io, options);
    }
    const csv = outputs.find(({ format }) => format === "csv");
    const record = input.flag("record");
    const scratch = (csv ?? record) ? scratchFolder(csv?.path) : undefined;
    try {
      const target = csv && scratch && join(scratch, "verdicts.csv");
      const report = outputs.some(({ format }) => detailed.includes(format));
      const places = outputs.some(({ format }) => format === "sarif" || format === "junit");
      const shell = openShell(dir, io, ledgerChoice(input));
      const result = await assess(shell, {
        ...options,
        ...(target && { csv: target }),
        ...(record && scratch !== undefined && { rows: { path: join(scratch, "rows.csv"), record } }),
        ...(report && { report: { places } }),
      });
      if (report) shell.progress("writing the report");
      const shown: Shown = { result, dir, csv, language };
      const texts = await Promise.all(outputs.map((output) => textOf(output, shown, io)));
      endProgress(io);
      for (const [at, output] of outputs.entries()) await show(output, texts[at], target, io);
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

function readLanguage(input: Input, outputs: readonly { readonly format: AssessFormat }[]): (typeof languages)[number] {
  const text = input.text("language") ?? "en";
  if (input.text("language") !== undefined && !outputs.some(({ format }) => format === "html"))
    throw new UserError(
      "`--language` is about the HTML report, and none is asked for",
      "add `--output html=report.html`",
    );
  const language = languages.find((known) => known === text);
  if (language) return language;
  throw new UserError(`expected \`--language\` of ${languages.join(" or ")}, got \`${text}\``);
}

function refuseRecord(input: Input, because: string): void {
  if (input.flag("record")) throw new UserError(`\`--record\` enters a decision, and this ${because}`, "leave it out");
}

function refuseWithWatch(input: Input): void {
  const given = ["output", "fail-on"].find((name) => input.text(name) !== undefined);
  if (given)
    throw new UserError(`\`--watch\` prints what changes; it takes no \`--${given}\``, "leave one of them out");
}

/**
 * Verdicts on elements, and those of binding packs on whole networks; where nothing was looked at, all is undecided. Whoever takes
 * out of the tables what is refused must not get past this: what has left counts as if it were still there, and a limit that is
 * open because of it as if it were broken.
 */
function exitCode(assessment: Assessment, failOn: string | undefined): ExitCode {
  const { verdicts, network, left } = assessment;
  const limits = network.filter(({ use }) => use === "binding");
  const isAny = (wanted: "refused" | "undecided") =>
    verdicts[wanted] > 0 || limits.some(({ outcome }) => outcome === wanted);
  const wasRefused = left.refused > 0 || limits.some((limit) => limit.left > 0 && limit.outcome === "undecided");
  if (failOn !== undefined && (isAny("refused") || wasRefused)) return exit.refused;
  const isOpen = isAny("undecided") || lookedAtNothing(assessment);
  return failOn === "undecided" && isOpen ? exit.undecided : exit.done;
}
