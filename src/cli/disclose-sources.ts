import { exit } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { sourcesText } from "../reports/sources-text.ts";
import { sourcesOf } from "../tasks/disclosure/sources-of.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose sources",
  summary: "how much a partner depends on one source, by topic",
  usage: "DIR PARTNER [--output FORMAT[=PATH]]",
  positionals: [2, 2],
  options: {
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  notes:
    "Topics are FiGHT's tactics by segment of the network. What several sources delivered is one item. `alone` is what would\n" +
    "be lost if a source stopped; `hangs on` what one condition would take away. Below 20 items there are no numbers.",
  examples: [
    ["of what one partner was given", "./freigabe disclose sources agency DEMO-NATION"],
    ["the same for programs", "./freigabe disclose sources agency DEMO-NATION --output json"],
  ],
  async run(input, io) {
    const [dir = "", partner = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const result = await sourcesOf(desk, partner);
      for (const output of outputs) {
        const colour = output.path === undefined && io.colours;
        deliver(output, output.format === "json" ? asJson(result) : sourcesText(result, { colour }), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
