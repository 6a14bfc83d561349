import { gatherEvidence } from "../evidence/gather.ts";
import { gatherKnowledge, type Knowledge } from "../facts/knowledge.ts";
import { checkShape } from "../model/check.ts";
import { type TableName, tableNames } from "../model/columns.ts";
import { Config } from "../model/config.ts";
import type { Day } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Evidence, TrustedKey } from "../model/evidence.ts";
import type { FolderFiles, ReadFile } from "../model/ports/files.ts";
import type { InventoryStore, LeftCount, LoadedTables } from "../model/ports/store.ts";
import type { Problem } from "../model/problem.ts";
import type { SeenFile } from "../model/record.ts";
import { readEvidence, recognisesEvidence } from "../readers/dsse.ts";
import { exceptionsFile, type Proposal, readExceptions } from "../readers/exceptions.ts";
import { withNames } from "../readers/names.ts";
import { readTrust, recognisesTrust } from "../readers/trust.ts";
import { readYaml } from "../readers/yaml.ts";
import { readCompanies } from "./companies.ts";
import { documentFiles, readOr, unreadConditions } from "./document-files.ts";
import { type Documents, readDocuments } from "./documents.ts";
import { exceptionClaims, marksOf } from "./exceptions.ts";
import { recallLeft } from "./left.ts";
import { describeProblem } from "./packs.ts";
import { seenFiles } from "./record/files.ts";
import { goneFromLedger } from "./record/gone.ts";
import { type LedgerView, readView } from "./record/view.ts";
import type { LedgerAccess } from "./shell.ts";
import { tableFiles } from "./table-files.ts";

const maxConfig = 1_000_000;
const maxDocument = 64_000_000;

/** What a workspace says before any pack looks at it: tables, who is who, and checked evidence. */
export interface Ground {
  readonly files: FolderFiles;
  readonly store: InventoryStore;
  readonly loaded: LoadedTables;
  readonly trust: readonly TrustedKey[];
  readonly evidence: readonly Evidence[];
  readonly knowledge: Knowledge;
  readonly problems: readonly Problem[];
  /** Statements signed after known-at, and documents without a signature. */
  readonly later: number;
  readonly unsigned: number;
  /** Bills of materials, advisories and lists that carry no signature of their own. */
  readonly documents: Documents;
  /** Entries of the working copy of exceptions, signed or not. */
  readonly proposals: readonly Proposal[];
  readonly inputs: LoadedTables["inputs"];
  /** What the ledger last saw in the network and the tables no longer have. */
  readonly left: LeftCount;
  /** What lies beside the tables, as a ledger lists it. */
  readonly filed: readonly SeenFile[];
  /** The ledger as it was read; absent: there is none. */
  readonly ledger?: LedgerView;
  /** Ledgers that this person has written for the workspace, of which it no longer has all entries. */
  readonly lostLedgers: readonly { readonly origin: string; readonly size: number }[];
  /** Statements that the ledger has seen and that are gone. */
  readonly vanished: readonly Evidence[];
  /** The same of which the ledger no longer has the bytes either. */
  readonly withheld: readonly SeenFile[];
}

/** The configuration, and the file it came from. */
export interface ReadConfig {
  readonly value: Config;
  readonly input: LoadedTables["inputs"][number];
}

/** Reads and checks `freigabe.yaml`. Throws `UserError` if there is none or it does not fit. */
export function readConfig(files: FolderFiles): ReadConfig {
  const file = files.read("freigabe.yaml", maxConfig);
  if (!file) throw new UserError(`no \`freigabe.yaml\` in \`${files.root}\``, "`freigabe init DIR` makes a workspace");
  const { value, problems, lineOf } = readYaml(file.bytes, file.name);
  const checked =
    problems.length > 0 ? { problems } : checkShape(Config, withNames(value), { file: file.name, lineOf });
  if ("value" in checked) return { value: checked.value, input: inputOf(file) };
  throw new UserError(checked.problems.map(describeProblem).join("\n  "), "`docs/formats.md` describes freigabe.yaml");
}

