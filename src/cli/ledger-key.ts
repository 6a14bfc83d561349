import { exit } from "../model/errors.ts";
import { ledgerKeyEntry } from "../tasks/record/key-entry.ts";
import type { Command } from "./command.ts";
import { openLedgerIn } from "./ledger-access.ts";

export const command: Command = {
  name: "ledger key",
  summary: "the entry for `trust/` by which others check the ledger",
  usage: "DIR [--id ID]",
  positionals: [1, 1],
  options: { id: { type: "string", value: "ID", means: "its name in reports (default: `ledger-` and eight digits)" } },
  notes: `Print it here, put it into the \`trust\` folder of whoever checks, and compare the keyid by another way: a ledger's own
word for its key proves nothing.`,
  examples: [
    ["for an auditor", "./freigabe ledger key examples/first > ledger.yaml"],
    ["under a name of one's own", "./freigabe ledger key germany --id operator-north-ledger"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    io.out(ledgerKeyEntry(openLedgerIn(dir, io).store, input.text("id")));
    return exit.done;
  },
};
