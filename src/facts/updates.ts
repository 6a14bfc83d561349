import type { Actor } from "../model/problem.ts";
import type { CertificateClaim, UpdatePredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { successorOn } from "./suppliers.ts";
import { lastWords } from "./words.ts";

/** Whether the update from a certified release to the one in use is minor, and the statements that say so or otherwise. */
export type Update =
  | { readonly change: "minor" | "major"; readonly by: readonly Claim<UpdatePredicate>[] }
  | {
      readonly change: "open";
      readonly text: string;
      readonly who: Actor;
      readonly by: readonly Claim<UpdatePredicate>[];
    };

/**
 * The certification body decides finally whether a change is minor (TR-03163 3.1.1): who else says "minor" settles
 * nothing, and who says "major" stands against a body that says "minor".
 */
export function updateTo(
  setting: Setting,
  certificate: Claim<CertificateClaim>,
  equipment: Equipment,
  release: string,
): Update {
  const by = lastWords(
    setting.knowledge.updates.filter((claim) => isAbout(claim, certificate.says, release)),
    () => "",
    ({ change }) => change === "major",
  ).filter((claim) => speaksFor(setting, claim, equipment));
  const deciding = accepted(setting, "update-statement", by).filter((claim) => isDecision(claim, certificate));
  const major = by.filter(({ says }) => says.change === "major");
  const decided = (change: "minor" | "major") => deciding.some(({ says }) => says.change === change);
  if (decided("minor") && major.length === 0) return { change: "minor", by };
  if (major.length > 0 && !decided("minor")) return { change: "major", by };
  const open = (text: string): Update => ({ change: "open", text, who: "body", by });
  if (major.length > 0) return open("signed statements differ on whether the update is minor");
  if (by.length === 0) return open("no body has signed whether the update is minor");
  const signers = [...new Set(by.flatMap((one) => one.by.signers.map(({ id, role }) => `\`${id}\` (${role})`)))].sort();
  return open(`${signers.join(", ")} calls the update minor, and that is for the certification body to decide`);
}

function isAbout({ says }: Claim<UpdatePredicate>, certificate: CertificateClaim, release: string): boolean {
  return (
    says.certificateId === certificate.certificateId &&
    says.product === certificate.product &&
    says.fromRelease === certificate.release &&
    says.toRelease === release
  );
}

/** A maker speaks of its own products only, or of those of whom it succeeded. */
function speaksFor(setting: Setting, { by }: Claim<UpdatePredicate>, { maker }: Equipment): boolean {
  return by.signers.some(({ role, party }) => {
    return role !== "maker" || successorOn(setting.knowledge, party, setting.asOf) === maker.id;
  });
}

/** The word of a body that may speak for the scheme: of the one that issued the certificate, where that is known. */
function isDecision({ by }: Claim<UpdatePredicate>, certificate: Claim<CertificateClaim>): boolean {
  const issuers = new Set(certificate.by.signers.flatMap(({ role, party }) => (role === "body" ? [party] : [])));
  return by.signers.some(
    ({ role, party, schemes }) =>
      role === "body" &&
      (issuers.size === 0 || issuers.has(party)) &&
      (schemes === undefined || schemes.includes(certificate.says.scheme)),
  );
}
