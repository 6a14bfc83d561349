import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { inventoryDraft, inventoryText } from "../tasks/export-inventory.ts";
import { readDays } from "./assess.ts";
import type { Command } from "./command.ts";
import { deliver } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

export const command: Command = {
  name: "export inventory",
  summary: "draft of the register by which an operator says that its tables hold every element",
  usage: "DIR [--operator ID] [--domain DOMAIN] [--out FILE]",
  positionals: [1, 1],
  options: {
    operator: { type: "string", value: "ID", means: "whose, where DIR has several" },
    domain: { type: "string", value: "DOMAIN", means: "access, transport, core, management or unknown (default: all)" },
    "as-of": { type: "string", value: "DAY", means: "what is in use on this day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    out: { type: "string", value: "FILE", means: "where to write; default standard output" },
  },
  notes: `It counts the elements in use and has the SHA-256 of their ids (sorted by bytes, a newline after each), no id. Signed with
\`certify register --complete\` it stands for three months, as long as the tables have these elements (docs/verdict.md).`,
  examples: [
    ["the draft, to be read and signed", "./freigabe export inventory examples/first --out inventory.yaml"],
    ["of one domain alone", "./freigabe export inventory examples/first --operator DEMO-north --domain core"],
  ],
  async run(input, io) {
    const [dir] = input.positionals;
    if (dir === undefined) throw new UserError("which workspace?", "for example `freigabe export inventory DIR`");
    const [operator, domain, out] = [input.text("operator"), input.text("domain"), input.text("out")];
    const draft = await inventoryDraft(openShell(dir, io), {
      ...readDays(input),
      ...(operator !== undefined && { operator }),
      ...(domain !== undefined && { domain }),
    });
    endProgress(io);
    const target = out === undefined ? {} : { name: out, path: resolve(io.cwd, out) };
    deliver({ format: "yaml", ...target }, inventoryText(draft), io);
    return exit.done;
  },
};
