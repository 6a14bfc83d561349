import type { Misfit } from "../model/check.ts";
import { documentProblem, type Problem } from "../model/problem.ts";

/** Names and values of the profiles that a document of the profile "CSAF Base" may not imitate (CSAF 2.0, section 4). */
const profiles = ["security incident response", "informational advisory", "security advisory", "vex"].map((name) =>
  name.replaceAll(" ", ""),
);
export const csafVersions = ["2.0", "2.1"] as const;
export type CsafVersion = (typeof csafVersions)[number];
const mostProblems = 8;
const longestMessage = 200;

/** Whether a text is the version of a CSAF that can be read. */
export function isCsafVersion(version: unknown): version is CsafVersion {
  return csafVersions.some((known) => known === version);
}

/** The library is large: a run without such documents does not load it. */
async function testsOf(version: CsafVersion) {
  if (version === "2.0") {
    const { csaf_2_0: schema } = await import("@secvisogram/csaf-validator-lib/schemaTests.js");
    return { schema, mandatory: await import("@secvisogram/csaf-validator-lib/mandatoryTests.js") };
  }
  const { csaf_2_1: schema } = await import("@secvisogram/csaf-validator-lib/csaf_2_1/schemaTests.js");
  return { schema, mandatory: await import("@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests.js") };
}

/**
 * What the schema of CSAF 2.0 or 2.1 and its mandatory tests (section 6.1) have against a document; nothing: it is valid. Each
 * problem names its test. The caller has bounded the document, for the tests' time grows with the square of its lists.
 */
export async function conformanceProblems(
  value: unknown,
  version: CsafVersion,
  file: string,
): Promise<readonly Problem[]> {
  const { schema, mandatory } = await testsOf(version);
  const named = (title: string) => `CSAF ${version}, ${title}`;
  const shape = await run(named("the schema"), schema, value, file);
  if (shape.length > 0) return shape.slice(0, mostProblems);
  const problems: Problem[] = [];
  for (const [name, test] of Object.entries(mandatory)) {
    if (typeof test !== "function") continue;
    const id = testId(name);
    problems.push(...(await run(named(`test ${id}`), test, id === "6.1.21" ? withSortedHistory(value) : value, file)));
  }
  problems.push(...imitatesProfile(value).map((misfit) => toProblem(named("test 6.1.26"), misfit, file)));
  return problems.slice(0, mostProblems);
}

/** `mandatoryTest_6_1_27_3` is test 6.1.27.3 of the standard. */
export function testId(name: string): string {
  return name.replace(/^[A-Za-z]+_/, "").replaceAll("_", ".");
}

/** A test that breaks off has not found the document valid. */
async function run(title: string, test: DocumentTest, value: unknown, file: string): Promise<readonly Problem[]> {
  try {
    const { isValid = true, errors = [] } = await test(value);
    if (isValid) return [];
    const found = errors.length > 0 ? errors : [{ instancePath: "", message: "not valid" }];
    return found
      .slice(0, mostProblems)
      .map(({ instancePath, message = "not valid" }) => toProblem(title, { pointer: instancePath, message }, file));
  } catch (error) {
    const message = `could not be run: ${error instanceof Error ? error.message : String(error)}`;
    return [toProblem(title, { pointer: "", message }, file)];
  }
}

function toProblem(title: string, { pointer, message }: Misfit, file: string): Problem {
  const short = message.replaceAll('"', "`").replaceAll(/\p{C}/gu, " ").slice(0, longestMessage);
  const hint = "the document does not conform to CSAF; ask its publisher for a corrected one";
  return documentProblem("wrong-shape", `${title}: ${short}`, { file, pointer }, hint);
}

/**
 * Test 6.1.26 as its text has it: neither the name nor the value of another profile, with dashes, blanks and underscores
 * taken out *on both sides*. The library compares with names only, so that `csafsecurityadvisory` passes it.
 */
function imitatesProfile(value: unknown): readonly Misfit[] {
  const { category } = (value as { readonly document: { readonly category: string } }).document;
  const plain = category.toLowerCase().replaceAll(/[\p{Pd}\s_]/gu, "");
  if (category.startsWith("csaf_") || !profiles.some((profile) => plain === profile || plain === `csaf${profile}`))
    return [];
  return [{ pointer: "/document/category", message: "value of another profile in other letters" }];
}

/**
 * Test 6.1.21 orders the history by day; of items of the same moment, the number decides, as in test 6.1.14. The library
 * leaves those as they stand, so that it refuses three valid documents of the standard's own tests.
 */
function withSortedHistory(value: unknown): unknown {
  const root = value as {
    readonly document: { readonly tracking: { readonly revision_history: readonly Revision[] } };
  };
  const { document } = root;
  const revision_history = document.tracking.revision_history.toSorted((a, b) => majorOf(a) - majorOf(b));
  return { ...root, document: { ...document, tracking: { ...document.tracking, revision_history } } };
}

interface Revision {
  readonly number: string;
}

function majorOf({ number }: Revision): number {
  return Number.parseInt(number, 10);
}
