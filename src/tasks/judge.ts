import { type AdmittedBasis, type Basis, undecidedBases } from "../model/basis.ts";
import { type Grade, lowerGrade } from "../model/evidence.ts";
import type { QuestionGroup } from "../model/ports/store.ts";
import type { Actor } from "../model/problem.ts";
import { type Outcome, type Verdict, worseOutcome } from "../model/verdict.ts";
import { decide } from "../policy/decide.ts";
import { factsOf, type Questions } from "./ask.ts";
import type { Audit } from "./audit.ts";
import { openOf } from "./departed.ts";
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
  /** Exceptions that turned something, sorted, and what holds without them; absent if none did. */
  readonly exceptions?: readonly string[];
  readonly underlying?: Underlying;
}

/** What holds without any exception. */
export type Underlying = NonNullable<Verdict["underlying"]>;

/** A group of elements that pose one question, with what holds of it under every way of asking. */
export interface JudgedGroup {
  readonly group: QuestionGroup;
  readonly binding: Judged;
  /** Of what has left: what would hold if it were still there. */
  readonly ifThere?: Outcome;
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

  /** One verdict for each function of the group's elements; open where they have left, whatever would hold of them. */
  verdicts(group: QuestionGroup, way: number): readonly Verdict[] {
    const there = this.ifThere(group, way);
    return this.#questions.left.has(group.equipment) ? there.map(openOf) : there;
  }

  /** The same as if nothing had left. */
  ifThere(group: QuestionGroup, way: number): readonly Verdict[] {
    const sets = this.#questions.equipment[group.equipment]![way]!;
    const maintenance = this.#questions.maintenance[group.maintenance]![way]![0]!;
    return sets.map((equipment, index) => {
      const name = `${way} ${equipment} ${maintenance}`;
      const held = this.#decided.get(name);
      if (held) return held;
      const { setting } = this.#ways[way]!;
      const verdict = decide(
        setting.pack,
        setting,
        factsOf(this.#questions, group, way, index),
        this.#questions.sets.waiversAt(equipment),
      );
      this.#decided.set(name, verdict);
      return verdict;
    });
  }
}

/** The worst outcome counts; of several bases the one that claims least, or for an open verdict the first that holds. */
export function combine(verdicts: readonly Verdict[]): Judged {
  const { deciding, ...judged } = worstOf(verdicts);
  const since = deciding.flatMap((verdict) => verdict.since ?? []).sort()[0];
  const grade = verdicts.reduce<Grade | undefined>(
    (lowest, { grade }) => (grade ? lowerGrade(lowest, grade) : lowest),
    undefined,
  );
  return {
    ...judged,
    ...(since !== undefined && { since }),
    ...(grade !== undefined && { grade }),
    deciding,
    ...withoutExceptions(verdicts, { ...judged, deciding }),
  };
}

type Worst<V> = Pick<Judged, "outcome" | "basis" | "bases"> & { readonly deciding: readonly V[] };

function worstOf<V extends Pick<Verdict, "outcome" | "bases">>(verdicts: readonly V[]): Worst<V> {
  if (verdicts.length === 0) throw new Error("no verdict to combine: nothing would be admitted by nobody");
  const outcome = verdicts.reduce<Outcome>((worst, verdict) => worseOutcome(worst, verdict.outcome), "admitted");
  const deciding = verdicts.filter((verdict) => verdict.outcome === outcome);
  const bases = orderBases(new Set(deciding.flatMap((verdict) => verdict.bases)));
  return { outcome, basis: bases[0]!, bases, deciding };
}

/** The exceptions behind the verdicts and what they combine to without; nothing if that comes to the same. */
function withoutExceptions(verdicts: readonly Verdict[], judged: Worst<Verdict>) {
  const exceptions = [...new Set(verdicts.flatMap((verdict) => verdict.exceptions ?? []))].sort();
  if (exceptions.length === 0) return {};
  const plain = verdicts.map(({ underlying, ...verdict }) =>
    underlying ? { ...underlying, bases: [underlying.basis] } : verdict,
  );
  const { outcome, basis, deciding } = worstOf(plain);
  const reasons = reasonsOf(deciding);
  if (outcome === judged.outcome && basis === judged.basis && reasons.join() === reasonsOf(judged.deciding).join())
    return {};
  return { exceptions, underlying: { outcome, basis, reasons } };
}

/** The rules that are reasons of any of the verdicts, sorted. */
export function reasonsOf(verdicts: readonly Pick<Verdict, "reasons">[]): readonly string[] {
  return [...new Set(verdicts.flatMap(({ reasons }) => reasons))].sort();
}

/** An element that owes one admission to an exception or an earlier regime owes all of it to that; no duty claims nothing. */
const admittedBases: readonly AdmittedBasis[] = ["exception", "earlier-regime", "evidence", "no-duty"];
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
    const left = questions.left.has(group.equipment) && {
      ifThere: combine(bindingWays.flatMap((way) => judge.ifThere(group, way))).outcome,
    };
    return { group, byWay, ...left, binding: audit.isDoubtful(group) ? doubtful(binding) : binding };
  });
}

function doubtful({ exceptions, underlying, ...judged }: Judged): Judged {
  return { ...judged, outcome: "undecided", basis: "engine", bases: ["engine"] };
}
