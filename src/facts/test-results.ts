import type { Source, Why } from "../model/fact.ts";
import type { Subject, TestResultPredicate } from "../model/statement.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve } from "./suppliers.ts";
import { signersOf } from "./words.ts";

type Result = Claim<TestResultPredicate>;

/** A failure that nothing has answered. */
export interface Failure {
  readonly claim: Result;
  /** Names of the tests that failed and never passed since; empty: the result names none, so nothing can answer it. */
  readonly tests: readonly string[];
  /** Whether it is known to be of this release; else it may be. */
  readonly sure: boolean;
}

/** What laboratories say of a release. */
export interface TestWords {
  /** Passed tests of this very release, of a grade that the pack takes. */
  readonly passes: readonly Result[];
  /** Failures that stand, of whatever grade: what speaks against something is heard from whoever may say it. */
  readonly failures: readonly Failure[];
  /** Passes that answer a failure: without them it would stand. */
  readonly answers: readonly Result[];
}

/**
 * Passes and standing failures of a release. A failure is answered only by the same signer's later pass of the very tests
 * that failed; a pass is a result PASSED that names what passed, and nothing that failed or was warned of.
 */
export function testWords(setting: Setting, equipment: Equipment): TestWords {
  const about = setting.knowledge.tests.flatMap((claim) => {
    const whose = aboutness(setting, claim, equipment);
    return whose === "other" ? [] : [{ claim, sure: whose === "this" }];
  });
  const sure = about.filter((one) => one.sure).map(({ claim }) => claim);
  const passed = accepted(setting, "test-result", sure).filter(isPass);
  const failed = about.filter(({ claim }) => isFailure(claim));
  const answered = failed.map((one) => {
    const later = passed.filter((pass) => isLaterWord(pass, one.claim));
    const all = one.claim.says.failedTests ?? [];
    return { ...one, tests: all.filter((name) => !later.some((pass) => names(pass, name))), all, later };
  });
  return {
    passes: passed,
    failures: answered.filter(({ tests, all }) => all.length === 0 || tests.length > 0),
    answers: passed.filter((pass) =>
      answered.some(({ later, all }) => later.includes(pass) && all.some((name) => names(pass, name))),
    ),
  };
}

/** A test result as the source of a fact. */
export function testSource(claim: Result, { product, release }: Equipment): Source {
  const failed = claim.says.failedTests ?? [];
  const text = `test result ${claim.says.result} for \`${product.id}@${release}\`${failed.length > 0 ? `, failed: ${named(failed)}` : ""}`;
  return sourceOf(claim, `test-result/${claim.by.file}`, text);
}

/** Why a fact is open that a failure stands against. */
export function failureWhy({ claim, tests, sure }: Failure): Why {
  const { file, statement } = claim.by;
  const what = tests.length > 0 ? `: ${named(tests)}` : "";
  const subjects = named(statement.subjects.map(({ name }) => name));
  if (sure) return { code: "contested", text: `\`${file}\` reports a failed test of ${subjects}${what}`, who: "lab" };
  const text = `\`${file}\` reports a failed test of ${subjects}, which may be this release${what}`;
  return { code: "identity", text, who: "operator" };
}

const mostNamed = 3;

function named(texts: readonly string[]): string {
  const more = texts.length > mostNamed ? ` and ${texts.length - mostNamed} more` : "";
  return `${texts
    .slice(0, mostNamed)
    .map((text) => `\`${text}\``)
    .join(", ")}${more}`;
}

function isPass({ says }: Result): boolean {
  const { result, passedTests = [], warnedTests = [], failedTests = [] } = says;
  return result === "PASSED" && passedTests.length > 0 && warnedTests.length + failedTests.length === 0;
}

function isFailure({ says }: Result): boolean {
  return says.result === "FAILED" || (says.failedTests ?? []).length > 0;
}

function names({ says }: Result, test: string): boolean {
  return says.passedTests?.includes(test) === true;
}

/** Of two words of one day the failure stands. */
function isLaterWord(pass: Result, failure: Result): boolean {
  return signersOf(pass.by) === signersOf(failure.by) && pass.by.signedOn > failure.by.signedOn;
}

/** `this`: a subject is this release. `maybe`: it cannot be told apart from it, which matters for what failed. */
function aboutness(setting: Setting, claim: Result, equipment: Equipment): "this" | "maybe" | "other" {
  const each = claim.by.statement.subjects.map((subject) => subjectIs(setting, claim, subject, equipment));
  return each.find((one) => one === "this") ?? each.find((one) => one === "maybe") ?? "other";
}

/**
 * By digest first: equal ones are one release. What failed under the name of this release is not heard away by another
 * digest, nor by a name that nobody can place; what passed is of this release only by digest or by its very name.
 */
function subjectIs(
  { knowledge, asOf }: Setting,
  { says, by }: Result,
  subject: Subject,
  { product, release, digest }: Equipment,
): "this" | "maybe" | "other" {
  // In a transcript the digest is that of the copied document.
  const tested = says.transcriptOf ? undefined : subject.digest.sha256?.toLowerCase();
  const known = tested !== undefined && digest !== null;
  const differs = known && tested !== digest.toLowerCase();
  if (known && !differs) return "this";
  if (release !== null && subject.name === `${product.id}@${release}`) return differs ? "maybe" : "this";
  const at = subject.name.lastIndexOf("@");
  const named = resolve(knowledge, "product", at < 0 ? subject.name : subject.name.slice(0, at), by.signedOn);
  const ofRelease = at < 0 || release === null || isLike(subject.name.slice(at + 1), release);
  if (named.id === product.id && ofRelease) return differs && release === null ? "other" : "maybe";
  return named.id === undefined && ofRelease && !differs ? "maybe" : "other";

  function isLike(text: string, own: string): boolean {
    const isAlias = ({ says: alias }: (typeof knowledge.aliases)[number]) =>
      alias.aliasOf === "release" &&
      alias.text === own &&
      alias.id === text &&
      (alias.from ?? asOf) <= asOf &&
      asOf <= (alias.until ?? asOf);
    return loosely(text) === loosely(own) || knowledge.aliases.some(isAlias);
  }
}

/** Without what people write in one way or another: only to doubt, never to join. */
function loosely(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
  return plain.startsWith("v") ? plain.slice(1) : plain;
}
