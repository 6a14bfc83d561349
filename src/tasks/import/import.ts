import { UserError } from "../../model/errors.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { Problem } from "../../model/problem.ts";
import { readJson } from "../../readers/json.ts";
import { readNetbox } from "../../readers/netbox.ts";
import { readRfc8345 } from "../../readers/rfc8345.ts";
import { readSndlib } from "../../readers/sndlib.ts";
import { readSpreadsheet, sheetLimits } from "../../readers/spreadsheet.ts";
import { readTmf639 } from "../../readers/tmf639.ts";
import { readTopohub } from "../../readers/topohub.ts";
import { readConfig } from "../ground.ts";
import { idsElsewhere } from "./elsewhere.ts";
import type { Tally, Translated } from "./incoming.ts";
import { isTable, NetboxMap, SpreadsheetMap } from "./map.ts";
import type { TableDifference } from "./merge.ts";
import { translateNetbox } from "./netbox.ts";
import { Rfc8345Map, translateRfc8345 } from "./rfc8345.ts";
import { translateSpreadsheet } from "./spreadsheet.ts";
import { Tmf639Map, translateTmf639 } from "./tmf639.ts";
import { translateTopology } from "./topology.ts";
import { operatorOf, TopologyMap } from "./topology-map.ts";
import { planTable, readChecked, writeAll } from "./workspace.ts";

/** Inventories in JSON, whose words a map explains. */
export const jsonSources = ["netbox", "tmf639", "rfc8345"] as const;
export type JsonSource = (typeof jsonSources)[number];

/** Published networks, whose words need no explaining; only whose they are does not stand in them. */
export const topologySources = ["sndlib", "topohub"] as const;
export type TopologySource = (typeof topologySources)[number];

/** What is imported and by which map. */
export type ImportSource =
  | { readonly kind: JsonSource; readonly map: ReadFile }
  | { readonly kind: "csv"; readonly table: string; readonly map: ReadFile }
  | { readonly kind: TopologySource; readonly operator?: string; readonly map?: ReadFile };

/** What is imported into which workspace. */
export interface ImportRequest {
  readonly source: ImportSource;
  readonly file: ReadFile;
  readonly workspace: FolderFiles;
  /** Work out the difference and write nothing. */
  readonly dryRun: boolean;
  /** Take the readable records although others are problems. */
  readonly partial: boolean;
}

/** What an import did, or would do. `examined` is taken, set aside by the map, and records that are problems. */
export interface ImportResult {
  readonly kind: "import";
  readonly source: string;
  readonly sha256: string;
  readonly examined: number;
  readonly taken: number;
  readonly unreadable: number;
  readonly setAside: readonly Tally[];
  readonly remarks: readonly Tally[];
  readonly problems: readonly Problem[];
  readonly tables: readonly TableDifference[];
  /** Files written, in the order of writing; empty for a dry run and where problems forbid it. */
  readonly written: readonly string[];
  readonly refused: boolean;
}

/** Largest export that is read into memory, and largest table of the workspace that is merged with it. */
export const importLimits = { bytes: sheetLimits.bytes, mapBytes: 4_000_000 } as const;

/**
 * Imports an export or a spreadsheet into the tables of a workspace. All is read, translated and merged before
 * anything is written; a record that cannot be read forbids writing unless `partial`. Importing the same file again
 * changes nothing. Throws `UserError` if the map, the workspace or a table of it cannot be read.
 */
export function importInto(request: ImportRequest): ImportResult {
  const headers = readConfig(request.workspace).value.columns ?? {};
  const { translated, problems: read } = translate(request);
  const plans = translated.tables.map((incoming) => planTable(request.workspace, incoming, headers));
  const repeated = translated.tables.flatMap((incoming) =>
    idsElsewhere(request.workspace, incoming, headers[incoming.table] ?? {}),
  );
  const problems = [...read, ...repeated];
  const unreadable = problems.reduce((sum, { rows }) => sum + rows, 0);
  const refused = (unreadable > 0 && !request.partial) || translated.tables.length === 0;
  return {
    kind: "import",
    source: request.file.name,
    sha256: request.file.sha256,
    examined: translated.examined,
    taken: translated.taken,
    unreadable,
    setAside: translated.setAside,
    remarks: translated.remarks,
    problems,
    tables: plans.map(({ difference }) => difference),
    written: refused || request.dryRun ? [] : writeAll(request.workspace, plans),
    refused,
  };
}

function translate({ file, source }: ImportRequest): { translated: Translated; problems: readonly Problem[] } {
  if (source.kind === "csv") {
    if (!isTable(source.table))
      throw new UserError(`no table \`${source.table}\``, "tables are listed in `docs/formats.md`");
    const map = readChecked(SpreadsheetMap, source.map);
    const { sheet, problems } = readSpreadsheet(file.bytes, file.name);
    return join(problems, sheet && translateSpreadsheet(sheet, source.table, map, file.name));
  }
  if (isTopology(source)) {
    const map = source.map ? readChecked(TopologyMap, source.map) : {};
    const setting = { source: source.kind, operator: operatorOf(map, source.operator), map };
    const { network, problems } =
      source.kind === "sndlib" ? readSndlib(file) : readTopohub(file, { maxBytes: importLimits.bytes });
    return join(problems, network && translateTopology(network, setting));
  }
  const read = jsonReaders[source.kind](source.map);
  const json = readJson(file.bytes, file.name, { maxBytes: importLimits.bytes });
  if (json.problems.length > 0) return join(json.problems);
  const { translated, problems } = read(json.value, file.name);
  return join(problems, translated);
}

function isTopology(source: ImportSource): source is Extract<ImportSource, { readonly kind: TopologySource }> {
  return topologySources.some((kind) => kind === source.kind);
}

const nothing: Translated = { examined: 0, taken: 0, setAside: [], remarks: [], problems: [], tables: [] };

/** What a reader could not read belongs to the records looked at. */
function join(read: readonly Problem[], translated: Translated = nothing) {
  const lost = read.reduce((sum, { rows }) => sum + rows, 0);
  const problems = [...read, ...translated.problems];
  return { translated: { ...translated, examined: translated.examined + lost }, problems };
}

type JsonReader = (
  value: unknown,
  file: string,
) => { translated?: Translated | undefined; problems: readonly Problem[] };

/** Each checks the map first, so that a misspelt map is said before a large export is read. */
const jsonReaders: Readonly<Record<JsonSource, (map: ReadFile) => JsonReader>> = {
  netbox: (file) => {
    const map = readChecked(NetboxMap, file);
    return (value, name) => {
      const { found, problems } = readNetbox(value, name);
      return { translated: found && translateNetbox(found, map), problems };
    };
  },
  tmf639: (file) => {
    const map = readChecked(Tmf639Map, file);
    return (value, name) => {
      const { resources, problems } = readTmf639(value, name);
      return { translated: resources && translateTmf639(resources, map), problems };
    };
  },
  rfc8345: (file) => {
    const map = readChecked(Rfc8345Map, file);
    return (value, name) => {
      const { topology, problems } = readRfc8345(value, name);
      return { translated: topology && translateRfc8345(topology, map), problems };
    };
  },
};
