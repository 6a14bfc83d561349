import { addMonths, type Day } from "../model/day.ts";
import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { DeclarationClaim, RegisterPredicate } from "../model/statement.ts";
import { graded } from "./build.ts";
import { classOf, daysOf, eraCuts, erasOn } from "./first-use.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure, registerSource } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, sourcesOf } from "./suppliers.ts";

export const notice: FactDefinition = {
  name: "notice",
  mode: "graded",
  values: [false, true],
  question: "Did the operator give notice of this type and kind of use before first use (BSIG 9b(1) old)?",
  subject: "element",
  who: ["operator"],
};

export const standStill: FactDefinition = {
  name: "standStillOver",
  mode: "graded",
  values: [false, true],
  question: "Has the waiting time after the notice ended (two months, or four if prolonged)?",
  subject: "element",
  who: ["nobody"],
};

/** A notice on file is worth something only if given by the day of first use of the type, as far as it fell under 9b. */
export function deriveNotice(setting: Setting, equipment: Equipment): GradedFact {
  const given = noticesFor(setting, equipment);
  const { earliest, latest } = noticedFirstUse(setting, equipment);
  const sources = sourcesFor(setting, given);
  if (given.some(({ last }) => last !== undefined && last <= earliest)) return graded(true, true, sources);
  const open = given.filter(({ first }) => first <= latest);
  if (open.length === 0) return absent(setting, equipment);
  const against = open.flatMap((one) => one.against);
  const text = "whether notice came before first use hangs on the day of first use";
  const why: readonly Why[] = against.length > 0 ? against : [{ code: "missing", text, who: "operator" }];
  return graded(false, true, sources, why);
}

/** Between which days the type was first used, if that was under the notice duty. */
function noticedFirstUse(setting: Setting, { function: name, firstUse }: Equipment): { earliest: Day; latest: Day } {
  const { type } = firstUse;
  const days = daysOf(type, eraCuts(setting, name)).filter((day) => erasOn(setting, name, day).includes("notice"));
  return { earliest: days[0] ?? type.from ?? "1900-01-01", latest: type.to };
}

/** The waiting time of the earliest notice; it runs with every as-of day, and only time ends it. */
export function deriveStandStill(setting: Setting, equipment: Equipment): GradedFact {
  const given = noticesFor(setting, equipment);
  const [first] = given.toSorted((a, b) => (a.ends < b.ends ? -1 : 1));
  if (!first) return absent(setting, equipment);
  const sources = sourcesFor(setting, given);
  if (given.some(({ ends, last }) => last !== undefined && ends <= setting.asOf)) return graded(true, true, sources);
  if (first.ends <= setting.asOf) return graded(false, true, sources, first.against);
  const text = `the waiting time after notice \`${first.words[0]!.says.declarationId}\` runs until ${first.ends}`;
  return graded(false, true, sources, [{ code: "stand-still", text, who: "nobody" }]);
}

function absent(setting: Setting, equipment: Equipment): GradedFact {
  const whole = closure(setting, "notices", equipment.operator);
  if (whole.closed && equipment.product.id !== undefined) return graded(false, false, whole.sources);
  const why: readonly Why[] = [
    ...(whole.closed ? [] : [whole.why]),
    ...(equipment.product.id === undefined ? [equipment.product.why] : []),
  ];
  return graded(false, true, whole.closed ? whole.sources : [], why);
}

/** One notice, and all that is said of it. */
interface Given {
  /** Every word on it, of whatever grade; at least one of a grade that the pack takes. */
  readonly words: readonly Claim<DeclarationClaim>[];
  /** The first day on which a word that the pack takes says it was given. */
  readonly first: Day;
  /** The last day of all words; absent: a complete list of those who receive notices does not have it. */
  readonly last?: Day;
  /** When the waiting time ends if the strictest word is right: given last, and prolonged. */
  readonly ends: Day;
  readonly against: readonly Why[];
}

