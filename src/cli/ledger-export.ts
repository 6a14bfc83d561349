import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { exit } from "../model/errors.ts";
import { withDisk } from "../storage/disk-error.ts";
import { openFolder } from "../storage/folder.ts";
import { exportDecision } from "../tasks/record/export.ts";
import { findEntry } from "../tasks/record/find.ts";
import type { Command } from "./command.ts";
import { openLedgerIn } from "./ledger-access.ts";

export const command: Command = {
  name: "ledger export",
  summary: "a decision as it was signed, with what it rests on",
  usage: "DIR [ENTRY] [--to FOLDER]    ENTRY: its number, a leaf hash, or `last` (default)",
  positionals: [1, 2],
  options: {
    to: { type: "string", value: "FOLDER", means: "write statement, proof, rows, packs and every kept input there" },
  },
  notes: `Without \`--to\`: the in-toto statement (SLSA verification summary, v1) in its DSSE envelope, on standard output.
The ledger itself is plain files: copy its folder to hand over all of it, and its \`checkpoint\` to let others watch it.`,
  examples: [
    ["the signed statement of the last decision", "./freigabe ledger export examples/first > decision.json"],
    ["with everything a court needs to decide again", "./freigabe ledger export germany 12 --to case-12"],
  ],
  async run(input, io) {
    const [dir = "", word = "last"] = input.positionals;
    const { store } = openLedgerIn(dir, io);
    const to = input.text("to");
    if (to === undefined) {
      io.out(Buffer.from(findEntry(store, word).bytes).toString("utf8"));
      return exit.done;
    }
    withDisk(`make \`${to}\``, () => mkdirSync(resolve(io.cwd, to), { recursive: true }));
    const { written, missing } = exportDecision(store, word, openFolder(resolve(io.cwd, to)));
    io.err(`wrote ${written} files to ${to}\n`);
    for (const { path, sha256, state } of missing) io.err(`not there, ${state}: ${path} (sha256 ${sha256})\n`);
    return exit.done;
  },
};
