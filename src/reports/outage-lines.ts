import type { Outage, OutageLooked, OutageScenario, SmallestSets } from "../model/outage.ts";
import { decimal, peopleText, spanText } from "./span-text.ts";
import { columns, counted, paint, printable, type Style, wrap } from "./terminal.ts";

const mostScenarios = 8;
const mostSets = 6;
const stateWords = { stops: "stops", hostile: "hostile", "no-updates": "no updates" } as const;

/** What would stop without each supplier, in a few lines: the worst scenarios, and the smallest sets below the threshold. */
export function outageLines({ scenarios, smallest, looked, ...rest }: Outage, style: Style): string[] {
  const title = paint(style, "bold", "Outage: what is still served if a supplier is gone");
  const [first] = scenarios;
  if (!first && rest.suppliers === 0) return [];
  if (!first || first.rows[0]!.sites.total === 0) return [title, ...wrap(nothingText(first, rest.suppliers), "  ")];
  const falls = scenarios.filter(({ state }) => state !== "no-updates");
  const { sites, people } = first.rows[0]!;
  const whole = people ? ` and ${peopleText({ least: people.total, most: people.total })} people` : "";
  const more = falls.length - mostScenarios;
  return [
    title,
    ...columns([
      ["", "state", "elements hit", "sites served", "people, own network", "with roaming"],
      ...falls.slice(0, mostScenarios).map(cells),
    ]),
    ...(more > 0 ? [`  and ${counted(more, "more scenario")} (\`--output json\` has all)`] : []),
    ...wrap(`Of ${counted(sites.before, "radio site")} served before${whole}. ${pathsText(rest)}`, "  "),
    ...smallest.flatMap((found) => wrap(setsText(found), "  ")),
    ...lookedText(looked).flatMap((line) => wrap(line, "  ")),
  ];
}

function nothingText(first: OutageScenario | undefined, suppliers: number): string {
  if (!first) return `Of ${counted(suppliers, "supplier")} none is known to stand behind anything that could stop.`;
  return "There are no radio sites: nothing was looked at, so nothing is shown to stay served.";
}

function cells({ suspect, state, elements, rows }: OutageScenario): string[] {
  const { sites, people } = rows[0]!;
  return [
    printable(suspect),
    stateWords[state],
    spanText(elements.hit),
    spanText(sites.served),
    people ? peopleText(people.served) : "not known",
    people ? peopleText(people.roaming) : "not known",
  ];
}

function pathsText({ paths, pools }: Pick<Outage, "paths" | "pools">): string {
  return paths
    ? `Paths and ${counted(pools, "pool")} were looked at.`
    : `There are no links: no path was looked at, only what stands at a site${pools > 0 ? ` and ${counted(pools, "pool")}` : ""}.`;
}

function setsText({ state, base, threshold, searched, upTo, sets, more }: SmallestSets): string {
  const all = sets.length + more;
  const shown = sets.slice(0, mostSets).map(({ suppliers }) => suppliers.map(printable).join(" with "));
  const rest = all > shown.length ? `, and ${all - shown.length} more` : "";
  const found = all === 0 ? "none" : `${shown.join(", ")}${rest}`;
  return `Smallest sets that, if they ${state === "stops" ? "stop" : "turn hostile"}, leave less than ${decimal(threshold, 0)} % of ${base}: ${found} (${counted(searched, "set")} of up to ${upTo} looked at).`;
}

/** What was not looked at, and what was taken for granted: a sentence each. */
export function lookedText(looked: OutageLooked): readonly string[] {
  return [
    ...names(looked.withoutLinks, "has no links, so no path is looked at", "have no links, so no path is looked at"),
    ...names(
      looked.withoutNeeds,
      "has neither pools nor gateways: a live site counts as served",
      "have neither pools nor gateways: a live site counts as served",
    ),
    ...names(
      looked.customersUnknown,
      "does not say how many customers it has: people without roaming are a span",
      "do not say how many customers they have: people without roaming are a span",
    ),
    ...some(looked.assumedCarriers, "place", "on the way of others with no transit equipment known; taken to carry"),
    ...some(looked.peopleUnknown, "region", "with radio sites whose people are not known: in no number of people"),
    ...some(looked.missingMembers, "member", "that pools name not in use: counted as gone"),
    ...some(looked.unread, "record", "of elements could not be read: in no number here"),
  ];
}

function names(who: readonly string[], does: string, theyDo: string): readonly string[] {
  return who.length === 0 ? [] : [`${who.map(printable).join(", ")} ${who.length === 1 ? does : theyDo}`];
}

/** So many of something, if any. */
export function some(count: number, what: string, how: string): readonly string[] {
  return count === 0 ? [] : [`${counted(count, what)} ${how}`];
}
