import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { openInventory } from "../storage/duckdb/open.ts";
import { openFolder } from "../storage/folder.ts";
import { openSigner } from "../storage/keys.ts";
import { confirmMatch } from "../tasks/match/confirm.ts";
import { matchWorkspace } from "../tasks/match/match.ts";
import { type MatchGround, openMatchGround } from "../tasks/match/open.ts";
import type { Command, Input, Io } from "./command.ts";
import { matchText } from "./match-text.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "match",
  summary: "propose which supplier, product or release a text of the tables means; confirm one",
  usage: "DIR [--limit N] | DIR --confirm TEXT --as MEANING --key KEYFILE",
  positionals: [1, 1],
  options: {
    table: { type: "string", value: "TABLE", means: "whose texts to look at; only `elements` so far" },
    limit: { type: "string", value: "N", means: "show at most N texts, those of most elements first (default 20)" },
    output: {
      type: "string",
      multiple: true,
      value: "FORMAT[=PATH]",
      means: "text (default) or json, which lists everything; may be given several times",
    },
    confirm: { type: "string", value: "TEXT", means: "the text to confirm, letter for letter as in the table" },
    as: { type: "string", value: "MEANING", means: "supplier:ID, product:ID or release:PRODUCT@VERSION" },
    key: {
      type: "string",
      value: "KEYFILE",
      means: "private key of the person who confirms (role approver or operator)",
    },
    from: { type: "string", value: "DAY", means: "first day on which the text means this (default: always did)" },
    until: { type: "string", value: "DAY", means: "last day on which it does (default: for good)" },
    reason: { type: "string", value: "TEXT", means: "why, for whoever asks later" },
  },
  notes: `Proposals come from the same text, CPE names, package URLs, unsigned rows of aliases.csv, and last from
likeness. None has any effect. What a person confirms is signed and put into evidence/, with a row in
aliases.csv. A release is proposed only where it is the same version written otherwise.`,
  examples: [
    ["what do the texts of the tables mean?", "./freigabe match examples/shared-core"],
    [
      "confirm one of the proposals, with your own key",
      './freigabe match examples/shared-core --confirm "Borealis Netw." --as supplier:DEMO-borealis --key keys/approver',
    ],
  ],
  async run(input, io) {
    checkOptions(input);
    const files = openFolder(resolve(io.cwd, input.positionals[0] ?? ""));
    const store = await openInventory();
    try {
      const ground = await openMatchGround(files, store, io.now);
      if (input.text("confirm") !== undefined) await confirm(input, io, ground);
      else await propose(input, io, ground);
      return exit.done;
    } finally {
      await store.close();
    }
  },
};

async function propose(input: Input, io: Io, ground: MatchGround): Promise<void> {
  const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
  const limit = limitOf(input);
  const result = await matchWorkspace(ground);
  for (const output of outputs) {
    const text = output.format === "json" ? asJson(result) : matchText(result, limit);
    deliver(output, text, io);
  }
}

async function confirm(input: Input, io: Io, ground: MatchGround): Promise<void> {
  const [text = "", as, key] = ["confirm", "as", "key"].map((name) => input.text(name));
  if (as === undefined || key === undefined) {
    throw new UserError("`--confirm` needs `--as` and `--key`", "for example `--as supplier:ID --key keys/approver`");
  }
  const [from, until, reason] = ["from", "until", "reason"].map((name) => input.text(name));
  const { by, file } = await confirmMatch({
    ...{ ground, text, as, now: io.now, signer: openSigner(resolve(io.cwd, key)) },
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  });
  io.out(`confirmed: \`${text}\` means ${as}, signed by ${by}: ${file}\n`);
}

function checkOptions(input: Input): void {
  const table = input.text("table") ?? "elements";
  if (table !== "elements") throw new UserError(`expected \`--table elements\`, got \`${table}\``);
  const stray = ["as", "key", "from", "until", "reason"].find((name) => input.text(name) !== undefined);
  if (stray !== undefined && input.text("confirm") === undefined)
    throw new UserError(`\`--${stray}\` belongs to \`--confirm\``);
}

function limitOf(input: Input): number {
  const text = input.text("limit") ?? "20";
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new UserError(`expected a whole number for \`--limit\`, got \`${text}\``);
}
