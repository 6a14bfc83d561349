import { atLeast, type Evidence } from "../model/evidence.ts";
import type { Claim } from "./knowledge.ts";

/** What one signer says of one matter: the words that count, and earlier ones whose place they took. */
export interface Words<T> {
  readonly last: readonly Claim<T>[];
  readonly replaced: readonly Claim<T>[];
}

/** The parties that signed, sorted and joined: what makes two statements words of one signer. */
export function signersOf({ signers }: Evidence): string {
  return [...new Set(signers.map(({ party }) => party))].sort().join("+");
}

/**
 * Of several words of one signer on one matter those of the last day count, unless an earlier one is of higher grade; those
 * of other signers stand beside them. Of words of one day the stricter stand (`isStrict`), and where none is stricter all:
 * nothing is left to chance.
 */
export function wordsOn<T>(
  claims: readonly Claim<T>[],
  matterOf: (says: T) => string,
  isStrict: (says: T) => boolean = () => false,
): readonly Words<T>[] {
  const groups = Map.groupBy(claims, ({ says, by }) => JSON.stringify([matterOf(says), signersOf(by)]));
  return [...groups.values()].map((same) => {
    const stands = (one: Claim<T>) => !same.some((other) => takesPlace(other.by, one.by));
    const byDay = Map.groupBy(same.filter(stands), ({ by }) => by.signedOn);
    const last = [...byDay.values()].flatMap((words) => {
      const strict = words.filter(({ says }) => isStrict(says));
      return strict.length > 0 ? strict : words;
    });
    return { last, replaced: same.filter((claim) => !last.includes(claim)) };
  });
}

/** A later word takes the place of one of its own grade or a lower one: an own register takes back no copy by two people. */
function takesPlace(later: Evidence, earlier: Evidence): boolean {
  return later.signedOn > earlier.signedOn && atLeast(later.grade, earlier.grade);
}

/** The words that count, of all signers. */
export function lastWords<T>(...of: Parameters<typeof wordsOn<T>>): readonly Claim<T>[] {
  return wordsOn<T>(...of).flatMap(({ last }) => last);
}
