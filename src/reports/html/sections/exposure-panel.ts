import { regionMap, type Shape, shareSteps, stepOf } from "../../../charts/region-map.ts";
import type { Projection } from "../../../charts/site-map.ts";
import type { Exposure, Seen } from "../../../model/exposure.ts";
import type { Span } from "../../../model/measure.ts";
import { shareDigits } from "../amounts.ts";
import { drawn, html, type Markup, name, type Part, type Text } from "../text.ts";
import { moreThan } from "./blocks.ts";
import { heldFunctions } from "./exposure-held.ts";
import { expectedByRegion, seenIn } from "./exposure-rows.ts";
import { shareBar } from "./spans.ts";

const mostRegions = 40;

/** Where the country lies on paper, and its parts. */
export interface Ground {
  readonly projection: Projection;
  readonly shapes: readonly Shape[];
}

/** What one supplier could see: the nation in three numbers, regions on a map and as bars, the functions it stands behind. */
export function supplierPanel(
  exposure: Exposure,
  supplier: string,
  { at, people, ground }: { readonly at: number; readonly people: boolean; readonly ground: Ground },
): Markup {
  const nation = exposure.rows.find(
    (row) => row.supplier === supplier && row.scope === "nation" && row.channel === "any",
  );
  const seen = seenIn(nation, people);
  const regions = expectedByRegion(exposure, supplier, people);
  const id = `exposure-${at}`;
  const map = mapOf(ground, regions, id);
  return html`<h3 id="${id}">${name(supplier)}</h3>
${seen && threeShares(seen)}
<div class="${map ? "map-box" : "regions-alone"}">${map}${regionBars(regions, people)}</div>
${heldFunctions(exposure, supplier, id)}`;
}

/** On every path, in the mean, on some path. */
function threeShares({ must, expected, may }: Seen): Markup {
  const shares: readonly (readonly [Text, Span])[] = [
    [{ en: "on every path", de: "auf jedem Weg" }, must],
    [{ en: "in the mean of equal paths", de: "im Mittel gleicher Wege" }, expected],
    [{ en: "on some path", de: "auf irgendeinem Weg" }, may],
  ];
  return html`<dl class="three-shares">${shares.map(([title, span]) => html`<div><dt>${title}</dt><dd>${shareBar(span)}</dd></div>`)}</dl>`;
}

/** The map, if any region with borders has a share. */
function mapOf({ projection, shapes }: Ground, regions: ReadonlyMap<string, Span>, id: string): Markup | undefined {
  if (!shapes.some((shape) => regions.has(shape.name))) return undefined;
  const drawing = regionMap(projection, shapes, regions, { named: `${id}-map`, spoken: shareDigits });
  return html`<div class="map-frame small"><p id="${id}-map" class="sr">${{ en: "Map of regions by the share that is sure; the numbers stand beside it", de: "Karte der Regionen nach dem sicheren Anteil; die Zahlen stehen daneben" }}</p>${drawn(drawing)}${scale()}</div>`;
}

function scale(): Markup {
  const steps = shareSteps.map((from, at) => {
    const text = at === 0 ? "0" : `${shareSteps[at - 1]}–${from}`;
    return html`<li class="scale-step"><span class="scale-box step-${String(at === 0 ? 0 : stepOf(from - 1))}"></span>${text}</li>`;
  });
  return html`<ul class="scale" aria-hidden="true">${steps}<li class="scale-step"><span class="scale-box is-wide"></span>${{ en: "may be over 10 more", de: "vielleicht über 10 mehr" }}</li></ul>`;
}

function regionBars(regions: ReadonlyMap<string, Span>, people: boolean): Part {
  if (regions.size === 0) {
    return html`<p class="quiet">${{ en: "Shares by region are not told of this supplier.", de: "Anteile nach Region werden zu diesem Lieferanten nicht genannt." }}</p>`;
  }
  const sorted = [...regions].sort(([a, x], [b, y]) => y.least - x.least || y.most - x.most || (a < b ? -1 : 1));
  const rows = sorted
    .slice(0, mostRegions)
    .map(([region, span]) => html`<li><span class="region-name">${named(region)}</span>${shareBar(span)}</li>`);
  const title: Text = people
    ? { en: "By region: people's traffic in the mean", de: "Nach Region: Verkehr der Menschen im Mittel" }
    : { en: "By region: traffic in the mean", de: "Nach Region: Verkehr im Mittel" };
  return html`<div><h4>${title}</h4><ul class="region-bars">${rows}</ul>${moreThan(regions.size, mostRegions)}</div>`;
}

/** A region's name; sites may have none. */
export function named(region: string): Part {
  return region === "" ? { en: "no region given", de: "keine Region angegeben" } : name(region);
}
