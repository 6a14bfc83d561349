import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Statement } from "../model/statement.ts";
import { openInventory } from "../storage/duckdb/open.ts";
import { openFolder } from "../storage/folder.ts";
import { refuseUnknownNames } from "../tasks/certify-names.ts";
import type { Input, Io } from "./command.ts";
import { shippedPacksFolder } from "./shell.ts";

const mostLevels = 8;

/** The nearest folder above a path that has one of some files; `undefined`: none does. */
export function nearestWith(path: string, names: readonly string[]): string | undefined {
  let folder = dirname(path);
  for (let level = 0; level < mostLevels; level += 1) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return undefined;
}

/**
 * In a workspace (that of `--out`, else the current folder) a statement names what the workspace has; elsewhere there is
 * nothing to compare it with. Throws `UserError`.
 */
export async function compareNames(statement: Statement, input: Input, io: Io): Promise<void> {
  const folder = nearestWith(resolve(io.cwd, input.text("out") ?? "statement.json"), ["freigabe.yaml"]);
  if (folder === undefined || input.flag("unknown-names")) return;
  const workspace = { files: openFolder(folder), shipped: shippedPacksFolder(), now: io.now };
  await refuseUnknownNames(statement, workspace, () => openInventory());
}
