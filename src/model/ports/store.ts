import type { TableName } from "../columns.ts";
import type { Day } from "../day.ts";
import type { ElementRow, EquipmentKey, MaintenanceKey } from "../inventory.ts";
import type { Problem } from "../problem.ts";

/** A file of a table: absolute path, and the path below the workspace that reports name. */
export interface TableFile {
  readonly table: TableName;
  readonly path: string;
  readonly name: string;
  readonly format: "csv" | "parquet";
  /** Why the file must not be opened; then it counts as one record set aside, and `path` is not looked at. */
  readonly refused?: string;
}

export interface LoadedTables {
  readonly problems: readonly Problem[];
  readonly inputs: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly rows: number;
  }[];
  /** Element records that could not be read or not be placed; each counts as one undecided/input. */
  readonly setAside: number;
  /** Rows of `uses` that could not be read: each may have made one more operator responsible for an element. */
  readonly usesSetAside: number;
  /** Set-aside records whose element id is known, at most 1,000, sorted, with the problem's code. */
  readonly setAsideIds: readonly { readonly id: string; readonly code: string }[];
  /** Elements not in use on the as-of day: retired, or in service only later. Neither assessed nor set aside. */
  readonly notInUse: number;
  /** Distinct elements that will be assessed (each once, however many operators). */
  readonly elements: number;
}

/** Part of a key's elements: those first used in `[lo, hi)`; both null: those whose first day is not known. */
export interface EquipmentRange {
  readonly key: number;
  readonly lo: Day | null;
  readonly hi: Day | null;
  readonly tuple: number;
  readonly domain: string;
}

export interface MaintenanceTuple {
  readonly key: number;
  readonly tuple: number;
}

/** Elements that pose the same question. */
export interface QuestionGroup {
  readonly operator: string;
  readonly domain: string;
  readonly equipment: number;
  readonly maintenance: number;
  readonly elements: number;
  /** The least element id among them, as an example. */
  readonly example: string;
}

/** How many elements an operator has with a function and a maker, as the tables name them. */
export interface MakerCount {
  readonly operator: string;
  readonly functions: string | null;
  readonly maker: string | null;
  readonly elements: number;
}

/** Columns that the verdict table adds to each row of the CSV, by (equipment, maintenance) tuple. */
export interface VerdictRow {
  readonly equipment: number;
  readonly maintenance: number;
  readonly columns: readonly string[];
}

/**
 * The inventory, wherever it lies. Bulk rows never leave it: it answers with distinct keys and with counts.
 * Guarantees: answers do not depend on the order of rows or files; every list is sorted; a failure to read one file
 * is a problem, not an exception. Not for concurrent use.
 */
export interface InventoryStore {
  /** Reads the tables and keeps what is in use on `asOf`. Call once, first. */
  load(
    files: readonly TableFile[],
    asOf: Day,
    columns: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Promise<LoadedTables>;
  /** The rows of a small table, in file order, values typed by `model/columns`; with the place of each. */
  rows(table: TableName): Promise<readonly TableRow[]>;
  equipmentKeys(): Promise<readonly EquipmentKey[]>;
  maintenanceKeys(): Promise<readonly MaintenanceKey[]>;
  makerCounts(): Promise<readonly MakerCount[]>;
  /** One scan: joins every (element, operator) to its ranges and groups by what is asked. */
  questions(
    ranges: readonly EquipmentRange[],
    maintenance: readonly MaintenanceTuple[],
  ): Promise<readonly QuestionGroup[]>;
  /** All (element, operator) rows of one element, or none. */
  element(id: string): Promise<readonly ElementRow[]>;
  /** Element ids near `id`, best first, at most five: for "did you mean". */
  similarIds(id: string): Promise<readonly string[]>;
  /**
   * After `questions`: writes one CSV row per (element, operator), set-aside records too, sorted by element and operator.
   * Where the column `sinceColumn` holds a day, the element's own first day takes its place if that is later.
   */
  writeCsv(
    path: string,
    header: readonly string[],
    verdicts: readonly VerdictRow[],
    setAside: readonly string[],
    sinceColumn: string,
  ): Promise<number>;
  close(): Promise<void>;
}

export interface TableRow {
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly file: string;
  readonly line: number;
}
