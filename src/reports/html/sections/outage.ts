import type { Outage, OutageScenario } from "../../../model/outage.ts";
import { partOf, peopleWords, spanWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { dataTable, moreThan, section } from "./blocks.ts";
import { choice } from "./choice.ts";
import type { Ground } from "./exposure-panel.ts";
import { outageMaps } from "./outage-map.ts";
import { noPaths, outageNotes } from "./outage-notes.ts";
import { scenarioPanel, scenarioTitle } from "./outage-panel.ts";
import { smallestSetsPart } from "./outage-sets.ts";
import { barOf, spanLegend } from "./spans.ts";

const mostScenarios = 20;

/** What would stop without each supplier: the darkest scenarios on a map each, all of them, and the smallest sets. */
export function outageSection({ data }: View, ground: Ground): Markup | false {
  const { outage } = data.assessment;
  const falls = outage.scenarios.filter(({ state }) => state !== "no-updates");
  const stale = outage.scenarios.filter(({ state }) => state === "no-updates");
  const [first] = outage.scenarios;
  if (!first) return data.assessment.examined > 0 && nothingSure(outage);
  const { darkness } = data;
  const maps = outageMaps(data, ground);
  const options = darkness.scenarios.map((scenario, place) => ({
    label: scenarioTitle(outage.scenarios[scenario]!),
    panel: scenarioPanel(data, maps, place),
  }));
  const { sites, people } = first.rows[0]!;
  return section(
    "outage",
    title,
    headline(outage, falls[0]),
    html`<p class="lead">${lead(sites, people)}${!outage.paths && html` <b>${noPaths}</b>`} ${unplaced(darkness.unplaced)}</p>`,
    spanLegend(),
    options.length === 0
      ? sites.before > 0 &&
          html`<p>${{ en: "No supplier's loss darkens a radio site.", de: "Der Ausfall keines Lieferanten verdunkelt einen Funkstandort." }}</p>`
      : choice(
          "scenario",
          { en: "worst scenario of each supplier", de: "schlimmster Fall jedes Lieferanten" },
          options,
        ),
    scenariosTable(falls),
    staleTable(stale),
    smallestSetsPart(outage.smallest, { sites: sites.before, people: people?.before ?? null }),
    outageNotes(outage),
  );
}

const title: Text = {
  en: "Outage: what would stop without each supplier",
  de: "Ausfall: was ohne jeden Lieferanten stehen bliebe",
};

/** Nobody is surely behind anything: no scenario, but what was looked at. */
function nothingSure(outage: Outage): Markup {
  const words: Text = {
    en: "Of no supplier is it sure that its loss hits anything, so no scenario is told.",
    de: "Von keinem Lieferanten ist sicher, dass sein Ausfall etwas trifft; daher wird kein Fall genannt.",
  };
  return section("outage", title, html`<p class="lead">${words}</p>`, outageNotes(outage));
}

function headline({ scenarios }: Outage, worst: OutageScenario | undefined): Part {
  if (!worst || scenarios.length === 0) return undefined;
  const { sites } = worst.rows[0]!;
  // Of nothing, nothing is left: no answer to put at the top.
  if (sites.before === 0) return undefined;
  const words: Text =
    worst.state === "hostile"
      ? {
          en: "turns hostile, {served} of {before} radio sites are still served.",
          de: "feindlich, bleiben {served} von {before} Funkstandorten versorgt.",
        }
      : {
          en: "stops, {served} of {before} radio sites are still served.",
          de: "aus, bleiben {served} von {before} Funkstandorten versorgt.",
        };
  const opening: Text = worst.state === "hostile" ? { en: "If", de: "Wird" } : { en: "If", de: "Fällt" };
  return html`<p class="answer small-answer">${opening} ${name(worst.suspect)} ${fill(words, { served: spanWords(sites.served), before: count(sites.before) })}</p>`;
}

const noRadio: Text = {
  en: "No radio site is in the tables, so nobody's loss darkens one; what is hit is told below.",
  de: "In den Tabellen steht kein Funkstandort, daher verdunkelt niemandes Ausfall einen; was getroffen wird, steht unten.",
};

/** Of what the numbers are. */
function lead(
  { total, before }: OutageScenario["rows"][number]["sites"],
  people: OutageScenario["rows"][number]["people"],
): Text {
  if (total === 0) return noRadio;
  const whole: Text = people
    ? fill(
        {
          en: " {people} people are apportioned to them: a region's, evenly over an operator's radio sites there; nobody counts twice.",
          de: " Ihnen sind {people} Menschen zugerechnet: die einer Region, gleichmäßig auf die Funkstandorte eines Betreibers dort; niemand zählt doppelt.",
        },
        { people: peopleWords({ least: people.total, most: people.total }) },
      )
    : { en: " How many people they serve is not known.", de: " Wie viele Menschen sie versorgen, ist nicht bekannt." };
  const text = fill(
    {
      en: "{before} of {total} radio sites (counted once per operator) are served with nobody gone.",
      de: "{before} von {total} Funkstandorten (je Betreiber einmal gezählt) sind versorgt, wenn niemand ausfällt.",
    },
    { before: count(before), total: count(total) },
  );
  return { en: text.en + whole.en, de: `${text.de}${whole.de}` };
}

function unplaced(number: number): Text | false {
  return (
    number > 0 &&
    fill(
      {
        en: "{n} of them have no position and are on no map.",
        de: "{n} davon haben keine Lage und stehen auf keiner Karte.",
      },
      { n: count(number) },
    )
  );
}

/** Every scenario in which something falls, worst first. */
function scenariosTable(scenarios: readonly OutageScenario[]): Part {
  const columns = [
    { title: { en: "if", de: "wenn" } },
    { title: { en: "elements hit", de: "getroffene Elemente" }, number: true as const },
    { title: { en: "radio sites served", de: "versorgte Funkstandorte" } },
    { title: { en: "people, own network", de: "Menschen, eigenes Netz" } },
    { title: { en: "with national roaming", de: "mit nationalem Roaming" } },
  ];
  const rows = scenarios.slice(0, mostScenarios).map((scenario): readonly Part[] => {
    const { sites, people } = scenario.rows[0]!;
    const left = (served: { least: number; most: number }) =>
      people ? barOf(partOf(served, people.total), peopleWords(served), none) : notKnown;
    return [
      scenarioTitle(scenario),
      spanWords(scenario.elements.hit),
      barOf(partOf(sites.served, sites.before), spanWords(sites.served), none),
      people ? left(people.served) : notKnown,
      people ? left(people.roaming) : notKnown,
    ];
  });
  return html`<h3 id="outage-all">${{ en: "All scenarios, for the nation", de: "Alle Fälle, für alle Netze zusammen" }}</h3><div class="served">${dataTable("outage-all", columns, rows)}</div>${moreThan(scenarios.length, mostScenarios)}`;
}

const none: Text = { en: "", de: "" };
const notKnown: Text = { en: "not known", de: "nicht bekannt" };

/** Nothing falls at once without updates: how much stands on equipment that gets none. */
function staleTable(scenarios: readonly OutageScenario[]): Part {
  const told = scenarios.flatMap((scenario) => {
    const { withoutUpdates, sites, people } = scenario.rows[0]!;
    return withoutUpdates ? [{ scenario, withoutUpdates, sites, people }] : [];
  });
  if (told.length === 0) return undefined;
  const columns = [
    { title: { en: "without updates from", de: "ohne Updates von" } },
    { title: { en: "elements", de: "Elemente" }, number: true as const },
    { title: { en: "radio sites on them", de: "Funkstandorte darauf" } },
    { title: { en: "people", de: "Menschen" } },
  ];
  const rows = told
    .slice(0, mostScenarios)
    .map(({ scenario, withoutUpdates, sites, people }): readonly Part[] => [
      name(scenario.suspect),
      spanWords(scenario.elements.hit),
      barOf(partOf(withoutUpdates.sites, sites.before), spanWords(withoutUpdates.sites), none),
      withoutUpdates.people && people
        ? barOf(partOf(withoutUpdates.people, people.total), peopleWords(withoutUpdates.people), none)
        : notKnown,
    ]);
  return html`<details id="outage-stale"><summary id="outage-stale-title">${{ en: "What would stand on equipment without updates", de: "Was auf Technik ohne Updates stünde" }}</summary><div class="served">${dataTable("outage-stale-title", columns, rows)}</div>${moreThan(told.length, mostScenarios)}</details>`;
}
