import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { casesText } from "../reports/cases-text.ts";
import { asJson } from "../reports/json.ts";
import { openSigner } from "../storage/keys.ts";
import { casesOf, type Decided, decideCase } from "../tasks/disclosure/cases.ts";
import { bringAllUpToDate } from "../tasks/disclosure/desk.ts";
import type { Command, Input, Io } from "./command.ts";
import { deskOptions, type OpenDesk, openDesk } from "./desk-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

const decisions: Readonly<Record<string, Decided["decision"]>> = {
  release: "release",
  tearline: "tearline",
  waive: "waiver",
};

export const command: Command = {
  name: "disclose cases",
  summary: "warnings of a threat to life that rules keep from partners; decide about one",
  usage: "DIR [release|tearline|waive CASE --reason TEXT --by KEY --by KEY] [--output FORMAT[=PATH]]",
  positionals: [1, 3],
  options: {
    by: {
      type: "string",
      multiple: true,
      value: "KEY",
      means: "private keys of two officers, files; their public keys are in `trust/` as approver",
    },
    reason: { type: "string", value: "TEXT", means: "why; it is signed and stays in the ledger" },
    instead: { type: "string", value: "OBJECT", means: "for `tearline`: the lesser object that is given" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
    ...deskOptions,
  },
  notes:
    "Exit code 1 as long as a case is overdue. Officers who sit apart sign `freigabe certify warning-decision` one after the\n" +
    "other (`--add-signature`), and `disclose receive` takes it. Partners see nothing of a case.",
  examples: [
    ["what has to be decided, and by when", "./freigabe disclose cases agency"],
    [
      "two officers let a warning go",
      "./freigabe disclose cases agency release DEMO-NATION/report--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10 --reason 'people are in danger' --by keys/officer-1 --by keys/officer-2",
    ],
  ],
  async run(input, io) {
    const [dir = "", word, id] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const desk = await openDesk(dir, input, io);
    try {
      await bringAllUpToDate(desk);
      if (word !== undefined) await act(desk, word, id, input, io);
      const result = await casesOf(desk);
      for (const output of outputs) {
        const colour = output.path === undefined && io.colours;
        deliver(output, output.format === "json" ? asJson(result) : casesText(result, { colour }), io);
      }
      const overdue = result.cases.filter(({ state }) => state === "overdue").length;
      if (overdue > 0) io.err(`freigabe: alarm: ${overdue} ${overdue === 1 ? "case is" : "cases are"} overdue\n`);
      return overdue > 0 ? exit.refused : exit.done;
    } finally {
      await desk.close();
    }
  },
};

async function act(desk: OpenDesk, word: string, id: string | undefined, input: Input, io: Io): Promise<void> {
  const decision = Object.hasOwn(decisions, word) ? decisions[word] : undefined;
  if (decision === undefined || id === undefined) {
    const got = [word, id ?? ""].join(" ").trim();
    throw new UserError(
      `expected \`release\`, \`tearline\` or \`waive\` and a case, got \`${got}\``,
      "`--by KEY` twice",
    );
  }
  const [reason, instead] = [input.text("reason"), input.text("instead")];
  if (reason === undefined) throw new UserError("`--reason TEXT` is missing", "it is signed and stays in the ledger");
  const officers = input.texts("by").map((key) => openSigner(resolve(io.cwd, key)));
  const text = await decideCase(desk, id, { decision, reason, ...(instead !== undefined && { instead }) }, officers);
  io.err(`freigabe: ${text}\n`);
}
