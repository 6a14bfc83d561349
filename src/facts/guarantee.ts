import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { DeclarationClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { isDated } from "./first-use.ts";
import { sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, parameter, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, resolveToday, sourcesOf } from "./suppliers.ts";

export const guarantee: FactDefinition = {
  name: "guarantee",
  mode: "graded",
  values: [false, true],
  question: "Has the maker given its guarantee declaration for the product, where one was due (BSIG 9b(3) old)?",
  subject: "element",
  who: ["maker", "operator"],
};

/**
 * A declaration of the maker, or of whom it succeeded, for the product; to every operator unless it names one. None was due
 * for a type that was in use before the duty began.
 */
export function deriveGuarantee(setting: Setting, equipment: Equipment): GradedFact {
  const { operator, maker, product } = equipment;
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
  const begins = dutyBegins(setting, equipment);
  if (begins === "after first use") return graded(true, true, [dutySource(setting)]);
  const whole = closure(setting, "guarantees", operator);
  const unmatched = product.id === undefined ? [product.why] : maker.id === undefined ? [maker.why] : [];
  const listed = about.filter(({ by }) => by.statement.kind === "register");
  const heard = listed.map(({ says, by }): Why => {
    const text = `declaration \`${says.declarationId}\` is only listed in \`${by.file}\` (${by.grade}): put what the maker signed, or a transcript of it, on file`;
    return { code: "missing", text, who: "operator" };
  });
  const undecided = begins === "before first use" ? [] : [begins];
  const why: readonly Why[] = [...(whole.closed ? [] : [whole.why]), ...unmatched, ...heard, ...undecided];
  return graded(false, why.length > 0, whole.closed ? whole.sources : [], why);
}

/** The product and the maker that a declaration means. */
function namesIn({ knowledge, asOf }: Setting, { product, maker, given }: DeclarationClaim) {
  return [resolve(knowledge, "product", product, given), resolveToday(knowledge, maker ?? null, given, asOf)] as const;
}

/** Whether the duty began before the type was first used, or after; or why that is not known. */
function dutyBegins(setting: Setting, { firstUse: { type } }: Equipment): "before first use" | "after first use" | Why {
  const due = setting.pack.manifest.guaranteeDue;
  if (!due || (type.from !== undefined && due.latest <= type.from)) return "before first use";
  if (type.to < due.earliest) return "after first use";
  if (isDated(type)) {
    const text = `the declaration was due from a day between ${due.earliest} and ${due.latest} (${due.cites}), and first use was on ${type.to}`;
    return { code: "missing", text, who: "authority" };
  }
  // That none was due is a privilege: where the day is not known it must be shown, as an exempt era must.
  if (parameter(setting, "exemptEraMustBeShown") !== "no") return "before first use";
  const text = `whether the type was in use before ${due.latest}, so that no declaration was due, hangs on the day of first use`;
  return { code: "missing", text, who: "operator" };
}

function dutySource({ pack }: Setting): Source {
  const { earliest, cites } = pack.manifest.guaranteeDue!;
  const text = `no declaration was due: in use before ${earliest} (${cites})`;
  return { kind: "pack", pack: pack.name, text };
}
