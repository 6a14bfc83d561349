import { printable } from "../reports/terminal.ts";
import type { ProofVerification } from "../tasks/record/verify-proof.ts";
import { predicateText } from "./entry-text.ts";

const endings = {
  holds: "it holds: this was entered, and is there",
  open: "nothing is broken, but nobody trusted stands behind it",
  broken: "it is broken",
} as const;

/** What came of checking a proof, for people. */
export function proofText({ file, steps, entry, outcome }: ProofVerification): string {
  const lines = [
    file,
    ...steps.map(({ name, holds, detail }) => `  ${holds ? "✓" : "✗"} ${name.padEnd(12)} ${printable(detail)}`),
    ...(entry
      ? [
          "",
          `entry ${entry.index} of \`${entry.ledger}\`, ${entry.kind}, ${entry.time}`,
          ...predicateText(entry.kind, entry.predicate),
        ]
      : []),
    "",
    endings[outcome],
  ];
  return `${lines.join("\n")}\n`;
}
