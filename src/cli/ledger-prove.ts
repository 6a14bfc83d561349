import { resolve } from "node:path";
import { exit } from "../model/errors.ts";
import { writeDurably } from "../storage/write.ts";
import { proofOf } from "../tasks/record/prove.ts";
import type { Command } from "./command.ts";
import { openLedgerIn } from "./ledger-access.ts";

export const command: Command = {
  name: "ledger prove",
  summary: "a proof of one entry, or of one element's verdict, as a file",
  usage: "DIR [ENTRY] [--element ID] [--out FILE]    ENTRY: its number, a leaf hash, or `last` (default)",
  positionals: [1, 2],
  options: {
    element: {
      type: "string",
      value: "ID",
      means: "show what was decided about this element (or order line) too, and nothing of others",
    },
    out: { type: "string", value: "FILE", means: "where to write (default: standard output)" },
  },
  notes: `The proof is a C2SP tlog-proof with the entry in it. Whoever has it and the ledger's key checks it with
\`freigabe verify FILE --trust DIR\`, offline and without the ledger; docs/record.md shows the same with openssl and sha256sum.`,
  examples: [
    ["the last decision", "./freigabe ledger prove examples/first > decision.tlog-proof"],
    ["that one element was refused", "./freigabe ledger prove germany 12 --element DEMO-amf-2 --out amf-2.tlog-proof"],
  ],
  async run(input, io) {
    const [dir = "", word = "last"] = input.positionals;
    const proof = proofOf(openLedgerIn(dir, io).store, word, input.text("element"));
    const out = input.text("out");
    if (out === undefined) io.out(proof);
    else {
      writeDurably(resolve(io.cwd, out), proof, { name: out });
      io.err(`wrote ${out}; \`freigabe verify ${out} --trust DIR\` checks it\n`);
    }
    return exit.done;
  },
};
