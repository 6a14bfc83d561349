import { listDigest } from "../model/list-digest.ts";
import type { Lists } from "../model/sharing.ts";
import type { PosturePredicate } from "../model/statement.ts";

const shownDigits = 12;

/**
 * Why shares of a list role are not those that a condition asks of: the posture has no such list, an empty one, or another
 * than the originator's; or the originator has none. Undefined: both have the same.
 */
export function listFault(role: string, { lists }: PosturePredicate, own: Lists): string | undefined {
  const wanted = Object.hasOwn(own, role) ? own[role] : undefined;
  const [list, ...more] = lists.filter((one) => one.role === role);
  if (!wanted) return `\`sharing.yaml\` does not say under \`lists\` who has the role \`${role}\``;
  if (!list || more.length > 0) return `the posture has ${list ? "several lists" : "no list"} for the role \`${role}\``;
  if (list.suppliers.length === 0) return `the posture says that nobody has the role \`${role}\``;
  const [theirs, ours] = [listDigest(list.suppliers), listDigest(wanted)];
  if (theirs === ours) return undefined;
  return `the posture has another list for the role \`${role}\`: ${short(theirs)}, expected ${short(ours)}`;
}

function short(digest: string): string {
  return digest.slice(0, shownDigits);
}
