import { addDays } from "../model/day.ts";
import type { Evidence } from "../model/evidence.ts";
import type { AliasPredicate, ExceptionPredicate, RegisterPredicate } from "../model/statement.ts";
import type { Claim, Knowledge } from "./knowledge.ts";
import { isRivalOf, registerName } from "./register-name.ts";
import type { Fault } from "./register-series.ts";

/**
 * What a ledger has seen and the workspace has lost. Nothing rests on it: what is gone supports nothing. But taking away
 * what speaks against something must not help, so facts are looked at with it as well.
 */
export interface Gone {
  /** The lost evidence; `file` says where it lay, and which bytes lay there. */
  readonly evidence: readonly Evidence[];
  /** All that would be known if nothing were gone. */
  readonly recorded: Knowledge;
  readonly aliases: readonly Claim<AliasPredicate>[];
}

/** Lost evidence by names that nothing in the workspace has; a copy that lies elsewhere is not lost. Sorted by file. */
export function lostOf(vanished: readonly Evidence[], evidence: readonly Evidence[]): readonly Evidence[] {
  const present = new Set(evidence.map(({ digest }) => digest));
  const lost = new Map(vanished.filter(({ digest }) => !present.has(digest)).map((one) => [one.digest, one]));
  return [...lost.values()]
    .map((one) => ({ ...one, file: `${one.file} (sha256 ${one.digest.slice(0, 12)})` }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** For each latest edition at hand, the numbers of lost ones that are newer or whose number is missing below it. */
export function goneEditions(
  latest: readonly Claim<RegisterPredicate>[],
  present: readonly Claim<RegisterPredicate>[],
  lost: readonly Claim<RegisterPredicate>[],
): ReadonlyMap<Claim<RegisterPredicate>, readonly number[]> {
  const lostBy = Map.groupBy(lost, registerName);
  const presentBy = Map.groupBy(present, registerName);
  const found = latest.map((claim) => {
    const name = registerName(claim);
    const held = new Set(presentBy.get(name)?.map(({ says }) => says.edition));
    const gone = (lostBy.get(name) ?? []).filter((one) => isRivalOf(one, claim) || !held.has(one.says.edition));
    const numbers = new Set(gone.map(({ says }) => says.edition));
    return [claim, [...numbers].sort((a, b) => a - b)] as const;
  });
  return new Map(found.filter(([, numbers]) => numbers.length > 0));
}

/** The ledger has seen editions that are not there: whatever the register says of itself, it is not whole. */
export function goneFault({ by }: Claim<RegisterPredicate>, numbers: readonly number[]): Fault {
  const noun = numbers.length === 1 ? "edition" : "editions";
  const text = `${noun} ${numbers.join(", ")} of the register in \`${by.file}\`, once in the ledger, not on file`;
  return { kind: "gap", text, files: [by.file] };
}

/**
 * Lost exceptions that took the place of one at hand, each with its time over: what they replaced must not come back to
 * life, and they themselves waive nothing.
 */
export function endedExceptions(
  present: readonly Claim<ExceptionPredicate>[],
  lost: readonly Claim<ExceptionPredicate>[],
): readonly Claim<ExceptionPredicate>[] {
  const ids = new Set(present.map(({ says }) => says.exceptionId));
  return lost
    .filter(({ says }) => ids.has(says.exceptionId))
    .map(({ says, by }) => {
      const { from } = says;
      const begins = from !== undefined && from > by.signedOn ? from : by.signedOn;
      return { says: { ...says, until: addDays(begins, -1) }, by };
    });
}
