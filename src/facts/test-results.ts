import type { TestResultPredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

/** Each signer's latest word on a test of the release, by name or by digest; of two words of one day the failure stands. */
export function resultsFor(
  setting: Setting,
  { product, release, digest }: Equipment,
): readonly Claim<TestResultPredicate>[] {
  const name = `${product.id}@${release}`;
  const about = setting.knowledge.tests.filter(({ by }) =>
    by.statement.subjects.some((subject) => {
      return subject.name === name || (digest !== null && subject.digest.sha256 === digest.toLowerCase());
    }),
  );
  const latest = new Map<string, Claim<TestResultPredicate>>();
  for (const claim of about) {
    const signer = claim.by.signers.map(({ party }) => party).join();
    const held = latest.get(signer);
    if (!held || inOrder(claim) > inOrder(held)) latest.set(signer, claim);
  }
  return [...latest.values()];
}

function inOrder({ says, by }: Claim<TestResultPredicate>): string {
  return `${by.signedOn} ${says.result === "FAILED" ? 1 : 0} ${by.digest}`;
}
