import { contentOf } from "../model/content.ts";
import type { RegisterPredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";
import { signersOf } from "./words.ts";

/** What makes two documents editions of one register: kind, who keeps it, and whose or which schemes it lists. */
export function registerName(claim: Claim<RegisterPredicate>): string {
  const { register, operator, schemes, domain } = claim.says;
  return [register, signersOf(claim.by), operator ?? "", [...(schemes ?? [])].sort().join("+"), domain ?? ""].join("|");
}

/** Whether `a` takes the place of `b` or stands against it: a higher number, or the same with other content. */
export function isRivalOf(a: Claim<RegisterPredicate>, b: Claim<RegisterPredicate>): boolean {
  if (a.says.edition !== b.says.edition) return a.says.edition > b.says.edition;
  return contentOf(a.says) !== contentOf(b.says);
}
