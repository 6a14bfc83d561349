import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import { graded } from "./build.ts";
import { counted, inBase, limitFor, type NetworkSegment, openCount, range } from "./network.ts";
import { parameter, type Setting } from "./setting.ts";

/** Shares cut at a limit, worst to best. */
export const cuts = ["above", "at", "below"] as const;
const mostMakers = 20;
const network = { subject: "network", mode: "graded", who: ["operator"] } as const;

export const makerCount: FactDefinition = {
  ...network,
  name: "makerCount",
  values: Array.from({ length: mostMakers + 1 }, (_, count) => count),
  question: "How many makers share the elements in this segment (20: or more)?",
};

export const makersEnough: FactDefinition = {
  ...network,
  name: "makersEnough",
  values: [false, true],
  question: "Do as many makers share this segment as the pack's parameter `makersAtLeast` asks?",
};

export const largestShare: FactDefinition = {
  ...network,
  name: "largestShare",
  values: cuts,
  question: "Is the largest maker's share of this segment above the limit `largestShareLimit`?",
};

export const largestOwnerShare: FactDefinition = {
  ...network,
  name: "largestOwnerShare",
  values: cuts,
  question: "Is the share of all makers with one owner in this segment above the limit `ownerShareLimit`?",
};

export const makersEven: FactDefinition = {
  ...network,
  name: "makersEven",
  values: [false, true],
  question: "Is the effective number of makers of this segment at least the pack's parameter `effectiveAtLeast`?",
};

/** Makers are counted over elements, whatever the base of shares is. */
export function deriveMakerCount(_setting: Setting, { element }: NetworkSegment): GradedFact {
  const cap = (count: number) => Math.min(mostMakers, count);
  const { least, most } = element.makers;
  return graded(cap(least), cap(most), [counted(element)], [openCount(element)]);
}

/** The number of makers cut at `makersAtLeast`, for the nation at `makersAtLeastNation` where the pack has one. */
export function deriveMakersEnough(setting: Setting, { element }: NetworkSegment): GradedFact {
  const wanted = limitFor(setting, element, "makersAtLeast", mostMakers);
  const { least, most } = element.makers;
  return graded(least >= wanted, most >= wanted, [counted(element)], [openCount(element)]);
}

/** The largest share cut at `largestShareLimit`, for the nation at `largestShareLimitNation` where the pack has one. */
export function deriveLargestShare(setting: Setting, counts: NetworkSegment): GradedFact {
  const spread = inBase(setting, counts);
  const limit = limitFor(setting, spread, "largestShareLimit", 0);
  const { least, most } = spread.largestShare;
  return graded(cutAt(limit, most), cutAt(limit, least), [counted(spread)], [openCount(spread)]);
}

/** The largest share of one owner cut at `ownerShareLimit`, for the nation at `ownerShareLimitNation` where the pack has one. */
export function deriveLargestOwnerShare(setting: Setting, counts: NetworkSegment): GradedFact {
  const spread = inBase(setting, counts);
  const limit = limitFor(setting, spread, "ownerShareLimit", 0);
  const { least, most } = spread.largestOwnerShare;
  const text = "the tables do not tell who controls some of the makers, or the makers of some elements";
  const why: Why = spread.lacking === undefined ? { code: "missing", text, who: "operator" } : openCount(spread);
  const source = { ...counted(spread), text: `largest owner ${range(spread.largestOwnerShare, 1)} %` } as const;
  return graded(cutAt(limit, most), cutAt(limit, least), [source], [why]);
}

/**
 * The effective number of makers cut at `effectiveAtLeast` (`effectiveAtLeastNation`): 10,000 / HHI, or, where `effectiveCounts` is
 * `components`, what is left of that once components count that several makers' equipment has in common.
 */
export function deriveMakersEven(setting: Setting, counts: NetworkSegment): GradedFact {
  const spread = inBase(setting, counts);
  const wanted = limitFor(setting, spread, "effectiveAtLeast", mostMakers);
  const shared = parameter(setting, "effectiveCounts") === "components";
  const { least, most } = shared ? spread.similar : spread.effective;
  const text = `the effective number of makers lies between ${least.toFixed(2)} and ${most.toFixed(2)}`;
  const bills = "complete bills of materials that somebody vouches for would narrow it";
  const why: Why =
    spread.lacking === undefined && shared
      ? { code: "missing", text: `${text}; ${bills}`, who: "maker" }
      : openCount(spread);
  return graded(least >= wanted, most >= wanted, [{ ...counted(spread), text }], [why]);
}

/** Whether a share in percent is above, at or below a limit. */
export function cutAt(limit: number, share: number): (typeof cuts)[number] {
  return share > limit ? "above" : share < limit ? "below" : "at";
}
