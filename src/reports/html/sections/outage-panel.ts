import type { Span } from "../../../model/measure.ts";
import type { OutageRow, OutageScenario } from "../../../model/outage.ts";
import type { ReportData } from "../../../model/report-data.ts";
import { decimal, partOf, peopleWords, spanWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import { stateWordsOfOutage } from "../words-network.ts";
import { dataTable, moreThan } from "./blocks.ts";
import { named } from "./exposure-panel.ts";
import type { OutageMaps } from "./outage-map.ts";
import { barOf } from "./spans.ts";

const mostOperators = 20;
const mostRegions = 40;
const mostPools = 15;
const mostLinks = 15;

/** One scenario: who and how, what is hit, the map, what is still served of whose network, pools and links that fail. */
export function scenarioPanel(data: ReportData, maps: OutageMaps, place: number): Markup {
  const scenario = data.assessment.outage.scenarios[data.darkness.scenarios[place]!]!;
  const id = `outage-${place}`;
  const [nation, ...others] = scenario.rows;
  const operators = others.filter(({ scope }) => scope === "operator");
  const regions = others.filter(({ scope }) => scope === "region");
  const map = maps(place);
  return html`<h3 id="${id}">${scenarioTitle(scenario)}</h3>
<p class="quiet">${hitText(scenario)}</p>
<div class="${map ? "map-box dark-box" : "regions-alone"}">${map}<div>${nationFigures(nation!)}</div></div>
${servedTable(id, { en: "operator", de: "Betreiber" }, operators, mostOperators)}
${poolsTable(scenario, id)}${linksTable(scenario, id)}
${regions.length > 0 && html`<details><summary>${{ en: "By region", de: "Nach Region" }} (${count(regions.length)})</summary>${servedTable(id, { en: "region", de: "Region" }, worstFirst(regions), mostRegions)}</details>`}`;
}

/** What is left of all networks together. */
function nationFigures({ sites, people, traffic }: OutageRow): Markup {
  const causes: readonly (readonly [Text, Span])[] = [
    [{ en: "dark for what stands there", de: "dunkel wegen dessen, was dort steht" }, sites.own],
    [
      { en: "dark because a pool has too few members", de: "dunkel, weil ein Pool zu wenige Mitglieder hat" },
      sites.pool,
    ],
    [{ en: "dark because no path is left", de: "dunkel, weil kein Weg bleibt" }, sites.cutOff],
  ];
  const figures: readonly (readonly [Text, Part])[] = [
    [sitesServed, barOf(partOf(sites.served, sites.before), spanWords(sites.served), of(count(sites.before)))],
    [peopleServed, people ? peopleBar(people.served, people.total) : notKnown],
    [withRoaming, people ? peopleBar(people.roaming, people.total) : notKnown],
    ...(traffic && traffic.total > 0 ? [[trafficServed, trafficCell(traffic)] as const] : []),
  ];
  return html`<h4>${{ en: "Of all networks together", de: "Von allen Netzen zusammen" }}</h4>
<dl class="left-over">${figures.map(([title, figure]) => html`<div><dt>${title}</dt><dd>${figure}</dd></div>`)}</dl>
<dl class="causes">${causes.map(([title, span]) => html`<div><dt>${title}</dt><dd>${spanWords(span)}</dd></div>`)}</dl>
${!traffic && html`<p class="quiet">${{ en: "Traffic was not looked at in this scenario.", de: "Der Verkehr wurde in diesem Fall nicht betrachtet." }}</p>`}`;
}

const sitesServed: Text = { en: "radio sites served", de: "versorgte Funkstandorte" };
const peopleServed: Text = { en: "people, own network", de: "Menschen, eigenes Netz" };
const peopleReached: Text = {
  en: "people it reaches, of its regions",
  de: "Menschen, die er erreicht, in seinen Regionen",
};
const withRoaming: Text = { en: "people, with national roaming", de: "Menschen, mit nationalem Roaming" };
const trafficServed: Text = { en: "traffic served", de: "Verkehr, der noch läuft" };

/** Who, and what becomes of it. */
export function scenarioTitle({ suspect, state }: Pick<OutageScenario, "suspect" | "state">): Markup {
  return html`${name(suspect)} ${stateWordsOfOutage[state]}`;
}

function hitText({ elements: { total, hit, unheld } }: OutageScenario): Text {
  return fill(
    unheld > 0
      ? {
          en: "It hits {hit} of {total} elements; {unheld} of the most only because nobody is known to stand behind them.",
          de: "Betroffen sind {hit} von {total} Elementen; {unheld} der höchsten Zahl nur, weil niemand bekannt ist, der hinter ihnen steht.",
        }
      : { en: "It hits {hit} of {total} elements.", de: "Betroffen sind {hit} von {total} Elementen." },
    { hit: spanWords(hit), total: count(total), unheld: count(unheld) },
  );
}

function worstFirst(rows: readonly OutageRow[]): readonly OutageRow[] {
  const left = ({ sites }: OutageRow) => (sites.before === 0 ? 1 : sites.served.most / sites.before);
  return rows.toSorted((a, b) => left(a) - left(b) || (a.name < b.name ? -1 : 1));
}

/** Sites, people and traffic still served: numbers, their base, and bars of what is left. */
function servedTable(id: string, whose: Text, rows: readonly OutageRow[], most: number): Part {
  if (rows.length === 0) return undefined;
  const hasTraffic = rows.some(({ traffic }) => traffic !== null && traffic.total > 0);
  // Who roams is served by all networks together, so an operator's row has no such number.
  const hasRoaming = rows.some(({ scope }) => scope === "region");
  const columns = [
    { title: whose },
    { title: sitesServed },
    { title: { en: "dark: own · pool · cut off", de: "dunkel: selbst · Pool · abgeschnitten" } },
    { title: hasRoaming ? peopleServed : peopleReached },
    ...(hasRoaming ? [{ title: withRoaming }] : []),
    ...(hasTraffic ? [{ title: trafficServed }] : []),
  ];
  const body = rows
    .slice(0, most)
    .map(({ name: part, sites, people, traffic }): readonly Part[] => [
      named(part),
      barOf(partOf(sites.served, sites.before), spanWords(sites.served), of(count(sites.before))),
      html`<span class="number">${spanWords(sites.own)} · ${spanWords(sites.pool)} · ${spanWords(sites.cutOff)}</span>`,
      people ? peopleBar(people.served, people.total) : notKnown,
      ...(hasRoaming ? [people ? peopleBar(people.roaming, people.total) : notKnown] : []),
      ...(hasTraffic ? [trafficCell(traffic)] : []),
    ]);
  return [html`<div class="served">${dataTable(id, columns, body)}</div>`, moreThan(rows.length, most)];
}

const notKnown: Text = { en: "not known", de: "nicht bekannt" };
const of = (whole: Text): Text => fill({ en: "of {whole}", de: "von {whole}" }, { whole });

function peopleBar(served: Span, total: number): Markup {
  return barOf(partOf(served, total), peopleWords(served), of(peopleWords({ least: total, most: total })));
}

function trafficCell(traffic: OutageRow["traffic"]): Part {
  if (!traffic) return { en: "not looked at", de: "nicht betrachtet" };
  if (traffic.total === 0) return "–";
  const { served, before, overloaded } = traffic;
  const share = partOf(served, before);
  const fits =
    overloaded.most > 0 &&
    html`<br><span class="quiet">${fill({ en: "{amount} no longer fits", de: "{amount} passt nicht mehr" }, { amount: spanWords(overloaded) })}</span>`;
  return html`${barOf(share, spanWords(served), of(decimal(before)))}${fits}`;
}

function poolsTable({ pools }: OutageScenario, id: string): Part {
  if (pools.length === 0)
    return html`<p class="quiet">${{ en: "No pool falls below what it needs.", de: "Kein Pool fällt unter das, was er braucht." }}</p>`;
  const columns = [
    { title: { en: "pool", de: "Pool" } },
    { title: { en: "operator", de: "Betreiber" } },
    { title: { en: "function", de: "Funktion" } },
    { title: { en: "needed", de: "nötig" }, number: true as const },
    { title: { en: "live", de: "noch da" }, number: true as const },
    { title: { en: "members", de: "Mitglieder" }, number: true as const },
  ];
  const rows = pools
    .slice(0, mostPools)
    .map(({ id: pool, operator, function: bears, needed, live, members }): readonly Part[] => [
      name(pool),
      name(operator),
      name(bears),
      count(needed),
      spanWords(live),
      count(members),
    ]);
  return html`<details><summary>${fill({ en: "Pools below what they need, or perhaps: {n}", de: "Pools unter dem, was sie brauchen, oder vielleicht: {n}" }, { n: count(pools.length) })}</summary>${dataTable(id, columns, rows)}${moreThan(pools.length, mostPools)}</details>`;
}

function linksTable({ overloaded, rows }: OutageScenario, id: string): Part {
  if (overloaded.length === 0) {
    return (
      rows.some(({ traffic }) => traffic) &&
      html`<p class="quiet">${{ en: "No link with a known capacity is too small after re-routing, if only what is sure is hit.", de: "Keine Verbindung mit bekannter Kapazität ist nach dem Umleiten zu klein, wenn nur trifft, was sicher ist." }}</p>`
    );
  }
  const columns = [
    { title: { en: "link", de: "Verbindung" } },
    { title: { en: "operator", de: "Betreiber" } },
    { title: { en: "capacity", de: "Kapazität" }, number: true as const },
    { title: { en: "load", de: "Last" }, number: true as const },
    { title: { en: "before", de: "vorher" }, number: true as const },
  ];
  const body = overloaded
    .slice(0, mostLinks)
    .map(({ link, operator, capacity, load, before }): readonly Part[] => [
      name(link),
      name(operator),
      decimal(capacity, 1),
      decimal(load, 1),
      decimal(before, 1),
    ]);
  return html`<details><summary>${fill({ en: "Links too small after re-routing: {n}", de: "Nach dem Umleiten zu kleine Verbindungen: {n}" }, { n: count(overloaded.length) })}</summary>${dataTable(id, columns, body)}${moreThan(overloaded.length, mostLinks)}</details>`;
}
