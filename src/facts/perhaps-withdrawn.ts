import { fold } from "../model/name.ts";
import type { CertificateClaim } from "../model/statement.ts";
import type { Claim, Knowledge } from "./knowledge.ts";
import type { Setting } from "./setting.ts";
import { resolve, successorOn } from "./suppliers.ts";

type Word = Claim<CertificateClaim>;

/**
 * Words that withdraw or shorten and may be meant for a certificate although they give its number another way. Either the
 * number differs from this one by case, white space and hyphens alone; or it is that of no certificate on file, and scheme,
 * holder, product and release agree as far as they can be placed. Numbers are compared as they were signed.
 */
export function perhapsWithdrawnBy(setting: Setting, claim: Word): readonly Word[] {
  const { strangers, byFold } = indexOf(setting.knowledge);
  const { certificateId, release } = claim.says;
  const near = (byFold.get(fold(certificateId)) ?? []).filter((word) => isLower(word, claim));
  const strange = (strangers.get(releaseText(release)) ?? []).filter(
    (word) => !listsBoth(setting.knowledge, word, certificateId) && agrees(setting, word, claim),
  );
  return [...new Set([...near, ...strange])].filter((word) => word.says.certificateId !== certificateId);
}

/** What a word says that may be meant for the certificate, for people. */
export function perhapsText({ says, by }: Word, { says: { certificateId } }: Word): string {
  const what = says.status === "withdrawn" ? "withdraws" : "ends earlier";
  return `\`${by.file}\` ${what} \`${says.certificateId}\`, which may be meant for \`${certificateId}\``;
}

function isLower({ says }: Word, claim: Word): boolean {
  return says.status === "withdrawn" || (says.until ?? "9999") < (claim.says.until ?? "9999");
}

/** A register that lists both tells them apart. */
function listsBoth({ certificates }: Knowledge, { by }: Word, certificateId: string): boolean {
  if (by.statement.kind !== "register") return false;
  return certificates.some((other) => other.by === by && other.says.certificateId === certificateId);
}

function agrees(setting: Setting, { says }: Word, claim: Word): boolean {
  const { knowledge, asOf, pack } = setting;
  const scheme = says.scheme === claim.says.scheme || !pack.manifest.schemes?.some(({ id }) => id === says.scheme);
  return scheme && same("product") && same("supplier");

  function same(kind: "product" | "supplier"): boolean {
    const [one, other] = [says, claim.says].map((word) => {
      const { id } = resolve(knowledge, kind, kind === "product" ? word.product : word.holder, word.issued);
      return id === undefined || kind === "product" ? id : successorOn(knowledge, id, asOf);
    });
    return one === undefined || other === undefined || one === other;
  }
}

/** A release without the word before its number; whether two are one release is not for this to say. */
function releaseText(release: string): string {
  const folded = fold(release);
  const digits = folded.search(/[0-9]/);
  return digits < 0 ? folded : folded.slice(digits);
}

interface Index {
  /** Withdrawals of what nobody said to be issued, by release. */
  readonly strangers: ReadonlyMap<string, readonly Word[]>;
  readonly byFold: ReadonlyMap<string, readonly Word[]>;
}
const indexes = new WeakMap<Knowledge["certificates"], Index>();

function indexOf({ certificates }: Knowledge): Index {
  const held = indexes.get(certificates);
  if (held) return held;
  const issued = new Set(certificates.flatMap(({ says }) => (says.status === "issued" ? [says.certificateId] : [])));
  const strange = certificates.filter(({ says }) => says.status === "withdrawn" && !issued.has(says.certificateId));
  const index = {
    strangers: Map.groupBy(strange, ({ says }) => releaseText(says.release)),
    byFold: Map.groupBy(certificates, ({ says }) => fold(says.certificateId)),
  };
  indexes.set(certificates, index);
  return index;
}
