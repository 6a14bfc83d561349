import { exit } from "../model/errors.ts";
import { explainedText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { explainTo } from "../tasks/disclosure/look.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose explain",
  summary: "why a partner gets an object, or does not",
  usage: "DIR PARTNER OBJECT [--output FORMAT[=PATH]]",
  positionals: [3, 3],
  options: {
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  examples: [
    [
      "what stands against it",
      "./freigabe disclose explain agency DEMO-NATION report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10",
    ],
    [
      "the same for programs",
      "./freigabe disclose explain agency DEMO-NATION report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10 --output json",
    ],
  ],
  async run(input, io) {
    const [dir = "", ...words] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const result = await explainTo(desk, words[0] ?? "", words[1] ?? "");
      for (const output of outputs) {
        const colour = output.path === undefined && io.colours;
        deliver(output, output.format === "json" ? asJson(result) : explainedText(result, { colour }), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
