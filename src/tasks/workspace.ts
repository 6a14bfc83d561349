import { gatherEvidence } from "../evidence/gather.ts";
import { gatherKnowledge, type Knowledge } from "../facts/knowledge.ts";
import { checkShape } from "../model/check.ts";
import { tableNames, tables } from "../model/columns.ts";
import { Config } from "../model/config.ts";
import { type Day, dayOf } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Evidence } from "../model/evidence.ts";
import type { FolderFiles, ReadFile } from "../model/ports/files.ts";
import type { InventoryStore, LoadedTables, TableFile } from "../model/ports/store.ts";
import type { Problem } from "../model/problem.ts";
import { readEvidence } from "../readers/dsse.ts";
import { readTrust } from "../readers/trust.ts";
import { readYaml } from "../readers/yaml.ts";
import { readCompanies } from "./companies.ts";
import { describeProblem, type UsedPack, usePacks } from "./packs.ts";
import type { Shell } from "./shell.ts";

const maxConfig = 1_000_000;
const maxDocument = 64_000_000;

/** What the person at the keyboard may say about days. */
export interface Days {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** A workspace read and checked, ready for questions. */
export interface Workspace {
  readonly config: Config;
  readonly asOf: Day;
  readonly knownAt: Day;
  readonly packs: readonly UsedPack[];
  readonly store: InventoryStore;
  readonly loaded: LoadedTables;
  readonly evidence: readonly Evidence[];
  readonly knowledge: Knowledge;
  readonly problems: readonly Problem[];
  /** Statements signed after known-at, and documents without a signature. */
  readonly later: number;
  readonly unsigned: number;
  readonly inputs: LoadedTables["inputs"];
}

/**
 * Opens a workspace: configuration, packs, tables, evidence. Unreadable rows and documents become problems; a missing
 * or broken `freigabe.yaml`, or a pack that does not load, is thrown as `UserError`.
 */
export async function openWorkspace(shell: Shell, store: InventoryStore, days: Days): Promise<Workspace> {
  const config = readConfig(shell.workspace);
  const asOf = chooseDay("--as-of", days.asOf, config.value.days?.asOf, shell.now);
  const knownAt = chooseDay("--known-at", days.knownAt, config.value.days?.knownAt, shell.now);
  const packs = usePacks(config.value, shell.workspace, shell.shipped);

  shell.progress("reading tables");
  const loaded = await store.load(tableFiles(shell.workspace), asOf, config.value.columns ?? {});
  const { companies, problems: rowProblems } = await readCompanies(store);

  shell.progress("checking evidence");
  const trusted = readTrust(documents(shell.workspace, ["trust"], [".yaml", ".yml"]).files);
  const found = documents(shell.workspace, ["evidence", "registers"], [".json"]);
  const gathered = gatherEvidence(found.files.map(readEvidence), trusted.keys, {
    knownAt,
    demo: config.value.demo === true,
  });

  return {
    config: config.value,
    asOf,
    knownAt,
    packs,
    store,
    loaded,
    evidence: gathered.evidence,
    knowledge: gatherKnowledge(gathered.evidence, companies),
    problems: [...loaded.problems, ...rowProblems, ...trusted.problems, ...found.problems, ...gathered.problems],
    later: gathered.later,
    unsigned: gathered.unsigned,
    inputs: [config.input, ...loaded.inputs, ...found.files.map(inputOf)].sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

/** Reads and checks `freigabe.yaml`. */
export function readConfig(files: FolderFiles): {
  readonly value: Config;
  readonly input: LoadedTables["inputs"][number];
} {
  const file = files.read("freigabe.yaml", maxConfig);
  if (!file) throw new UserError(`no \`freigabe.yaml\` in \`${files.root}\``, "`freigabe init DIR` makes a workspace");
  const { value, problems, lineOf } = readYaml(file.bytes, file.name);
  const checked = problems.length > 0 ? { problems } : checkShape(Config, value, { file: file.name, lineOf });
  if ("value" in checked) return { value: checked.value, input: inputOf(file) };
  throw new UserError(checked.problems.map(describeProblem).join("\n  "), "`docs/formats.md` describes freigabe.yaml");
}

function inputOf(file: ReadFile): LoadedTables["inputs"][number] {
  return { file: file.name, sha256: file.sha256, bytes: file.bytes.byteLength, rows: 0 };
}

/** Flag, else configuration, else today in UTC. */
function chooseDay(flag: string, given: string | undefined, configured: string | undefined, now: Date): Day {
  const text = given ?? configured ?? now.toISOString().slice(0, 10);
  const day = text.length === 10 ? dayOf(text) : undefined;
  if (day !== undefined) return day;
  throw new UserError(`expected a day for \`${flag}\`, got \`${text}\``, "write it as YYYY-MM-DD");
}

/** The files of every table: `NAME.csv` in the workspace, and for large tables the folder `NAME/` too. */
function tableFiles(files: FolderFiles): readonly TableFile[] {
  return tableNames.flatMap((table) => {
    const single = files.list(".", [`${table}.csv`]).names.filter((name) => name === `${table}.csv`);
    const inFolder = "large" in tables[table] ? files.list(table, [".csv", ".parquet"]).names : [];
    return [...single, ...inFolder].map((name): TableFile => {
      return { table, name, path: files.resolve(name), format: name.endsWith(".parquet") ? "parquet" : "csv" };
    });
  });
}

function documents(files: FolderFiles, folders: readonly string[], extensions: readonly string[]) {
  const problems: Problem[] = [];
  const read = folders.flatMap((folder) => {
    const { names, refused } = files.list(folder, extensions);
    problems.push(...refused.map((name) => aside(name, "outside-workspace", "the link leads out of the workspace")));
    return names.flatMap((name) => readOr(files, name, problems));
  });
  return { files: read, problems };
}

function readOr(files: FolderFiles, name: string, problems: Problem[]): readonly ReadFile[] {
  try {
    const file = files.read(name, maxDocument);
    return file ? [file] : [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(aside(name, "unreadable", error.message, error.hint));
    return [];
  }
}

function aside(file: string, code: Problem["code"], message: string, hint?: string): Problem {
  return { kind: "problem", code, message, ...(hint && { hint }), place: { file }, rows: 0 };
}
