import type { Receipt } from "../model/record.ts";

/** A receipt in a line, for people. */
export function receiptText({ entry, ledger, time }: Receipt): string {
  return `entered: entry ${entry} of ledger \`${ledger}\` at ${time}\n`;
}
