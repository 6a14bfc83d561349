import type { Assessment } from "../model/assessment.ts";
import { printable } from "./terminal.ts";

const mostNamed = 6;

/**
 * That nobody vouches for the tables holding everything, and of whom; undefined if signed registers do. Whatever is admitted is
 * then admitted of what was entered, and no format may call the network clean.
 */
export function completenessText({ open, vouched }: Assessment["completeness"]): string | undefined {
  if (vouched) return undefined;
  const named = open
    .slice(0, mostNamed)
    .map(({ operator, domain, why }) => `${operator === "" ? "an operator that could not be read" : printable(operator)}${domain === "all" ? "" : ` (${domain})`}: ${why}`);
  const more = open.length > mostNamed ? [`and ${open.length - mostNamed} more`] : [];
  const who = [...named, ...more].join("; ");
  return `completeness not vouched for${who === "" ? ": no operator is named" : `: ${who}`}`;
}
