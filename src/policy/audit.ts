import type { FactDefinition, Facts, FactValue } from "../model/fact.ts";
import type { Pack } from "../model/pack.ts";
import type { Action } from "../model/verdict.ts";
import { type Answer, type CedarValueJson, prepare } from "./cedar.ts";
import { encode, factOf, type Question, type RuleSet, rulesFor } from "./compile.ts";
import { compareText } from "./refusal.ts";
import { cedarSchema, cedarValue, fits } from "./schema.ts";
import { combinations, eachCombination, indexAt, mostCombinations } from "./survey.ts";

export interface AuditCase {
  readonly question: Question;
  readonly facts: Facts;
}

/** One question on which Cedar and the truth tables do not agree, or which Cedar could not answer. */
export interface Difference {
  /** Place of the case in the list that was given. */
  readonly index: number;
  readonly action: Action;
  readonly asOf: string;
  readonly corner: "best" | "worst";
  /** The facts as asked, by name. */
  readonly facts: Readonly<Record<string, FactValue>>;
  /** Rules that forbid by the tables, and by Cedar (absent if it failed: then `message` says how). */
  readonly tables: readonly string[];
  readonly cedar?: readonly string[];
  readonly message: string;
}

export interface Audit {
  /** Requests put to Cedar. */
  readonly asked: number;
  /** Cases they belong to: fewer than chosen where a case has too many combinations. */
  readonly questions: number;
  readonly differences: readonly Difference[];
}

/**
 * Cedar as the oracle over the tables: for a seeded sample of the cases (or all) it is asked, with all rules of the
 * day at once, the best and the worst corner of every combination of the selecting facts. A case with more than 4,096
 * combinations is undecided by itself and is not asked. Equal arguments give equal bytes.
 */
export function audit(
  pack: Pack,
  cases: readonly AuditCase[],
  how: { readonly sample: number | "all"; readonly seed: number },
): Audit {
  const chosen = how.sample === "all" ? cases.map((_, at) => at) : sampleOf(cases.length, how.sample, how.seed);
  const groups = Map.groupBy(chosen, (index) => rulesFor(pack, cases[index]!.question, "decide"));
  const withRules = prepare(cedarSchema(pack.facts, pack.actions));
  let [asked, questions] = [0, 0];
  const differences: Difference[] = [];
  for (const [set, indexes] of groups) {
    const ask = withRules(new Map(set.rules.map(({ rule }) => [rule.id, rule.text])));
    for (const index of indexes) {
      const corners = cornersOf(pack, set, index, cases[index]!);
      if (corners.length > 0) questions++;
      for (const corner of corners) {
        asked++;
        const answer = ask(corner.action, contextOf(pack.facts, corner.facts));
        const difference = compare(corner, answer);
        if (difference) differences.push(difference);
      }
    }
  }
  return { asked, questions, differences: differences.sort((a, b) => a.index - b.index) };
}

type Corner = Omit<Difference, "cedar" | "message">;

function cornersOf(pack: Pack, set: RuleSet, index: number, { question, facts }: AuditCase): readonly Corner[] {
  const state = encode(set, facts);
  if (combinations(set, state) > mostCombinations) return [];
  const corners: Corner[] = [];
  eachCombination(set, state, (best, worst) => {
    for (const corner of ["best", "worst"] as const) {
      const places = corner === "best" ? best : worst;
      const tables = set.rules.filter((rule) => rule.forbids[indexAt(rule, places)] === 1).map(({ rule }) => rule.id);
      const asked = pack.facts
        .filter((fact) => fits(fact, question.action))
        .map((fact) => [fact.name, valueAt(set, places, fact, facts)] as const);
      corners.push({ index, ...question, corner, facts: Object.fromEntries(asked), tables: tables.sort(compareText) });
    }
    return true;
  });
  return corners;
}

/** The value at the corner; for a fact that no rule of the day reads, one that the case leaves possible. */
function valueAt(set: RuleSet, places: Int32Array, fact: FactDefinition, facts: Facts): FactValue {
  const at = set.facts.indexOf(fact);
  if (at >= 0) return fact.values[places[at]!]!;
  const given = factOf(facts, fact);
  return given.kind === "graded" ? given.worst : given.possible[0]!;
}

function contextOf(
  catalogue: readonly FactDefinition[],
  facts: Readonly<Record<string, FactValue>>,
): Record<string, CedarValueJson> {
  const asked = catalogue.filter((fact) => Object.hasOwn(facts, fact.name));
  return Object.fromEntries(asked.map((fact) => [fact.name, cedarValue(fact, facts[fact.name]!)]));
}

function compare(corner: Corner, answer: Answer): Difference | undefined {
  if (answer.kind === "failed") return { ...corner, message: `cedar failed: ${answer.message}` };
  const { forbids } = answer;
  if (forbids.join(" ") === corner.tables.join(" ")) return undefined;
  const named = (ids: readonly string[]) => (ids.length > 0 ? ids.join(", ") : "none");
  const message = `rules that forbid: by the tables ${named(corner.tables)}; by cedar ${named(forbids)}`;
  return { ...corner, cedar: forbids, message };
}

/** `count` of the numbers below `total` without repeats, ascending; the same for the same seed. */
function sampleOf(total: number, count: number, seed: number): readonly number[] {
  const numbers = Array.from({ length: total }, (_, at) => at);
  const taken = Math.min(Math.max(0, Math.floor(count)), total);
  const next = randomBelow(seed);
  for (let at = 0; at < taken; at++) {
    const other = at + next(total - at);
    [numbers[at], numbers[other]] = [numbers[other]!, numbers[at]!];
  }
  return numbers.slice(0, taken).sort((a, b) => a - b);
}

/** SplitMix (Steele, Lea, Flood 2014) in 32 bits with the finaliser of MurmurHash3: enough to pick samples, no more. */
function randomBelow(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed = (mixed ^ (mixed >>> 16)) >>> 0;
    return Math.floor((mixed / 2 ** 32) * limit);
  };
}
