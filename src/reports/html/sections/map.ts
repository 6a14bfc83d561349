import { dotSwatch, type Projection, siteMap } from "../../../charts/site-map.ts";
import { toneOf } from "../../../charts/tones.ts";
import type { ReportData } from "../../../model/report-data.ts";
import { count, drawn, fill, html, label, type Markup, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { basisWords, outcomeWords } from "../words-verdict.ts";

/** Sites by their worst verdict, with what lies where no position is known counted beside. */
export function mapSection(
  { data, language }: View,
  projection: Projection,
  at: readonly (readonly [x: number, y: number])[],
): Markup {
  const { sites, kinds, attribution } = data;
  const title: Text = { en: "Where the verdicts lie", de: "Wo die Ergebnisse liegen" };
  if (sites.points.length === 0)
    return html`<section id="map" aria-labelledby="map-heading"><h2 id="map-heading">${title}</h2>
<p>${{ en: "No site has a position, so there is no map.", de: "Kein Standort hat eine Lage; daher gibt es keine Karte." }} ${unplaced(data)}</p></section>`;
  const layers = kinds.map(({ outcome, basis }, kind) => ({
    name: String(kind),
    tone: toneOf(outcome, basis),
    at: at.filter((_, point) => worstKind(sites.points[point]!.counts) === kind),
  }));
  const rings = data.outline.flatMap((part) => part.rings);
  const legend = kinds.flatMap(({ outcome, basis }, kind) => {
    const own = sites.points.filter(({ counts }) => worstKind(counts) === kind);
    if (own.length === 0) return [];
    const places = own.reduce((sum, point) => sum + point.sites, 0);
    const words = outcome === "refused" ? "" : html`, ${wordOf(basisWords, basis)}`;
    return [
      html`<li><label><input type="checkbox" checked data-kind="${String(kind)}" class="needs-script"> ${drawn(dotSwatch(toneOf(outcome, basis)))} <span>${outcomeWords[outcome]}${words}</span> <span class="number">${count(places)}</span></label></li>`,
    ];
  });
  return html`<section id="map" aria-labelledby="map-heading"><h2 id="map-heading">${title}</h2>
<p class="lead">${colourText(sites)} ${unplaced(data)}</p>
<div class="map-box">
<div id="map-frame" class="map-frame" role="group" tabindex="0" ${label({ en: "Map. Arrow keys move, plus and minus zoom, 0 shows all, Enter picks the site nearest the middle.", de: "Karte. Pfeiltasten verschieben, Plus und Minus zoomen, 0 zeigt alles, Eingabe wählt den Standort nächst der Mitte." }, language)}>
<p id="map-title" class="sr">${{ en: "Map of sites by their worst verdict; the numbers stand in the legend", de: "Karte der Standorte nach ihrem schlechtesten Ergebnis; die Zahlen stehen in der Legende" }}</p>
${drawn(siteMap(projection, rings, layers))}
<div class="map-buttons needs-script"><button type="button" id="map-in" ${label({ en: "zoom in", de: "vergrößern" }, language)}>+</button><button type="button" id="map-out" ${label({ en: "zoom out", de: "verkleinern" }, language)}>−</button><button type="button" id="map-reset" ${label({ en: "show all", de: "alles zeigen" }, language)}>${drawn(frameIcon)}</button></div>
</div>
<div class="map-side">
<h3>${sites.cell === null ? { en: "Sites by worst verdict", de: "Standorte nach schlechtestem Ergebnis" } : { en: "Sites, by the worst verdict of their cell", de: "Standorte, nach dem schlechtesten Ergebnis ihrer Zelle" }}</h3>
<ul id="map-legend" class="legend">${legend}</ul>
<div class="site-search needs-script"><label for="site-search">${{ en: "Find a site", de: "Standort suchen" }}</label><input id="site-search" type="search" autocomplete="off" spellcheck="false"><p id="site-found" class="quiet" role="status"></p><ul id="site-results" class="results"></ul></div>
<div id="site-detail" class="site-detail needs-script" aria-live="polite"><p class="quiet">${{ en: "Pick a site on the map to see its verdicts. The wheel zooms with Ctrl, or once the map has the focus.", de: "Einen Standort auf der Karte wählen, um seine Ergebnisse zu sehen. Das Rad zoomt mit Strg, oder sobald die Karte den Fokus hat." }}</p></div>
</div></div>
${attribution !== null && html`<p class="attribution quiet" lang="en">${attribution}</p>`}
</section>`;
}

/** Four corners: all of it. */
const frameIcon =
  '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4"/></svg>';

/** The first kind that occurs; kinds run from worst. */
function worstKind(counts: readonly number[]): number {
  return counts.findIndex((number) => number > 0);
}

function colourText({ cell, sites, points }: ReportData["sites"]): Text {
  if (cell === null)
    return fill(
      {
        en: "{sites} sites. A site shows its worst verdict.",
        de: "{sites} Standorte. Ein Standort zeigt sein schlechtestes Ergebnis.",
      },
      { sites: count(sites) },
    );
  const side = { en: String(cell), de: String(cell).replace(".", ",") };
  return fill(
    {
      en: "{sites} sites are too many to draw one by one: each of the {points} dots is a cell of {side} degrees and shows its worst verdict.",
      de: "{sites} Standorte sind zu viele, um jeden zu zeichnen: jeder der {points} Punkte ist eine Zelle von {side} Grad und zeigt ihr schlechtestes Ergebnis.",
    },
    { sites: count(sites), points: count(points.length), side },
  );
}

function unplaced({ sites, assessment: { setAside, usesSetAside } }: ReportData): Text | false {
  const number = sites.unplaced + setAside + usesSetAside;
  if (number === 0) return false;
  return fill(
    {
      en: "{number} verdicts are not on the map, for their site or its position is not known.",
      de: "{number} Ergebnisse stehen nicht auf der Karte, da ihr Standort oder dessen Lage nicht bekannt ist.",
    },
    { number: count(number) },
  );
}
