import { exit, UserError } from "../model/errors.ts";
import { type Channel, channels } from "../model/network.ts";
import type { OutageState } from "../model/outage.ts";
import { asJson } from "../reports/json.ts";
import { outageCsv } from "../reports/outage-csv.ts";
import { outageText } from "../reports/outage-text.ts";
import { whatIfOutage } from "../tasks/whatif-outage.ts";
import { readDays } from "./assess.ts";
import type { Command, Input } from "./command.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";
import { readSuspicion, suspicionOptions } from "./suspicion.ts";

const states: readonly OutageState[] = ["stops", "hostile", "no-updates"];

export const command: Command = {
  name: "whatif outage",
  summary: "what is still served if a supplier stops, turns hostile, or no longer sends updates",
  usage: "DIR --supplier ID [--owner ID] [--jurisdiction CC] [--state STATE] [--channel CHANNEL]",
  positionals: [1, 1],
  options: {
    ...suspicionOptions("who is gone"),
    state: {
      type: "string",
      value: "STATE",
      means: "stops (default), hostile (what it manages falls too) or no-updates (nothing falls)",
    },
    channel: {
      type: "string",
      multiple: true,
      value: "CHANNEL",
      means: "made (default), built, maintained, managed (default for hostile, with made) or contains; repeatable",
    },
    threshold: { type: "string", value: "PERCENT", means: "say whether less than this is left (default: 50)" },
    "as-of": { type: "string", value: "DAY", means: "the network, and who owns whom, on this day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    output: {
      type: "string",
      multiple: true,
      value: "FORMAT[=PATH]",
      means: "text (default), json or csv; repeatable",
    },
  },
  notes: `A radio site serves if a base station there lives, what carries its traffic lives, and it reaches every pool
it needs. People are apportioned: those of a region, evenly over an operator's radio sites there. Where nobody
is known behind an element every number is a span. docs/outage.md has the formulas. Exits 0 when it ran.`,
  examples: [
    ["a maker stops", "./freigabe whatif outage examples/germany --supplier DEMO-lotus"],
    [
      "all that a holding controls turns hostile, as a table",
      "./freigabe whatif outage examples/germany --owner DEMO-lotus-holding --state hostile --output csv=left.csv",
    ],
    ["two makers at once", "./freigabe whatif outage examples/germany --supplier DEMO-lotus --supplier DEMO-taiga"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json", "csv"], io.cwd);
    const result = await whatIfOutage(openShell(dir, io), {
      ...readSuspicion(input),
      state: readState(input),
      channels: readChannels(input),
      threshold: readThreshold(input),
      ...readDays(input),
    });
    endProgress(io);
    for (const output of outputs) {
      const style = { colour: io.colours && output.path === undefined };
      const texts = { json: () => asJson(result), csv: () => outageCsv(result), text: () => outageText(result, style) };
      deliver(output, texts[output.format](), io);
    }
    return exit.done;
  },
};

function readState(input: Input): OutageState {
  const text = input.text("state") ?? "stops";
  const state = states.find((known) => known === text);
  if (state) return state;
  throw new UserError(`expected \`--state\` of ${states.join(", ")}, got \`${text}\``);
}

function readChannels(input: Input): readonly Channel[] {
  const given = input.texts("channel").map((text) => {
    const channel = channels.find((known) => known === text);
    if (channel) return channel;
    throw new UserError(`expected \`--channel\` of ${channels.join(", ")}, got \`${text}\``);
  });
  return channels.filter((channel) => given.includes(channel));
}

function readThreshold(input: Input): number {
  const text = input.text("threshold") ?? "50";
  const percent = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (percent >= 0 && percent <= 100) return percent;
  throw new UserError(`expected \`--threshold\` of 0 to 100 percent, got \`${text}\``, "for example `--threshold 50`");
}
