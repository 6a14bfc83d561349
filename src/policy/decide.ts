import { type Basis, undecidedBases } from "../model/basis.ts";
import type { Day } from "../model/day.ts";
import { type Grade, lowerGrade } from "../model/evidence.ts";
import { type Fact, type Facts, isKnown, type Why } from "../model/fact.ts";
import type { Pack } from "../model/pack.ts";
import type { RuleAnswer, Verdict, Waiver } from "../model/verdict.ts";
import { encode, factOf, type Question, type RuleSet, rulesFor, type State, type TabledRule } from "./compile.ts";
import { compareText } from "./refusal.ts";
import { answerOf, type Survey, survey } from "./survey.ts";

/**
 * The verdict of a pack on one question (DESIGN 4): admitted or refused only if every combination of what the
 * selecting facts may still be is, each over everything the graded facts may still be; else undecided. A fact that
 * `facts` lacks is wide open. `waivers` turn rules that stand against admission into passes; the verdict then says
 * which, and what holds without them. Throws `UserError` if the pack does not speak of the action.
 */
export function decide(pack: Pack, question: Question, facts: Facts, waivers: readonly Waiver[] = []): Verdict {
  const set = rulesFor(pack, question, "decide");
  const plain = verdictBy(pack, question, facts, set);
  const waived = waivedRules(set, plain, waivers);
  return waived.size === 0 ? plain : waive(pack, question, set, plain, waived);
}

/** The verdict of these rules, which may be fewer than the pack has. */
function verdictBy(pack: Pack, question: Question, facts: Facts, set: RuleSet): Verdict {
  const used = factsUsed(set, facts);
  const state = encode(set, used);
  const found = survey(set, state);
  if (!found) return undecidedByEngine(pack, question, facts, "too many combinations of unknown facts to ask them all");
  const answers = found.seen.map((seen, at) => answerOf(set.rules[at]!, seen));
  const reasons = answers.filter((answer) => answer.reason).map((answer) => answer.id);
  const why = whysOf(set, used, (_, at) => answers[at]!.reason);
  const since = found.outcome === "refused" ? sinceOf(set, found, used, question.asOf) : undefined;
  const grade = gradeOf(readBy(set, used, (_, at) => answers[at]!.applies !== "never"));
  const bases = basesOf(pack, set, state, found, why);
  return {
    kind: "verdict",
    pack: pack.name,
    action: question.action,
    outcome: found.outcome,
    basis: bases[0]!,
    bases,
    rules: answers,
    reasons,
    why,
    ...(since !== undefined && { since }),
    ...(grade !== undefined && { grade }),
    facts: used,
  };
}

/** Rules that stand against admission and are waived, each with the waivers that name it. Nobody waives what nobody may. */
function waivedRules(set: RuleSet, plain: Verdict, waivers: readonly Waiver[]): ReadonlyMap<string, readonly Waiver[]> {
  const named = set.rules.flatMap(({ rule: { id, waivable } }): [string, readonly Waiver[]][] => {
    if (waivable === "nobody" || !plain.reasons.includes(id)) return [];
    const by = waivers.filter(({ rules }) => rules.includes(id));
    return by.length > 0 ? [[id, by]] : [];
  });
  return new Map(named);
}

/** The same question without the waived rules. Whatever comes of it, no duty is met that was not, so it never claims evidence. */
function waive(
  pack: Pack,
  question: Question,
  set: RuleSet,
  plain: Verdict,
  waived: ReadonlyMap<string, readonly Waiver[]>,
): Verdict {
  const left = { ...set, rules: set.rules.filter(({ rule }) => !waived.has(rule.id)) };
  const rest = verdictBy(pack, question, plain.facts, left);
  const { outcome, basis, reasons } = plain;
  const ids = [...waived.values()].flatMap((by) => by.map(({ exception }) => exception));
  return {
    ...rest,
    ...(rest.outcome === "admitted" && { basis: "exception", bases: ["exception"], until: lastDay(waived) }),
    rules: plain.rules.map((answer) => (waived.has(answer.id) ? { ...answer, reason: false } : answer)),
    exceptions: [...new Set(ids)].sort(compareText),
    underlying: { outcome, basis, reasons },
  };
}

/** An admission needs every waived rule waived: each as long as one of its exceptions holds, all as long as the first to end. */
function lastDay(waived: ReadonlyMap<string, readonly Waiver[]>): Day {
  const ends = [...waived.values()].map(
    (by) =>
      by
        .map(({ until }) => until)
        .sort(compareText)
        .at(-1)!,
  );
  return ends.sort(compareText)[0]!;
}

/** The verdict where the engine cannot answer, or where Cedar contradicts it: open, and nothing is claimed. */
export function undecidedByEngine(pack: Pack, question: Question, facts: Facts, text: string): Verdict {
  return {
    kind: "verdict",
    pack: pack.name,
    action: question.action,
    outcome: "undecided",
    basis: "engine",
    bases: ["engine"],
    rules: [],
    reasons: [],
    why: [{ code: "engine", text, who: "nobody" }],
    facts: factsUsed(rulesFor(pack, question, "decide"), facts),
  };
}

