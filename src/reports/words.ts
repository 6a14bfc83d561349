import type { Basis } from "../model/basis.ts";
import type { Outcome } from "../model/verdict.ts";

/** What each basis means, in a line for people. */
export const basisWords: Readonly<Record<Basis, string>> = {
  evidence: "a duty applies and evidence meets it",
  "no-duty": "no duty applies to the function (not a clearance)",
  "earlier-regime": "admitted only because first use fell into an earlier era",
  exception: "admitted only by a signed exception; a rule stands against it",
  rule: "a rule forbids it on what is known",
  input: "the record could not be read or placed",
  engine: "the engine could not answer",
  identity: "what the equipment is, or which release, is not settled",
  "stale-register": "a register is past its day",
  contested: "valid statements contradict each other",
  expired: "a certificate's term has ended",
  missing: "evidence, a date, or a source for how the law counts is missing",
  left: "recorded, gone from the tables, no removal signed",
  "stand-still": "a waiting time runs",
  "no-scheme": "the law demands a certificate that no scheme offers yet",
};

/** A sign for each outcome, so that colour is never the only carrier. */
export const outcomeSigns: Readonly<Record<Outcome, string>> = { admitted: "+", undecided: "?", refused: "x" };

/** The outcome's colour; an admission without a duty stays grey, and one against a rule is no green either. */
export function outcomeColour(outcome: Outcome, basis?: string): "green" | "yellow" | "red" | "dim" {
  if (outcome === "refused") return "red";
  if (outcome === "undecided" || basis === "exception") return "yellow";
  return basis === "no-duty" ? "dim" : "green";
}