/** Reads keys, evidence and tables. What cannot be read becomes problems; nothing of it stops the rest. */
export async function openGround(
  files: FolderFiles,
  store: InventoryStore,
  config: ReadConfig,
  { asOf, knownAt }: { readonly asOf: Day; readonly knownAt: Day },
  keep: {
    readonly sites?: boolean;
    readonly ledger?: LedgerAccess | undefined;
    /** The tables that are read; absent: all. */
    readonly only?: ReadonlySet<TableName>;
  } = {},
): Promise<Ground> {
  const keys = documentFiles(files, "trust", recognisesTrust, maxDocument);
  const trusted = readTrust(keys.files);
  const found = ["evidence", "registers", "notices"].map((folder) =>
    documentFiles(files, folder, recognisesEvidence, maxDocument),
  );
  const documents = found.flatMap((one) => one.files);
  const ledger = keep.ledger && readView(keep.ledger.store, trusted.keys, keep.ledger.upTo);
  const viewpoint = { knownAt, demo: config.value.demo === true, ...(ledger && { seen: ledger }) };
  const recognised = documents.map(readEvidence);
  const gathered = gatherEvidence(recognised, trusted.keys, viewpoint);
  const { evidence, later, unsigned } = gathered;
  const gone = goneFromLedger(keep.ledger?.store.objects, ledger, recognised, trusted.keys, viewpoint);
  const unsignedOnes = await readDocuments(documents, recognised, evidence);
  const proposed = readProposals(files);
  const listed = tableFiles(files);
  // Evidence first: elements that an exception names pose questions of their own.
  const marks = marksOf(exceptionClaims(evidence), asOf);
  const options = { knownAt, ...(keep.sites && { sites: true }), ...(marks.size > 0 && { marks }) };
  const wanted = listed.tables.filter(({ table }) => keep.only?.has(table) !== false);
  const loaded = await store.load(wanted, asOf, config.value.columns ?? {}, options);
  const { companies, problems: rowProblems } = await readCompanies(store);
  const knowledge = gatherKnowledge(
    evidence,
    companies,
    damagedTables([...listed.problems, ...loaded.problems, ...rowProblems]),
    unsignedOnes.library,
    gone.vanished,
    gathered.unread,
  );
  const left = await recallLeft(store, keep.ledger?.store.objects, ledger, knowledge, asOf);
  return {
    ...{ files, store, evidence, later, unsigned, trust: trusted.keys, proposals: proposed.proposals },
    // What cannot be missed any more counts as one record that could not be read.
    loaded: { ...loaded, setAside: loaded.setAside + left.problems.length },
    documents: unsignedOnes,
    knowledge,
    left: left.count,
    filed: seenFiles(keys.files, recognised, proposed.files),
    ...gone,
    ...(ledger && { ledger }),
    lostLedgers: (keep.ledger?.memory?.earlier() ?? []).filter(
      ({ origin, size }) => origin !== ledger?.head.origin || ledger.head.size < size,
    ),
    problems: [
      ...listed.problems,
      ...loaded.problems,
      ...rowProblems,
      ...left.problems,
      ...keys.problems,
      ...trusted.problems,
      ...found.flatMap((one) => one.problems),
      ...unreadConditions(files),
      ...gathered.problems,
      ...unsignedOnes.problems,
      ...proposed.problems,
    ],
    inputs: [config.input, ...loaded.inputs, ...[...keys.files, ...documents, ...proposed.files].map(inputOf)].sort(
      (a, b) => (a.file < b.file ? -1 : 1),
    ),
  };
}

/** The working copy of exceptions; a missing one proposes nothing. */
function readProposals(files: FolderFiles) {
  const problems: Problem[] = [];
  const read = readOr(files, exceptionsFile, maxDocument, problems);
  const found = read.map(readExceptions);
  return {
    files: read,
    proposals: found.flatMap(({ proposals }) => proposals),
    problems: [...problems, ...found.flatMap((one) => one.problems)],
  };
}

/** Tables with a problem that may have cost a row its meaning; a column too many costs nothing. */
function damagedTables(problems: readonly Problem[]): ReadonlySet<TableName> {
  const files = problems.filter(({ code }) => code !== "unknown-column").map(({ place }) => place.file);
  return new Set(tableNames.filter((table) => files.some((file) => isOfTable(file, table))));
}

/** Whether a file of the workspace is meant to hold rows of a table, by its name; whether it can be read or not. */
export function isOfTable(file: string, table: TableName): boolean {
  return file.toLowerCase().startsWith(`${table}.`) || file.startsWith(`${table}/`);
}

function inputOf(file: ReadFile): LoadedTables["inputs"][number] {
  return { file: file.name, sha256: file.sha256, bytes: file.bytes.byteLength, rows: 0 };
}
