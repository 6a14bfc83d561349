import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TableName } from "../src/model/columns.ts";
import type { InventoryStore, LoadedTables, LoadOptions, TableFile } from "../src/model/ports/store.ts";
import { type InventoryOptions, openInventory } from "../src/storage/duckdb/open.ts";

/** The day on which the tests look at their tables. */
export const asOf = "2026-06-01";

export interface GivenFile {
  readonly table: TableName;
  readonly text: string | Uint8Array;
  readonly format?: "csv" | "parquet";
  readonly name?: string;
}

export interface Opened {
  readonly store: InventoryStore;
  readonly loaded: LoadedTables;
  readonly folder: string;
}

/** Writes the files to a folder of their own, loads them, hands the store to `use`, and clears everything away. */
export async function withTables<T>(
  files: readonly GivenFile[],
  use: (opened: Opened) => Promise<T>,
  options: InventoryOptions &
    LoadOptions & { readonly columns?: Readonly<Record<string, Readonly<Record<string, string>>>> } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-test-"));
  const store = await openInventory(options);
  try {
    const given: readonly TableFile[] = files.map(({ table, text, format = "csv", name }, at) => {
      const file = name ?? `${table}-${at}.${format}`;
      const path = join(folder, file);
      writeFileSync(path, text);
      return { table, path, name: file, format };
    });
    return await use({ store, loaded: await store.load(given, asOf, options.columns ?? {}, options), folder });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads files and answers what loading says. */
export function loadTables(
  files: readonly GivenFile[],
  options: Parameters<typeof withTables>[2] = {},
): Promise<LoadedTables> {
  return withTables(files, async ({ loaded }) => loaded, options);
}

/** A problem in one line: code, place, rows. */
export function brief(loaded: LoadedTables): readonly string[] {
  return loaded.problems.map(({ code, place, rows }) => `${code} ${place.file}:${place.line ?? "-"} ${rows}`);
}

export const elements = (...lines: readonly string[]): GivenFile => ({
  table: "elements",
  text: ["id,operator,maker,product,release,functions,status,in_service_since", ...lines, ""].join("\n"),
});
export const relations = (...lines: readonly string[]): GivenFile => ({
  table: "relations",
  text: ["from,kind,to,from_day,until_day,place,access", ...lines, ""].join("\n"),
});
export const uses = (...lines: readonly string[]): GivenFile => ({
  table: "uses",
  text: ["operator,element,kind,share,from,until", ...lines, ""].join("\n"),
});
