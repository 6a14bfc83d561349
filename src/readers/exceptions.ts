import Type, { type Static } from "typebox";
import { checkShape } from "../model/check.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { predicates } from "../model/statement.ts";
import { withNames } from "./names.ts";
import { readYaml } from "./yaml.ts";

/** The working copy of exceptions; only the signed statements in `evidence/` have effect. */
export const exceptionsFile = "exceptions.yaml";

const mostEntries = 10_000;
const { signedAt: _moment, transcriptOf: _copy, ...fields } = predicates.exception.schema.properties;

/** An exception as it is written down before anybody signs it. */
export const ProposedException = Type.Object(fields, { additionalProperties: false });
export type ProposedException = Static<typeof ProposedException>;

/** An entry of the working copy, and the line where it begins. */
export interface Proposal {
  readonly says: ProposedException;
  readonly line: number;
}

/**
 * Reads the working copy: a list of exceptions without signatures. An entry that does not fit, or that shares its id with
 * another, is a problem with its line; the others are still read.
 */
export function readExceptions(file: ReadFile): {
  readonly proposals: readonly Proposal[];
  readonly problems: readonly Problem[];
} {
  const { value, problems, lineOf } = readYaml(file.bytes, file.name);
  if (problems.length > 0) return { proposals: [], problems };
  // An empty file, or one with nothing but comments, is an empty list.
  const entries: unknown = withNames(value ?? []);
  if (!Array.isArray(entries) || entries.length > mostEntries) {
    const message = `expected a list of at most ${mostEntries} exceptions`;
    const hint = "each entry begins with `- exceptionId: ...`; docs/formats.md shows one";
    return { proposals: [], problems: [documentProblem("wrong-shape", message, { file: file.name, line: 1 }, hint)] };
  }
  const read = entries.map((entry: unknown, index) => {
    const pointer = `/${index}`;
    const own = (inner: string) => lineOf(`${pointer}${inner}`);
    const checked = checkShape(ProposedException, entry, { file: file.name, pointer, lineOf: own });
    const line = lineOf(pointer) ?? 1;
    return "value" in checked
      ? { proposals: [{ says: checked.value, line }], problems: [] }
      : { proposals: [], ...checked };
  });
  const proposals = read.flatMap((one) => one.proposals);
  return { proposals, problems: [...read.flatMap((one) => one.problems), ...repeated(file.name, proposals)] };
}

function repeated(file: string, proposals: readonly Proposal[]): readonly Problem[] {
  const first = new Map<string, Proposal>();
  return proposals.flatMap((proposal) => {
    const { exceptionId } = proposal.says;
    const held = first.get(exceptionId);
    if (!held) first.set(exceptionId, proposal);
    if (!held) return [];
    const message = `exception \`${exceptionId}\` stands in line ${held.line} already`;
    return [documentProblem("duplicate-id", message, { file, line: proposal.line })];
  });
}
