import { asName } from "../../model/name.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import { documentProblem, type Problem } from "../../model/problem.ts";
import { aliasKinds } from "../../model/statement.ts";
import { formatSpreadsheet, readSpreadsheet, type Sheet } from "../../readers/spreadsheet.ts";
import type { KnownAlias } from "./matches.ts";

/** The working copy of confirmations; only the signed statements in `evidence/` have effect. */
export const aliasFile = "aliases.csv";

const columns = ["text", "kind", "id", "product", "from", "until", "by", "on"] as const;

/** One row of the working copy. */
export type AliasRow = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** The rows of the working copy as unsigned aliases; a row without text, kind or id is a problem. */
export function readAliases(files: FolderFiles): {
  readonly aliases: readonly KnownAlias[];
  readonly problems: readonly Problem[];
} {
  const file = files.read(aliasFile, 16_000_000);
  if (!file) return { aliases: [], problems: [] };
  const { sheet, problems } = readSpreadsheet(file.bytes, file.name);
  const read = (sheet?.rows ?? []).map(({ line, cells }) => ({ line, alias: aliasOf(rowOf(sheet!, cells)) }));
  return {
    aliases: read.flatMap(({ alias }) => alias ?? []),
    problems: [
      ...problems,
      ...read
        .filter(({ alias }) => !alias)
        .map(({ line }) => {
          const message = `expected \`text\`, \`id\` and as \`kind\` one of ${aliasKinds.join(", ")}`;
          return documentProblem("missing-value", message, { file: aliasFile, line });
        }),
    ],
  };
}

/** The working copy with one more row. A file that cannot be read whole answers its problem instead. */
export function addAlias(
  file: ReadFile | undefined,
  row: AliasRow,
): { readonly text: string } | { readonly problem: Problem } {
  const empty: Sheet = { delimiter: ",", header: columns, rows: [] };
  const read = file && file.bytes.length > 0 ? readSpreadsheet(file.bytes, aliasFile) : { sheet: empty, problems: [] };
  const [problem] = read.problems;
  if (problem) return { problem };
  const sheet = read.sheet ?? empty;
  const header = [...sheet.header, ...columns.filter((column) => !sheet.header.includes(column))];
  const fill = (cells: readonly string[]) => ({ line: 0, cells: header.map((_, at) => cells[at] ?? "") });
  const values = new Map(Object.entries(row));
  const rows = [...sheet.rows.map(({ cells }) => fill(cells)), fill(header.map((name) => values.get(name) ?? ""))];
  return { text: formatSpreadsheet({ delimiter: sheet.delimiter, header, rows }) };
}

function rowOf({ header }: Sheet, cells: readonly string[]): AliasRow {
  return Object.fromEntries(columns.map((column) => [column, asName(cells[header.indexOf(column)] ?? "")]));
}

function aliasOf({ text, kind, id, product }: AliasRow): KnownAlias | undefined {
  const aliasOf = aliasKinds.find((one) => one === kind);
  if (!text || !id || !aliasOf) return undefined;
  return { text, aliasOf, id, ...(product && { product }), signed: false };
}
