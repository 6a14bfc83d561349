import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { asJson } from "../reports/json.ts";
import { openFolder, readNamed } from "../storage/folder.ts";
import {
  type ImportRequest,
  type ImportSource,
  importInto,
  importLimits,
  jsonSources,
  topologySources,
} from "../tasks/import/import.ts";
import type { Command, Input, Io } from "./command.ts";
import { importText, nextAfterImport } from "./import-text.ts";
import { deliver, readOutputs } from "./outputs.ts";

export const command: Command = {
  name: "import",
  summary:
    "turn a NetBox, TMF639 or RFC 8345 export, a published topology or a spreadsheet into the tables of a workspace",
  usage:
    "netbox|tmf639|rfc8345|csv|sndlib|topohub FILE [--map MAP] [--operator ID] [--table TABLE] [--into DIR] [--dry-run]",
  positionals: [2, 2],
  options: {
    map: {
      type: "string",
      value: "MAP",
      means: "YAML file that says what the words of FILE mean (docs/import.md); `sndlib` and `topohub` need none",
    },
    operator: { type: "string", value: "ID", means: "for `sndlib` and `topohub`: whose network it is" },
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
  notes: `netbox: a database dump or a list of its REST API. tmf639: the list of resources that TM Forum's Resource
Inventory API answers (v4, v5). rfc8345: network topologies as JSON, with RFC 8348 hardware where nodes have it.
sndlib: a network of SNDlib in XML; topohub: one of topohub in JSON: sites, links and demands without equipment.

Rows of other ids stay as they are, and so do columns that FILE knows nothing about. Rows that FILE no
longer names are listed, never deleted. What neither FILE nor MAP knows stays empty: unknown. If a
record cannot be read, nothing is written and the exit code is 2.`,
  examples: [
    [
      "see what an export would bring into the workspace `trial` (`freigabe init trial` makes one)",
      "./freigabe import netbox examples/netbox/export.json --map examples/netbox/map.yaml --into trial --dry-run",
    ],
    [
      "take over what a resource inventory with the TM Forum API answers",
      "./freigabe import tmf639 examples/tmf639/resources.json --map examples/tmf639/map.yaml --into trial",
    ],
    [
      "take over the nodes of a transport topology",
      "./freigabe import rfc8345 examples/rfc8345/networks.json --map examples/rfc8345/map.yaml --into trial",
    ],
    [
      "take over sites, links and demands of a published network",
      "./freigabe import sndlib examples/sndlib/network.xml --operator DEMO-nord --into trial",
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
  const [kind = "", file = ""] = input.positionals;
  return {
    source: sourceOf(kind, input, io),
    file: readGiven(io, file, importLimits.bytes),
    workspace: openFolder(resolve(io.cwd, input.text("into") ?? ".")),
    dryRun: input.flag("dry-run"),
    partial: input.flag("partial"),
  };
}

function sourceOf(kind: string, input: Input, io: Io): ImportSource {
  const [table, operator, named] = [input.text("table"), input.text("operator"), input.text("map")];
  const inventory = jsonSources.find((known) => known === kind);
  const topology = topologySources.find((known) => known === kind);
  if (!inventory && !topology && kind !== "csv") {
    const wanted = [...jsonSources, "csv", ...topologySources].map((known) => `\`${known}\``).join(", ");
    throw new UserError(
      `expected one of ${wanted} after \`import\`, got \`${kind}\``,
      `usage: freigabe import ${command.usage}`,
    );
  }
  if (kind === "csv" && table === undefined)
    throw new UserError("`import csv` needs `--table`", "for example `--table elements`");
  if (kind !== "csv" && table !== undefined)
    throw new UserError("`--table` belongs to `import csv`", `\`${kind}\` fills several tables at once`);
  if (!topology && operator !== undefined)
    throw new UserError("`--operator` belongs to `sndlib` and `topohub`", "say `operator:` in the map");
  const map = named === undefined ? undefined : readGiven(io, named, importLimits.mapBytes);
  if (topology) return { kind: topology, ...(operator !== undefined && { operator }), ...(map && { map }) };
  if (!map)
    throw new UserError(
      "`import` needs `--map`",
      `\`${inventory ? `examples/${inventory}/map.yaml` : "docs/import.md"}\` has one to start from`,
    );
  return inventory ? { kind: inventory, map } : { kind: "csv", table: table ?? "", map };
}

function readGiven(io: Io, name: string, maxBytes: number): ReadFile {
  const file = readNamed(resolve(io.cwd, name), maxBytes);
  if (!file) throw new UserError(`no file \`${name}\``);
  return { ...file, name };
}
