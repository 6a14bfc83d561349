import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { MakerSpread } from "../model/measure.ts";
import { graded } from "./build.ts";
import type { Setting } from "./setting.ts";

const mostMakers = 20;

export const makerCount: FactDefinition = {
  name: "makerCount",
  mode: "graded",
  values: Array.from({ length: mostMakers + 1 }, (_, count) => count),
  question: "How many makers share the operator's elements in this segment (20: or more)?",
  subject: "network",
  who: ["operator"],
};

export const largestShare: FactDefinition = {
  name: "largestShare",
  mode: "graded",
  values: ["above", "at", "below"],
  question:
    "Is the largest maker's share of the operator's elements in this segment above the limit `largestShareLimit`?",
  subject: "network",
  who: ["operator"],
};

export function deriveMakerCount(_setting: Setting, spread: MakerSpread): GradedFact {
  const cap = (count: number) => Math.min(mostMakers, count);
  return graded(cap(spread.makers.least), cap(spread.makers.most), [asSource(spread)], open(spread));
}

/** Cuts the largest share into below, at and above the pack's limit in percent. */
export function deriveLargestShare(setting: Setting, spread: MakerSpread): GradedFact {
  const limit = Number(setting.parameters.largestShareLimit ?? 100);
  const cut = (share: number) => (share > limit ? "above" : share < limit ? "below" : "at");
  return graded(cut(spread.largestShare.most), cut(spread.largestShare.least), [asSource(spread)], open(spread));
}

function asSource({ operator, segment, elements, unknown, largest, largestShare: share }: MakerSpread): Source {
  const range =
    share.least === share.most ? share.most.toFixed(1) : `${share.least.toFixed(1)} to ${share.most.toFixed(1)}`;
  const text = `${operator}, ${segment}: ${elements} elements, ${unknown} of unknown maker, largest share ${range} %${largest ? ` (\`${largest}\`)` : ""}`;
  return { kind: "row", file: "elements", text };
}

function open({ unknown, unplaced }: MakerSpread): readonly Why[] {
  const text = `the maker of ${unknown} elements is not known, and ${unplaced} more may belong to this segment`;
  return [{ code: "missing", text, who: "operator" }];
}
