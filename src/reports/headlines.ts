import type { Assessment } from "../model/assessment.ts";
import { decimal, peopleText, percentText, spanText } from "./span-text.ts";
import { counted, printable } from "./terminal.ts";

/**
 * Dependence, exposure and outage of the nation in a sentence each, for formats that list single elements; nothing of what was
 * not looked at. Names come from outside.
 */
export function headlines({ dependence, exposure, outage }: Assessment): Readonly<Record<string, string>> {
  const said = {
    dependence: dependenceLine(dependence),
    exposure: exposureLine(exposure),
    outage: outageLine(outage),
  };
  return Object.fromEntries(Object.entries(said).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

function dependenceLine({ rows }: Assessment["dependence"]): string | undefined {
  const row = rows.find(
    ({ by, channel, scope, part, base }) =>
      by === "supplier" && channel === "made" && scope === "nation" && part === "access" && base === "element",
  );
  const [first] = row?.holders ?? [];
  if (!row || !first) return undefined;
  const hhi = row.hhi ? `, HHI ${spanText(row.hhi)}` : "";
  return `made access for all operators together: largest \`${printable(first.name)}\` ${percentText(first.share)} of ${counted(row.total, "element")} (${decimal(row.unknown, 0)} of unknown maker)${hhi}`;
}

function exposureLine({ rows, demands, routed }: Assessment["exposure"]): string | undefined {
  const row = rows.find(({ channel, scope }) => channel === "any" && scope === "nation");
  const seen = row?.people ?? row?.traffic;
  if (!row || !seen) return undefined;
  const base = row.people ? "people's traffic" : "traffic";
  return `\`${printable(row.supplier)}\` could see most: ${percentText(seen.expected)} of ${base} in the mean of equal paths (${decimal(routed, 0)} of ${counted(demands, "demand")} have a path)`;
}

function outageLine({ scenarios, paths }: Assessment["outage"]): string | undefined {
  const worst = scenarios.find(({ state }) => state !== "no-updates");
  const row = worst?.rows[0];
  if (!worst || !row || row.sites.before === 0) return undefined;
  const people = row.people ? `, ${peopleText(row.people.served)} people by their own network` : "";
  return `worst loss: if \`${printable(worst.suspect)}\` ${worst.state === "stops" ? "stops" : "turns hostile"}, ${spanText(row.sites.served)} of ${counted(row.sites.before, "radio site")} stay served${people}${paths ? "" : "; no path was looked at"}`;
}
