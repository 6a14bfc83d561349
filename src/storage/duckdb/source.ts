import type { TableName } from "../../model/columns.ts";
import type { Problem, ProblemCode } from "../../model/problem.ts";

/** A file of a table that was read, and what is needed to find one of its records again. */
export interface Source {
  /** Number of the file in the database's `file` columns. */
  readonly index: number;
  readonly table: TableName;
  readonly path: string;
  readonly name: string;
  readonly format: "csv" | "parquet";
  /** Size and time of change when it was read. */
  readonly stamp: string;
  /** Our name for each column of the file, in its order. */
  readonly names: readonly (string | null)[];
  /** CSV only. */
  readonly delimiter: string;
  /** CSV only: first bytes of the records that the database rejected. */
  readonly rejected: ReadonlySet<number>;
  /** Parquet only: a `select` of file, row and our columns. */
  readonly select?: string;
}

/** Where a problem stands: a line, or a row that was read, counted from 0, whose line is not known yet. */
export type Spot = { readonly row: number } | { readonly line: number };

/** A problem of one record, whose line is looked up when all are known. */
export interface Pending {
  readonly source: Source;
  readonly at: Spot;
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly record?: string;
  /** The column whose value is wrong; it is looked up with the line. */
  readonly column?: string;
}

/** Problems of a code in a file that are told one by one; the others are summed up. */
export const toldPerFile = 100;

/** The problem that stands for the records of a code beyond the first hundred of a file; none if there are no more. */
export function summed(file: string, code: ProblemCode, told: number, total: number): readonly Problem[] {
  if (total <= told) return [];
  const message = `${total - told} more records of this file: ${code}`;
  const hint = "mend the ones listed and run again";
  return [{ kind: "problem", code, message, hint, place: { file }, rows: total - told }];
}

/** A problem of a file as a whole. */
export function fileProblem(file: string, code: ProblemCode, message: string, hint: string, rows: number): Problem {
  return { kind: "problem", code, message, hint, place: { file }, rows };
}

/** An input as a message shows it: short, on one line, in backticks. */
export function shown(text: string): string {
  return `\`${text.slice(0, 80).replaceAll(/[\p{Cc}`]/gu, "?")}\``;
}
