import { atLeast } from "../model/evidence.ts";
import type { Source } from "../model/fact.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { certificateWords, omits } from "./contested.ts";
import { type Claim, type Knowledge, sourceOf } from "./knowledge.ts";
import { registerSource, takenBack } from "./registers.ts";
import { lowestGrade, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, resolveToday, sourcesOf } from "./suppliers.ts";
import { testSource, testWords } from "./test-results.ts";

/**
 * Certificates for the equipment's maker and product, of any scheme, as each signer last spoke of them: those whose grade
 * the pack takes, or those below it.
 */
export function claimsFor(
  setting: Setting,
  { maker, product }: Equipment,
  grade: "taken" | "below" = "taken",
): readonly Claim<CertificateClaim>[] {
  return wordsAbout(setting, { maker, product }, grade).held;
}

/** What was said of the equipment, as each signer last spoke of it, and all words that took the place of one. */
function wordsAbout(
  setting: Setting,
  { maker, product }: Pick<Equipment, "maker" | "product">,
  grade: "taken" | "below",
): Record<"held" | "replacing", readonly Claim<CertificateClaim>[]> {
  const { knowledge, asOf } = setting;
  const { byProduct, byId } = indexOf(knowledge);
  const lowest = lowestGrade(setting, "certificate");
  const sayable = (claims: readonly Claim<CertificateClaim>[] = []) =>
    claims.filter(({ says, by }) => says.issued <= asOf && atLeast(by.grade, lowest) === (grade === "taken"));
  const held = sayable(byProduct.get(product.id ?? "")).filter(({ says }) => {
    const holder = resolveToday(knowledge, says.holder, says.issued, asOf);
    return holder.id !== undefined && holder.id === maker.id;
  });
  // A signer that last spoke of another product or holder takes back what it said of this one.
  const ids = new Set(held.map(({ says }) => says.certificateId));
  const words = certificateWords([...ids].flatMap((id) => sayable(byId.get(id))));
  const last = new Set(words.flatMap((one) => one.last));
  return {
    held: held.filter((claim) => last.has(claim)),
    replacing: words.filter(({ replaced }) => replaced.length > 0).flatMap((one) => one.last),
  };
}

/**
 * What a finding about the equipment's certificates rests on besides them: words that took the place of others, registers
 * that no longer say what they did or list what they did not, and tests that passed after one that failed.
 */
export function besideCertificates(
  setting: Setting,
  equipment: Equipment,
  claims: readonly Claim<CertificateClaim>[],
): readonly Source[] {
  const { knowledge } = setting;
  const ids = new Set(claims.map(({ says }) => says.certificateId));
  const isAbout = ({ says }: Claim<CertificateClaim>) =>
    ids.has(says.certificateId) || resolve(knowledge, "product", says.product, says.issued).id === equipment.product.id;
  const listing = knowledge.latest.filter((latest) =>
    claims.some(
      (claim) =>
        !omits(latest, claim) && knowledge.others.get(latest)?.some((edition) => omits(edition, claim)) === true,
    ),
  );
  return [
    ...wordsAbout(setting, equipment, "taken").replacing.map(wordSource),
    ...takenBack(setting, "certificates", isAbout),
    ...listing.map((edition) => registerSource(setting, edition)),
    ...testWords(setting, equipment).answers.map((claim) => testSource(claim, equipment)),
  ];
}

function wordSource(claim: Claim<CertificateClaim>): Source {
  const { certificateId, status, product, release } = claim.says;
  const text = `the last word of its signer on certificate \`${certificateId}\`: ${status}, \`${product}\` \`${release}\``;
  return sourceOf(claim, certificateId, text);
}

/** By which aliases and successions a certificate is for the equipment that it is found for. */
export function namesIn({ knowledge, asOf }: Setting, { says }: Claim<CertificateClaim>): readonly Source[] {
  const product = resolve(knowledge, "product", says.product, says.issued);
  return sourcesOf(product, resolveToday(knowledge, says.holder, says.issued, asOf));
}

interface Index {
  readonly byProduct: ReadonlyMap<string, readonly Claim<CertificateClaim>[]>;
  readonly byId: ReadonlyMap<string, readonly Claim<CertificateClaim>[]>;
}
const indexes = new WeakMap<Knowledge, Index>();

/** Certificates by the product that their text meant on the day of issue, and by id; kept, for every kind asks. */
function indexOf(knowledge: Knowledge): Index {
  const { certificates } = knowledge;
  const index = indexes.get(knowledge) ?? {
    // No product has an empty id, so what is not matched is found by nobody.
    byProduct: Map.groupBy(
      certificates,
      ({ says }) => resolve(knowledge, "product", says.product, says.issued).id ?? "\0",
    ),
    byId: Map.groupBy(certificates, ({ says }) => says.certificateId),
  };
  indexes.set(knowledge, index);
  return index;
}
