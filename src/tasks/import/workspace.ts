import type { Static, TSchema } from "typebox";
import { checkShape } from "../../model/check.ts";
import { UserError } from "../../model/errors.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { Problem } from "../../model/problem.ts";
import { formatSpreadsheet, readSpreadsheet, type Sheet, sheetLimits } from "../../readers/spreadsheet.ts";
import { readYaml } from "../../readers/yaml.ts";
import type { Incoming } from "./incoming.ts";
import { mergeTable, repeatedRow, type TableDifference } from "./merge.ts";

export type Mappings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One file as it would be after the import. */
export interface Plan {
  readonly file: string;
  readonly text: string;
  readonly difference: TableDifference;
}

/** A YAML file as its schema wants it. Throws `UserError` with file, line and what was expected. */
export function readChecked<S extends TSchema>(schema: S, file: ReadFile): Static<S> {
  const read = readYaml(file.bytes, file.name);
  if (read.problems.length > 0) throw unreadable(read.problems[0], file.name);
  const checked = checkShape(schema, read.value, { file: file.name, lineOf: read.lineOf });
  if ("value" in checked) return checked.value;
  throw unreadable(checked.problems[0], file.name);
}

/** The file after the merge. Throws `UserError` if what lies in the workspace cannot be read whole: it would be lost. */
export function planTable(workspace: FolderFiles, incoming: Incoming, mappings: Mappings): Plan {
  const existing = readTable(workspace, incoming);
  const headers = mappings[incoming.table] ?? {};
  const twice = existing && repeatedRow(existing, incoming, headers);
  if (twice) {
    const hint = "leave one of the rows; nothing was written";
    throw new UserError(`${incoming.file}:${twice.line}: \`${twice.id}\` stands in the file twice`, hint);
  }
  const { sheet, difference } = mergeTable(existing, incoming, headers);
  return { file: incoming.file, text: formatSpreadsheet(sheet), difference };
}

/**
 * Writes the files that change, each whole or not at all, those that others refer to first. If one fails, those
 * before it stay, and the error names them: to import again is then enough.
 */
export function writeAll(workspace: FolderFiles, plans: readonly Plan[]): readonly string[] {
  const written: string[] = [];
  for (const { file, text, difference } of plans) {
    if (difference.added.length + difference.changed.length === 0) continue;
    try {
      workspace.write(file, text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const before = written.length > 0 ? `written before it: ${written.join(", ")}` : "nothing was written before it";
      throw new UserError(`could not write \`${file}\`: ${why}`, `${before}; mend the cause and import again`);
    }
    written.push(file);
  }
  return written;
}

function readTable(workspace: FolderFiles, incoming: Incoming): Sheet | undefined {
  const file = workspace.read(incoming.file, sheetLimits.bytes);
  if (!file || file.bytes.length === 0) return undefined;
  const { sheet, problems } = readSpreadsheet(file.bytes, file.name);
  if (!sheet || problems.length > 0) throw unreadable(problems[0], file.name);
  return sheet;
}

function unreadable(problem: Problem | undefined, name: string): UserError {
  const line = problem?.place.line === undefined ? "" : `:${problem.place.line}`;
  return new UserError(
    `${name}${line}: ${problem?.message ?? "cannot be read"}`,
    problem?.hint ?? "mend the file first; nothing was written",
  );
}
