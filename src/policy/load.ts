import { createHash } from "node:crypto";
import type { FactDefinition } from "../model/fact.ts";
import type { Pack, PackFile, TruthTable } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import type { Action } from "../model/verdict.ts";
import { validatePolicies } from "./cedar.ts";
import { type Overrides, type ReadManifest, readManifest } from "./manifest.ts";
import { compareText, inOrder, refusal } from "./refusal.ts";
import { complaintProblem, type ReadRule, readRules } from "./rules.ts";
import { cedarSchema, fits } from "./schema.ts";
import { entries, notMonotone, tabulator, tooLarge } from "./table.ts";
import { weigh } from "./weigh.ts";

const mostEntriesOfAll = 50_000;

/** A pack, if every file of it is in order; else what is not, by file and line. */
export interface Loaded {
  readonly pack?: Pack;
  readonly problems: readonly Problem[];
}

/**
 * Loads a pack: reads `pack.yaml` and the rules, lets Cedar validate them against the catalogue, asks it every rule
 * over all values of its facts, and refuses the pack as a whole if anything could make it admit by accident. Never
 * throws for what a pack says; a wrong catalogue is a bug and throws.
 */
export function loadPack(
  files: readonly PackFile[],
  catalogue: readonly FactDefinition[],
  overrides: Overrides = {},
): Loaded {
  const { read, problems: unread } = readManifest(files, catalogue, overrides);
  if (!read) return { problems: inOrder(unread) };
  const { rules: written, problems: refused } = readRules(files, catalogue, read.actions);
  const { rules, problems: weightless } = weigh(written, read);
  const invalid = validate(rules, catalogue, read.actions);
  const sound = rules.filter(({ rule }) => !invalid.some(({ place }) => isWithin(place, rule)));
  const tabled = tableAll(sound, catalogue, read.actions);
  const problems = [...refused, ...weightless, ...invalid, ...tabled.problems];
  if (problems.length > 0) return { problems: inOrder(problems) };
  return { pack: assemble(files, read, catalogue, rules, tabled.tables), problems: [] };
}

function isWithin(place: Problem["place"], rule: ReadRule["rule"]): boolean {
  const last = rule.line + rule.text.split("\n").length - 1;
  return place.file === rule.file && (place.line ?? 0) >= rule.line && (place.line ?? 0) <= last;
}

/** The strict validator, once per group of rules that speak of the same actions. */
function validate(
  rules: readonly ReadRule[],
  catalogue: readonly FactDefinition[],
  actions: readonly Action[],
): readonly Problem[] {
  const groups = Map.groupBy(rules, (rule) => (rule.named ? actions : rule.actions).join(" "));
  return [...groups.values()].flatMap((group) => {
    const spoken = group[0]!.named ? actions : group[0]!.actions;
    // By place in the file, for ids may be equal (which is a problem of its own).
    const texts = new Map(group.map(({ rule }, index) => [`${index}`, rule.text]));
    const { errors, warnings } = validatePolicies(cedarSchema(catalogue, spoken), texts);
    // A rule that is always false is harmless: its table shows it, and it is listed as dead.
    const odd = warnings.filter(({ message }) => !message.includes("policy is impossible"));
    return [...errors, ...odd].map((complaint) => complaintProblem(group[Number(complaint.policy)]!.rule, complaint));
  });
}

type Tables = ReadonlyMap<string, readonly TruthTable[]>;

function tableAll(
  rules: readonly ReadRule[],
  catalogue: readonly FactDefinition[],
  spoken: readonly Action[],
): { readonly tables: Tables; readonly problems: readonly Problem[] } {
  const tables = new Map<string, readonly TruthTable[]>();
  const problems: Problem[] = [];
  const tabulate = tabulator(catalogue, spoken);
  let asked = 0;
  for (const { rule, actions } of rules) {
    const facts = catalogue
      .filter((fact) => rule.reads.includes(fact.name))
      .sort((a, b) => compareText(a.name, b.name));
    asked += entries(facts);
    const large = tooLarge(facts) ?? allTooLarge(asked);
    const forbids = large ?? tabulate(rule, facts, actions[0]!);
    const faults = forbids instanceof Uint8Array ? notMonotone(rule.id, facts, forbids) : [forbids];
    problems.push(...faults.map(({ message, hint }) => refusal(rule, message, hint)));
    if (forbids instanceof Uint8Array)
      tables.set(
        rule.id,
        actions.map((action) => ({ action, facts, forbids })),
      );
  }
  return { tables, problems };
}

function allTooLarge(asked: number) {
  if (asked <= mostEntriesOfAll) return undefined;
  const message = `expected tables of at most ${mostEntriesOfAll} entries in all, got ${asked} up to this rule`;
  return { message, hint: "let the rules read fewer facts at a time" };
}

function assemble(
  files: readonly PackFile[],
  { manifest, actions, parameters }: ReadManifest,
  catalogue: readonly FactDefinition[],
  rules: readonly ReadRule[],
  tables: Tables,
): Pack {
  const fires = (id: string) => tables.get(id)?.some(({ forbids }) => forbids.includes(1)) === true;
  const sorted = rules.map(({ rule }) => rule).sort((a, b) => compareText(a.id, b.id));
  return Object.freeze({
    name: manifest.name,
    version: manifest.version,
    title: manifest.title,
    digest: digestOf(files),
    manifest,
    parameters,
    actions,
    facts: catalogue.filter((fact) => actions.some((action) => fits(fact, action))),
    rules: sorted,
    tables,
    dead: sorted.map(({ id }) => id).filter((id) => !fires(id)),
  });
}

/** SHA-256 over path and text of every file, sorted by path, each with its length in bytes before it. */
function digestOf(files: readonly PackFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of [...files].sort((a, b) => compareText(a.path, b.path))) {
    for (const piece of [path, text]) hash.update(`${Buffer.byteLength(piece)}:${piece},`);
  }
  return hash.digest("hex");
}
