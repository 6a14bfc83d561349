import type { FactDefinition, GradedFact } from "../model/fact.ts";
import { graded } from "./build.ts";
import { counted, inBase, limitFor, type NetworkSegment, openCount } from "./network.ts";
import type { Setting } from "./setting.ts";

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

/** Shares cut at a limit, worst to best. */
export const cuts = ["above", "at", "below"] as const;

export const largestShare: FactDefinition = {
  ...network,
  name: "largestShare",
  values: cuts,
  question: "Is the largest maker's share of this segment above the limit `largestShareLimit`?",
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

/** Whether a share in percent is above, at or below a limit. */
export function cutAt(limit: number, share: number): (typeof cuts)[number] {
  return share > limit ? "above" : share < limit ? "below" : "at";
}
