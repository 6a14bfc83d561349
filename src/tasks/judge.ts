import { type AdmittedBasis, type Basis, undecidedBases } from "../model/basis.ts";
import { type Grade, lowerGrade } from "../model/evidence.ts";
import type { QuestionGroup } from "../model/ports/store.ts";
import type { Actor } from "../model/problem.ts";
import { type Outcome, type Verdict, worseOutcome } from "../model/verdict.ts";
import { decide } from "../policy/decide.ts";
import { factsOf, type Questions } from "./ask.ts";
import type { Audit } from "./audit.ts";
import type { Way } from "./settings.ts";

/** What holds of an element once all its functions, or all binding packs, have spoken. */
export interface Judged {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly bases: readonly Basis[];
  readonly since?: string;
  readonly grade?: Grade;
  /** The verdicts with the worst outcome: those that count. */
  readonly deciding: readonly Verdict[];
}

/** A group of elements that pose one question, with what holds of it under every way of asking. */
export interface JudgedGroup {
  readonly group: QuestionGroup;
  readonly binding: Judged;
  readonly byWay: readonly Judged[];
}

/** Decides groups by one way of asking, each distinct question once. */
export class Judge {
  readonly #questions: Questions;
  readonly #ways: readonly Way[];
  readonly #decided = new Map<string, Verdict>();

  constructor(questions: Questions, ways: readonly Way[]) {
    this.#questions = questions;
    this.#ways = ways;
  }

  of(group: QuestionGroup, way: number): Judged {
    return combine(this.verdicts(group, way));
  }

  /** One verdict for each function of the group's elements. */
  verdicts(group: QuestionGroup, way: number): readonly Verdict[] {
    const sets = this.#questions.equipment[group.equipment]![way]!;
    const maintenance = this.#questions.maintenance[group.maintenance]![way]![0]!;
    return sets.map((equipment, index) => {
      const name = `${way} ${equipment} ${maintenance}`;
      const held = this.#decided.get(name);
      if (held) return held;
      const { setting } = this.#ways[way]!;
      const verdict = decide(setting.pack, setting, factsOf(this.#questions, group, way, index));
      this.#decided.set(name, verdict);
      return verdict;
    });
  }
}

/** The worst outcome counts; of several bases the one that claims least, or for an open verdict the first that holds. */
export function combine(verdicts: readonly Verdict[]): Judged {
  if (verdicts.length === 0) throw new Error("no verdict to combine: nothing would be admitted by nobody");
  const outcome = verdicts.reduce<Outcome>((worst, verdict) => worseOutcome(worst, verdict.outcome), "admitted");
  const deciding = verdicts.filter((verdict) => verdict.outcome === outcome);
  const bases = orderBases(new Set(deciding.flatMap((verdict) => verdict.bases)));
  const since = deciding.flatMap((verdict) => verdict.since ?? []).sort()[0];
  const grade = verdicts.reduce<Grade | undefined>(
    (lowest, { grade }) => (grade ? lowerGrade(lowest, grade) : lowest),
    undefined,
  );
  return {
    outcome,
    basis: bases[0]!,
    bases,
    ...(since !== undefined && { since }),
    ...(grade !== undefined && { grade }),
    deciding,
  };
}

/** An element that owes one admission to an earlier regime owes its whole admission to it; no duty claims nothing. */
const admittedBases: readonly AdmittedBasis[] = ["earlier-regime", "evidence", "no-duty"];
const order: readonly Basis[] = ["rule", ...undecidedBases, ...admittedBases];

function orderBases(bases: ReadonlySet<Basis>): readonly Basis[] {
  return order.filter((basis) => bases.has(basis));
}

/** Everybody who could settle something about verdicts, sorted. `nobody` only if nobody else can. */
export function whoCanAct(verdicts: readonly Verdict[]): readonly Actor[] {
  const named = new Set(verdicts.flatMap(({ why }) => why.map(({ who }) => who)));
  const refused = verdicts.some(({ outcome }) => outcome === "refused");
  if (refused) named.add("operator");
  if (named.size > 1) named.delete("nobody");
  return [...named].sort();
}

/** What holds of every group under every way of asking; where Cedar contradicts the tables, nothing is claimed. */
export function judgeGroups(questions: Questions, ways: readonly Way[], audit: Audit): readonly JudgedGroup[] {
  const judge = new Judge(questions, ways);
  const bindingWays = ways.flatMap(({ use, differs }, index) =>
    use === "binding" && differs.kind === "nothing" ? [index] : [],
  );
  return questions.groups.map((group): JudgedGroup => {
    const byWay = ways.map((_, way) => judge.of(group, way));
    const binding = combine(bindingWays.flatMap((way) => judge.verdicts(group, way)));
    return { group, byWay, binding: audit.isDoubtful(group) ? doubtful(binding) : binding };
  });
}

function doubtful(judged: Judged): Judged {
  return { ...judged, outcome: "undecided", basis: "engine", bases: ["engine"] };
}
