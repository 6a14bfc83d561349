import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { DeclarationClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, resolveToday, sourcesOf } from "./suppliers.ts";

export const guarantee: FactDefinition = {
  name: "guarantee",
  mode: "graded",
  values: [false, true],
  question: "Has the maker given its guarantee declaration for the product (BSIG 9b(3) old)?",
  subject: "element",
  who: ["maker", "operator"],
};

/** A declaration of the maker, or of whom it succeeded, for the product; to every operator unless it names one. */
export function deriveGuarantee(setting: Setting, { operator, maker, product }: Equipment): GradedFact {
  const { knowledge, asOf } = setting;
  const about = knowledge.guarantees.filter(({ says }) => {
    const [named, by] = namesIn(setting, says);
    const forOperator = says.operator === undefined || says.operator === operator;
    const sameMaker = by.id !== undefined && by.id === maker.id;
    return forOperator && sameMaker && named.id !== undefined && named.id === product.id && says.given <= asOf;
  });
  const given = accepted(setting, "guarantee", about);
  if (given.length > 0) {
    return graded(
      true,
      true,
      given.flatMap((claim) => [
        sourceOf(
          claim,
          claim.says.declarationId,
          `guarantee declaration \`${claim.says.declarationId}\`, given ${claim.says.given}`,
        ),
        ...sourcesOf(...namesIn(setting, claim.says)),
      ]),
    );
  }
  const whole = closure(setting, "guarantees", operator);
  const unmatched = product.id === undefined ? [product.why] : maker.id === undefined ? [maker.why] : [];
  const listed = about.filter(({ by }) => by.statement.kind === "register");
  const heard = listed.map(({ says, by }): Why => {
    const text = `declaration \`${says.declarationId}\` is only listed in \`${by.file}\` (${by.grade}): put what the maker signed, or a transcript of it, on file`;
    return { code: "missing", text, who: "operator" };
  });
  const why: readonly Why[] = [...(whole.closed ? [] : [whole.why]), ...unmatched, ...heard];
  return graded(false, why.length > 0, whole.closed ? whole.sources : [], why);
}

/** The product and the maker that a declaration means. */
function namesIn({ knowledge, asOf }: Setting, { product, maker, given }: DeclarationClaim) {
  return [resolve(knowledge, "product", product, given), resolveToday(knowledge, maker ?? null, given, asOf)] as const;
}
