import type { Source } from "../model/fact.ts";
import type { Actor } from "../model/problem.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { aliasSource } from "./suppliers.ts";
import { updateTo } from "./updates.ts";

/**
 * How a statement's release and the element's are one: by digest, by exact version text, by a signed alias, or by the
 * body's word that the update is minor. `maybe`: nobody who may has said so or otherwise. `other`: they are two.
 * `sources`: the statements, besides the certificate, by which it is so.
 */
export type Identity = { readonly sources?: readonly Source[] } & (
  | { readonly is: "same"; readonly how: "digest" | "version" | "alias" }
  | { readonly is: "covered" }
  | { readonly is: "maybe"; readonly text: string; readonly who: Actor }
  | { readonly is: "other"; readonly text: string }
);

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
  const aliases = aliasesOf(setting, equipment, named);
  if (aliases.length > 0) return { is: "same", how: "alias", sources: aliases.map(aliasSource) };
  return byUpdate(setting, certificate, equipment, release, minorUpdates);
}

/** Digests of the certified release's manifest: only where the statement's subject is the release itself. */
function manifestDigests({ says, by }: Claim<CertificateClaim>): readonly string[] {
  if (by.statement.kind !== "certificate" || by.statement.predicate.transcriptOf) return [];
  const release = by.statement.subjects.filter(({ name }) => name === `${says.product}@${says.release}`);
  return release.flatMap(({ digest }) => digest.sha256 ?? []);
}

function aliasesOf({ knowledge, asOf }: Setting, { product, release }: Equipment, named: string) {
  return knowledge.aliases.filter(
    ({ says }) =>
      says.aliasOf === "release" &&
      says.text === release &&
      says.id === named &&
      (says.product === undefined || says.product === product.id) &&
      (says.from === undefined || says.from <= asOf) &&
      (says.until === undefined || asOf <= says.until),
  );
}

function byUpdate(
  setting: Setting,
  certificate: Claim<CertificateClaim>,
  equipment: Equipment,
  release: string,
  minorUpdates: boolean,
): Identity {
  const differ = `the certificate names \`${certificate.says.release}\`, the network runs \`${release}\``;
  if (!minorUpdates) return { is: "other", text: `${differ}; the scheme covers exactly the named version` };
  const update = updateTo(setting, certificate, equipment, release);
  const sources = update.by.map(updateSource);
  switch (update.change) {
    case "minor":
      return { is: "covered", sources };
    case "major":
      return { is: "other", text: `${differ}; a signed statement calls the update major`, sources };
    case "open":
      return { is: "maybe", text: `${differ}; ${update.text}`, who: update.who, sources };
  }
}

function updateSource(claim: ReturnType<typeof updateTo>["by"][number]): Source {
  const { certificateId, fromRelease, toRelease, change } = claim.says;
  const text = `the update \`${fromRelease}\` to \`${toRelease}\` is ${change}, by certificate \`${certificateId}\``;
  return sourceOf(claim, `update/${certificateId}`, text);
}
