import { type TableName, tables } from "../../model/columns.ts";
import { UserError } from "../../model/errors.ts";
import type { FolderFiles } from "../../model/ports/files.ts";
import { documentProblem, type Problem } from "../../model/problem.ts";
import { readSpreadsheet, sheetLimits } from "../../readers/spreadsheet.ts";
import type { Incoming } from "./incoming.ts";
import { layoutOf } from "./merge.ts";

const named = 5;

interface Unique {
  readonly columns: readonly string[];
  readonly rows: string;
  readonly hint: string;
}

/** What must not stand in two files of one large table, and what comes of it if it does. */
const uniques: Partial<Record<TableName, Unique>> = {
  elements: {
    columns: ["id"],
    rows: "ids",
    hint: "an element has one row; leave the better one, or both are set aside when a decision is made",
  },
  links: {
    columns: ["id", "from", "to"],
    rows: "links",
    hint: "a line that has two rows is two lines to whoever reads them; leave the better one",
  },
  demands: {
    columns: ["operator", "from", "to", "path"],
    rows: "demands",
    hint: "traffic that has two rows counts twice; leave the better one",
  },
};

/**
 * Rows that come in and stand in another file of the same large table: an element would be set aside, a link or a demand
 * would count twice. Files that cannot be read here (Parquet, too large, malformed) are left to whoever decides, who looks
 * at all of them.
 */
export function idsElsewhere(
  workspace: FolderFiles,
  incoming: Incoming,
  headers: Readonly<Record<string, string>>,
): readonly Problem[] {
  const unique = uniques[incoming.table];
  if (!unique) return [];
  const nameOf = (values: Readonly<Record<string, string>>) =>
    unique.columns.map((column) => values[column] ?? "").join(" ");
  const coming = new Set(incoming.rows.map(({ values }) => nameOf(values)));
  const columns = Object.keys(tables[incoming.table].columns);
  const others = workspace.list(incoming.table, [".csv"]).names.filter((name) => name !== incoming.file);
  return others.flatMap((name) => {
    const sheet = readOther(workspace, name);
    if (!sheet) return [];
    const { valuesOf } = layoutOf(sheet, columns, headers);
    const twice = sheet.rows.filter((row) => coming.has(nameOf(valuesOf(row))));
    if (twice.length === 0) return [];
    const some = twice.slice(0, named).map((row) => `\`${nameOf(valuesOf(row)).trim()}\``);
    const message = `${twice.length} ${unique.rows} stand here and in \`${incoming.file}\`: ${some.join(", ")}${twice.length > named ? " ..." : ""}`;
    return [documentProblem("duplicate-id", message, { file: name, line: twice[0]!.line }, unique.hint)];
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
