import { addYears } from "../model/day.ts";
import type { FactDefinition, GradedFact } from "../model/fact.ts";
import { graded } from "./build.ts";
import { claimsFor } from "./certificate.ts";
import { identityOf } from "./identity.ts";
import { sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

export const tested: FactDefinition = {
  name: "tested",
  mode: "graded",
  values: [false, true],
  question: "Has this release been tested by a recognised body or lab, under whatever scheme?",
  subject: "element",
  who: ["maker", "lab", "body"],
};

const longestTerm = 5;

/** A passed test result for the release, or a certificate of any scheme in term; a failed result stands against both. */
export function deriveTested(setting: Setting, equipment: Equipment): GradedFact {
  const { maker, product, release, operator } = equipment;
  if (product.id === undefined || maker.id === undefined) {
    return graded(
      false,
      true,
      [],
      [
        product.id === undefined
          ? product.why
          : maker.id === undefined
            ? maker.why
            : { code: "missing", text: "", who: "operator" },
      ],
    );
  }
  const results = accepted(setting, "test-result", setting.knowledge.tests).filter(({ by }) =>
    by.statement.subjects.some(
      ({ name, digest }) =>
        name === `${product.id}@${release}` || (equipment.digest !== null && digest.sha256 === equipment.digest),
    ),
  );
  const passed = results.filter(({ says }) => says.result !== "FAILED");
  const failed = results.filter(({ says }) => says.result === "FAILED");
  const certified = claimsFor(setting, equipment).filter(
    (claim) =>
      claim.says.status === "issued" &&
      setting.asOf <= (claim.says.until ?? addYears(claim.says.issued, longestTerm)) &&
      ["same", "covered"].includes(identityOf(setting, claim, equipment, false).is),
  );
  const sources = [
    ...results.map((claim) =>
      sourceOf(
        claim,
        `test-result/${claim.by.file}`,
        `test result ${claim.says.result} for \`${product.id}@${release}\``,
      ),
    ),
    ...certified.map((claim) =>
      sourceOf(
        claim,
        claim.says.certificateId,
        `certificate \`${claim.says.certificateId}\` for \`${claim.says.release}\``,
      ),
    ),
  ];
  const good = passed.length + certified.length > 0;
  if (good && failed.length > 0)
    return graded(false, true, sources, [
      { code: "contested", text: "a passed and a failed test stand side by side", who: "lab" },
    ]);
  if (good || failed.length > 0) return graded(good, good, sources);
  const whole = closure(setting, "certificates", operator);
  if (whole.closed) return graded(false, false, whole.sources);
  return graded(false, true, [], [whole.why]);
}
