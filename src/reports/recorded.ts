import type { Receipt } from "../model/record.ts";

type Recorded = false | Receipt;

/** Whether a decision is in the ledger, in a sentence; `how`: what would have entered it. */
export function recordedText(recorded: Recorded, how: string): string {
  if (!recorded) return `Not recorded: ${how}.`;
  const { entry, ledger, time } = recorded;
  return `Recorded: entry ${entry} of ledger \`${ledger}\` at ${time}; \`freigabe ledger prove DIR ${entry}\` proves it.`;
}

/** What is asked and not decided is entered nowhere. */
export const askedOnly = "A question, not a decision: nothing is recorded.";

/** The same for programs: what a pipeline keeps of a receipt. */
export function recordedFields(recorded: Recorded): false | Pick<Receipt, "ledger" | "entry" | "time" | "leaf"> {
  if (!recorded) return false;
  const { ledger, entry, time, leaf } = recorded;
  return { ledger, entry, time, leaf };
}
