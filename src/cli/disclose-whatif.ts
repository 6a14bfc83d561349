import { exit, UserError } from "../model/errors.ts";
import { whatIfText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { scalesOf } from "../tasks/disclosure/desk.ts";
import { whatIf } from "../tasks/disclosure/look.ts";
import { asPosture, weigh } from "../tasks/disclosure/posture-of.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { fileText } from "./file-text.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose whatif",
  summary: "what another posture would open or close",
  usage: "DIR --posture FILE [--output FORMAT[=PATH]]",
  positionals: [1, 1],
  options: {
    posture: { type: "string", value: "FILE", means: "a signed posture; nothing is kept of it" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  examples: [
    ["if the partner had replaced its equipment", "./freigabe disclose whatif agency --posture planned.json"],
    ["the same for programs", "./freigabe disclose whatif agency --posture planned.json --output json"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const file = input.text("posture");
      if (file === undefined)
        throw new UserError("`--posture FILE` is missing", "a posture that `freigabe posture` made");
      const weighed = weigh(fileText(file, io), file, scalesOf(desk));
      const posture = typeof weighed === "string" ? undefined : asPosture(weighed);
      if (!posture)
        throw new UserError(
          `\`${file}\` is no posture that counts: ${typeof weighed === "string" ? weighed : weighed.statement.kind}`,
        );
      const result = await whatIf(desk, posture);
      for (const output of outputs) {
        const colour = output.path === undefined && io.colours;
        deliver(output, output.format === "json" ? asJson(result) : whatIfText(result, { colour }), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
