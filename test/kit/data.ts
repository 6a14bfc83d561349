/** Real documents that the project's data folder holds; they are not part of the repository. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { ReadFile } from "../../src/model/ports/files.ts";

const folder = process.env.FREIGABE_DATA ?? join(import.meta.dirname, "../../../shared/data");

/** Absolute path of something in the data folder. */
export const dataPath = (path: string): string => join(folder, path);

/** What `test` takes as options: loudly skipped where the data is not there. */
export function needs(path: string): { readonly skip?: string } {
  return existsSync(join(folder, path)) ? {} : { skip: `SKIPPED: real data not found at ${join(folder, path)}` };
}

/** A file of the data folder as readers take it; its name is the last part of its path. */
export function dataFile(path: string): ReadFile {
  const bytes = readFileSync(join(folder, path));
  return { name: basename(path), bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Paths below the data folder, sorted. */
export function dataPaths(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .map((path) => relative(folder, join(folder, path)))
    .sort();
}
