import { UserError } from "../../model/errors.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import type { DecisionFields, InputManifest, Lines } from "../../model/record.ts";
import { type Action, actions } from "../../model/verdict.ts";
import { cedarVersion } from "../../policy/cedar.ts";
import { assess } from "../assess.ts";
import { gate } from "../gate.ts";
import type { LedgerAccess, Shell } from "../shell.ts";
import { type DecisionEntry, decisionOf, headOf } from "./find.ts";
import { linesOf, treeOver } from "./lines.ts";
import { readManifest } from "./references.ts";
import { entriesOf, readView } from "./view.ts";

/** What a replay needs of the disk: an empty folder of its own, and files by their digest. */
export interface ReplayWorld {
  /** Opens a folder below the scratch folder; it is made if it is not there. */
  folder(name: string): FolderFiles;
  /** Copies a file of that digest to a path; false if there is none, or it has other bytes. */
  copyFile(from: string, sha256: string, to: string): boolean;
  chunks(path: string): Iterable<Uint8Array>;
  openStore: Shell["openStore"];
}

/** What came of deciding again. */
export interface Replay {
  readonly entry: number;
  readonly time: string;
  readonly decision: DecisionFields["kind"];
  /** `missing`: an input is not there, so nothing was decided again. */
  readonly outcome: "same" | "differs" | "missing";
  /** What differs, recorded and now; at most ten of each kind. */
  readonly differences: readonly string[];
  readonly missing: readonly { readonly path: string; readonly sha256: string; readonly why: string }[];
  readonly engine: { readonly recorded: string; readonly now: string };
}

const mostShown = 10;
const longestShown = 400;

/** Decides again what a decision decided, from the inputs, packs and days that it names, and compares the cores. */
export async function replay(
  {
    access,
    world,
    version,
    progress,
  }: Pick<Shell, "version" | "progress"> & { readonly access: LedgerAccess; readonly world: ReplayWorld },
  entry: DecisionEntry,
): Promise<Replay> {
  const decision = decisionOf(entry);
  const { engine } = decision;
  const cedar = cedarVersion();
  const base = {
    entry: entry.index,
    time: entry.content.predicate.timeVerified,
    decision: decision.kind,
    engine: { recorded: `${engine.freigabe}, Cedar ${engine.cedar}`, now: `${version}, Cedar ${cedar}` },
  };
  progress(`fetching what entry ${entry.index} rests on`);
  const [inputs] = entry.content.predicate.inputAttestations;
  if (!inputs) throw new UserError(`entry ${entry.index} names no inputs`);
  const redacted = readView(access.store)?.redacted ?? new Map<string, string>();
  if (redacted.has(inputs.digest.sha256)) {
    const why = withheld(redacted, inputs.digest.sha256);
    return {
      ...base,
      outcome: "missing",
      differences: [],
      missing: [{ path: "list of inputs", sha256: inputs.digest.sha256, why }],
    };
  }
  const manifest = readManifest(access.store.objects, inputs.digest.sha256, entry.index);
  const missing = layOut(access.store, world, manifest, redacted);
  if (missing.length > 0) return { ...base, outcome: "missing", differences: [], missing };
  const upTo = sizeBefore(access.store, entry);
  const shell: Shell = {
    ...{ workspace: world.folder("workspace"), shipped: world.folder("packs"), openStore: world.openStore },
    ...{ version, progress, now: new Date(base.time), ledger: { ...access, upTo } },
  };
  const differences = await decideAgain(shell, access.store, world, decision, manifest);
  return { ...base, outcome: differences.length === 0 ? "same" : "differs", differences, missing: [] };
}

/** Puts every input where it lay; what cannot be had is named. */
function layOut(
  store: LedgerStore,
  world: ReplayWorld,
  manifest: InputManifest,
  redacted: ReadonlyMap<string, string>,
): Replay["missing"] {
  const folders = { workspace: world.folder("workspace"), pack: world.folder("packs"), order: world.folder("order") };
  return manifest.files.flatMap(({ from, path, sha256, kept }) => {
    const to = folders[from].resolve(from === "order" ? "order.csv" : path);
    const isThere =
      store.objects.copyTo(sha256, to) || (!kept && world.copyFile(`${manifest.root}/${path}`, sha256, to));
    if (isThere) return [];
    const where = kept
      ? "its bytes are gone from the ledger"
      : `it was not kept, and is not at \`${manifest.root}\` as it was`;
    return [{ path, sha256, why: redacted.has(sha256) ? withheld(redacted, sha256) : where }];
  });
}

