import { exit } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { printable } from "../reports/terminal.ts";
import { type ShownEntry, showEntry } from "../tasks/record/show.ts";
import type { Command } from "./command.ts";
import { predicateText } from "./entry-text.ts";
import { openLedgerIn } from "./ledger-access.ts";
import { readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "ledger show",
  summary: "one entry, whole",
  usage: "DIR [ENTRY] [--inputs] [--output text|json]    ENTRY: its number, a leaf hash, or `last` (default)",
  positionals: [1, 2],
  options: {
    inputs: { type: "boolean", means: "list every file that the decision was made from" },
    output: { type: "string", value: "FORMAT", means: "text (default) or json" },
  },
  examples: [
    ["the last decision", "./freigabe ledger show examples/first"],
    ["entry 12 and what it rests on", "./freigabe ledger show germany 12 --inputs"],
  ],
  async run(input, io) {
    const [dir = "", word = "last"] = input.positionals;
    const [output] = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const shown = showEntry(openLedgerIn(dir, io).store, word, { inputs: input.flag("inputs") });
    io.out(output?.format === "json" ? asJson(shown) : textOf(shown));
    return exit.done;
  },
};

function textOf({ ledger, index, time, type, leaf, predicate, inputs }: ShownEntry): string {
  const lines = [
    `entry ${index} of \`${ledger}\`, ${type}, ${time}`,
    `  leaf ${leaf}`,
    ...predicateText(type, predicate),
    ...(inputs ? ["  inputs:"] : []),
    ...(inputs ?? []).map(
      ({ from, path, sha256, bytes, state }) =>
        `    ${sha256}  ${state.padEnd(8)}  ${from} ${printable(path)}, ${bytes} bytes`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
