import { countryCodes, isUserAssigned } from "../model/countries.ts";
import type { CostFigure, MarketFigure } from "../model/market.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { readSpreadsheet, type SheetRow } from "./spreadsheet.ts";

const limits = { bytes: 5_000_000, columns: 40, cell: 2_000 };
const marketColumns = ["area", "segment", "year", "measure", "supplier", "least", "most", "source", "tag"] as const;
const costDomains: readonly string[] = ["access", "transport", "core", "management", ""];
const costColumns = ["what", "domain", "unit", "currency", "least", "most", "scope", "source", "tag"] as const;

/** What a file of figures says; a record that does not fit is a problem with its line and is left out. */
export interface Figures<T> {
  readonly figures: readonly T[];
  readonly problems: readonly Problem[];
}

/** Reads a table of published market figures (docs/coalition.md): shares lie between 0 and 100, sizes above 0. */
export function readMarket(file: ReadFile): Figures<MarketFigure> {
  return read(file, marketColumns, (cell, line): MarketFigure | string => {
    const suppliers = cell.supplier === "" ? [] : cell.supplier.split("+").map((name) => name.trim());
    const [year, least, most] = [numberOf(cell.year), numberOf(cell.least), numberOf(cell.most)];
    const area = areaFault(cell.area);
    if (area !== undefined) return area;
    if (suppliers.includes("")) return `expected supplier names joined by \`+\`, got \`${cell.supplier}\``;
    if (year === null || !Number.isInteger(year)) return `expected a \`year\`, got \`${cell.year}\``;
    if (least === null || most === null || least < 0 || most < least)
      return `expected numbers with 0 <= least <= most, got \`${cell.least}\` and \`${cell.most}\``;
    if (suppliers.length > 0 && most > 100) return `expected a share of at most 100 percent, got \`${cell.most}\``;
    if (suppliers.length === 0 && cell.measure === "size" && least === 0) return "expected a size above 0";
    const { segment, measure, source, tag } = cell;
    return { area: cell.area, segment, year, measure, suppliers, least, most, source, tag, line };
  });
}

function areaFault(area: string): string | undefined {
  if (area === "") return "expected an `area`";
  if (!/^[A-Z]{2}$/.test(area) || countryCodes.has(area) || isUserAssigned(area)) return undefined;
  return `expected an assigned code of a country (ISO 3166-1 alpha-2), got \`${area}\``;
}

/** Reads a table of published cost figures (docs/restriction.md). */
export function readCosts(file: ReadFile): Figures<CostFigure> {
  return read(file, costColumns, (cell): CostFigure | string => {
    const [least, most] = [numberOf(cell.least), numberOf(cell.most)];
    const given = [cell.least !== "", cell.most !== ""];
    if ((given[0] && least === null) || (given[1] && most === null) || (least === null && most === null))
      return `expected a number for \`least\`, \`most\` or both, got \`${cell.least}\` and \`${cell.most}\``;
    if ((least ?? 0) < 0 || (most ?? least ?? 0) < (least ?? 0))
      return `expected 0 <= least <= most, got \`${cell.least}\` and \`${cell.most}\``;
    if (!costDomains.includes(cell.domain))
      return `expected a domain of ${costDomains.slice(0, -1).join(", ")}, or none, got \`${cell.domain}\``;
    const { what, domain, unit, currency, scope, source, tag } = cell;
    return { what, domain, unit, currency, least, most, scope, source, tag };
  });
}

function read<Name extends string, T>(
  file: ReadFile,
  columns: readonly Name[],
  make: (cell: Readonly<Record<Name, string>>, line: number) => T | string,
): Figures<T> {
  const { sheet, problems } = readSpreadsheet(file.bytes, file.name, limits);
  if (!sheet) return { figures: [], problems };
  const missing = columns.filter((name) => !sheet.header.includes(name));
  if (missing.length > 0)
    return {
      figures: [],
      problems: [problem(file, 1, `expected a column \`${missing[0]}\` in the header`, sheet.rows.length)],
    };
  const cellsOf = ({ cells }: SheetRow) =>
    Object.fromEntries(columns.map((name) => [name, (cells[sheet.header.indexOf(name)] ?? "").trim()])) as Record<
      Name,
      string
    >;
  const made = sheet.rows.map((row) => ({ row, made: make(cellsOf(row), row.line) }));
  return {
    figures: made.flatMap((one) => (typeof one.made === "string" ? [] : [one.made])),
    problems: [
      ...problems,
      ...made.flatMap((one) => (typeof one.made === "string" ? [problem(file, one.row.line, one.made, 1)] : [])),
    ],
  };
}

function problem(file: ReadFile, line: number, message: string, rows: number): Problem {
  return { kind: "problem", code: "wrong-shape", message, place: { file: file.name, line }, rows };
}

/** A plain decimal number; null for anything else, an empty text too. */
function numberOf(text: string): number | null {
  return /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : null;
}
