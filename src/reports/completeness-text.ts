import type { Assessment } from "../model/assessment.ts";
import { printable } from "./terminal.ts";

const mostNamed = 6;

/**
 * That nobody vouches for the tables holding everything, and of whom; undefined if signed registers do. Whatever is admitted is
 * then admitted of what was entered, and no format may call the network clean.
 */
export function completenessText({ open, vouched }: Assessment["completeness"]): string | undefined {
  if (vouched) return undefined;
  const groups = [...Map.groupBy(open, ({ why }) => why)];
  const named = groups.slice(0, mostNamed).map(([why, own]) => {
    const names = own.slice(0, mostNamed).map(({ operator, domain }) => {
      const whose = operator === "" ? "an operator that could not be read" : printable(operator);
      return domain === "all" ? whose : `${whose} (${domain})`;
    });
    const others = own.length > mostNamed ? [`${own.length - mostNamed} more`] : [];
    return `${[...names, ...others].join(", ")}: ${printable(why)}`;
  });
  const more = groups.length > mostNamed ? [`and ${groups.length - mostNamed} more reasons`] : [];
  const who = [...named, ...more].join("; ");
  return `completeness not vouched for${who === "" ? ": no operator is named" : `: ${who}`}`;
}
