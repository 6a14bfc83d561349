import { addYears } from "../model/day.ts";
import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { besideCertificates, claimsFor, namesIn } from "./certificate-claims.ts";
import { level, type Worth } from "./certificate-level.ts";
import { contest } from "./contested.ts";
import { identityOf } from "./identity.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resultsFor, testSource } from "./test-results.ts";

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
  const { maker, product, operator } = equipment;
  if (product.id === undefined) return graded(false, true, [], [product.why]);
  if (maker.id === undefined) return graded(false, true, [], [maker.why]);
  const results = accepted(setting, "test-result", resultsFor(setting, equipment));
  const passed = results.some(({ says }) => says.result !== "FAILED");
  const failed = results.some(({ says }) => says.result === "FAILED");
  const certified = certificatesFor(setting, equipment);
  const sources = [
    ...results.map((claim) => testSource(claim, equipment)),
    ...certified.flatMap(({ claim }) => {
      const { certificateId, release: named } = claim.says;
      const own = sourceOf(claim, certificateId, `certificate \`${certificateId}\` for \`${named}\``);
      return [own, ...namesIn(setting, claim), ...(identityOf(setting, claim, equipment, false).sources ?? [])];
    }),
    ...besideCertificates(setting, equipment, claimsFor(setting, equipment)),
  ];
  const possible = passed || certified.some(({ worth }) => worth.best === level.inTerm);
  if (possible && failed) {
    const text = "a failed test stands beside a passed one or a certificate";
    return graded(false, true, sources, [{ code: "contested", text, who: "lab" }]);
  }
  if (failed) return graded(false, false, sources);
  if (passed || certified.some(({ worth }) => worth.worst === level.inTerm)) return graded(true, true, sources);
  const why = [...certified.flatMap(({ worth }) => worth.why), ...unknownRelease(equipment)];
  const whole = closure(setting, "certificates", operator);
  if (whole.closed) return graded(false, why.length > 0, [...sources, ...whole.sources], why);
  return graded(false, true, sources, [...why, whole.why]);
}

/** Certificates that are, or may be, in term and for this very release, each with what other signers leave of it. */
function certificatesFor(setting: Setting, equipment: Equipment) {
  const weighed = claimsFor(setting, equipment).map((claim) => ({ claim, worth: worthOf(setting, claim, equipment) }));
  const left = contest(setting, equipment, weighed);
  return weighed.flatMap(({ claim }, index) => {
    const worth = left[index]!;
    return worth.best === level.inTerm ? [{ claim, worth }] : [];
  });
}

function worthOf(setting: Setting, claim: Claim<CertificateClaim>, equipment: Equipment): Worth {
  const { status, issued, until } = claim.says;
  const none = { worst: level.held, best: level.held, why: [] };
  if (status !== "issued" || setting.asOf > (until ?? addYears(issued, longestTerm))) return none;
  const identity = identityOf(setting, claim, equipment, false);
  if (identity.is === "other") return none;
  if (identity.is !== "maybe") return { worst: level.inTerm, best: level.inTerm, why: [] };
  return { worst: level.held, best: level.inTerm, why: [{ code: "identity", text: identity.text, who: identity.who }] };
}

function unknownRelease({ release }: Equipment): readonly Why[] {
  if (release !== null) return [];
  return [{ code: "identity", text: "the element's release is not known, so no test can be matched", who: "operator" }];
}
