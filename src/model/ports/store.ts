import type { TableName } from "../columns.ts";
import type { Day } from "../day.ts";
import type { Domain } from "../functions.ts";
import type { ElementRow, EquipmentKey, MaintenanceKey, SampleRow } from "../inventory.ts";
import type { Problem } from "../problem.ts";
import type { NetworkTables } from "./network.ts";

/** A file of a table: absolute path, and the path below the workspace that reports name. */
export interface TableFile {
  readonly table: TableName;
  readonly path: string;
  readonly name: string;
  readonly format: "csv" | "parquet";
  /** Why the file must not be opened; then it counts as one record set aside, and `path` is not looked at. */
  readonly refused?: Pick<Problem, "code" | "message"> & { readonly hint: string };
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
  /**
   * Ids of a table that differ by case, white space or hyphens alone, at most 100 sets: the first three of each, and how
   * many there are.
   */
  readonly alike: readonly { readonly table: TableName; readonly ids: readonly string[]; readonly count: number }[];
  /** Elements not in use on the as-of day: retired, planned, or in service only later. Neither assessed nor set aside. */
  readonly notInUse: number;
  /** Those of them that are planned, and the first twenty by day. */
  readonly planned: {
    readonly elements: number;
    readonly first: readonly { readonly id: string; readonly day: Day }[];
  };
  /** Distinct elements that will be assessed (each once, however many operators). */
  readonly elements: number;
}

/** What a ledger last saw, and what was signed about it since. */
export interface Recorded {
  /** Absolute path of a file that `writeRecord` wrote. */
  readonly path: string;
  /** Whether what stands there now is what stood there: names confirmed to mean the same, functions not fewer. */
  same(change: Changed): boolean;
  /** Elements of which somebody entitled signed on a day that they are gone. */
  readonly removals: readonly {
    readonly operator: string;
    readonly elements: readonly string[];
    readonly signedOn: Day;
  }[];
}

/** An element whose row says something else than it did. */
export interface Changed {
  readonly operator: string;
  readonly was: Stands;
  readonly now: Stands;
}
interface Stands {
  readonly maker: string | null;
  readonly product: string | null;
  readonly functions: string | null;
}

/** What has left: (element, operator) pairs, and elements of which nothing else is in use. */
export interface LeftCount {
  readonly verdicts: number;
  readonly elements: number;
}

/** Whose elements, in which domain (null: all), in use by when; those of no known first day always are. */
export interface InventoryPart {
  readonly operator: string;
  readonly domain: Domain | null;
  readonly until: Day;
}

