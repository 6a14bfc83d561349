import { asName } from "../../model/name.ts";
import type { TableFile } from "../../model/ports/store.ts";
import type { Problem } from "../../model/problem.ts";
import { type Database, literal, oneFile } from "./database.ts";
import { beginning, linesAt, type Pass, passOver } from "./file.ts";
import { columnsOf, type Mapping, readHeader } from "./header.ts";
import { splitRecord } from "./record.ts";
import { csvType, expectation, type Kept, keptColumns, normalised } from "./shape.ts";
import { fileProblem, type Pending, type Source, shown, summed, toldPerFile } from "./source.ts";

/** What became of a file. `lost`: records that are not in the database; `lostIds`: what stood in the `id` of those. */
export interface Ingested {
  readonly source?: Source;
  readonly sha256: string;
  readonly rows: number;
  readonly problems: readonly Problem[];
  readonly pending: readonly Pending[];
  readonly lost: number;
  readonly lostIds: readonly LostId[];
}

/** The id that stands on a record which could not be read, as far as can be seen. */
export interface LostId {
  readonly id: string;
  readonly code: string;
}

/** More unreadable records than this, and the file is no table of ours. */
const mostRejects = 100_000;
const mendQuote = "look for a quote that is opened and never closed, or for line ends of several kinds";

/**
 * Loads a CSV file into its table. The database's reader and our own count must agree on the number of records;
 * otherwise some were swallowed in silence, and the file is set aside as a whole.
 */
export async function ingestCsv(
  db: Database,
  file: TableFile,
  index: number,
  stamp: string,
  mapping: Mapping,
  kept: Kept,
): Promise<Ingested> {
  const header = readHeader(await beginning(file.path), file.table, mapping, file.name);
  const { delimiter, names } = header;
  if (header.fatal) {
    const pass = await passOver(file.path, delimiter);
    const problems = header.problems.map((problem, at) =>
      at === lastFatal(header.problems) ? { ...problem, rows: recordsIn(pass) } : problem,
    );
    return setAside(pass, problems);
  }
  await db.run("begin");
  const [inserted, pass] = await Promise.all([insert(db, file, index, header, kept), passOver(file.path, delimiter)]);
  const rejects = inserted.failed ? [] : await rejectedRecords(db);
  const lines = await linesAt(file.path, delimiter, new Set(rejects.map(({ start }) => start)));
  const reason = distrust(inserted, rejects, lines, pass);
  await db.run(reason === undefined ? "commit" : "rollback");
  await db.run("drop table if exists reject_errors; drop table if exists reject_scans");
  if (reason !== undefined) {
    return setAside(pass, [...header.problems, fileProblem(file.name, ...reason, recordsIn(pass))]);
  }
  const rejected = new Set(rejects.map(({ start }) => start));
  const source: Source = { index, stamp, names, delimiter, rejected, ...file };
  return {
    source,
    sha256: pass.sha256,
    rows: recordsIn(pass),
    lost: rejects.length,
    lostIds: lostIds(rejects, source),
    ...tell(rejects, source, lines, header.problems),
  };
}

const lastFatal = (problems: readonly Problem[]) =>
  problems.findLastIndex(({ code }) => code === "missing-column" || code === "wrong-shape");

/** Data records of a file; where quotes cannot be trusted, its lines. */
function recordsIn({ count }: Pass): number {
  return Math.max(0, (count.broken ? Math.max(count.records, count.lines) : count.records) - 1);
}

function setAside(pass: Pass, problems: readonly Problem[]): Ingested {
  const rows = recordsIn(pass);
  return { sha256: pass.sha256, rows, problems, pending: [], lost: rows, lostIds: [] };
}

interface Inserted {
  readonly rows: number;
  readonly failed: boolean;
}

