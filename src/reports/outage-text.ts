import type { Span } from "../model/measure.ts";
import type { OutageRow } from "../model/outage.ts";
import type { OutageResult } from "../model/whatif-outage.ts";
import { lookedText, some } from "./outage-lines.ts";
import { askedOnly } from "./recorded.ts";
import { decimal, peopleText, spanText } from "./span-text.ts";
import { columns, counted, paint, printable, type Style, wrap } from "./terminal.ts";

const mostRegions = 20;
const mostLinks = 10;
const mostPools = 10;

/** What is left if a supplier is gone, for people. */
export function outageText(result: OutageResult, style: Style): string {
  const sections = [
    head(result, style),
    sites(result, style),
    people(result, style),
    regions(result, style),
    traffic(result, style),
    pools(result, style),
    overloaded(result, style),
    foot(result, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const happens = { stops: "stops", hostile: "turns hostile", "no-updates": "sends no more updates" } as const;

function head({ scenario, asOf, knownAt, demo, below, threshold }: OutageResult, style: Style): string[] {
  const { suspect, state, channels, suppliers, mayInclude, elements } = scenario;
  const fallen = state === "no-updates" ? "elements without updates" : "elements fall";
  const known = elements.unheld > 0 ? `, ${decimal(elements.unheld, 0)} of them with nobody known behind them` : "";
  return [
    paint(style, "bold", printable(`If ${suspect} ${happens[state]} (${channels.join(", ")})`)),
    ...wrap(answerOf(scenario.rows[0]!, state), "  "),
    ...(state === "no-updates" ? [] : wrap(belowText(below, threshold), "  ")),
    ...wrap(
      `${fallen}: ${spanText(elements.hit)} of ${decimal(elements.total, 0)}${known}; that is of ${suppliers.join(", ") || "nobody of this network"}${mayInclude.length > 0 ? `; might belong to them: ${mayInclude.join(", ")}` : ""}`,
      "  ",
    ),
    `  as of ${asOf}, known at ${knownAt}${asOf > knownAt ? " (a projection)" : ""}`,
    ...(demo ? ["  DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
  ];
}

/** The nation's row in one sentence. */
function answerOf({ sites: radio, people: persons, withoutUpdates: stale }: OutageRow, state: string): string {
  if (radio.total === 0) return "there are no radio sites: nothing was looked at, so nothing is shown to stay served";
  const served = `${spanText(radio.served)} of ${counted(radio.before, "radio site")} stay served`;
  if (state === "no-updates" && stale) {
    const on = stale.people ? `, by whom ${peopleText(stale.people)} people are served` : "";
    return `nothing falls; ${spanText(stale.sites)} of ${counted(radio.before, "radio site")} stand on equipment that no longer gets updates${on}`;
  }
  if (!persons) return `${served}; no region's people are known`;
  return `${served}; of ${peopleText(one(persons.total))} people ${peopleText(persons.served)} by their own network, ${peopleText(persons.roaming)} if all may roam`;
}

function belowText({ sites: radio, people: persons }: OutageResult["below"], threshold: number): string {
  const words = { yes: "less than", no: "not less than", open: "perhaps less than" };
  const part = `${decimal(threshold, Number.isInteger(threshold) ? 0 : 1)} % of what was served before`;
  if (radio === null) return "nothing was served before";
  const sentence = `sites: ${words[radio]} ${part}`;
  return persons ? `${sentence}; people without roaming: ${words[persons]} that` : sentence;
}

function sites({ scenario: { rows, state } }: OutageResult, style: Style): string[] {
  const shown = rows.filter(({ scope }) => scope !== "region");
  if (state === "no-updates") {
    const table = shown.map(({ scope, name, sites: radio, withoutUpdates: stale }) => [
      nameOf(scope, name),
      decimal(radio.before, 0),
      stale ? spanText(stale.sites) : "",
      stale?.people ? peopleText(stale.people) : "",
      stale?.traffic ? spanText(stale.traffic, 1) : "",
    ]);
    return [
      paint(style, "bold", "On equipment without updates"),
      ...columns([["", "radio sites served", "of them", "people", "traffic"], ...table]),
    ];
  }
  const table = shown.map(({ scope, name, sites: radio }) => [
    nameOf(scope, name),
    decimal(radio.total, 0),
    decimal(radio.before, 0),
    ...[radio.served, radio.own, radio.pool, radio.cutOff].map((span) => spanText(span)),
  ]);
  return [
    paint(style, "bold", "Radio sites"),
    ...columns([["", "all", "served before", "still served", "dark: own", "pool", "cut off"], ...table]),
  ];
}

function people({ scenario: { rows, state }, people: figures }: OutageResult, style: Style): string[] {
  const table = rows
    .filter(({ scope }) => scope !== "region")
    .flatMap(({ scope, name, people: persons }) =>
      persons
        ? [
            [
              nameOf(scope, name),
              ...[one(persons.total), persons.before, persons.served].map((span) => peopleText(span)),
              // Who roams is served by all networks together.
              scope === "nation" ? peopleText(persons.roaming) : "",
            ],
          ]
        : [],
    );
  if (table.length === 0 || state === "no-updates") return [];
  return [
    paint(style, "bold", "People, apportioned to radio sites"),
    ...columns([["", "live there", "before", "own network", "with national roaming"], ...table]),
    ...wrap(
      `figures of ${figures.years.join(", ") || "no year"}: ${figures.sources.join("; ") || "no source given"}`,
      "  ",
    ),
  ];
}

function regions({ scenario: { rows, state } }: OutageResult, style: Style): string[] {
  const all = rows.filter(({ scope }) => scope === "region");
  if (all.length === 0 || state === "no-updates") return [];
  const lost = ({ sites: radio }: OutageRow) => radio.before - radio.served.least;
  const hit = all.filter((row) => lost(row) > 0).toSorted((a, b) => lost(b) - lost(a) || (a.name < b.name ? -1 : 1));
  if (hit.length === 0) return [paint(style, "bold", "By region"), "  no region loses a radio site"];
  const table = hit
    .slice(0, mostRegions)
    .map(({ scope, name, sites: radio, people: persons }) => [
      nameOf(scope, name),
      decimal(radio.before, 0),
      spanText(radio.served),
      persons ? peopleText(persons.served) : "not known",
      persons ? peopleText(persons.roaming) : "not known",
    ]);
  const more = hit.length - mostRegions;
  return [
    paint(style, "bold", "By region, most sites lost first"),
    ...columns([["", "sites before", "still served", "people", "with roaming"], ...table]),
    ...(more > 0 ? [`  and ${counted(more, "more region")} (\`--output csv\` has all)`] : []),
  ];
}

function traffic({ scenario: { rows, state }, demands }: OutageResult, style: Style): string[] {
  if (state === "no-updates") return [];
  const table = rows
    .filter(({ scope }) => scope !== "region")
    .flatMap(({ scope, name, traffic: flow }) =>
      flow && flow.total > 0
        ? [
            [
              nameOf(scope, name),
              ...[one(flow.total), one(flow.before), flow.served, flow.overloaded].map((span) => spanText(span, 1)),
            ],
          ]
        : [],
    );
  if (table.length === 0) return [];
  const how =
    demands.origin === "modelled" ? "modelled: each radio site to its gateways, by its people" : "as in demands";
  return [
    paint(style, "bold", "Traffic after re-routing"),
    ...columns([["", "all", "before", "still served", "of it no longer fits"], ...table]),
    ...wrap(
      `${how}, in its unit; what no longer fits is what passes links too small for all that passes them: where only what is sure is hit, and where all that may be is`,
      "  ",
    ),
  ];
}

function pools({ scenario: { pools: short } }: OutageResult, style: Style): string[] {
  if (short.length === 0) return [];
  const more = short.length - mostPools;
  return [
    paint(style, "bold", "Pools below what they need, or perhaps"),
    ...columns([
      ["", "operator", "function", "members", "needed", "live"],
      ...short
        .slice(0, mostPools)
        .map(({ id, operator, function: name, members, needed, live }) => [
          printable(id),
          printable(operator),
          printable(name),
          `${members}`,
          `${needed}`,
          spanText(live),
        ]),
    ]),
    ...(more > 0 ? [`  and ${counted(more, "more pool")} (\`--output json\` has all)`] : []),
  ];
}

function overloaded({ scenario: { overloaded: links } }: OutageResult, style: Style): string[] {
  if (links.length === 0) return [];
  const more = links.length - mostLinks;
  return [
    paint(style, "bold", "Links that are too small after re-routing, if only what is sure is hit"),
    ...columns([
      ["", "operator", "capacity", "load", "before"],
      ...links
        .slice(0, mostLinks)
        .map(({ link, operator, capacity, load, before }) => [
          printable(link),
          printable(operator),
          ...[capacity, load, before].map((value) => decimal(value, 1)),
        ]),
    ]),
    ...(more > 0 ? [`  and ${more === 40 ? "at least " : ""}${counted(more, "more link")} (\`--output json\`)`] : []),
  ];
}

function foot({ looked, demands }: OutageResult, style: Style): string[] {
  const remarks = [
    ...lookedText(looked),
    ...some(demands.loose, "demand", "named no places of one operator: in no number here"),
  ];
  return [
    paint(style, "bold", "Not looked at, or taken for granted"),
    ...remarks.flatMap((line) => wrap(line, "  ")),
    ...wrap(`Power, timing and what spares or other operators could take over are not looked at. ${askedOnly}`, "  "),
  ];
}

function nameOf(scope: OutageRow["scope"], name: string): string {
  if (scope === "nation") return "all operators together";
  return name === "" ? "(no region given)" : printable(name);
}

const one = (value: number): Span => ({ least: value, most: value });
