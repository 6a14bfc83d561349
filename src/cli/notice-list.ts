import { exit } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { noticesText } from "../reports/notice-text.ts";
import type { Command } from "./command.ts";
import { lettersOf } from "./notice-folder.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "notice list",
  summary: "letters as threads: what was said, answered, and is overdue",
  usage: "DIR [--output FORMAT[=PATH]]",
  positionals: [1, 1],
  options: { output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" } },
  notes:
    "Reads `notices/` of DIR, and what suppliers say themselves in `notices/` and `evidence/`; only what a key of `trust/`\nsigned counts.",
  examples: [
    ["every thread", "./freigabe notice list examples/agency"],
    ["the same for programs", "./freigabe notice list examples/agency --output json"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const { list } = lettersOf(dir, io);
    for (const output of outputs) {
      const colour = output.path === undefined && io.colours;
      deliver(output, output.format === "json" ? asJson(list) : noticesText(list, { colour }), io);
    }
    return exit.done;
  },
};
