import { exit } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { printable } from "../reports/terminal.ts";
import { listLedger } from "../tasks/record/list.ts";
import type { Command } from "./command.ts";
import { openLedgerIn } from "./ledger-access.ts";
import { readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "ledger list",
  summary: "the entries, a line each",
  usage: "DIR [--decisions] [--output text|json]",
  positionals: [1, 1],
  options: {
    decisions: { type: "boolean", means: "decisions alone" },
    output: { type: "string", value: "FORMAT", means: "text (default) or json" },
  },
  examples: [
    ["all of it", "./freigabe ledger list examples/first"],
    ["what was decided, for a program", "./freigabe ledger list germany --decisions --output json"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const [output] = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const list = listLedger(openLedgerIn(dir, io).store, { decisions: input.flag("decisions") });
    if (output?.format === "json") io.out(asJson(list));
    else {
      io.out(`ledger \`${list.ledger}\`, ${list.size} entries\n`);
      for (const { index, time, kind, text, leaf } of list.entries)
        io.out(`${String(index).padStart(6)}  ${time}  ${leaf.slice(0, 8)}  ${kind.padEnd(9)}  ${printable(text)}\n`);
    }
    return exit.done;
  },
};