function noticesFor(setting: Setting, equipment: Equipment): readonly Given[] {
  const about = setting.knowledge.notices.filter((claim) => isFor(setting, claim, equipment));
  const byId = Map.groupBy(about, ({ says }) => says.declarationId);
  return [...byId.values()].flatMap((words) => {
    const taken = accepted(setting, "notice", words).map(({ says }) => says.given);
    return taken.length === 0 ? [] : [weigh(setting, equipment, words, taken.sort()[0]!)];
  });
}

function weigh(setting: Setting, equipment: Equipment, words: readonly Claim<DeclarationClaim>[], first: Day): Given {
  const last = words
    .map(({ says }) => says.given)
    .sort()
    .at(-1)!;
  const ends = addMonths(last, words.some(({ says }) => says.prolonged) ? 4 : 2);
  const id = `notice \`${words[0]!.says.declarationId}\``;
  const files = words.map(({ by }) => `\`${by.file}\``);
  const differ: Why = {
    code: "contested",
    text: `${files.join(" and ")} differ on when ${id} was given`,
    who: "operator",
  };
  const unlisted = listsWithout(setting, equipment, last).map(
    ({ by }): Why => ({ code: "contested", text: `\`${by.file}\`, complete, does not list ${id}`, who: "authority" }),
  );
  const against = [...(first < last ? [differ] : []), ...unlisted];
  return { words, first, ...(unlisted.length === 0 && { last }), ends, against };
}

/** Complete lists of those who receive notices, of a later day, that have none by this operator for this use. */
function listsWithout(setting: Setting, equipment: Equipment, given: Day): readonly Claim<RegisterPredicate>[] {
  const later = generalLists(setting).filter(({ says }) => says.complete && says.asOf > given);
  return later.filter(({ says, by }) =>
    says.entries.every((entry) => {
      const isNotice = "declaration" in entry && entry.declaration === "notice";
      return isNotice && !mayBeFor(setting, { says: entry, by }, equipment);
    }),
  );
}

/** Registers of those who receive notices. */
function generalLists({ knowledge }: Setting): readonly Claim<RegisterPredicate>[] {
  return knowledge.latest.filter(({ says }) => says.register === "notices" && says.operator === undefined);
}

function isFor(setting: Setting, claim: Claim<DeclarationClaim>, equipment: Equipment): boolean {
  return mayBeFor(setting, claim, equipment) && productOf(setting, claim) !== undefined;
}

/** Whether a notice is of this use, or of a product that nobody here can place. */
function mayBeFor(
  setting: Setting,
  claim: Claim<DeclarationClaim>,
  { operator, product, function: name }: Equipment,
): boolean {
  const { says } = claim;
  const named = productOf(setting, claim);
  const sameUse = says.functions?.some((other) => isSameUse(setting, other, name)) ?? true;
  return says.operator === operator && (named === undefined || named === product.id) && sameUse;
}

function productOf({ knowledge }: Setting, { says }: Claim<DeclarationClaim>): string | undefined {
  return resolve(knowledge, "product", says.product, says.given).id;
}

/** The kind of use is the function's class in the pack. */
function isSameUse(setting: Setting, one: string, other: string | undefined): boolean {
  const kind = classOf(setting, one);
  return one === other || (kind !== undefined && kind === classOf(setting, other));
}

/** All words on the notices, by which names they are for it, and the lists that might not have them. */
function sourcesFor(setting: Setting, given: readonly Given[]): readonly Source[] {
  const { knowledge } = setting;
  const words = given.flatMap((one) => one.words);
  return [
    ...words.flatMap((claim) => {
      const { declarationId, product, given: day } = claim.says;
      const text = `notice \`${declarationId}\` for \`${product}\`, given ${day}`;
      return [sourceOf(claim, declarationId, text), ...sourcesOf(resolve(knowledge, "product", product, day))];
    }),
    ...(words.length > 0 ? generalLists(setting).map((claim) => registerSource(setting, claim)) : []),
  ];
}
