import { exit } from "../model/errors.ts";
import { explanationText } from "../reports/explanation-text.ts";
import { asJson } from "../reports/json.ts";
import { explain } from "../tasks/explain.ts";
import { readAction, readDays } from "./assess.ts";
import type { Command } from "./command.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

export const command: Command = {
  name: "explain",
  summary: "show why one element is admitted, refused or undecided, and what would change it",
  usage: "DIR ELEMENT [--as-of DAY] [--known-at DAY] [--action ACTION] [--output FORMAT[=PATH]]",
  positionals: [2, 2],
  options: {
    "as-of": { type: "string", value: "DAY", means: "rules, duties and terms of this day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    action: { type: "string", value: "ACTION", means: "operate (default), deploy, update or maintain" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
  },
  notes: `Signs: = a fact is known, ~ it is open; + a rule passes, x it fires, ? it hangs on an open fact.
Sources are file and line, or statement, signer and grade.`,
  examples: [
    ["the chain for one element", "./freigabe explain examples/first DEMO-amf-1"],
    ["might the same release be deployed again today?", "./freigabe explain examples/first DEMO-amf-1 --action deploy"],
  ],
  async run(input, io) {
    const [dir = "", element = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const result = await explain(openShell(dir, io), element, { ...readDays(input), action: readAction(input) });
    endProgress(io);
    for (const output of outputs) {
      const colour = output.path === undefined && io.colours;
      deliver(output, output.format === "json" ? asJson(result) : explanationText(result, { colour }), io);
    }
    return exit.done;
  },
};
