import { catalogue } from "../facts/catalogue.ts";
import type { Config } from "../model/config.ts";
import { UserError } from "../model/errors.ts";
import type { Pack, PackFile, ParameterValue } from "../model/pack.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { loadPack } from "../policy/load.ts";

const maxPackFile = 2_000_000;

/** A pack as a workspace uses it. */
export interface UsedPack {
  readonly pack: Pack;
  readonly use: "binding" | "compare";
}

/** The packs a workspace names, its own (below `packs/`) before the shipped ones. An invalid pack stops everything. */
export function usePacks(config: Config, workspace: FolderFiles, shipped: FolderFiles): readonly UsedPack[] {
  const uses = [
    ...config.binding.map((used) => ({ ...used, use: "binding" as const })),
    ...(config.compare ?? []).map((used) => ({ ...used, use: "compare" as const })),
  ];
  return uses.map(({ pack: name, parameters, use }) => ({
    pack: usePack(findPack(name, workspace, shipped), parameters),
    use,
  }));
}

/** A pack's files, wherever it lies. Throws `UserError` if no folder of that name holds a pack. */
export function findPack(name: string, workspace: FolderFiles | undefined, shipped: FolderFiles): readonly PackFile[] {
  const own = workspace ? packFiles(workspace, `packs/${name}`) : [];
  const files = own.length > 0 ? own : packFiles(shipped, name);
  if (files.length > 0) return files;
  throw new UserError(
    `no pack \`${name}\``,
    `shipped packs: ${shippedPacks(shipped).join(" ")}; your own lie in \`packs/\` of the workspace`,
  );
}

/** Names of the shipped packs, sorted. */
export function shippedPacks(shipped: FolderFiles): readonly string[] {
  const manifests = shipped.list(".", ["pack.yaml"]).names.filter((name) => name.split("/").length === 2);
  return manifests.map((name) => name.split("/")[0]!).sort();
}

/** All text files of a pack's folder, with paths below it; empty if it holds no `pack.yaml`. */
export function packFiles(files: FolderFiles, folder: string): readonly PackFile[] {
  const names = files.list(folder, [".yaml", ".cedar"]).names;
  const prefix = folder === "." ? "" : `${folder}/`;
  const found = names.map((name) => ({ path: name.slice(prefix.length), text: textOf(files, name) }));
  return found.some(({ path }) => path === "pack.yaml") ? found : [];
}

function textOf(files: FolderFiles, name: string): string {
  const read = files.read(name, maxPackFile);
  if (!read) throw new UserError(`\`${name}\` went away while it was read`);
  return new TextDecoder().decode(read.bytes);
}

function usePack(files: readonly PackFile[], parameters?: Readonly<Record<string, ParameterValue>>): Pack {
  const { pack, problems } = loadPack(files, catalogue, parameters);
  if (pack) return pack;
  throw new UserError(
    problems.map(describeProblem).join("\n  "),
    "no verdicts: a pack must load whole (`freigabe pack validate`)",
  );
}

/** A problem in one line: place, what is wrong, and the way out. */
export function describeProblem({ place, message, hint }: Problem): string {
  const line = place.line === undefined ? (place.pointer ?? "") : String(place.line);
  return `${place.file}${line ? `:${line}` : ""}: ${message}${hint ? ` (${hint})` : ""}`;
}
