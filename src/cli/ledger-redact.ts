import { exit, UserError } from "../model/errors.ts";
import { redact } from "../tasks/record/change.ts";
import { trustIn } from "../tasks/record/verify.ts";
import type { Command } from "./command.ts";
import { keyOption, openLedgerIn } from "./ledger-access.ts";
import { receiptText } from "./receipt-text.ts";
import { version } from "./shell.ts";

export const command: Command = {
  name: "ledger redact",
  summary: "withhold an input; its digest and the reason stay",
  usage: "DIR SHA256 --reason TEXT",
  positionals: [2, 2],
  options: {
    reason: { type: "string", value: "TEXT", means: "why it has to go; everybody who reads the ledger reads this" },
    ...keyOption,
  },
  notes: `The ledger still verifies; proofs and digests stay; a replay says that the input is withheld. Take the file out of
the workspace too. \`freigabe ledger show DIR ENTRY --inputs\` lists digests. This cannot be undone, except by whoever has a copy.`,
  examples: [
    [
      "a statement that names a person",
      "./freigabe ledger redact germany 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae --reason 'names a person; deletion demanded 2026-11-24'",
    ],
    ["which inputs there are", "./freigabe ledger show germany last --inputs"],
  ],
  async run(input, io) {
    const [dir = "", sha256 = ""] = input.positionals;
    const reason = input.text("reason");
    if (!reason?.trim())
      throw new UserError("`--reason TEXT` is missing: why is it withheld?", "the reason stays in the ledger");
    const key = input.text("ledger-key");
    const access = openLedgerIn(dir, io, { ...(key !== undefined && { key }) });
    const receipt = await redact(
      { access, trust: trustIn([]), version: version() },
      sha256.replace(/^sha256:/, ""),
      reason,
    );
    io.out(receiptText(receipt));
    return exit.done;
  },
};
