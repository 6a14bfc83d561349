import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { queueText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { openSigner } from "../storage/keys.ts";
import { queueOf, say } from "../tasks/disclosure/officer.ts";
import type { Command } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose queue",
  summary: "what waits for an officer; approve or reject it",
  usage: "DIR [approve|reject ID --by KEY] [--output FORMAT[=PATH]]",
  positionals: [1, 3],
  options: {
    by: {
      type: "string",
      value: "KEY",
      means: "private key of the officer, a file; its public key is in `trust/` as approver",
    },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  examples: [
    ["what waits", "./freigabe disclose queue agency"],
    ["let the backlog of a partner go", "./freigabe disclose queue agency approve DEMO-NATION/3 --by keys/officer"],
  ],
  async run(input, io) {
    const [dir = "", ...words] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      const [word, id] = words;
      if (word !== undefined) {
        if ((word !== "approve" && word !== "reject") || id === undefined) {
          throw new UserError(
            `expected \`approve ID\` or \`reject ID\`, got \`${words.join(" ")}\``,
            "`--by KEY` names the officer",
          );
        }
        const by = input.text("by");
        if (by === undefined) throw new UserError("`--by KEY` is missing", "the private key of an approver");
        const { views } = await say(desk, id, word, openSigner(resolve(io.cwd, by)));
        const given = views.reduce((sum, { released }) => sum + released.length, 0);
        io.err(`freigabe: ${word === "approve" ? "approved" : "rejected"} ${id}: ${given} objects given\n`);
      }
      const result = await queueOf(desk);
      for (const output of outputs) {
        deliver(output, output.format === "json" ? asJson(result) : queueText(result), io);
      }
      return exit.done;
    } finally {
      await desk.close();
    }
  },
};
