import type { Source } from "../model/fact.ts";
import type { TestResultPredicate } from "../model/statement.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { type Words, wordsOn } from "./words.ts";

/** Each signer's latest word on a test of the release, by name or by digest; of two words of one day the failure stands. */
export function resultsFor(setting: Setting, equipment: Equipment): readonly Claim<TestResultPredicate>[] {
  return testWords(setting, equipment).flatMap(({ last }) => last);
}

/** The same with the words that were replaced. */
export function testWords(
  setting: Setting,
  { product, release, digest }: Equipment,
): readonly Words<TestResultPredicate>[] {
  const name = `${product.id}@${release}`;
  const about = setting.knowledge.tests.filter(({ by }) =>
    by.statement.subjects.some((subject) => {
      return subject.name === name || (digest !== null && subject.digest.sha256 === digest.toLowerCase());
    }),
  );
  return wordsOn(
    about,
    () => "",
    ({ result }) => result === "FAILED",
  );
}

/** A test result as the source of a fact. */
export function testSource(claim: Claim<TestResultPredicate>, { product, release }: Equipment): Source {
  const text = `test result ${claim.says.result} for \`${product.id}@${release}\``;
  return sourceOf(claim, `test-result/${claim.by.file}`, text);
}