async function insert(
  db: Database,
  file: TableFile,
  index: number,
  { names, delimiter }: Pick<Source, "names" | "delimiter">,
  kept: Kept,
): Promise<Inserted> {
  const columns = keptColumns(file.table, kept);
  const types = names.map((name) =>
    csvType(columns.find(([column]) => column === name)?.[1] ?? { type: "text", means: "" }),
  );
  const values = columns.map(([name, column]) => {
    const at = names.indexOf(name);
    return at < 0 ? "null" : normalised(column, `c${at}`);
  });
  const options = [
    "auto_detect = false",
    "header = true",
    `delim = ${literal(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    "nullstr = ''",
    "comment = ''",
    "compression = 'none'",
    "hive_partitioning = false",
    "store_rejects = true",
    `rejects_limit = ${mostRejects}`,
    `columns = {${types.map((type, at) => `'c${at}': '${type}'`).join(", ")}}`,
  ];
  try {
    const rows = await db.run(
      `insert into t_${file.table} select ${[index, ...values].join(", ")} from read_csv(${oneFile(file.path)}, ${options.join(", ")})`,
    );
    return { rows, failed: false };
  } catch (error) {
    if (error instanceof Error && /^(Invalid Input|Conversion|IO|Binder|Parser) Error/.test(error.message)) {
      return { rows: 0, failed: true };
    }
    throw error;
  }
}

/** Blank lines before a rejected record come along with it, and its position is theirs. */
const lineEnds = "chr(10) || chr(13)";

interface Reject {
  readonly start: number;
  readonly column: number;
  readonly type: string;
  readonly said: string;
  readonly text: string;
  readonly overLines: boolean;
}

/** One entry per record that the database's reader rejected, with the first reason it gave. */
async function rejectedRecords(db: Database): Promise<readonly Reject[]> {
  const rows = await db.rows<{
    start: number;
    column: number;
    type: string;
    said: string;
    text: string;
    over: number;
  }>(`
    select line_byte_position::double - 1 + strlen(csv_line) - strlen(text) as "start",
      coalesce(column_idx, 0)::double as "column", error_type::varchar as "type", error_message as "said",
      left(text, 4000) as "text", regexp_matches(rtrim(text, ${lineEnds}), '[\\r\\n]')::int as "over"
    from (select *, ltrim(csv_line, ${lineEnds}) as text from reject_errors)
    order by line_byte_position, column_idx nulls first, error_type`);
  const first = new Map<number, Reject>();
  for (const { over, ...row } of rows) {
    const known = first.get(row.start);
    first.set(row.start, {
      ...(known ?? row),
      overLines: (known?.overLines ?? false) || (over === 1 && row.type !== "CAST"),
    });
  }
  return [...first.values()];
}

/** Why a file must be set aside as a whole; nothing that depends on how the database divided the work is said. */
function distrust(
  inserted: Inserted,
  rejects: readonly Reject[],
  lines: ReadonlyMap<number, number>,
  { count }: Pass,
): [code: Problem["code"], message: string, hint: string] | undefined {
  if (count.broken) {
    return [
      "record-count",
      "a quoted value runs over several lines and does not end as one must: no record can be trusted",
      mendQuote,
    ];
  }
  if (inserted.failed) return ["unreadable", "not a CSV file that can be read", mendQuote];
  if (rejects.length >= mostRejects) {
    return ["unreadable", `${mostRejects} records or more do not fit the header`, "check the delimiter and the header"];
  }
  const suspect = rejects.some(({ start, overLines }) => overLines || !lines.has(start));
  if (suspect || inserted.rows + rejects.length !== count.records - 1) {
    return ["record-count", `counted ${count.records - 1} records, and reading them gave another number`, mendQuote];
  }
  return undefined;
}

function lostIds(rejects: readonly Reject[], source: Source): readonly LostId[] {
  if (source.table !== "elements") return [];
  return rejects.flatMap((reject) => {
    const id = idOf(reject, source);
    return id === "" ? [] : [{ id, code: saidOf(reject, source).code }];
  });
}

/** What stands in the `id` of a rejected record, as far as it can be told. */
function idOf(reject: Reject, source: Source): string {
  return asName(splitRecord(reject.text, source.delimiter)[source.names.indexOf("id")] ?? "");
}

function tell(
  rejects: readonly Reject[],
  source: Source,
  lines: ReadonlyMap<number, number>,
  ofHeader: readonly Problem[],
) {
  const pending = rejects.map((reject): Pending => {
    const record = idOf(reject, source);
    return {
      source,
      at: { line: lines.get(reject.start)! },
      ...saidOf(reject, source),
      ...(record !== "" && { record }),
    };
  });
  const codes = [...new Set(pending.map(({ code }) => code))];
  const told = codes.map((code) => pending.filter((problem) => problem.code === code));
  return {
    pending: told.flatMap((problems) => problems.slice(0, toldPerFile)),
    problems: [
      ...ofHeader,
      ...told.flatMap((problems) => summed(source.name, problems[0]!.code, toldPerFile, problems.length)),
    ],
  };
}

function saidOf(reject: Reject, source: Source): Pick<Pending, "code" | "message" | "hint"> {
  const name = source.names[reject.column - 1];
  if (reject.type === "CAST" && name) {
    const got = splitRecord(reject.text, source.delimiter)[reject.column - 1] ?? "";
    const expected = expectation(columnsOf(source.table)[name]!);
    const message = `\`${name}\`: expected ${expected}, got ${shown(got)}`;
    return { code: "wrong-type", message, hint: "correct the value, or leave it empty if it is not known" };
  }
  const numbers = /Expected Number of Columns: (\d{1,9}) Found: (\d{1,9})/.exec(reject.said);
  const hint = "one record per line, values with the delimiter or a quote in them in double quotes";
  return {
    code: "malformed-row",
    message: numbers ? `expected ${numbers[1]} values, got ${numbers[2]}` : reasonOf(reject.type),
    hint,
  };
}

function reasonOf(type: string): string {
  switch (type) {
    case "INVALID ENCODING":
    case "INVALID UNICODE":
      return "expected text in UTF-8, got other bytes";
    case "LINE SIZE OVER MAXIMUM":
      return "expected a record of at most 2,000,000 bytes";
    case "UNQUOTED VALUE":
      return "expected a closing quote followed by the delimiter or the line end";
    default:
      return `not a record of this table: ${type.toLowerCase()}`;
  }
}
