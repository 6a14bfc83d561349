import { checkStatement, type Step, type Viewpoint } from "../evidence/check.ts";
import type { Day } from "../model/day.ts";
import type { Grade, Role } from "../model/evidence.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import type { StatementKind, Subject } from "../model/statement.ts";
import { readEvidence } from "../readers/dsse.ts";
import { readTrust } from "../readers/trust.ts";

/** What came of checking one file of evidence. */
export interface Verification {
  readonly kind: "verification";
  readonly file: string;
  readonly sha256: string;
  readonly knownAt: Day;
  readonly demo: boolean;
  /** `open`: nothing is broken, but nobody known, entitled and in time stands behind it. */
  readonly outcome: "holds" | "open" | "broken";
  readonly steps: readonly Step[];
  /** What the payload says, whether or not it holds. */
  readonly statement?: {
    readonly kind: StatementKind;
    readonly signedAt: string;
    readonly subjects: readonly Subject[];
  };
  readonly grade?: Grade;
  readonly signers: readonly { readonly id: string; readonly party: string; readonly role: Role }[];
  /** Keys that were available, and what is wrong with the file or with entries of `trust/`. */
  readonly trustedKeys: number;
  readonly problems: readonly Problem[];
}

const aboutSigner = new Set<Step["name"]>(["signer", "time", "entitlement"]);

/** Checks one file against the keys in the files of a `trust` folder, from a point of view. */
export function verifyFile(file: ReadFile, trustFiles: readonly ReadFile[], at: Viewpoint): Verification {
  const trust = readTrust(trustFiles);
  const document = readEvidence(file);
  const base = {
    kind: "verification",
    file: file.name,
    sha256: file.sha256,
    ...at,
    trustedKeys: trust.keys.length,
  } as const;
  if (document.kind === "unreadable") {
    const problems = [...document.problems, ...trust.problems];
    return { ...base, outcome: "broken", steps: [], signers: [], problems };
  }
  if (document.kind === "unsigned") {
    const detail = `${document.format} without a signature: it gives findings and decides nothing`;
    const steps = [{ name: "signer", holds: false, detail }] as const;
    return { ...base, outcome: "open", steps, signers: [], problems: trust.problems };
  }
  const { steps, evidence, problem } = checkStatement(document, trust.keys, at);
  const { content } = document;
  return {
    ...base,
    outcome: outcomeOf(steps),
    steps,
    ...(content.kind === "statement" && {
      statement: {
        kind: content.statement.kind,
        signedAt: content.statement.predicate.signedAt,
        subjects: content.statement.subjects,
      },
    }),
    ...(evidence && { grade: evidence.grade }),
    signers: (evidence?.signers ?? []).map(({ id, party, role }) => ({ id, party, role })),
    problems: [
      ...(content.kind === "broken" ? content.problems : []),
      ...(evidence && problem ? [problem] : []),
      ...trust.problems,
    ],
  };
}

function outcomeOf(steps: readonly Step[]): Verification["outcome"] {
  const failed = steps.filter(({ holds }) => !holds);
  if (failed.length === 0) return "holds";
  return failed.every(({ name }) => aboutSigner.has(name)) ? "open" : "broken";
}
