import type { Column, TableName } from "../../model/columns.ts";
import { identifier, literal } from "./database.ts";
import { columnsOf } from "./header.ts";
import { asNameSql } from "./names.ts";

/**
 * The canonical columns as SQL. A value that cannot be one of its column's type becomes a value that no valid row has
 * (`noDay`, not a number), so that one check finds both it and days that do not make sense.
 */
const noDay = "date '0001-01-01'";
const leastDay = "date '1900-01-01'";
const mostDay = "date '2199-12-31'";

/** What is kept of large CSV files beside what every question reads. */
export interface Kept {
  /** The sites of elements; where they are not kept, `element` looks one up in the file. */
  readonly sites: boolean;
}

/** All columns of a table, in the order of the model. */
export function allColumns(table: TableName): readonly (readonly [name: string, column: Column])[] {
  return Object.entries(columnsOf(table));
}

/** The columns of a table that the database keeps of a CSV file. */
export function keptColumns(table: TableName, kept: Kept): readonly (readonly [name: string, column: Column])[] {
  return allColumns(table).filter(([name]) => isKept(table, name, kept));
}

/** Whether a column is among what the database keeps of a CSV file. */
export function isKept(table: TableName, name: string, kept: Kept): boolean {
  return kept.sites || table !== "elements" || name !== "site";
}

/** SQL type of a column in the database. */
export function sqlType({ type }: Column): "DATE" | "DOUBLE" | "VARCHAR" {
  if (type === "day") return "DATE";
  return type === "number" ? "DOUBLE" : "VARCHAR";
}

/** Type as which the CSV reader takes a column; it knows days like `infinity` and `2024-1-5`, so it gets none to read. */
export function csvType(column: Column): "DOUBLE" | "VARCHAR" {
  return sqlType(column) === "DOUBLE" ? "DOUBLE" : "VARCHAR";
}

/** The day that a text is. Only one that is written as the database writes it back is one (ISO 8601: ten characters). */
function dayIn(text: string): string {
  const day = `try_cast(${text} as date)`;
  return `case when ${text} <> '' then case when ${day}::varchar = ${text} then ${day} else ${noDay} end end`;
}

/** 64 hex digits in lower case, without `sha256:` before them; another text stays as it is, for `flawOf` to find. */
function sha256In(text: string): string {
  return `case when ${text} <> '' then nullif(regexp_replace(lower(trim(${text})), '^sha256:', ''), '') end`;
}

/** An expression for a column's value from an expression of the type in which CSV has it; empty text is no value. */
export function normalised(column: Column, expression: string): string {
  if (column.type === "day") return dayIn(expression);
  if (column.type === "sha256") return sha256In(expression);
  return column.type === "number" ? expression : asNameSql(expression);
}

/** The same from a Parquet column of whatever type; `undefined` if that type can never hold such values. */
export function converted(column: Column, source: string, type: string): string | undefined {
  const text = /^(VARCHAR|ENUM.*|UUID)$/.test(type);
  const whole = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type);
  switch (sqlType(column)) {
    case "DATE":
      if (/^(DATE|TIMESTAMP(_S|_MS|_NS)?)$/.test(type)) return `${source}::date`;
      return text ? dayIn(`${source}::varchar`) : undefined;
    case "DOUBLE":
      if (whole || /^(FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return `${source}::double`;
      if (!text) return undefined;
      return `case when nullif(trim(${source}), '') is not null then coalesce(try_cast(${source} as double), 'nan'::double) end`;
    default:
      return text || whole ? normalised(column, type === "VARCHAR" ? source : `${source}::varchar`) : undefined;
  }
}

/** An expression that is null for a good row and else names its first flaw, as `code:column`. */
export function flawOf(table: TableName): string {
  const cases = allColumns(table).flatMap(([name, column]) => [
    ...(column.required ? [`when ${identifier(name)} is null then ${literal(`missing-value:${name}`)}`] : []),
    ...wrongType(name, column).map((condition) => `when ${condition} then ${literal(`wrong-type:${name}`)}`),
  ]);
  return cases.length === 0 ? "null::varchar" : `case ${cases.join(" ")} end`;
}

function wrongType(name: string, { type, least, above, whole }: Column): readonly string[] {
  const value = identifier(name);
  if (type === "day") return [`${value} not between ${leastDay} and ${mostDay}`];
  if (type === "number") {
    return [
      `not isfinite(${value})`,
      ...(least === undefined ? [] : [`${value} < ${least}`]),
      ...(above === undefined ? [] : [`${value} <= ${above}`]),
      ...(whole ? [`${value} <> trunc(${value})`] : []),
    ];
  }
  if (type === "sha256") return [`not regexp_full_match(${value}, '[0-9a-f]{64}')`];
  return type === "text" ? [] : [`${value} not in (${type.map(literal).join(", ")})`];
}

/** What a column's values must look like, in words. */
export function expectation({ type, least, above, whole }: Column): string {
  if (type === "day") return "a day as YYYY-MM-DD from 1900 to 2199";
  if (type === "number") {
    const number = whole ? "a whole number" : "a number";
    if (above !== undefined) return `${number} above ${above}`;
    return least === undefined ? `${number} with a decimal point` : `${number}, ${least} or more`;
  }
  if (type === "sha256") return "a SHA-256 as 64 hex digits, after `sha256:` or not";
  return type === "text" ? "text in UTF-8" : `one of ${type.map((word) => `\`${word}\``).join(", ")}`;
}
