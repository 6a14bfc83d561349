import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { LedgerStore } from "../model/ports/log.ts";
import { asJson } from "../reports/json.ts";
import { readNamed } from "../storage/folder.ts";
import { continues, type LedgerVerification, trustIn, verifyLedger } from "../tasks/record/verify.ts";
import type { Command, Io } from "./command.ts";
import { openLedgerIn, trustFilesIn } from "./ledger-access.ts";
import { readOutputs } from "./outputs.ts";
import { endProgress, sayProgress } from "./shell.ts";

const maxCheckpoint = 100_000;

export const command: Command = {
  name: "ledger verify",
  summary: "rebuild and check everything, from the first entry up",
  usage:
    "DIR [--trust DIR] [--demo] [--checkpoint FILE] [--output text|json]    DIR: a ledger, or a workspace that has one",
  positionals: [1, 1],
  options: {
    trust: {
      type: "string",
      value: "DIR",
      means: "whose keys are believed; without it the ledger's own word is taken",
    },
    demo: { type: "boolean", means: "keys whose id begins with DEMO- count" },
    checkpoint: {
      type: "string",
      value: "FILE",
      means: "a checkpoint kept from an earlier day: the ledger must go on from it",
    },
    output: { type: "string", value: "FORMAT", means: "text (default) or json" },
  },
  notes: `Every entry, tile and checkpoint is computed again and compared, every signature verified, every object hashed.
Exit: 0 it holds, 3 it holds and nobody trusted stands behind it, 4 broken: the first place that is wrong is named.
Whoever keeps the file \`checkpoint\` of a ledger from an earlier day shows with \`--checkpoint\` that nothing was rewritten since.`,
  examples: [
    ["the ledger of a workspace", "./freigabe ledger verify examples/first"],
    [
      "a copy that somebody handed over, against the key that one knows",
      "./freigabe ledger verify copy/ledger --trust my/trust",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const [{ format }] = readOutputs(input.texts("output"), ["text", "json"], io.cwd) as [{ format: string }];
    const { store } = openLedgerIn(dir, io);
    const trust = input.text("trust");
    const keys =
      trust === undefined
        ? undefined
        : trustIn(trustFilesIn(trust, io)).filter(({ id }) => input.flag("demo") || !id.startsWith("DEMO-"));
    const result = await verifyLedger(store, keys, sayProgress(io));
    const kept = input.text("checkpoint");
    if (kept !== undefined) refuseOther(store, kept, io);
    endProgress(io);
    io.out(format === "json" ? asJson(result) : textOf(result));
    return exit.done;
  },
};

function refuseOther(store: LedgerStore, name: string, io: Io): void {
  const file = readNamed(resolve(io.cwd, name), maxCheckpoint);
  if (!file) throw new UserError(`no file \`${name}\``);
  const { size } = continues(store, file.bytes, name);
  io.err(`freigabe: it goes on from \`${name}\`: its first ${size} entries are the same\n`);
}

function textOf(result: LedgerVerification): string {
  const { ledger, entries, checkpoints, root, from, to, objects, keys, trusted } = result;
  const kinds = Object.entries(result.kinds).map(([kind, count]) => `${count} ${kind}`);
  const lines = [
    `ledger \`${ledger}\`: it holds`,
    `  ${entries} entries from ${from} to ${to}: ${kinds.join(", ")}`,
    `  root ${root}`,
    `  ${checkpoints} checkpoints in order, each signed with the key of its day:`,
    ...keys.map((key) => `    ${key}`),
    trusted
      ? `  trusted: ${trusted.join(", ")}`
      : "  nobody was asked to vouch for the key: `--trust DIR` compares it with one you know",
    `  ${objects.checked} objects fit their digests; withheld ${objects.withheld}, too large to keep ${objects.notKept}, spoken of by no entry ${objects.unreferenced}`,
  ];
  return `${lines.join("\n")}\n`;
}