/** How many elements, and the SHA-256 (hex) of their ids: sorted by their bytes, each with a newline after it. */
export interface IdSet {
  readonly count: number;
  readonly sha256: string;
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

/** What loading keeps beside the usual. */
export interface LoadOptions {
  /** Keep the site of each element: for maps, lists, and shares by site. */
  readonly sites?: boolean;
  /** Element id -> mark: elements with different marks pose different questions. For exceptions that name elements. */
  readonly marks?: ReadonlyMap<string, string>;
  /** The day at which the tables are known; if absent the as-of day. What is in use on neither day begins in the future. */
  readonly knownAt?: Day;
}

/** A verdict of the questions with these tuples as a small number, whose meaning is the caller's. */
export interface KindRow {
  readonly equipment: number;
  readonly maintenance: number;
  readonly kind: number;
}

/** Verdicts at one place: a site, or all sites in a cell of a grid where there are too many to show. */
export interface SitePoint {
  /** Site id; of a cell its south-west corner, `47.5 10.0`. */
  readonly id: string;
  readonly name: string | null;
  readonly region: string | null;
  /** Degrees, WGS 84; of a cell the mean of its sites. */
  readonly latitude: number;
  readonly longitude: number;
  readonly sites: number;
  /** Verdicts by kind. */
  readonly counts: readonly number[];
}

/** Where the verdicts lie. `placed + unplaced` is all of them but those of records set aside. */
export interface SiteCounts {
  /** Verdicts at sites with a position, and all others. */
  readonly placed: number;
  readonly unplaced: number;
  /** Sites with a position and at least one verdict. */
  readonly sites: number;
  /** Side of the cells in degrees; null: every site by itself. */
  readonly cell: number | null;
  /** Sorted by id. */
  readonly points: readonly SitePoint[];
  /** Verdicts by kind for each region of the sites table, sorted by name; `""`: no region given. */
  readonly regions: readonly { readonly name: string; readonly sites: number; readonly counts: readonly number[] }[];
}

/** One (element, operator) with the question it poses. */
export interface ListedElement {
  readonly element: string;
  readonly operator: string;
  readonly site: string | null;
  readonly maker: string | null;
  readonly product: string | null;
  readonly release: string | null;
  readonly functions: string | null;
  readonly domain: string;
  readonly equipment: number;
  readonly maintenance: number;
  /** Where its row stands, if places were asked for. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** One operator's row of an element that several operators use; texts as they stand in the tables. */
export interface SharedRow {
  readonly element: string;
  readonly operator: string;
  readonly maker: string | null;
  readonly product: string | null;
  readonly functions: string | null;
  /** Of its site; empty where none is given. */
  readonly region: string;
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
    options?: LoadOptions,
  ): Promise<LoadedTables>;
  /**
   * After `load`: compares what was recorded with what is in use now. What has left is asked about like the rest, marked as
   * such (`EquipmentKey.left`). Each call begins anew; without a record nothing has left.
   */
  recall(recorded: Recorded | undefined): Promise<LeftCount>;
  /** After `recall`: writes what is in use and what was recorded before, for a later `recall`. Returns how many rows. */
  writeRecord(path: string): Promise<number>;
  /** The elements of each part that the tables have, those set aside too as far as their id and operator can be read. */
  idSets(parts: readonly InventoryPart[]): Promise<readonly IdSet[]>;
  /** The rows of a small table, in file order, values typed by `model/columns`; with the place of each. */
  rows(table: TableName): Promise<readonly TableRow[]>;
  equipmentKeys(): Promise<readonly EquipmentKey[]>;
  maintenanceKeys(): Promise<readonly MaintenanceKey[]>;
  /** One scan: joins every (element, operator) to its ranges and groups by what is asked. */
  questions(
    ranges: readonly EquipmentRange[],
    maintenance: readonly MaintenanceTuple[],
  ): Promise<readonly QuestionGroup[]>;
  /**
   * After `questions`, if sites were kept: where the verdicts lie. At most `most` points; if there are more sites, cells
   * of a grid, as fine as that allows.
   */
  siteCounts(kinds: readonly KindRow[], most: number): Promise<SiteCounts>;
  /**
   * After `questions`: the first `most` of (element, operator) whose question is among `kinds`, by kind, element and
   * operator; `total`: how many there are. Sites only if they were kept; `places`: find file and line of each.
   */
  listElements(
    kinds: readonly KindRow[],
    most: number,
    options?: { readonly places?: boolean },
  ): Promise<{ readonly total: number; readonly rows: readonly ListedElement[] }>;
  /** After `questions`, if sites were kept: the network as numbers, for dependence, exposure and outage. */
  network(): Promise<NetworkTables>;
  /** Ids of sites, in the order of the numbers given. */
  siteIds(numbers: Uint32Array): Promise<readonly string[]>;
  /** After `questions`, if sites were kept: (element, operator) of elements that several operators use, sorted by both. */
  sharedElements(): Promise<readonly SharedRow[]>;
  /** All (element, operator) rows of one element, or none. */
  element(id: string): Promise<readonly ElementRow[]>;
  /** The same of several elements at once, sorted by element and operator. Sites only if they were kept. */
  elements(ids: readonly string[]): Promise<readonly SampleRow[]>;
  /** Those of the ids that any record of `elements` has, in use or not, readable or not. */
  standing(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Element ids near `id`, best first, at most five: for "did you mean". */
  similarIds(id: string): Promise<readonly string[]>;
  /**
   * After `questions`: writes one CSV row per (element, operator), set-aside records too, sorted by element and operator.
   * Where the column `sinceColumn` holds a day, the element's own first day takes its place if that is later. `plain`: for
   * people; cells that a spreadsheet or a terminal would obey are defused. Else every text is as it came.
   */
  writeCsv(
    path: string,
    header: readonly string[],
    verdicts: readonly VerdictRow[],
    setAside: readonly string[],
    sinceColumn: string,
    options: { readonly plain: boolean },
  ): Promise<number>;
  close(): Promise<void>;
}

export interface TableRow {
  readonly values: Readonly<Record<string, string | number | null>>;
  readonly file: string;
  readonly line: number;
}
