import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { asJson } from "../reports/json.ts";
import { restrictionText } from "../reports/restriction-text.ts";
import { readNamed } from "../storage/folder.ts";
import { restrictedDomains, whatIfRestrict } from "../tasks/whatif-restrict.ts";
import type { Command, Input, Io } from "./command.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell, shippedFigures } from "./shell.ts";
import { readSuspicion, suspicionOptions } from "./suspicion.ts";

const mostBytes = 5_000_000;

export const command: Command = {
  name: "whatif restrict",
  summary: "what falls, what it costs and who gains if a supplier has to leave a domain by a day",
  usage: "DIR --supplier ID [--owner ID] [--jurisdiction CC] --domain DOMAIN --by DAY",
  positionals: [1, 1],
  options: {
    ...suspicionOptions("who has to leave"),
    domain: { type: "string", value: "DOMAIN", means: `${restrictedDomains.join(", ")} (default: all)` },
    by: { type: "string", value: "DAY", means: "day by which it has to be gone; rules of that day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    costs: {
      type: "string",
      value: "FILE",
      means: "CSV of cost figures (docs/restriction.md); default: the published ones that ship",
    },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json; repeatable" },
  },
  examples: [
    [
      "one maker leaves the core by the end of the year",
      "./freigabe whatif restrict examples/germany --supplier DEMO-lotus --domain core --by 2026-12-31",
    ],
    [
      "all that a holding controls leaves the access network",
      "./freigabe whatif restrict examples/germany --owner DEMO-lotus-holding --domain access --by 2028-12-31",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const [by, knownAt] = [input.text("by"), input.text("known-at")];
    if (by === undefined) throw new UserError("expected `--by DAY`", "for example `--by 2026-12-31`");
    const result = await whatIfRestrict(openShell(dir, io), {
      ...readSuspicion(input),
      domain: readDomain(input),
      by,
      ...(knownAt !== undefined && { knownAt }),
      costs: costsFile(input, io),
    });
    endProgress(io);
    for (const output of outputs) {
      const style = { colour: io.colours && output.path === undefined };
      deliver(output, output.format === "json" ? asJson(result) : restrictionText(result, style), io);
    }
    return exit.done;
  },
};

function readDomain(input: Input): (typeof restrictedDomains)[number] {
  const text = input.text("domain") ?? "all";
  const domain = restrictedDomains.find((known) => known === text);
  if (domain) return domain;
  throw new UserError(`expected \`--domain\` of ${restrictedDomains.join(", ")}, got \`${text}\``);
}

function costsFile(input: Input, io: Io): ReadFile {
  const given = input.text("costs");
  const file =
    given === undefined ? shippedFigures().read("costs.csv", mostBytes) : readNamed(resolve(io.cwd, given), mostBytes);
  if (file) return given === undefined ? file : { ...file, name: given };
  throw new UserError(`no file \`${given ?? "costs.csv"}\``, "docs/restriction.md describes the table of costs");
}
