import { addMonths, type Day } from "../model/day.ts";
import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { DeclarationClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { classOf, daysOf, eraCuts, erasOn } from "./first-use.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
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
  const sources = given.flatMap((claim) => sourcesFor(setting, claim));
  if (given.some(({ says }) => says.given <= earliest)) return graded(true, true, sources);
  if (given.some(({ says }) => says.given <= latest)) {
    return graded(false, true, sources, [
      { code: "missing", text: "whether notice came before first use hangs on the day of first use", who: "operator" },
    ]);
  }
  return absent(setting, equipment);
}

/** Between which days the type was first used, if that was under the notice duty. */
function noticedFirstUse(setting: Setting, { function: name, firstUse }: Equipment): { earliest: Day; latest: Day } {
  const { type } = firstUse;
  const days = daysOf(type, eraCuts(setting, name)).filter((day) => erasOn(setting, name, day).includes("notice"));
  return { earliest: days[0] ?? type.from ?? "1900-01-01", latest: type.to };
}

/** The waiting time of the earliest notice; it runs with every as-of day, and only time ends it. */
export function deriveStandStill(setting: Setting, equipment: Equipment): GradedFact {
  const ends = noticesFor(setting, equipment).map((claim) => ({
    claim,
    end: addMonths(claim.says.given, claim.says.prolonged ? 4 : 2),
  }));
  const [first] = ends.toSorted((a, b) => (a.end < b.end ? -1 : 1));
  if (!first) return absent(setting, equipment);
  if (first.end <= setting.asOf) return graded(true, true, sourcesFor(setting, first.claim));
  const text = `the waiting time after notice \`${first.claim.says.declarationId}\` runs until ${first.end}`;
  return graded(false, true, sourcesFor(setting, first.claim), [{ code: "stand-still", text, who: "nobody" }]);
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

function noticesFor(
  setting: Setting,
  { operator, product, function: name }: Equipment,
): readonly Claim<DeclarationClaim>[] {
  return accepted(setting, "notice", setting.knowledge.notices).filter(({ says }) => {
    const named = resolve(setting.knowledge, "product", says.product, says.given);
    const sameUse = says.functions?.some((other) => isSameUse(setting, other, name)) ?? true;
    return says.operator === operator && named.id !== undefined && named.id === product.id && sameUse;
  });
}

/** The kind of use is the function's class in the pack. */
function isSameUse(setting: Setting, one: string, other: string | undefined): boolean {
  const kind = classOf(setting, one);
  return one === other || (kind !== undefined && kind === classOf(setting, other));
}

function sourcesFor({ knowledge }: Setting, claim: Claim<DeclarationClaim>): readonly Source[] {
  const { declarationId, product, given } = claim.says;
  const text = `notice \`${declarationId}\` for \`${product}\`, given ${given}`;
  return [sourceOf(claim, declarationId, text), ...sourcesOf(resolve(knowledge, "product", product, given))];
}
