import type { Assessment } from "../../model/assessment.ts";
import type { Fact, Facts } from "../../model/fact.ts";
import type { GateResult } from "../../model/gate-result.ts";
import type { InventoryStore } from "../../model/ports/store.ts";
import type { Action, Verdict } from "../../model/verdict.ts";
import type { Questions } from "../ask.ts";
import { Judge, type JudgedGroup } from "../judge.ts";
import type { Way } from "../settings.ts";
import { csvHeader, csvRows, csvSetAside } from "../verdict-rows.ts";

/** What a decision comes down to, and what a replay must find again: outcome, basis, rules, facts. */
export interface DecisionCore {
  /** Absolute path of the CSV with a row per element and operator. */
  readonly rows: string;
  /** Absolute path of what a later run compares its tables with, and how many rows it has. */
  readonly inventory: { readonly path: string; readonly rows: number };
  /** A line of JSON per distinct question, in the order of their numbers in `rows`, and one per verdict on a network. */
  readonly questions: readonly string[];
}

/** The header of the rows: that of the CSV of verdicts, and the line of the question (from 0). */
export const rowsHeader = [...csvHeader, "question"];

/** Writes the rows of a decision to `path` and returns its core. After `questions` of the store. */
export async function writeCore(
  {
    store,
    action,
    ways,
    questions,
    judged,
    network,
  }: {
    readonly store: InventoryStore;
    readonly action: Action;
    readonly ways: readonly Way[];
    readonly questions: Questions;
    readonly judged: readonly JudgedGroup[];
    readonly network: Assessment["network"];
  },
  path: string,
): Promise<DecisionCore> {
  const judge = new Judge(questions, ways);
  const numbers = new Map<string, number>();
  const lines: string[] = [];
  for (const { group } of judged) {
    const name = `${group.equipment} ${group.maintenance}`;
    if (numbers.has(name)) continue;
    numbers.set(name, lines.length);
    const verdicts = ways.flatMap(({ use, differs }, way) =>
      differs.kind === "nothing" ? judge.verdicts(group, way).map((verdict) => ({ use, ...coreOf(verdict) })) : [],
    );
    lines.push(JSON.stringify({ question: lines.length, verdicts }));
  }
  const rows = csvRows(action, judged).map((row) => ({
    ...row,
    columns: [...row.columns, String(numbers.get(`${row.equipment} ${row.maintenance}`))],
  }));
  await store.writeCsv(path, rowsHeader, rows, [...csvSetAside(action), ""], "since", { plain: false });
  const inventory = `${path}.inventory`;
  return {
    rows: path,
    inventory: { path: inventory, rows: await store.writeRecord(inventory) },
    questions: [...lines, ...network.map((verdict) => JSON.stringify({ network: verdict }))],
  };
}

/** The decision on each line of an order, one line of JSON each, and on each network. */
export function gateLines(
  { lines, network }: GateResult,
  cores: ReadonlyMap<number, readonly ReturnType<typeof coreOf>[]>,
): readonly string[] {
  const decided = lines.map(({ line, id, operator, product, release, functions, quantity, ...verdict }) => {
    const { outcome, basis, bases, reasons, exceptions } = verdict;
    const rules = reasons.map(({ pack, rule }) => `${pack}/${rule}`);
    const asked = { line, id, operator, product, release, functions, quantity };
    const core = { outcome, basis, bases, rules, ...(exceptions && { exceptions }) };
    return JSON.stringify({ ...asked, ...core, verdicts: cores.get(line) ?? [] });
  });
  return [...decided, ...network.map((verdict) => JSON.stringify({ network: verdict }))];
}

/** A verdict without its words: outcome, basis, rules that stand against it, and the facts it was taken from. */
export function coreOf({ pack, outcome, basis, reasons, exceptions, facts }: Verdict) {
  return { pack, outcome, basis, rules: reasons, ...(exceptions && { exceptions }), facts: valuesOf(facts) };
}

function valuesOf(facts: Facts): Readonly<Record<string, unknown>> {
  const names = Object.keys(facts).sort();
  return Object.fromEntries(names.map((name) => [name, spanOf(facts[name]!)]));
}

/** Graded: from worst to best; selecting: what is possible. */
function spanOf(fact: Fact): unknown {
  return fact.kind === "graded" ? { worst: fact.worst, best: fact.best } : { possible: fact.possible };
}
