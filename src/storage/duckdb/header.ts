import { type Column, type TableName, tables } from "../../model/columns.ts";
import type { Problem } from "../../model/problem.ts";
import { firstRecord, splitRecord } from "./record.ts";

/** Our column -> the header a file has for it, as `columns` of freigabe.yaml says. */
export type Mapping = Readonly<Record<string, string>>;

export interface Header {
  /** One entry per column of the file, in its order: our name for it, or `null` if we have none. */
  readonly names: readonly (string | null)[];
  readonly problems: readonly Problem[];
  /** The file cannot be read with this header. */
  readonly fatal: boolean;
}

export const delimiters = [",", ";", "\t"] as const;

/** The columns of a table as the model has them. */
export function columnsOf(table: TableName): Readonly<Record<string, Column>> {
  return tables[table].columns;
}

/**
 * Reads the first record of a CSV file: its delimiter is the one under which most of our columns are found.
 * `text` is the beginning of the file.
 */
export function readHeader(
  text: string,
  table: TableName,
  mapping: Mapping,
  file: string,
): Header & { readonly delimiter: string } {
  const record = firstRecord(text);
  const candidates = delimiters.map((delimiter) => ({
    delimiter,
    ...mapHeader(splitRecord(record, delimiter), table, mapping, file),
  }));
  return candidates.reduce((best, next) => (known(next) > known(best) ? next : best));
}

const known = (header: Header) => header.names.filter((name) => name !== null).length;

/**
 * Which of our columns each header of a file names, by the mapping or else by our own name, letters' case aside.
 * Headers that name nothing are read past and told; a missing required column, or two for one, is fatal.
 */
export function mapHeader(headers: readonly string[], table: TableName, mapping: Mapping, file: string): Header {
  const columns = Object.keys(columnsOf(table));
  const wanted = new Map([
    ...columns.filter((column) => mapping[column] === undefined).map((column) => [fold(column), column] as const),
    ...columns.flatMap((column) => (mapping[column] === undefined ? [] : [[fold(mapping[column]), column] as const])),
  ]);
  const names = headers.map((header) => wanted.get(fold(header)) ?? null);
  const tell = problemsOf(file);
  const repeated = names.filter((name, index) => name !== null && names.indexOf(name) !== index);
  const missing = Object.entries(columnsOf(table)).filter(([column]) => !names.includes(column));
  const required = missing.filter(([, { required }]) => required).map(([column]) => column);
  const mapped = missing.filter(([column, { required }]) => !required && mapping[column] !== undefined);
  const problems = [
    ...headers
      .filter((_, index) => names[index] === null)
      .map((header) =>
        tell(
          "unknown-column",
          `column ${show(header)} is not one of \`${table}\` and was not read`,
          `columns of \`${table}\`: ${Object.keys(columnsOf(table)).join(", ")}; map others under \`columns\` in freigabe.yaml`,
        ),
      ),
    ...required.map((column) =>
      tell(
        "missing-column",
        `expected a column \`${mapping[column] ?? column}\`, got ${headers.slice(0, 12).map(show).join(", ")}`,
        `name it so, or map it under \`columns: ${table}: ${column}\` in freigabe.yaml`,
      ),
    ),
    ...mapped.map(([column]) =>
      tell(
        "missing-column",
        `freigabe.yaml maps \`${column}\` to column ${show(mapping[column]!)}, which the file does not have`,
        "correct the name under `columns` in freigabe.yaml",
      ),
    ),
    ...[...new Set(repeated)].map((column) =>
      tell("wrong-shape", `several columns name \`${column}\``, "keep one of them"),
    ),
  ];
  return { names, problems, fatal: required.length > 0 || repeated.length > 0 };
}

const fold = (header: string) => header.trim().toLowerCase();
const show = (header: string) => `\`${header.slice(0, 60).replaceAll(/[\p{Cc}`]/gu, "?")}\``;

function problemsOf(file: string) {
  return (code: Problem["code"], message: string, hint: string): Problem => ({
    kind: "problem",
    code,
    message,
    hint,
    place: { file, line: 1 },
    rows: 0,
  });
}