function withheld(redacted: ReadonlyMap<string, string>, sha256: string): string {
  return `input withheld: ${redacted.get(sha256)}`;
}

/** How many entries there were when the decision was made: those entered with it came after. */
function sizeBefore(store: LedgerStore, { index, content }: DecisionEntry): number {
  const time = content.predicate.timeVerified;
  const together = (at: number) => {
    const [entry] = entriesOf(store, headOf(store), at, at + 1);
    const said = entry?.content;
    return (said?.kind === "files" || said?.kind === "start") && said.predicate.recordedAt === time;
  };
  let before = index;
  while (before > 0 && together(before - 1)) before -= 1;
  return before;
}

async function decideAgain(
  shell: Shell,
  store: LedgerStore,
  world: ReplayWorld,
  decision: DecisionFields,
  manifest: InputManifest,
): Promise<readonly string[]> {
  const days = { asOf: decision.asOf, knownAt: decision.knownAt, action: actionOf(decision.action) };
  if (decision.kind === "gate") {
    const file = manifest.files.find(({ from }) => from === "order");
    const order = file && readOrder(world, file.path);
    if (!order) throw new UserError("the decision names no order");
    const { result, lines } = await gate(shell, order, days);
    const now = [Buffer.from(lines.map((line) => `${line}\n`).join(""))];
    return [...packsDiffer(decision, result.packs), ...linesDiffer(store, "line", decision.rows, now, false)];
  }
  const path = world.folder(".").resolve("rows.csv");
  const { assessment, core } = await assess(shell, { ...days, rows: { path, record: false } });
  const questions = [Buffer.from((core?.questions ?? []).map((line) => `${line}\n`).join(""))];
  return [
    ...packsDiffer(decision, assessment.packs),
    ...linesDiffer(store, "row", decision.rows, world.chunks(path), true),
    ...(decision.questions ? linesDiffer(store, "question", decision.questions, questions, false) : []),
  ];
}

function actionOf(word: string): Action {
  const action = actions.find((known) => known === word);
  if (action) return action;
  throw new UserError(`the decision is about an action \`${word}\` that this version does not know`);
}

function readOrder(world: ReplayWorld, name: string): ReadFile | undefined {
  const file = world.folder("order").read("order.csv", 50_000_000);
  return file && { ...file, name };
}

function packsDiffer(
  { packs }: DecisionFields,
  now: readonly { readonly name: string; readonly digest: string }[],
): readonly string[] {
  return packs
    .filter(({ name, digest }) => now.find((pack) => pack.name === name)?.digest !== digest)
    .map(({ name }) => `pack ${name}: it is not the one that was recorded`);
}

/** Equal roots are equal lines; else the first that differ, side by side where the recorded ones are still there. */
function linesDiffer(
  { objects }: LedgerStore,
  what: string,
  recorded: Lines,
  now: Iterable<Uint8Array>,
  csv: boolean,
): readonly string[] {
  const pieces = [...now];
  const tree = treeOver(pieces, { csv });
  if (tree.root === recorded.root && tree.lines === recorded.lines) return [];
  const head = `${what}s: ${recorded.lines} recorded with root ${recorded.root.slice(0, 16)}, now ${tree.lines} with root ${tree.root.slice(0, 16)}`;
  if (!objects.has(recorded.sha256)) return [`${head}; the recorded ones were withheld`];
  const before = linesOf(objects.chunks(recorded.sha256), { csv });
  const shown: string[] = [];
  let index = 0;
  for (const line of linesOf(pieces, { csv })) {
    const { value: old } = before.next() as IteratorResult<Uint8Array, undefined>;
    if (shown.length < mostShown && (!old || Buffer.compare(old, line) !== 0)) {
      shown.push(`${what} ${index}: recorded ${text(old)}, now ${text(line)}`);
    }
    index += 1;
  }
  return [head, ...shown];
}

function text(line: Uint8Array | undefined): string {
  if (!line) return "none";
  const whole = Buffer.from(line).toString("utf8");
  return `\`${whole.length > longestShown ? `${whole.slice(0, longestShown)}...` : whole}\``;
}
