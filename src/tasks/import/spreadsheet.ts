import { type Column, type Table, type TableName, tables } from "../../model/columns.ts";
import { dayOf } from "../../model/day.ts";
import { sha256In } from "../../model/digest.ts";
import { UserError } from "../../model/errors.ts";
import { domainOfFunction, splitFunctions } from "../../model/functions.ts";
import { asName } from "../../model/name.ts";
import type { Problem, ProblemCode } from "../../model/problem.ts";
import type { Sheet, SheetRow } from "../../readers/spreadsheet.ts";
import { type Tally, type Translated, tally } from "./incoming.ts";
import { joinFunctions, type SpreadsheetMap } from "./map.ts";

interface Setting {
  readonly columns: Readonly<Record<string, Column>>;
  readonly map: SpreadsheetMap;
  /** Our column -> index of the sheet's column. */
  readonly places: ReadonlyMap<string, number>;
  readonly file: string;
}

/**
 * The records of a spreadsheet as rows of one table, as a person's map says. A record with a text that its column
 * cannot hold, without a required value, or with an id that stands twice is a problem, never half a row.
 * Throws `UserError` if the map speaks of columns that the table or the sheet does not have.
 */
export function translateSpreadsheet(sheet: Sheet, table: TableName, map: SpreadsheetMap, file: string): Translated {
  const { columns, key, large }: Table = tables[table];
  const setting: Setting = { columns, map, file, places: placesOf(sheet, table, columns, map) };
  const aside = sheet.rows.map((row) => reasonAside(sheet, row, map));
  const kept = sheet.rows.filter((_, index) => aside[index] === undefined);
  const read = kept.map((row) => ({ row, ...readRecord(row, setting) }));
  const twice = key ? repeated(read, key, file) : { problems: [], lines: new Set<number>() };
  const taken = read.filter(({ row, problem }) => !problem && !twice.lines.has(row.line));
  const name = large ? `${table}/${map.file ?? "import"}.csv` : `${table}.csv`;
  return {
    examined: sheet.rows.length,
    taken: taken.length,
    setAside: tally(aside.filter((reason) => reason !== undefined)),
    remarks: remarksOf(sheet, map, taken),
    problems: [...read.flatMap(({ problem }) => problem ?? []), ...twice.problems],
    tables: [
      {
        table,
        file: name,
        rows: taken.map(({ values }) => ({ values })),
        existing: "updated",
        owned: [...new Set([...Object.keys(map.columns), ...Object.keys(map.constants ?? {})])],
        complete: large === true,
      },
    ],
  };
}

function placesOf(sheet: Sheet, table: TableName, columns: Readonly<Record<string, Column>>, map: SpreadsheetMap) {
  const known = Object.keys(columns);
  for (const column of [map.columns, map.values, map.constants].flatMap((part) => Object.keys(part ?? {}))) {
    if (known.includes(column)) continue;
    throw new UserError(`table \`${table}\` has no column \`${column}\``, `its columns: ${known.join(", ")}`);
  }
  const headers = [...Object.values(map.columns), ...Object.keys(map.setAside ?? {})];
  const absent = headers.find((header) => !sheet.header.includes(header));
  if (absent !== undefined) {
    throw new UserError(
      `the sheet has no column \`${absent}\``,
      `its columns: ${sheet.header.slice(0, 40).join(", ")}`,
    );
  }
  const given = new Set([...Object.keys(map.columns), ...Object.keys(map.constants ?? {})]);
  const needed = known.find((column) => columns[column]?.required && !given.has(column));
  if (needed !== undefined) {
    throw new UserError(
      `the map gives no column for \`${needed}\`, which \`${table}\` must have`,
      `add \`${needed}: HEADER\` under \`columns\``,
    );
  }
  return new Map(Object.entries(map.columns).map(([column, header]) => [column, sheet.header.indexOf(header)]));
}

function reasonAside(sheet: Sheet, row: SheetRow, map: SpreadsheetMap): string | undefined {
  for (const [header, texts] of Object.entries(map.setAside ?? {})) {
    const text = asName(row.cells[sheet.header.indexOf(header)] ?? "");
    const listed = texts.find((entry) => entry.toLowerCase() === text.toLowerCase());
    if (listed !== undefined) return `\`${header}\` is \`${listed}\``;
  }
  return undefined;
}

