import { exit } from "../model/errors.ts";
import { startLedger } from "../tasks/record/change.ts";
import type { Command } from "./command.ts";
import { ledgerOptions, openAccess } from "./ledger-access.ts";
import { receiptText } from "./receipt-text.ts";
import { version } from "./shell.ts";

export const command: Command = {
  name: "ledger start",
  summary: "begin a ledger under a name of your own",
  usage: "WORKSPACE [--origin NAME] [--ledger DIR] [--ledger-key FILE]",
  positionals: [1, 1],
  options: {
    origin: { type: "string", value: "NAME", means: "its name for good, a URL without schema (default: one made up)" },
    ledger: ledgerOptions.ledger,
    "ledger-key": ledgerOptions["ledger-key"],
  },
  notes: `Without this the first decision begins one. The key is made if the file is not there, and stays outside the workspace:
whoever has it can write to this ledger, whoever loses it can write no more.`,
  examples: [
    ["an operator's ledger", "./freigabe ledger start germany --origin record.operator.example/5g"],
    ["with a key on another disk", "./freigabe ledger start germany --ledger-key /mnt/keys/ledger"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const [origin, ledger, key] = [input.text("origin"), input.text("ledger"), input.text("ledger-key")];
    const choice = {
      ...(origin !== undefined && { origin }),
      ...(ledger !== undefined && { ledger }),
      ...(key !== undefined && { key }),
    };
    const receipt = await startLedger({ access: openAccess(dir, io, choice), trust: [], version: version() });
    io.out(receiptText(receipt));
    return exit.done;
  },
};
