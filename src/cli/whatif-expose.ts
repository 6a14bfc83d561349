import { exit } from "../model/errors.ts";
import { channels } from "../model/network.ts";
import type { WhatIfExpose } from "../model/whatif-expose.ts";
import { exposureCsv } from "../reports/exposure-csv.ts";
import { exposureText } from "../reports/exposure-text.ts";
import { asJson } from "../reports/json.ts";
import { whatIfExpose } from "../tasks/whatif-expose.ts";
import { readDays } from "./assess.ts";
import type { Command, Io } from "./command.ts";
import { deliver, type Output, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";
import { readSuspicion, suspicionOptions } from "./suspicion.ts";

const formats = ["text", "json", "csv"] as const;

export const command: Command = {
  name: "whatif expose",
  summary: "what a supplier could see, by channel and function, and what would end that",
  usage: "DIR --supplier ID [--owner ID] [--jurisdiction CC] [--channel CHANNEL] [--output FORMAT[=PATH]]",
  positionals: [1, 1],
  options: {
    ...suspicionOptions("whom to look at"),
    channel: { type: "string", multiple: true, value: "CHANNEL", means: `${channels.join(", ")} (default: all)` },
    "as-of": { type: "string", value: "DAY", means: "the network of this day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    output: {
      type: "string",
      multiple: true,
      value: "FORMAT[=PATH]",
      means: "text (default), json or csv; repeatable",
    },
  },
  notes: `Three shares: on every path, in the mean under equal splitting, on some path. Each is a span: whom nobody
knows may be them too. Passing is not reading: "in clear" leaves out what links and the air are known
to hide (docs/exposure.md).`,
  examples: [
    ["what could one maker see?", "./freigabe whatif expose examples/germany --supplier DEMO-lotus"],
    [
      "all that a holding controls, through maintenance alone",
      "./freigabe whatif expose examples/germany --owner DEMO-lotus-holding --channel maintained --channel managed",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), formats, io.cwd);
    const result = await whatIfExpose(openShell(dir, io), {
      ...readSuspicion(input),
      channels: input.texts("channel"),
      ...readDays(input),
    });
    endProgress(io);
    for (const output of outputs) deliver(output, written(output, result, io), io);
    return exit.done;
  },
};

function written({ format, path }: Output<(typeof formats)[number]>, result: WhatIfExpose, io: Io): string {
  if (format === "json") return asJson(result);
  return format === "csv" ? exposureCsv(result) : exposureText(result, { colour: path === undefined && io.colours });
}
