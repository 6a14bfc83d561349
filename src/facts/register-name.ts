import type { RegisterPredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";

/** What makes two documents editions of one register: kind, who keeps it, and whose or which schemes it lists. */
export function registerName(claim: Claim<RegisterPredicate>): string {
  const { register, operator, schemes } = claim.says;
  const keeper = [...new Set(claim.by.signers.map(({ party }) => party))].sort().join("+");
  return [register, keeper, operator ?? "", [...(schemes ?? [])].sort().join("+")].join("|");
}

/** Whether `a` comes after `b`: by number; of two with one number the one signed later. */
export function isLaterEdition(a: Claim<RegisterPredicate>, b: Claim<RegisterPredicate>): boolean {
  if (a.says.edition !== b.says.edition) return a.says.edition > b.says.edition;
  return `${a.by.signedOn}${a.by.digest}` > `${b.by.signedOn}${b.by.digest}`;
}
