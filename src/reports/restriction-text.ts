import type { Span } from "../model/measure.ts";
import type { RestrictionResult } from "../model/restriction.ts";
import { askedOnly } from "./recorded.ts";
import { decimal, percentText, spanText } from "./span-text.ts";
import { columns, paint, printable, type Style, wrap } from "./terminal.ts";

const mostRegions = 20;
const mostLimits = 12;

/** What falls, what it costs, who gains and which limits turn, for people. */
export function restrictionText(result: RestrictionResult, style: Style): string {
  const sections = [
    head(result, style),
    fallen(result, style),
    costs(result, style),
    concentration(result, style),
    limits(result, style),
    foot(result),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function head(
  { suspect, suppliers, mayInclude, domain, by, knownAt, demo, fallen }: RestrictionResult,
  style: Style,
): string[] {
  const where = domain === "all" ? "the network" : `the ${domain} domain`;
  const nation = fallen.find(({ scope }) => scope === "nation");
  const answer = nation
    ? `${spanText(nation.elements)} of ${decimal(nation.ofElements, 0)} elements fall, at ${spanText(nation.sites)} of ${decimal(nation.ofSites, 0)} sites (sites counted once per operator)`
    : "nothing of theirs stands there: nothing falls";
  return [
    paint(style, "bold", printable(`If ${suspect} has to leave ${where} by ${by}`)),
    ...wrap(answer, "  "),
    ...wrap(
      `that is ${suppliers.join(", ") || "nobody of this network"}${mayInclude.length > 0 ? `; might belong to them: ${mayInclude.join(", ")}` : ""}`,
      "  ",
    ),
    `  rules as of ${by}, known at ${knownAt}${by > knownAt ? " (a projection)" : ""}`,
    ...(demo ? ["  DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
  ];
}

function fallen({ fallen: rows, functions }: RestrictionResult, style: Style): string[] {
  const shown = rows.filter(({ scope }) => scope !== "nation");
  if (shown.length === 0) return [];
  const row = ({ name, elements, ofElements, sites, ofSites, people }: (typeof rows)[number]) => [
    name === "" ? "(no region given)" : printable(name),
    `${spanText(elements)} of ${decimal(ofElements, 0)}`,
    `${spanText(sites)} of ${decimal(ofSites, 0)}`,
    people ? spanText(people) : "",
  ];
  const regions = shown.filter(({ scope }) => scope === "region");
  return [
    paint(style, "bold", "What falls"),
    ...columns([
      ["operator", "elements", "sites", "people apportioned to them"],
      ...shown.filter(({ scope }) => scope === "operator").map(row),
    ]),
    "",
    ...columns([["region", "elements", "sites", ""], ...regions.slice(0, mostRegions).map(row)]),
    "",
    ...columns([
      ["function", "elements"],
      ...functions.map((one) => [
        one.function === "" ? "(not known)" : one.function,
        `${spanText(one.elements)} of ${decimal(one.of, 0)}`,
      ]),
    ]),
  ];
}

function costs({ costs: rows, range }: RestrictionResult, style: Style): string[] {
  if (rows.length === 0) return [];
  return [
    paint(style, "bold", "What it cost elsewhere, and would come to here"),
    ...range.map(
      ({ currency, least, most }) => `  by figures per operator site: ${currency} ${money({ least, most })}`,
    ),
    ...rows.flatMap(({ what, unit, currency, each, count, total, scope, source, tag }) => [
      ...wrap(
        count
          ? `${what}: ${currency} ${money(total)} (${money(each)} per ${unit}, ${spanText(count)})`
          : `${what}: ${currency} ${money(each)} for a whole ${unit}, not multiplied`,
        "  ",
      ),
      ...wrap(`${scope}; ${source}; ${tag}`, "      "),
    ]),
  ];
}

/** A cost of which an end may be open, never 0. */
function money({ least, most }: { readonly least: number | null; readonly most: number | null }): string {
  if (least !== null && most !== null) return sumText({ least, most });
  if (least !== null) return `over ${sumText({ least, most: least })} (upper end open)`;
  return most === null ? "open at both ends" : `up to ${sumText({ least: most, most })} (lower end open)`;
}

/** A sum of money: millions from one million on. */
function sumText(span: Span): string {
  return span.most >= 1e6
    ? `${spanText({ least: span.least / 1e6, most: span.most / 1e6 }, span.most >= 1e8 ? 0 : 1)} million`
    : spanText(span);
}

function concentration({ concentration: rows, leftAlone }: RestrictionResult, style: Style): string[] {
  if (rows.length === 0) return [];
  const cells = (one: (typeof rows)[number]["before"]) => [
    spanText(one.makers),
    percentText(one.largest),
    spanText(one.hhi),
  ];
  const table = rows.map(({ name, scope, segment, before, after }) => [
    `${scope === "nation" ? "nation" : printable(name)}, ${segment}`,
    ...cells(before),
    ...cells(after),
  ]);
  const alone = leftAlone.map(
    ({ operator, segment, elements }) =>
      `${printable(operator)}, ${segment}: nobody else makes such equipment in any network here, so ${decimal(elements, 0)} elements went to a maker that is new`,
  );
  return [
    paint(style, "bold", "Concentration before and after, by element"),
    ...columns([["", "makers", "largest", "HHI", "then: makers", "largest", "HHI"], ...table]),
    ...wrap(
      "What falls is shared out among the makers that stay, place by place, in the proportion they have in that segment of that operator; where none stays there, as in the segment in all networks.",
      "  ",
    ),
    ...alone.flatMap((line) => wrap(line, "  ")),
  ];
}

function limits({ limits: rows }: RestrictionResult, style: Style): string[] {
  if (rows.length === 0) return [paint(style, "bold", "Limits"), "  no limit and no advice about the network turns"];
  return [
    paint(style, "bold", "Limits and advice that turn"),
    ...rows
      .slice(0, mostLimits)
      .flatMap(({ pack, scope, name, segment, rules, before, after }) =>
        wrap(
          `${scope === "nation" ? "nation" : name}, ${segment}: ${before} -> ${after} (${pack}${rules.length > 0 ? `: ${rules.join(", ")}` : ""})`,
          "  ",
        ),
      ),
    ...(rows.length > mostLimits ? [`  and ${rows.length - mostLimits} more (--output json has all)`] : []),
  ];
}

function foot({ unread }: RestrictionResult): string[] {
  return wrap(
    `${unread > 0 ? `${decimal(unread, 0)} records could not be read and are in no number here. ` : ""}Upper ends count what is of unknown maker, or of unknown function. Services are not looked at: \`whatif outage\` tells what is dark while nothing stands in their place. ${askedOnly}`,
    "  ",
  );
}
