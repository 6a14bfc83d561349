import { type Table, tables } from "../../model/columns.ts";
import { UserError } from "../../model/errors.ts";
import type { FolderFiles } from "../../model/ports/files.ts";
import { documentProblem, type Problem } from "../../model/problem.ts";
import { readSpreadsheet, sheetLimits } from "../../readers/spreadsheet.ts";
import type { Incoming } from "./incoming.ts";
import { layoutOf } from "./merge.ts";

const named = 5;

/**
 * Ids that come in and stand in another file of the same large table: a decision would set both rows aside. Files that
 * cannot be read here (Parquet, too large, malformed) are left to whoever decides, who looks at all of them.
 */
export function idsElsewhere(
  workspace: FolderFiles,
  incoming: Incoming,
  headers: Readonly<Record<string, string>>,
): readonly Problem[] {
  const { columns, key, large }: Table = tables[incoming.table];
  const [id] = key ?? [];
  if (!large || id === undefined) return [];
  const coming = new Set(incoming.rows.map(({ values }) => values[id] ?? ""));
  const others = workspace.list(incoming.table, [".csv"]).names.filter((name) => name !== incoming.file);
  return others.flatMap((name) => {
    const sheet = readOther(workspace, name);
    if (!sheet) return [];
    const { valuesOf } = layoutOf(sheet, Object.keys(columns), headers);
    const twice = sheet.rows.filter((row) => coming.has(valuesOf(row)[id] ?? ""));
    if (twice.length === 0) return [];
    const some = twice.slice(0, named).map((row) => `\`${valuesOf(row)[id]}\``);
    const message = `${twice.length} ids stand here and in \`${incoming.file}\`: ${some.join(", ")}${twice.length > named ? " ..." : ""}`;
    const hint = "an element has one row; leave the better one, or both are set aside when a decision is made";
    return [documentProblem("duplicate-id", message, { file: name, line: twice[0]!.line }, hint)];
  });
}

function readOther(workspace: FolderFiles, name: string) {
  try {
    const file = workspace.read(name, sheetLimits.bytes);
    return file && file.bytes.length > 0 ? readSpreadsheet(file.bytes, name).sheet : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
