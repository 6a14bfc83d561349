import type { Why } from "../model/fact.ts";
import type { CertificateClaim, RegisterPredicate } from "../model/statement.ts";
import { level, type Worth } from "./certificate-level.ts";
import type { Claim } from "./knowledge.ts";
import { perhapsText, perhapsWithdrawnBy } from "./perhaps-withdrawn.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { failureWhy, testWords } from "./test-results.ts";
import { signersOf, type Words, wordsOn } from "./words.ts";

/** A certificate statement and what it is worth if nobody contradicts it. */
export interface Weighed {
  readonly claim: Claim<CertificateClaim>;
  readonly worth: Worth;
}

/**
 * A valid statement by another signer trusted for it that says otherwise makes a certificate's worth contested: the lower
 * claim stays possible, whatever the grade of the word against it. Grades are asked of what supports something alone: so
 * `heard` are words on certificates below the grade that the pack takes. A later word of the same signer is no contest.
 */
export function contest(
  setting: Setting,
  equipment: Equipment,
  weighed: readonly Weighed[],
  heard: readonly Weighed[],
): readonly Worth[] {
  const words = [...weighed, ...heard];
  const failures = testWords(setting, equipment).failures;
  return weighed.map(({ claim, worth }) => {
    const lower = words.filter((other) => isOtherWord(other.claim, claim) && other.worth.worst < worth.worst);
    const failed = failures.filter(({ claim: { by } }) => by.signedOn >= claim.says.issued).map(failureWhy);
    const against = [
      ...strangers(setting, claim, words),
      ...notListed(setting, claim),
      ...perhapsWithdrawnBy(setting, claim).map((word) => perhapsText(word, claim)),
    ];
    const isAgainst = against.length + failed.length > 0;
    const floor = isAgainst ? level.held : Math.min(worth.worst, ...lower.map((other) => other.worth.worst));
    const texts = [...lower.map((other) => saysOtherwise(other.claim)), ...against];
    if (texts.length + failed.length === 0 || worth.best <= level.held) return worth;
    const why = [...texts.map((text): Why => ({ code: "contested", text, who: "body" })), ...failed];
    return { worst: Math.min(worth.worst, floor), best: worth.best, why: [...worth.why, ...why] };
  });
}

/** Another word on the same certificate that stands beside it: of another signer, or of the same with equal right. */
function isOtherWord(other: Claim<CertificateClaim>, claim: Claim<CertificateClaim>): boolean {
  if (other === claim || other.says.certificateId !== claim.says.certificateId || onlyRepeats(other, claim))
    return false;
  const equal = other.by.signedOn === claim.by.signedOn || other.by.grade !== claim.by.grade;
  return equal || signersOf(other.by) !== signersOf(claim.by);
}

/** An entry or a copy that says the same; it has no digest of the release's manifest that could differ. */
function onlyRepeats({ says, by }: Claim<CertificateClaim>, claim: Claim<CertificateClaim>): boolean {
  const { status, withdrawn, release, until } = claim.says;
  const ownDigest = by.statement.kind === "certificate" && !by.statement.predicate.transcriptOf;
  const same = says.status === status && says.withdrawn === withdrawn && says.release === release;
  return !ownDigest && same && (says.until ?? until) === until && !differ(says, claim.says);
}

/** Words on the same certificate that were not weighed, because they speak of another product, holder, scheme, day or document. */
function strangers(setting: Setting, claim: Claim<CertificateClaim>, weighed: readonly Weighed[]): readonly string[] {
  const words = setting.knowledge.certificates.filter((other) => isOtherWord(other, claim));
  return latestWord(words)
    .filter((other) => !weighed.some((one) => one.claim === other) && differ(other.says, claim.says))
    .map(saysOtherwise);
}

function differ(other: CertificateClaim, says: CertificateClaim): boolean {
  const documents = other.documents !== undefined && other.documents.join() !== says.documents?.join();
  const about = other.product !== says.product || other.holder !== says.holder || other.scheme !== says.scheme;
  return about || other.issued !== says.issued || documents;
}

/** What each signer says of each certificate: its last word counts, and of two of one day the withdrawal. */
export function certificateWords(claims: readonly Claim<CertificateClaim>[]): readonly Words<CertificateClaim>[] {
  return wordsOn(
    claims,
    ({ certificateId }) => certificateId,
    ({ status }) => status === "withdrawn",
  );
}

/** Of several statements by one signer on one certificate the last counts; those of other signers stand beside it. */
export function latestWord(claims: readonly Claim<CertificateClaim>[]): readonly Claim<CertificateClaim>[] {
  return certificateWords(claims).flatMap(({ last }) => last);
}

function saysOtherwise({ says, by }: Claim<CertificateClaim>): string {
  return `\`${by.file}\` says otherwise of certificate \`${says.certificateId}\``;
}

function notListed({ knowledge }: Setting, claim: Claim<CertificateClaim>): readonly string[] {
  return knowledge.latest
    .filter((edition) => omits(edition, claim))
    .map(
      ({ says, by }) =>
        `register edition ${says.edition} in \`${by.file}\`, complete as of ${says.asOf}, does not list certificate \`${claim.says.certificateId}\``,
    );
}

/** Whether a complete register of the scheme, newer than the certificate and not older than its term, does not list it. */
export function omits({ says, by }: Claim<RegisterPredicate>, claim: Claim<CertificateClaim>): boolean {
  const { certificateId, scheme, issued, until } = claim.says;
  return (
    says.register === "certificates" &&
    says.complete &&
    says.operator === undefined &&
    by !== claim.by &&
    says.schemes?.includes(scheme) === true &&
    says.asOf > issued &&
    says.asOf <= (until ?? says.asOf) &&
    !says.entries.some((entry) => "certificateId" in entry && entry.certificateId === certificateId)
  );
}
