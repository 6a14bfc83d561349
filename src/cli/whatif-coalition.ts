import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { coalitionText } from "../reports/coalition-text.ts";
import { asJson } from "../reports/json.ts";
import { readNamed } from "../storage/folder.ts";
import { whatIfCoalition } from "../tasks/whatif-coalition.ts";
import type { Command, Input, Io } from "./command.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { shippedFigures } from "./shell.ts";

const mostBytes = 5_000_000;

export const command: Command = {
  name: "whatif coalition",
  summary: "how much of a supplier's market is gone if some countries shut it out",
  usage: "--supplier NAME [--supplier NAME] --countries CC,CC,... [--market FILE]",
  positionals: [0, 0],
  options: {
    supplier: {
      type: "string",
      multiple: true,
      value: "NAME",
      means: "as the table has it; several are looked at as one",
    },
    countries: { type: "string", multiple: true, value: "CC,CC", means: "who joins, ISO 3166-1 alpha-2" },
    market: {
      type: "string",
      value: "FILE",
      means: "CSV of figures (docs/coalition.md); default: the published ones that ship",
    },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json; repeatable" },
  },
  notes: `The table that ships holds published figures with source, year and tag; it knows the joint share of two makers
in some countries of Europe and worldwide shares of some years, and no sizes of national markets.`,
  examples: [
    [
      "five countries that had shut out two makers by 2019",
      "./freigabe whatif coalition --supplier Huawei --supplier ZTE --countries AU,NZ,JP,TW,US",
    ],
    ["if Germany and Italy joined", "./freigabe whatif coalition --supplier Huawei --supplier ZTE --countries DE,IT"],
    [
      "by a table of one's own, with sizes of markets",
      "./freigabe whatif coalition --supplier DEMO-lotus --countries XL,DE --market market.csv --output json",
    ],
  ],
  async run(input, io) {
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const result = whatIfCoalition({
      suppliers: input.texts("supplier"),
      countries: input.texts("countries").flatMap((text) => text.split(",").filter((part) => part.trim() !== "")),
      market: marketFile(input, io),
    });
    for (const output of outputs) {
      const style = { colour: io.colours && output.path === undefined };
      deliver(output, output.format === "json" ? asJson(result) : coalitionText(result, style), io);
    }
    return exit.done;
  },
};

function marketFile(input: Input, io: Io): ReadFile {
  const given = input.text("market");
  const file =
    given === undefined ? shippedFigures().read("market.csv", mostBytes) : readNamed(resolve(io.cwd, given), mostBytes);
  if (file) return given === undefined ? file : { ...file, name: given };
  throw new UserError(`no file \`${given ?? "market.csv"}\``, "docs/coalition.md describes the table of figures");
}
