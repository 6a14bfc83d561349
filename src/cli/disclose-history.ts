import { exit } from "../model/errors.ts";
import { historyText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { historyOf } from "../tasks/disclosure/history.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose history",
  summary: "what a partner was given, refused and asked to give back",
  usage: "DIR [PARTNER] [--output FORMAT[=PATH]]",
  positionals: [1, 2],
  options: {
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  examples: [
    ["everything", "./freigabe disclose history agency"],
    ["for one partner", "./freigabe disclose history agency DEMO-NATION"],
  ],
  async run(input, io) {
    const [dir = "", ...words] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const result = historyOf(desk.journal.access.store, words[0]);
      for (const output of outputs) {
        deliver(output, output.format === "json" ? asJson(result) : historyText(result), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
