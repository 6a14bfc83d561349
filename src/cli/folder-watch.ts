import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Answers whether any of the files, or files in the folders, of `root` came, went or changed since it was asked last. */
export function folderWatch(root: string, names: readonly string[]): () => boolean {
  const look = () => names.map((name) => stateOf(join(root, name))).join("\n");
  let before = look();
  return () => {
    const now = look();
    const changed = now !== before;
    before = now;
    return changed;
  };
}

function stateOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return "";
  if (!stat.isDirectory()) return `${path} ${stat.mtimeMs} ${stat.size}`;
  return readdirSync(path)
    .sort()
    .map((name) => stateOf(join(path, name)))
    .join("\n");
}
