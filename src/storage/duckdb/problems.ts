import type { Problem, ProblemCode } from "../../model/problem.ts";
import type { Database } from "./database.ts";
import { locateRows, recordAt } from "./file.ts";
import { columnsOf } from "./header.ts";
import { expectation } from "./shape.ts";
import { type Pending, type Source, shown, summed, toldPerFile } from "./source.ts";

/** What a row's fate, the text `code` or `code:column`, means to a person. */
interface Words {
  readonly code: ProblemCode;
  readonly message: (id: string, value: string | null) => string;
  readonly hint: string;
}

/**
 * Problems of the rows that a query names. It must answer `file`, `row`, `fate` and `id`; at most a hundred of a code and
 * file are told one by one, those that stand first in the file.
 */
export async function rowProblems(
  db: Database,
  sources: readonly Source[],
  firstRows: ReadonlyMap<number, number>,
  sql: string,
): Promise<{ readonly pending: readonly Pending[]; readonly problems: readonly Problem[] }> {
  const groups = await db.rows<{ file: number; code: string; n: number; first: string }>(`
    select file, split_part(fate, ':', 1) as code, count(*)::double as n,
      to_json(min({'row': "row", 'fate': fate, 'id': left(id, 200)}, ${toldPerFile}))::varchar as "first"
    from (${sql}) group by file, code order by file, code`);
  const pending: Pending[] = [];
  const problems: Problem[] = [];
  for (const { file, n, first } of groups) {
    const source = sources.find(({ index }) => index === file)!;
    const told = JSON.parse(first) as readonly { row: number; fate: string; id: string | null }[];
    for (const { row, fate, id } of told) {
      const { code, message, hint } = wordsOf(fate, source);
      const at = { row: row - (firstRows.get(file) ?? 0) };
      const record = id === null ? {} : { record: id };
      const column = code === "wrong-type" ? { column: fate.slice(code.length + 1) } : {};
      pending.push({ source, at, code, message: message(shown(id ?? ""), id), hint, ...record, ...column });
    }
    problems.push(...summed(source.name, wordsOf(told[0]!.fate, source).code, told.length, n));
  }
  return { pending, problems };
}

function wordsOf(fate: string, source: Source): Words {
  const [code, column = ""] = fate.split(":");
  switch (code) {
    case "missing-value":
      return {
        code,
        message: () => `\`${column}\`: expected a value, got none`,
        hint: `give every record its \`${column}\``,
      };
    case "wrong-type": {
      const expected = expectation(columnsOf(source.table)[column]!);
      const hint = "correct the value, or leave it empty if it is not known";
      return { code, message: () => `\`${column}\`: expected ${expected}`, hint };
    }
    case "duplicate-id":
      return {
        code,
        message: (id) => `${id} stands on several records, so none of them counts`,
        hint: "keep one record per id, in all files of the table together",
      };
    case "future-day":
      return {
        code,
        message: (id) => `${id} is in use, and its \`${column}\` has not come yet`,
        hint: "correct the day; what is only planned has the status `planned`",
      };
    case "cycle":
      return {
        code,
        message: (id) => `${id} is part of itself, or runs on itself, by way of the relations`,
        hint: "mend its `part-of` and `runs-on` rows in the relations",
      };
    case "no-operator":
      return {
        code,
        message: (id) => `${id} has no responsible operator`,
        hint: "name one under `operator`, or in `uses` with kind `own` or `shared`",
      };
    case "dangling-reference":
      if (column !== "") return unknownName(column);
      return {
        code,
        message: (id) => `expected the id of an element, got ${id}`,
        hint: "correct the id, or add the element",
      };
    default:
      throw new Error(`a row has the fate \`${fate}\`, which has no words`);
  }
}

function unknownName(column: string): Words {
  const said = column === "regions" ? "names of regions" : "the id of an operator";
  const hint = column === "regions" ? "until it is mended, the sites of all regions need it" : "add it, or mend the id";
  return {
    code: "dangling-reference",
    message: (id) => `\`${column}\`: expected ${said} that the other tables have, got ${id}`,
    hint,
  };
}

/** Looks lines and wrong values of all problems up, a pass over each file concerned, and sorts everything by place. */
export async function withLines(
  pending: readonly Pending[],
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  const placed: Problem[] = [...problems];
  for (const [source, own] of Map.groupBy(pending, (problem) => problem.source)) {
    const spots = await spotsOf(source, own);
    for (const [index, { code, message, hint, record, column }] of own.entries()) {
      const { line, start } = spots[index]!;
      const place = { file: source.name, line };
      const got = column === undefined || start === undefined ? undefined : (await recordAt(source, start)).get(column);
      const text = got === undefined ? message : `${message}, got ${shown(got)}`;
      placed.push({
        ...{ kind: "problem", code, message: text, hint, place, rows: 1 },
        ...(record !== undefined && { record }),
      });
    }
  }
  return placed.sort(byPlace);
}

/** The line of each problem, and where its record begins in a CSV file if that was not known before. */
async function spotsOf(
  source: Source,
  own: readonly Pending[],
): Promise<readonly { readonly line: number; readonly start?: number }[]> {
  if (source.format === "parquet") return own.map(({ at }) => ("row" in at ? { line: at.row + 1 } : at));
  const rows = new Set(own.flatMap(({ at }) => ("row" in at ? [at.row] : [])));
  const found = await locateRows(source, rows);
  return own.map(({ at }) => {
    if ("line" in at) return at;
    const place = found.get(at.row);
    if (!place) throw new Error(`a record of \`${source.name}\` was read and is not found again`);
    return place;
  });
}

/** Sorts problems by file, then line, code and message; those without a line come first. */
export function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.place.file, b.place.file) ||
    (a.place.line ?? 0) - (b.place.line ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
