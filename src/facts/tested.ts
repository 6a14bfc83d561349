import { addYears } from "../model/day.ts";
import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { besideCertificates, claimsFor, namesIn } from "./certificate-claims.ts";
import { level, type Worth } from "./certificate-level.ts";
import { contest } from "./contested.ts";
import { type Identity, identityOf } from "./identity.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { type Failure, failureWhy, testSource, testWords } from "./test-results.ts";
import { signersOf } from "./words.ts";

export const tested: FactDefinition = {
  name: "tested",
  mode: "graded",
  values: [false, true],
  question: "Has this release been tested by a recognised body or lab, under whatever scheme?",
  subject: "element",
  who: ["maker", "lab", "body"],
};

const longestTerm = 5;

/**
 * A test that was passed, or a certificate of any scheme in term, for this very release; a failure that nothing has answered
 * stands against both. What others passed stands beside a failure and leaves it open; what the same signer passed does not.
 */
export function deriveTested(setting: Setting, equipment: Equipment): GradedFact {
  const { maker, product, operator } = equipment;
  if (product.id === undefined) return graded(false, true, [], [product.why]);
  if (maker.id === undefined) return graded(false, true, [], [maker.why]);
  const words = testWords(setting, equipment);
  const failed = words.failures.filter(({ sure }) => sure);
  const passes = words.passes.filter(({ by }) => by.signedOn <= setting.asOf);
  const passed = passes.filter((pass) => !failed.some((failure) => overrules(failure, pass)));
  const certified = certificatesFor(setting, equipment);
  const sources = [...new Set([...passes, ...words.answers, ...words.failures.map(({ claim }) => claim)])].map(
    (claim) => testSource(claim, equipment),
  );
  const all = [
    ...sources,
    ...certified.flatMap(({ claim }) => {
      const { certificateId, release: named } = claim.says;
      const own = sourceOf(claim, certificateId, `certificate \`${certificateId}\` for \`${named}\``);
      return [own, ...namesIn(setting, claim), ...(identityOf(setting, claim, equipment, false).sources ?? [])];
    }),
    ...besideCertificates(setting, equipment, claimsFor(setting, equipment)),
  ];
  const possible = passed.length > 0 || certified.length > 0;
  if (failed.length > 0) return graded(false, possible, all, failed.map(failureWhy));
  const doubts = words.failures.map(failureWhy);
  if (passed.length > 0 || certified.some(({ worth }) => worth.worst === level.inTerm)) {
    return graded(doubts.length === 0, true, all, doubts);
  }
  const open = [...certified.flatMap(({ worth }) => worth.why), ...unknownRelease(equipment)];
  const whole = closure(setting, "certificates", operator);
  if (whole.closed) return graded(false, open.length > 0, [...all, ...whole.sources], [...doubts, ...open]);
  return graded(false, true, all, [...doubts, ...open, whole.why]);
}

/** A failure by the same signer; where it does not say what failed, a later pass may have been of just that. */
function overrules({ claim, tests }: Failure, pass: Failure["claim"]): boolean {
  return signersOf(claim.by) === signersOf(pass.by) && (tests.length > 0 || pass.by.signedOn <= claim.by.signedOn);
}

/** Certificates that are, or may be, in term and for this very release, each with what other words leave of it. */
function certificatesFor(setting: Setting, equipment: Equipment) {
  const weigh = (claim: Claim<CertificateClaim>) => ({ claim, worth: worthOf(setting, claim, equipment) });
  const weighed = claimsFor(setting, equipment).map(weigh);
  const left = contest(setting, equipment, weighed, claimsFor(setting, equipment, "below").map(weigh));
  return weighed.flatMap(({ claim }, index) => {
    const worth = left[index]!;
    return worth.best === level.inTerm ? [{ claim, worth }] : [];
  });
}

function worthOf(setting: Setting, claim: Claim<CertificateClaim>, equipment: Equipment): Worth {
  const { status, scheme, issued, until } = claim.says;
  const none = { worst: level.held, best: level.held, why: [] };
  const years = setting.pack.manifest.schemes?.find(({ id }) => id === scheme)?.years ?? longestTerm;
  const longest = addYears(issued, years);
  const end = until !== undefined && until < longest ? until : longest;
  if (status !== "issued" || setting.asOf > end) return none;
  const identity = identityOf(setting, claim, equipment, false);
  if (identity.is === "other") return none;
  const open = identity.is === "maybe" ? [identityWhy(identity)] : [];
  const why = [...open, ...unknownTerm(setting, claim)];
  return { worst: why.length === 0 ? level.inTerm : level.held, best: level.inTerm, why };
}

function identityWhy({ text, who }: Extract<Identity, { is: "maybe" }>): Why {
  return { code: "identity", text, who };
}

/** How long it holds stands neither in the certificate nor, for its scheme, in the pack. */
function unknownTerm({ pack }: Setting, { says }: Claim<CertificateClaim>): readonly Why[] {
  if (says.until !== undefined || pack.manifest.schemes?.some(({ id }) => id === says.scheme)) return [];
  const text = `certificate \`${says.certificateId}\` does not say until when it holds`;
  return [{ code: "missing", text, who: "body" }];
}

function unknownRelease({ release }: Equipment): readonly Why[] {
  if (release !== null) return [];
  return [{ code: "identity", text: "the element's release is not known, so no test can be matched", who: "operator" }];
}
