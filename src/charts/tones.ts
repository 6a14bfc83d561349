import type { Basis } from "../model/basis.ts";
import type { Outcome } from "../model/verdict.ts";

/**
 * The kinds of verdict that a picture tells apart. Only `evidence` is green: no duty is grey, what an earlier regime or an
 * exception lets pass is hatched in colours of their own.
 */
export const tones = ["refused", "undecided", "exception", "earlier-regime", "no-duty", "evidence"] as const;
export type Tone = (typeof tones)[number];

interface Look {
  /** Stands beside the colour wherever it is used. */
  readonly sign: string;
  readonly light: string;
  readonly dark: string;
  readonly hatched: boolean;
  /** Form of a site on the map. */
  readonly dot: "square" | "ring" | "square-ring" | "disc";
}

/** Colours that hold 3:1 against the page and stay apart under protanopia and deuteranopia (`tones.test.ts`). */
export const looks: Readonly<Record<Tone, Look>> = {
  refused: { sign: "x", light: "#a3142e", dark: "#f0616d", hatched: false, dot: "square" },
  undecided: { sign: "?", light: "#c27c00", dark: "#f2b632", hatched: false, dot: "ring" },
  exception: { sign: "!", light: "#4a2878", dark: "#d3bdfa", hatched: true, dot: "square-ring" },
  "earlier-regime": { sign: "<", light: "#3f83cf", dark: "#4f93e8", hatched: true, dot: "ring" },
  "no-duty": { sign: "o", light: "#85898f", dark: "#8b929b", hatched: false, dot: "disc" },
  evidence: { sign: "+", light: "#0b7a5b", dark: "#3fc795", hatched: false, dot: "disc" },
};

/** The tone of a verdict. */
export function toneOf(outcome: Outcome, basis: Basis): Tone {
  if (outcome !== "admitted") return outcome;
  if (basis === "no-duty" || basis === "earlier-regime" || basis === "exception") return basis;
  return "evidence";
}

/** The tone of a basis alone, as counts by basis name it. */
export function toneOfBasis(basis: string): Tone {
  if (basis === "rule") return "refused";
  if (basis === "evidence" || basis === "no-duty" || basis === "earlier-regime" || basis === "exception") return basis;
  return "undecided";
}

/** Pages on which the colours are used. */
export const paper = { light: "#fcfbf8", dark: "#14171b" } as const;