/** The row in our words; `problem`: why there is none. */
function readRecord(row: SheetRow, setting: Setting): { values: Record<string, string>; problem?: Problem } {
  const values: Record<string, string> = {};
  for (const [name, column] of Object.entries(setting.columns)) {
    const at = setting.places.get(name);
    const text = at === undefined ? "" : asName(row.cells[at] ?? "");
    const said = (text === "" ? undefined : mapped(setting.map, name, text)) ?? setting.map.constants?.[name] ?? "";
    if (said === "" && column.required) {
      return { values, problem: problemAt(setting, row, "missing-value", `expected a text for \`${name}\`, got none`) };
    }
    const value = said === "" ? "" : typed(said, column, setting.map);
    if (value === undefined) {
      const message = `expected \`${name}\` to be ${wantedOf(column, setting.map)}, got \`${said.slice(0, 60)}\``;
      return { values, problem: problemAt(setting, row, "wrong-type", message) };
    }
    if (value !== "") values[name] = value;
  }
  return { values };
}

/** The text as the map translates it, without regard to case; functions each for itself. */
function mapped(map: SpreadsheetMap, column: string, text: string): string {
  const words = Object.entries(map.values?.[column] ?? {});
  const one = (said: string) => {
    const entry =
      words.find(([word]) => word === said) ?? words.find(([word]) => word.toLowerCase() === said.toLowerCase());
    return entry === undefined ? said : typeof entry[1] === "string" ? entry[1] : joinFunctions(entry[1]);
  };
  const whole = one(text);
  return column === "functions" && whole === text ? joinFunctions(splitFunctions(text).map(one)) : whole;
}

function typed(text: string, { type }: Column, map: SpreadsheetMap): string | undefined {
  if (type === "day") return readDay(text, map.dayFormat ?? "YYYY-MM-DD");
  if (type === "number") return Number.isFinite(Number(text)) ? text : undefined;
  if (type === "sha256") return sha256In(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (type === "text") return text.length <= 400 && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? text : undefined;
  return type.find((word) => word === text) ?? type.find((word) => word === text.toLowerCase());
}

function readDay(text: string, format: string): string | undefined {
  const parts = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  if (format === "YYYY-MM-DD" || !parts) return dayOf(text);
  const [first, second, year] = [parts[1]!.padStart(2, "0"), parts[2]!.padStart(2, "0"), parts[3]!];
  return dayOf(format === "DD.MM.YYYY" ? `${year}-${second}-${first}` : `${year}-${first}-${second}`);
}

function wantedOf({ type }: Column, map: SpreadsheetMap): string {
  if (type === "day") return `a day \`${map.dayFormat ?? "YYYY-MM-DD"}\``;
  if (type === "number") return "a number";
  if (type === "sha256") return "a SHA-256 as 64 hex digits";
  return type === "text"
    ? "a printable text of at most 400 characters"
    : `one of ${type.map((word) => `\`${word}\``).join(", ")}`;
}

function repeated(
  read: readonly { row: SheetRow; values: Readonly<Record<string, string>>; problem?: Problem }[],
  key: readonly string[],
  file: string,
): { problems: readonly Problem[]; lines: ReadonlySet<number> } {
  const byKey = new Map<string, SheetRow[]>();
  for (const { row, values, problem } of read) {
    const id = key.map((column) => values[column]).join(" ");
    if (!problem) byKey.set(id, [...(byKey.get(id) ?? []), row]);
  }
  const found = [...byKey].filter(([, rows]) => rows.length > 1);
  const problems = found.map(([id, rows]) => {
    const lines = rows.map(({ line }) => line);
    const message = `expected each \`${key.join(", ")}\` once, got \`${id}\` in lines ${lines.slice(0, 20).join(", ")}; none is taken`;
    return { ...problemAt({ file }, rows[1]!, "duplicate-id", message), rows: rows.length };
  });
  return { problems, lines: new Set(found.flatMap(([, rows]) => rows.map(({ line }) => line))) };
}

function remarksOf(
  sheet: Sheet,
  map: SpreadsheetMap,
  taken: readonly { values: Readonly<Record<string, string>> }[],
): readonly Tally[] {
  const used = new Set([...Object.values(map.columns), ...Object.keys(map.setAside ?? {})]);
  const left = sheet.header.filter((name) => !used.has(name)).map((name) => `column \`${name}\` is not in the map`);
  const strange = taken.flatMap(({ values }) =>
    splitFunctions(values.functions ?? "").filter((name) => !domainOfFunction.has(name)),
  );
  return [
    ...tally(strange.map((name) => `function \`${name}\` is none that rules know`)),
    ...left.map((reason) => ({ reason, records: 0 })),
  ];
}

function problemAt({ file }: Pick<Setting, "file">, row: SheetRow, code: ProblemCode, message: string): Problem {
  return { kind: "problem", code, message, place: { file, line: row.line }, rows: 1 };
}
