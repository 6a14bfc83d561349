import { catalogue } from "../facts/catalogue.ts";
import { strayNames } from "../facts/pack-data.ts";
import type { Config } from "../model/config.ts";
import { UserError } from "../model/errors.ts";
import type { Pack, PackFile, ParameterValue } from "../model/pack.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { type Loaded, loadPack } from "../policy/load.ts";
import { decodeUtf8 } from "../readers/json.ts";
import { readYaml } from "../readers/yaml.ts";

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
  const twice = uses.find(({ pack }, at) => uses.findIndex((other) => other.pack === pack) < at);
  if (twice)
    throw new UserError(
      `freigabe.yaml names the pack \`${twice.pack}\` twice`,
      "to compare two settings of a pack, copy it",
    );
  return uses.map(({ pack: name, parameters, use }) => ({
    pack: usePack(name, findPack(name, workspace, shipped), parameters),
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
  const { names, refused } = files.list(folder, [".yaml", ".cedar"]);
  // A rule that is left out cannot forbid, so a pack is read whole or not at all.
  if (refused[0] !== undefined) {
    throw new UserError(`\`${refused[0]}\` is no regular file of the pack's folder`, "copy the file into the pack");
  }
  const prefix = folder === "." ? "" : `${folder}/`;
  const found = names.map((name) => ({ path: name.slice(prefix.length), text: textOf(files, name) }));
  return found.some(({ path }) => path === "pack.yaml") ? found : [];
}

function textOf(files: FolderFiles, name: string): string {
  const read = files.read(name, maxPackFile);
  if (!read) throw new UserError(`\`${name}\` went away while it was read`);
  const text = decodeUtf8(read.bytes);
  if (text !== undefined) return text;
  throw new UserError(`\`${name}\` is not UTF-8`, "save the file as UTF-8");
}

/** Loads a pack and checks the names in its data against the facts that will look for them. */
export function loadWhole(files: readonly PackFile[], parameters?: Readonly<Record<string, ParameterValue>>): Loaded {
  const loaded = loadPack(files, catalogue, parameters);
  if (!loaded.pack) return loaded;
  const { manifest, rules } = loaded.pack;
  const weights = new Set(rules.flatMap(({ as }) => as ?? []));
  const strays = strayNames(manifest, new Set(rules.flatMap(({ reads }) => reads)), weights);
  if (strays.length === 0) return loaded;
  const text = files.find(({ path }) => path === "pack.yaml")?.text ?? "";
  const { lineOf } = readYaml(new TextEncoder().encode(text), "pack.yaml");
  return {
    problems: strays.map(({ pointer, message, hint }): Problem => {
      const place = { file: "pack.yaml", line: lineOf(pointer) ?? 1, pointer };
      return { kind: "problem", code: "pack", message: `\`${pointer}\`: ${message}`, hint, place, rows: 0 };
    }),
  };
}

function usePack(
  name: string,
  files: readonly PackFile[],
  parameters?: Readonly<Record<string, ParameterValue>>,
): Pack {
  const { pack, problems } = loadWhole(files, parameters);
  const hint = "no verdicts: a pack must load whole (`freigabe pack validate`)";
  if (!pack) throw new UserError(`pack \`${name}\`: ${problems.map(describeProblem).join("\n  ")}`, hint);
  if (pack.name === name) return pack;
  throw new UserError(
    `the pack in the folder \`${name}\` calls itself \`${pack.name}\``,
    "folder and `name` must be the same",
  );
}

/** A problem in one line: place, what is wrong, and the way out. */
export function describeProblem({ place, message, hint }: Problem): string {
  const line = place.line === undefined ? (place.pointer ?? "") : String(place.line);
  return `${place.file}${line ? `:${line}` : ""}: ${message}${hint ? ` (${hint})` : ""}`;
}
