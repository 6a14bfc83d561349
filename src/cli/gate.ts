import { relative, resolve } from "node:path";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import type { GateResult } from "../model/gate-result.ts";
import { gateText } from "../reports/gate-text.ts";
import { asJson } from "../reports/json.ts";
import { readNamed } from "../storage/folder.ts";
import { gate } from "../tasks/gate.ts";
import { orderColumns } from "../tasks/order.ts";
import { readAction, readDays } from "./assess.ts";
import type { Command } from "./command.ts";
import { ledgerChoice, ledgerOptions } from "./ledger-access.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

const maxOrder = 50_000_000;

export const command: Command = {
  name: "gate",
  summary: "decide about a purchase before it is made, line by line and as a whole",
  usage: "DIR --order ORDER.csv [--as-of DAY] [--known-at DAY] [--no-record] [--output FORMAT[=PATH] ...]",
  positionals: [1, 1],
  options: {
    order: { type: "string", value: "FILE", means: "the order, CSV with a header" },
    "as-of": { type: "string", value: "DAY", means: "the day of deployment (default: freigabe.yaml, else today)" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    action: { type: "string", value: "ACTION", means: "deploy (default) or update" },
    ...ledgerOptions,
    "no-record": { type: "boolean", means: "decide without entering it in the ledger; the result says so" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json; repeatable" },
  },
  notes: `Columns of the order (those after \`functions\` may be left out):
${Object.entries(orderColumns)
  .map(([name, means]) => `  ${name.padEnd(14)} ${means}`)
  .join("\n")}

Limits on the network are asked of the inventory with all lines added; lines that break one together are
named together. The decision is entered in the ledger before it is shown (docs/record.md). Exit: 0 all admitted, 1 any refused, 3 any undecided and none refused (also: no line read).`,
  examples: [
    ["an order for the example network", "./freigabe gate examples/first --order examples/first/order.csv"],
    [
      "the same order, delivered in summer, for a program",
      "./freigabe gate examples/first --order examples/first/order.csv --as-of 2027-07-01 --output json",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const name = input.text("order");
    if (name === undefined)
      throw new UserError("`gate` needs `--order FILE`", "`freigabe gate --help` lists the columns of an order");
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const path = resolve(io.cwd, name);
    const file = readNamed(path, maxOrder);
    if (!file) throw new UserError(`no order \`${name}\``, "`freigabe gate --help` lists the columns of an order");
    const shown = { ...file, name: relative(io.cwd, path) || name };
    const options = { ...readDays(input), action: readAction(input, "deploy"), record: !input.flag("no-record") };
    const { result } = await gate(openShell(dir, io, ledgerChoice(input)), shown, options);
    endProgress(io);
    for (const output of outputs) {
      const colour = output.path === undefined && io.colours;
      deliver(output, output.format === "json" ? asJson(result) : gateText(result, { colour }), io);
    }
    return exitCode(result);
  },
};

function exitCode({ verdicts, order }: GateResult): ExitCode {
  if (verdicts.refused > 0) return exit.refused;
  return verdicts.undecided > 0 || order.lines === 0 ? exit.undecided : exit.done;
}
