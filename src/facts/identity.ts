import type { Actor } from "../model/problem.ts";
import type { CertificateClaim, UpdatePredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { successorOn } from "./suppliers.ts";

/**
 * How a statement's release and the element's are one: by digest, by exact version text, by a signed alias, or by a
 * signed statement that the update is minor. `maybe`: nobody has said so or otherwise. `other`: they are two.
 */
export type Identity =
  | { readonly is: "same"; readonly how: "digest" | "version" | "alias" }
  | { readonly is: "covered"; readonly by: Claim<UpdatePredicate> }
  | { readonly is: "maybe"; readonly text: string; readonly who: Actor }
  | { readonly is: "other"; readonly text: string };

/** Compares what a certificate names with what runs. `minorUpdates`: the scheme keeps a certificate for them. */
export function identityOf(
  setting: Setting,
  certificate: Claim<CertificateClaim>,
  equipment: Equipment,
  minorUpdates: boolean,
): Identity {
  const named = certificate.says.release;
  const ownDigest = manifestDigests(certificate);
  if (equipment.digest !== null && ownDigest.length > 0) {
    if (ownDigest.includes(equipment.digest.toLowerCase())) return { is: "same", how: "digest" };
    return { is: "other", text: `the certified manifest's digest differs from the element's` };
  }
  const { release } = equipment;
  if (release === null)
    return {
      is: "maybe",
      text: `the element's release is not known; the certificate names \`${named}\``,
      who: "operator",
    };
  if (setting.pack.manifest.lowestIdentity === "digest") {
    return { is: "maybe", text: "the pack wants equal digests, and one of the two is not known", who: "operator" };
  }
  if (release === named) return { is: "same", how: "version" };
  if (isAlias(setting, equipment, named)) return { is: "same", how: "alias" };
  return byUpdate(setting, certificate.says, equipment, release, minorUpdates);
}

/** Digests of the certified release's manifest: only where the statement's subject is the release itself. */
function manifestDigests({ says, by }: Claim<CertificateClaim>): readonly string[] {
  if (by.statement.kind !== "certificate" || by.statement.predicate.transcriptOf) return [];
  const release = by.statement.subjects.filter(({ name }) => name === `${says.product}@${says.release}`);
  return release.flatMap(({ digest }) => digest.sha256 ?? []);
}

function isAlias(setting: Setting, { product, release }: Equipment, named: string): boolean {
  return setting.knowledge.aliases.some(
    ({ says }) =>
      says.aliasOf === "release" &&
      says.text === release &&
      says.id === named &&
      (says.product === undefined || says.product === product.id) &&
      (says.from === undefined || says.from <= setting.asOf) &&
      (says.until === undefined || setting.asOf <= says.until),
  );
}

function byUpdate(
  setting: Setting,
  certificate: CertificateClaim,
  equipment: Equipment,
  release: string,
  minorUpdates: boolean,
): Identity {
  const differ = `the certificate names \`${certificate.release}\`, the network runs \`${release}\``;
  if (!minorUpdates) return { is: "other", text: `${differ}; the scheme covers exactly the named version` };
  const said = accepted(setting, "update-statement", setting.knowledge.updates).filter(
    (claim) =>
      claim.says.certificateId === certificate.certificateId &&
      claim.says.product === certificate.product &&
      speaksFor(setting, claim, equipment),
  );
  const about = said.filter(({ says }) => says.fromRelease === certificate.release && says.toRelease === release);
  const [major] = about.filter(({ says }) => says.change === "major");
  const [minor] = about.filter(({ says }) => says.change === "minor");
  if (major && minor)
    return {
      is: "maybe",
      text: `${differ}; two signed statements differ on whether the update is minor`,
      who: "maker",
    };
  if (major) return { is: "other", text: `${differ}; a signed statement calls the update major` };
  if (minor) return { is: "covered", by: minor };
  return { is: "maybe", text: `${differ}; no signed statement says whether the update is minor`, who: "maker" };
}

/** A maker speaks of its own products only, or of those of whom it succeeded. */
function speaksFor(setting: Setting, { by }: Claim<UpdatePredicate>, { maker }: Equipment): boolean {
  return by.signers.some(({ role, party }) => {
    return role !== "maker" || successorOn(setting.knowledge, party, setting.asOf) === maker.id;
  });
}
