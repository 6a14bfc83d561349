import { atLeast } from "../model/evidence.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { latestWord } from "./contested.ts";
import type { Claim, Knowledge } from "./knowledge.ts";
import { lowestGrade, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, successorOn } from "./suppliers.ts";

/**
 * Certificates for the equipment's maker and product, of any scheme, as each signer last spoke of them: those whose grade
 * the pack takes, or those below it.
 */
export function claimsFor(
  setting: Setting,
  { maker, product }: Equipment,
  grade: "taken" | "below" = "taken",
): readonly Claim<CertificateClaim>[] {
  const { knowledge, asOf } = setting;
  const { byProduct, byId } = indexOf(knowledge);
  const lowest = lowestGrade(setting, "certificate");
  const sayable = (claims: readonly Claim<CertificateClaim>[] = []) =>
    claims.filter(({ says, by }) => says.issued <= asOf && atLeast(by.grade, lowest) === (grade === "taken"));
  const held = sayable(byProduct.get(product.id ?? "")).filter(({ says }) => {
    const holder = resolve(knowledge, "supplier", says.holder, says.issued);
    return holder.id !== undefined && successorOn(knowledge, holder.id, asOf) === maker.id;
  });
  // A signer that last spoke of another product or holder takes back what it said of this one.
  const ids = new Set(held.map(({ says }) => says.certificateId));
  const last = new Set(latestWord([...ids].flatMap((id) => sayable(byId.get(id)))));
  return held.filter((claim) => last.has(claim));
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
