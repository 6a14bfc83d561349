import { gatherEvidence } from "../../evidence/gather.ts";
import { gatherKnowledge, type Knowledge } from "../../facts/knowledge.ts";
import { type TableName, tableNames, tables } from "../../model/columns.ts";
import type { Day } from "../../model/day.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { InventoryStore, LoadedTables, TableFile } from "../../model/ports/store.ts";
import type { Problem } from "../../model/problem.ts";
import { readEvidence, recognisesEvidence } from "../../readers/dsse.ts";
import { readTrust } from "../../readers/trust.ts";
import { readCompanies } from "../companies.ts";
import { readConfig } from "../workspace.ts";

const maxDocument = 64_000_000;

/** What matching needs of a workspace: tables, names, evidence and keys, but no packs: a broken pack hinders nobody. */
export interface MatchGround {
  readonly files: FolderFiles;
  readonly store: InventoryStore;
  readonly loaded: LoadedTables;
  readonly knowledge: Knowledge;
  readonly trust: readonly TrustedKey[];
  readonly demo: boolean;
  readonly today: Day;
  readonly problems: readonly Problem[];
}

/** Reads it as of today. Throws `UserError` if the folder is no workspace. */
export async function openGround(files: FolderFiles, store: InventoryStore, now: Date): Promise<MatchGround> {
  const config = readConfig(files).value;
  const demo = config.demo === true;
  const today = now.toISOString().slice(0, 10);
  const loaded = await store.load(
    tableNames.flatMap((table) => filesOf(files, table)),
    today,
    config.columns ?? {},
  );
  const { companies, problems } = await readCompanies(store);
  const { keys, problems: untrusted } = readTrust(readAll(files, "trust", [".yaml", ".yml"]));
  const found = ["evidence", "registers"].flatMap((folder) => readAll(files, folder, [".json", ".dsse"]));
  const documents = found.filter(({ name }) => recognisesEvidence(name)).map(readEvidence);
  const { evidence, problems: refused } = gatherEvidence(documents, keys, { knownAt: today, demo });
  return {
    ...{ files, store, loaded, trust: keys, demo, today },
    knowledge: gatherKnowledge(evidence, companies),
    problems: [...loaded.problems, ...problems, ...untrusted, ...refused],
  };
}

function filesOf(files: FolderFiles, table: TableName): readonly TableFile[] {
  const own = files.list(".", [`${table}.csv`]).names.filter((name) => name === `${table}.csv`);
  const below = "large" in tables[table] ? files.list(table, [".csv", ".parquet"]).names : [];
  return [...own, ...below].map((name) => {
    return { table, name, path: files.resolve(name), format: name.endsWith(".parquet") ? "parquet" : "csv" };
  });
}

function readAll(files: FolderFiles, folder: string, extensions: readonly string[]): readonly ReadFile[] {
  return files.list(folder, extensions).names.flatMap((name) => files.read(name, maxDocument) ?? []);
}
