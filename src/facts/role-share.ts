import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import { type MakerSpread, type Span, shareIn } from "../model/measure.ts";
import { graded } from "./build.ts";
import { counted, inBase, limitFor, type NetworkSegment, openCount, range } from "./network.ts";
import { hasRole, holdersOf } from "./roles.ts";
import type { Setting } from "./setting.ts";
import { cutAt, cuts } from "./spread.ts";

export const roleShare: FactDefinition = {
  name: "roleShare",
  mode: "graded",
  values: cuts,
  question: "Is the share of makers with the pack's role in this segment above the limit `roleShareLimit`?",
  subject: "network",
  who: ["operator"],
};

/**
 * The share of all makers that have the one role of the pack, or belong to one that has, cut at `roleShareLimit`. A maker
 * whose owners are not known counts as either; so does what is of unknown maker.
 */
export function deriveRoleShare(setting: Setting, counts: NetworkSegment): GradedFact {
  const spread = inBase(setting, counts);
  const { share, sources, why } = shareOfRole(setting, spread);
  const limit = limitFor(setting, spread, "roleShareLimit", 0);
  return graded(cutAt(limit, share.most), cutAt(limit, share.least), [counted(spread), ...sources], why);
}

/** The same in a line: which role, and its share in percent. */
export function describeRoleShare(setting: Setting, counts: NetworkSegment): string {
  const { share } = shareOfRole(setting, inBase(setting, counts));
  return `makers with the role \`${roleIn(setting)}\` ${range(share, 1)} %`;
}

interface RoleShare {
  readonly share: Span;
  readonly sources: readonly Source[];
  readonly why: readonly Why[];
}

function shareOfRole(setting: Setting, spread: MakerSpread): RoleShare {
  const holders = holdersOf(setting, roleIn(setting));
  if (holders.kind === "unfilled") return { share: { least: 0, most: 100 }, sources: [], why: [holders.why] };
  const { ids, unclear, sources } = holders;
  if (ids.size === 0 && unclear.length === 0) return { share: { least: 0, most: 0 }, sources, why: [] };
  if (spread.lacking !== undefined) return { share: { least: 0, most: 100 }, sources, why: [openCount(spread)] };
  const named = new Map(spread.tally.holders.map(({ name }) => [name, hasRole(setting, holders, name)]));
  const share = shareIn(spread.tally, (maker) => named.get(maker)?.known ?? "unknown");
  const why = [...named.values()].flatMap((one) => one.why);
  return { share, sources, why: distinct([...why, openCount(spread)]) };
}

/** The loader sees to it that the pack has just one. */
function roleIn({ pack }: Setting): string {
  return Object.keys(pack.manifest.roles ?? {})[0] ?? "";
}

function distinct(whys: readonly Why[]): readonly Why[] {
  return [...new Map(whys.map((why) => [`${why.code} ${why.text}`, why])).values()];
}
