import { exit } from "../model/errors.ts";
import { replayText } from "../reports/disclosure-text.ts";
import { asJson } from "../reports/json.ts";
import { replayDisclosures } from "../tasks/disclosure/replay.ts";
import type { Command } from "./command.ts";
import { ledgerChoice, openLedgerIn } from "./ledger-access.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "disclose replay",
  summary: "decide recorded disclosures again, from the inputs the ledger kept",
  usage: "DIR [--output FORMAT[=PATH]]",
  positionals: [1, 1],
  options: {
    ledger: { type: "string", value: "DIR", means: "the ledger (default: `ledger` in DIR)" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
  },
  notes: "Exit code 4: something recorded is not what the same inputs give, or an input is gone.",
  examples: [
    ["every disclosure", "./freigabe disclose replay agency"],
    ["from a copy of the ledger", "./freigabe disclose replay agency --ledger copies/ledger"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const { ledger } = ledgerChoice(input);
    const { store } = openLedgerIn(ledger ?? dir, io);
    const result = replayDisclosures(store);
    for (const output of outputs) {
      const colour = output.path === undefined && io.colours;
      deliver(output, output.format === "json" ? asJson(result) : replayText(result, { colour }), io);
    }
    return result.entries.every(({ outcome }) => outcome === "same") ? exit.done : exit.broken;
  },
};
