import type { RegisterPredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";

/** What makes two documents editions of one register: kind, who keeps it, and whose or which schemes it lists. */
export function registerName(claim: Claim<RegisterPredicate>): string {
  const { register, operator, schemes } = claim.says;
  const keeper = claim.by.signers
    .map(({ party }) => party)
    .sort()
    .join("+");
  return [register, keeper, operator ?? "", [...(schemes ?? [])].sort().join("+")].join("|");
}

/** The highest edition of each register, sorted by name. */
export function latestEditions(registers: readonly Claim<RegisterPredicate>[]): readonly Claim<RegisterPredicate>[] {
  const latest = new Map<string, Claim<RegisterPredicate>>();
  for (const claim of registers) {
    const name = registerName(claim);
    const held = latest.get(name);
    if (!held || isLaterEdition(claim, held)) latest.set(name, claim);
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
}

/** Whether `a` comes after `b`: by number; of two with one number the one signed later. */
export function isLaterEdition(a: Claim<RegisterPredicate>, b: Claim<RegisterPredicate>): boolean {
  if (a.says.edition !== b.says.edition) return a.says.edition > b.says.edition;
  return `${a.by.signedOn}${a.by.digest}` > `${b.by.signedOn}${b.by.digest}`;
}

/** Whether a number is missing between the lowest and the highest edition of the claim's register. */
export function hasGap(claim: Claim<RegisterPredicate>, registers: readonly Claim<RegisterPredicate>[]): boolean {
  const name = registerName(claim);
  const editions = new Set(registers.filter((other) => registerName(other) === name).map(({ says }) => says.edition));
  return editions.size !== Math.max(...editions) - Math.min(...editions) + 1;
}
