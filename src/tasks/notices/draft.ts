import { UserError } from "../../model/errors.ts";
import type { NoticeThread } from "../../model/notice.ts";
import { isRecord } from "../../readers/records.ts";
import type { House } from "../disclosure/house.ts";

/**
 * What is wrong with a letter before anybody signs it, as its house and the letters so far tell: a partner or condition that
 * is not there, days out of order, a letter to replace that is not there or not its own. Throws `UserError` with all of it.
 * What a letter says by itself (its fields, days before the signing) is checked where it is signed.
 */
export function refuseMisdirected(draft: unknown, house: House, threads: readonly NoticeThread[]): void {
  if (!isRecord(draft)) return;
  const faults = [
    ...partnerFaults(draft, house),
    ...conditionFaults(draft, house),
    ...dayFaults(draft),
    ...replacingFaults(draft, threads),
  ];
  if (faults.length > 0) throw new UserError(faults.join("\n  "), "nothing was signed");
}

type Draft = Readonly<Record<string, unknown>>;

function partnerFaults({ partner }: Draft, { sharing }: House): readonly string[] {
  const known = sharing.partners.map(({ id }) => id);
  if (typeof partner !== "string" || known.includes(partner)) return [];
  return [
    `no partner \`${partner}\` in \`sharing.yaml\`; it has ${known.map((id) => `\`${id}\``).join(", ") || "none"}`,
  ];
}

/** The day of force is the condition's own: a letter that names another tells the partner something else than will happen. */
function conditionFaults({ condition: id, force }: Draft, { conditions }: House): readonly string[] {
  if (typeof id !== "string") return [];
  const condition = conditions.get(id);
  if (!condition) {
    const known = [...conditions.keys()].map((one) => `\`${one}\``).join(", ") || "none";
    return [`no condition \`${id}\` in \`conditions/\`, or its file has a problem; it has ${known}`];
  }
  if (typeof force !== "string" || force === condition.from) return [];
  return [`expected \`force\` to be ${condition.from}, from which \`${condition.file}\` is in force, got ${force}`];
}

function dayFaults({ answerBy, force }: Draft): readonly string[] {
  if (typeof answerBy !== "string" || typeof force !== "string" || answerBy <= force) return [];
  return [`an answer is wanted by ${answerBy}, after the day of force, ${force}`];
}

function replacingFaults({ supersedes, originator, partner, noticeId }: Draft, threads: readonly NoticeThread[]) {
  if (typeof supersedes !== "string") return [];
  if (supersedes === noticeId) return [`it would supersede itself, \`${supersedes}\``];
  const [earlier, ...others] = threads.filter(
    ({ id, from, to }) => id === supersedes && from === originator && to === partner,
  );
  if (!earlier)
    return [
      `no letter \`${supersedes}\` of \`${String(originator)}\` to \`${String(partner)}\` that it could supersede`,
    ];
  if (others.length > 0) return [`several letters have the id \`${supersedes}\`: nobody knows which it supersedes`];
  if (earlier.supersededBy === undefined) return [];
  return [`\`${supersedes}\` was superseded before, by \`${earlier.supersededBy}\``];
}
