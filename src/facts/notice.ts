import { addMonths } from "../model/day.ts";
import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { DeclarationClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve } from "./suppliers.ts";

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

/** A notice on file is worth something only if given by the day of first use of the type. */
export function deriveNotice(setting: Setting, equipment: Equipment): GradedFact {
  const given = noticesFor(setting, equipment);
  const { from, to } = equipment.firstUse.type;
  const sources = given.map(asSource);
  if (from !== undefined && given.some(({ says }) => says.given <= from)) return graded(true, true, sources);
  if (given.some(({ says }) => says.given <= to)) {
    if (from === to) return graded(true, true, sources);
    return graded(false, true, sources, [
      { code: "missing", text: "whether notice came before first use hangs on the day of first use", who: "operator" },
    ]);
  }
  return absent(setting, equipment);
}

/** The waiting time of the earliest notice; it runs with every as-of day, and only time ends it. */
export function deriveStandStill(setting: Setting, equipment: Equipment): GradedFact {
  const ends = noticesFor(setting, equipment).map((claim) => ({
    claim,
    end: addMonths(claim.says.given, claim.says.prolonged ? 4 : 2),
  }));
  const [first] = ends.toSorted((a, b) => (a.end < b.end ? -1 : 1));
  if (!first) return absent(setting, equipment);
  if (first.end <= setting.asOf) return graded(true, true, [asSource(first.claim)]);
  const text = `the waiting time after notice \`${first.claim.says.declarationId}\` runs until ${first.end}`;
  return graded(false, true, [asSource(first.claim)], [{ code: "stand-still", text, who: "nobody" }]);
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
    const kindOfUse = says.functions === undefined || (name !== undefined && says.functions.includes(name));
    return says.operator === operator && named.id !== undefined && named.id === product.id && kindOfUse;
  });
}

function asSource(claim: Claim<DeclarationClaim>) {
  const { declarationId, product, given } = claim.says;
  return sourceOf(claim, declarationId, `notice \`${declarationId}\` for \`${product}\`, given ${given}`);
}