/** Advice that fires or depends. Each piece is asked for itself, for it never touches an outcome. */
export function advise(pack: Pack, question: Question, facts: Facts): readonly RuleAnswer[] {
  const set = rulesFor(pack, question, "advise");
  return set.rules.flatMap((rule) => {
    const alone = onlyRule(set, rule);
    // A table may hold more combinations than are asked at once: then the advice is shown, as open.
    const found = survey(alone, encode(alone, facts));
    if (!found) return [{ id: rule.rule.id, state: "depends", applies: "sometimes", reason: false } as const];
    const answer = answerOf(rule, found.seen[0]!);
    return ["fires", "depends", "mixed"].includes(answer.state) ? [answer] : [];
  });
}

function onlyRule(set: RuleSet, rule: TabledRule): RuleSet {
  const reads = rule.slots.map((slot) => slot.fact);
  return { rules: [rule], facts: set.facts, selecting: set.selecting.filter((fact) => reads.includes(fact)) };
}

function factsUsed(set: RuleSet, facts: Facts): Facts {
  return Object.fromEntries(set.facts.map((definition) => [definition.name, factOf(facts, definition)]));
}

type Pick = (rule: TabledRule, at: number) => boolean;

/** The facts that the picked rules read, each once, by name. */
function readBy(set: RuleSet, facts: Facts, pick: Pick): readonly Fact[] {
  const places = new Set(set.rules.filter(pick).flatMap((rule) => rule.slots.map((slot) => slot.fact)));
  return set.facts.flatMap((definition, at) => (places.has(at) ? factOf(facts, definition) : []));
}

function whysOf(set: RuleSet, facts: Facts, pick: Pick): readonly Why[] {
  const all = readBy(set, facts, pick).flatMap((fact) => (isKnown(fact) ? [] : fact.why));
  const byText = new Map(all.map((why) => [JSON.stringify([why.code, why.text, why.who]), why]));
  return [...byText.values()].sort(
    (a, b) =>
      undecidedBases.indexOf(a.code) - undecidedBases.indexOf(b.code) ||
      compareText(a.text, b.text) ||
      compareText(a.who, b.who),
  );
}

/** Every basis that holds; the first is the one that is counted. */
function basesOf(pack: Pack, set: RuleSet, state: State, found: Survey, why: readonly Why[]): readonly Basis[] {
  if (found.outcome === "refused") return ["rule"];
  if (found.outcome === "admitted") return [admittedBasis(pack, set, state, found)];
  const codes = undecidedBases.filter((code) => why.some((one) => one.code === code));
  return codes.length > 0 ? codes : ["missing"];
}

/** Admitted on what: evidence that would hold under the current regime too, no duty at all, or an earlier regime. */
function admittedBasis(pack: Pack, set: RuleSet, state: State, found: Survey): Basis {
  const current = inCurrentEra(pack, set, state);
  const today = current === state ? found : survey(set, current);
  // Fewer combinations than before cannot be too many.
  if (!today) throw new Error("the question in the current era has more combinations than the question itself");
  if (found.dutyAlwaysMet && today.outcome === "admitted") return "evidence";
  if (!found.dutyApplies && !today.dutyApplies) return "no-duty";
  if (current !== state && (today.outcome !== "admitted" || today.dutyApplies)) return "earlier-regime";
  // A duty that applies only under some combinations is met where it does; that is neither of the other two.
  return "no-duty";
}

/** The state with every era fact at its current value; the same one if they are known to be there already. */
function inCurrentEra(pack: Pack, set: RuleSet, state: State): State {
  const { facts = [], current = {} } = pack.manifest.era ?? {};
  const possible = state.possible.map((places, at) => {
    const { name, values } = set.facts[at]!;
    const now = facts.includes(name) ? values.indexOf(current[name]!) : -1;
    return now < 0 || (places.length === 1 && places[0] === now) ? places : [now];
  });
  return possible.every((places, at) => places === state.possible[at]) ? state : { ...state, possible };
}

/** Earliest day by which one of the firing rules surely held, as far as its own day and its facts' statements tell. */
function sinceOf(set: RuleSet, found: Survey, facts: Facts, asOf: Day): Day | undefined {
  const days = set.rules.flatMap((rule, at) => {
    if (!found.seen[at]!.fires) return [];
    const stated = readBy(set, facts, (other) => other === rule).flatMap((fact) => fact.sources.flatMap(dayOfSource));
    const known = [...(rule.rule.from ? [rule.rule.from] : []), ...stated].filter((day) => day <= asOf);
    return known.length > 0 ? [known.sort(compareText).at(-1)!] : [];
  });
  return days.sort(compareText)[0];
}

function dayOfSource(source: Fact["sources"][number]): readonly Day[] {
  return source.kind === "statement" && source.day !== undefined ? [source.day] : [];
}

function gradeOf(facts: readonly Fact[]): Grade | undefined {
  const grades = facts.flatMap((fact) => fact.sources.flatMap((one) => (one.kind === "statement" ? [one.grade] : [])));
  return grades.reduce<Grade | undefined>((lowest, grade) => lowerGrade(lowest, grade), undefined);
}
