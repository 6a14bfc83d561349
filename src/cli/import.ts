import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { asJson } from "../reports/json.ts";
import { openFolder, readNamed } from "../storage/folder.ts";
import { type ImportRequest, importInto, importLimits } from "../tasks/import/import.ts";
import type { Command, Input, Io } from "./command.ts";
import { importText, nextAfterImport } from "./import-text.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "import",
  summary: "turn a NetBox export or a spreadsheet into the tables of a workspace",
  usage: "netbox|csv FILE --map MAP [--table TABLE] [--into DIR] [--dry-run]",
  positionals: [2, 2],
  options: {
    map: { type: "string", value: "MAP", means: "YAML file that says what the words of FILE mean (docs/import.md)" },
    into: { type: "string", value: "DIR", means: "the workspace; default: the current folder" },
    table: {
      type: "string",
      value: "TABLE",
      means: "for `csv`: the table the records belong to, for example elements",
    },
    "dry-run": { type: "boolean", means: "show what would change and write nothing" },
    partial: { type: "boolean", means: "take the readable records although others cannot be read" },
    output: {
      type: "string",
      multiple: true,
      value: "FORMAT[=PATH]",
      means: "text (default) or json, which lists everything; may be given several times",
    },
  },
  notes: `Rows of other ids stay as they are, and so do columns that FILE knows nothing about. Rows that FILE no
longer names are listed, never deleted. What neither FILE nor MAP knows stays empty: unknown. If a
record cannot be read, nothing is written and the exit code is 2.`,
  examples: [
    [
      "see what an export would bring into the workspace `trial` (`freigabe init trial` makes one)",
      "./freigabe import netbox examples/netbox/export.json --map examples/netbox/map.yaml --into trial --dry-run",
    ],
    [
      "take over a list of radio sites kept as a spreadsheet",
      "./freigabe import csv radios.csv --table elements --map radios.yaml --into trial",
    ],
  ],
  async run(input, io) {
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const dryRun = input.flag("dry-run");
    const result = importInto(requestOf(input, io));
    for (const output of outputs) {
      deliver(output, output.format === "json" ? asJson(result) : importText(result, dryRun), io);
    }
    io.err(nextAfterImport(result, dryRun));
    return result.refused ? exit.failed : exit.done;
  },
};

function requestOf(input: Input, io: Io): ImportRequest {
  const [kind, file = ""] = input.positionals;
  const table = input.text("table");
  if (kind !== "netbox" && kind !== "csv") {
    throw new UserError(
      `expected \`netbox\` or \`csv\` after \`import\`, got \`${kind}\``,
      `usage: freigabe import ${command.usage}`,
    );
  }
  if (kind === "csv" && table === undefined)
    throw new UserError("`import csv` needs `--table`", "for example `--table elements`");
  if (kind === "netbox" && table !== undefined)
    throw new UserError("`--table` belongs to `import csv`", "NetBox fills several tables at once");
  const map = input.text("map");
  if (map === undefined)
    throw new UserError("`import` needs `--map`", "`examples/netbox/map.yaml` is one to start from");
  return {
    source: kind === "csv" ? { kind, table: table ?? "" } : { kind },
    file: readGiven(io, file, importLimits.bytes),
    map: readGiven(io, map, importLimits.mapBytes),
    workspace: openFolder(resolve(io.cwd, input.text("into") ?? ".")),
    dryRun: input.flag("dry-run"),
    partial: input.flag("partial"),
  };
}

function readGiven(io: Io, name: string, maxBytes: number): ReadFile {
  const file = readNamed(resolve(io.cwd, name), maxBytes);
  if (!file) throw new UserError(`no file \`${name}\``);
  return { ...file, name };
}
