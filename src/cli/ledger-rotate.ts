import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { makeLogKey, openLogSigner } from "../storage/record/key.ts";
import { rotateKey } from "../tasks/record/change.ts";
import type { Command } from "./command.ts";
import { keyOption, openLedgerIn } from "./ledger-access.ts";
import { receiptText } from "./receipt-text.ts";
import { version } from "./shell.ts";

export const command: Command = {
  name: "ledger rotate",
  summary: "give the ledger another key",
  usage: "DIR --new-key FILE --reason TEXT",
  positionals: [1, 1],
  options: {
    "new-key": {
      type: "string",
      value: "FILE",
      means: "the new private key; made (Ed25519, mode 0600) if the file is not there",
    },
    reason: { type: "string", value: "TEXT", means: "why; everybody who reads the ledger reads this" },
    ...keyOption,
  },
  notes: `The old key signs once more, together with the new one; what it signed stays valid. From then on \`--ledger-key\`
names the new key. Say to those who check the ledger that there is one: \`freigabe ledger key DIR\` prints its entry.`,
  examples: [
    ["a new key each year", "./freigabe ledger rotate germany --new-key keys/ledger-2027 --reason 'yearly'"],
    ["and then", "./freigabe gate germany --order order.csv --ledger-key keys/ledger-2027"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const [path, reason, key] = [input.text("new-key"), input.text("reason"), input.text("ledger-key")];
    if (path === undefined || !reason?.trim()) {
      throw new UserError(
        `\`--${path === undefined ? "new-key FILE" : "reason TEXT"}\` is missing`,
        "`freigabe ledger rotate --help`",
      );
    }
    const access = openLedgerIn(dir, io, { ...(key !== undefined && { key }) });
    const file = resolve(io.cwd, path);
    const next = existsSync(file) ? openLogSigner(file) : makeLogKey(file);
    const receipt = await rotateKey({ access, trust: [], version: version() }, next, reason);
    io.out(receiptText(receipt));
    io.err(`from now on \`--ledger-key ${path}\`; \`freigabe ledger key ${dir}\` prints its entry for \`trust/\`\n`);
    return exit.done;
  },
};
