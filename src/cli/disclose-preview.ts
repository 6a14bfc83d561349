import { exit } from "../model/errors.ts";
import { previewText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { preview } from "../tasks/disclosure/look.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose preview",
  summary: "who would get an object, and why not the others",
  usage: "DIR OBJECT [--output FORMAT[=PATH]]",
  positionals: [2, 2],
  options: {
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  examples: [
    ["who would get this report", "./freigabe disclose preview agency report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10"],
    [
      "the same for programs",
      "./freigabe disclose preview agency report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10 --output json",
    ],
  ],
  async run(input, io) {
    const [dir = "", ...words] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const result = await preview(desk, words[0] ?? "");
      for (const output of outputs) {
        const colour = output.path === undefined && io.colours;
        deliver(output, output.format === "json" ? asJson(result) : previewText(result, { colour }), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
