import { UserError } from "../../model/errors.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { Problem } from "../../model/problem.ts";
import { readJson } from "../../readers/json.ts";
import { readNetbox } from "../../readers/netbox.ts";
import { readRfc8345 } from "../../readers/rfc8345.ts";
import { readSpreadsheet, sheetLimits } from "../../readers/spreadsheet.ts";
import { readTmf639 } from "../../readers/tmf639.ts";
import { readConfig } from "../ground.ts";
import { idsElsewhere } from "./elsewhere.ts";
import type { Tally, Translated } from "./incoming.ts";
import { isTable, NetboxMap, SpreadsheetMap } from "./map.ts";
import type { TableDifference } from "./merge.ts";
import { translateNetbox } from "./netbox.ts";
import { Rfc8345Map, translateRfc8345 } from "./rfc8345.ts";
import { translateSpreadsheet } from "./spreadsheet.ts";
import { Tmf639Map, translateTmf639 } from "./tmf639.ts";
import { planTable, readChecked, writeAll } from "./workspace.ts";

/** Exports in JSON; a spreadsheet is read otherwise. */
export const jsonSources = ["netbox", "tmf639", "rfc8345"] as const;
export type JsonSource = (typeof jsonSources)[number];

/** What is imported, by which map, into which workspace. */
export interface ImportRequest {
  readonly source: { readonly kind: JsonSource } | { readonly kind: "csv"; readonly table: string };
  readonly file: ReadFile;
  readonly map: ReadFile;
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

function translate(request: ImportRequest): { translated: Translated; problems: readonly Problem[] } {
  const { file, source } = request;
  const nothing: Translated = { examined: 0, taken: 0, setAside: [], remarks: [], problems: [], tables: [] };
  const join = (read: readonly Problem[], translated: Translated = nothing) => {
    const lost = read.reduce((sum, { rows }) => sum + rows, 0);
    const problems = [...read, ...translated.problems];
    return { translated: { ...translated, examined: translated.examined + lost }, problems };
  };
  if (source.kind === "csv") {
    if (!isTable(source.table))
      throw new UserError(`no table \`${source.table}\``, "tables are listed in `docs/formats.md`");
    const map = readChecked(SpreadsheetMap, request.map);
    const { sheet, problems } = readSpreadsheet(file.bytes, file.name);
    return join(problems, sheet && translateSpreadsheet(sheet, source.table, map, file.name));
  }
  const read = jsonReaders[source.kind](request.map);
  const json = readJson(file.bytes, file.name, { maxBytes: importLimits.bytes });
  if (json.problems.length > 0) return join(json.problems);
  const { translated, problems } = read(json.value, file.name);
  return join(problems, translated);
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
