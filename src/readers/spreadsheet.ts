import type { Problem, ProblemCode } from "../model/problem.ts";

/** A spreadsheet saved as delimited text: its header and its records, as text, in file order. */
export interface Sheet {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
}

/** One record, as long as the header. `line`: where it begins, counted from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type Delimiter = "," | ";" | "\t";

export interface SheetLimits {
  readonly bytes: number;
  readonly columns: number;
  readonly cell: number;
}

export const sheetLimits: SheetLimits = { bytes: 200_000_000, columns: 1_000, cell: 100_000 };

interface RawRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault?: string;
}

/**
 * Reads delimited text (RFC 4180; also `;` or tab as the delimiter, LF or CR as line end, a byte order mark). Texts
 * stay as they are: nothing is taken for a formula, a number or a day. A record that breaks the grammar or has another
 * number of cells than the header is set aside as a problem; a quote that never closes makes everything after it
 * doubtful, so then the whole file is.
 */
export function readSpreadsheet(
  bytes: Uint8Array,
  file: string,
  limits: SheetLimits = sheetLimits,
): { readonly sheet?: Sheet; readonly problems: readonly Problem[] } {
  const refuse = (code: ProblemCode, message: string, hint: string, line?: number, rows = 0) => ({
    problems: [problem(file, code, message, rows, line, hint)],
  });
  if (bytes.length > limits.bytes) {
    const hint =
      "a table of this size is read in place: put the file under `elements/` and map its columns in freigabe.yaml";
    return refuse("too-large", `expected at most ${limits.bytes} bytes, got ${bytes.length}`, hint);
  }
  const text = decode(bytes);
  if (text === undefined) return refuse("unreadable", "expected UTF-8 text", "save the sheet again as CSV UTF-8");

  const delimiter = delimiterOf(text);
  const { records, openQuote } = scan(text, delimiter);
  if (openQuote !== undefined) {
    const message = "a quote opens here and never closes, so no record of the file can be trusted";
    return refuse(
      "record-count",
      message,
      "close the quote, or double a quote that belongs to the text",
      openQuote,
      lines(text),
    );
  }
  const [first, ...rest] = records;
  if (!first)
    return refuse("unreadable", "expected a header line, got an empty file", "the first line names the columns");
  const header = first.cells.map((name) => name.trim());
  const wrong = first.fault ?? headerFault(header, limits);
  if (wrong) return refuse("unreadable", wrong, "mend the first line of the file", first.line, rest.length);

  const faults = rest.map((record) => record.fault ?? lengthFault(record.cells, header.length, limits));
  const rows = rest.filter((_, index) => faults[index] === undefined).map(({ line, cells }) => ({ line, cells }));
  const problems = rest.flatMap(({ line }, index) => {
    const fault = faults[index];
    return fault === undefined ? [] : [problem(file, "malformed-row", fault, 1, line)];
  });
  return { sheet: { delimiter, header, rows }, problems };
}

/** The sheet as text, one record a line, quoted where RFC 4180 demands it. Reading it again gives the same sheet. */
export function formatSpreadsheet({ delimiter, header, rows }: Sheet): string {
  const quoted = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]|^\s|\s$|^\ufeff/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  // A lone empty cell would look like a blank line.
  const line = (cells: readonly string[]) =>
    cells.length === 1 && cells[0] === "" ? '""' : cells.map(quoted).join(delimiter);
  return `${[header, ...rows.map(({ cells }) => cells)].map(line).join("\n")}\n`;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function delimiterOf(text: string): Delimiter {
  const end = text.search(/[\r\n]/);
  const first = (end < 0 ? text : text.slice(0, end)).slice(0, 100_000).replace(/"[^"]*"/g, "");
  const count = (delimiter: Delimiter) => first.split(delimiter).length;
  const candidates: readonly Delimiter[] = [",", ";", "\t"];
  return candidates.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** One pass over the text. Blank lines are no records. `openQuote`: line of a quote that never closes. */
function scan(text: string, delimiter: Delimiter): { records: readonly RawRecord[]; openQuote?: number } {
  const records: RawRecord[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const record = scanRecord(text, at, line, delimiter);
    if (record.openQuote !== undefined) return { records, openQuote: record.openQuote };
    if (record.cells.length > 1 || record.cells[0] !== "" || record.quoted) {
      records.push({ line, cells: record.cells, ...(record.fault && { fault: record.fault }) });
    }
    at = record.at;
    line = record.line;
  }
  return { records };
}

function scanRecord(text: string, start: number, startLine: number, delimiter: Delimiter) {
  const cells: string[] = [];
  let [at, line, quoted] = [start, startLine, false];
  let fault: string | undefined;
  for (;;) {
    let cell = "";
    if (text[at] === '"') {
      const closed = scanQuoted(text, at);
      if (closed === undefined) return { cells, at, line, quoted, openQuote: line };
      cell = text.slice(at + 1, closed - 1).replaceAll('""', '"');
      line += lineEnds(cell);
      [at, quoted] = [closed, true];
      if (at < text.length && !isEnd(text, at, delimiter)) fault ??= "expected a delimiter after the closing quote";
    }
    const from = at;
    while (at < text.length && !isEnd(text, at, delimiter)) at += 1;
    const bare = text.slice(from, at);
    if (bare.includes('"')) fault ??= "a quote stands inside an unquoted cell; a cell with quotes is quoted as a whole";
    cells.push(cell + bare);
    if (text[at] !== delimiter) break;
    at += 1;
  }
  if (at < text.length) {
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line += 1;
  }
  return { cells, at, line, quoted, fault };
}

/** Index after the quote that closes the one at `at`; `undefined` if none does. */
function scanQuoted(text: string, at: number): number | undefined {
  for (let next = text.indexOf('"', at + 1); next >= 0; next = text.indexOf('"', next + 2)) {
    if (text[next + 1] !== '"') return next + 1;
  }
  return undefined;
}

function isEnd(text: string, at: number, delimiter: Delimiter): boolean {
  const char = text[at];
  return char === delimiter || char === "\n" || char === "\r";
}

function lineEnds(text: string): number {
  return text.includes("\n") || text.includes("\r") ? text.split(/\r\n|\r|\n/).length - 1 : 0;
}

/** Lines below the header that hold something. */
function lines(text: string): number {
  return Math.max(0, text.split(/[\r\n]+/).filter((line) => line !== "").length - 1);
}

function headerFault(header: readonly string[], limits: SheetLimits): string | undefined {
  if (header.length > limits.columns) return `expected at most ${limits.columns} columns, got ${header.length}`;
  const twice = header.find((name, index) => name !== "" && header.indexOf(name) !== index);
  return twice === undefined ? undefined : `column \`${twice.slice(0, 100)}\` stands in the header twice`;
}

function lengthFault(cells: readonly string[], wanted: number, limits: SheetLimits): string | undefined {
  if (cells.length !== wanted) return `expected ${wanted} cells as in the header, got ${cells.length}`;
  const long = cells.find((cell) => cell.length > limits.cell);
  return long === undefined ? undefined : `expected cells of at most ${limits.cell} characters, got ${long.length}`;
}

function problem(
  file: string,
  code: ProblemCode,
  message: string,
  rows: number,
  line?: number,
  hint?: string,
): Problem {
  return { kind: "problem", code, message, ...(hint && { hint }), place: { file, ...(line && { line }) }, rows };
}
