import { type DarkMaps, darkMaps } from "../../../charts/dark-map.ts";
import { dotSwatch } from "../../../charts/site-map.ts";
import type { Tone } from "../../../charts/tones.ts";
import type { DarkPoint, ReportData } from "../../../model/report-data.ts";
import { count, drawn, fill, html, type Markup, type Text } from "../text.ts";
import type { Ground } from "./exposure-panel.ts";

/** What becomes of a point, worst first. Green is for evidence alone, so what is served is grey. */
const states: readonly { readonly is: PointState; readonly tone: Tone; readonly title: Text }[] = [
  { is: "dark", tone: "refused", title: { en: "dark", de: "dunkel" } },
  {
    is: "between",
    tone: "undecided",
    title: { en: "partly dark, or may be dark", de: "teils dunkel oder möglicherweise dunkel" },
  },
  { is: "served", tone: "no-duty", title: { en: "served", de: "versorgt" } },
];
type PointState = "dark" | "between" | "served";

/** A map of sites served and dark for each scenario of `darkness`, by its place there. */
export type OutageMaps = (scenario: number) => Markup | undefined;

/** Maps that share what they have in common; nothing where no site has a position. */
export function outageMaps({ darkness }: Pick<ReportData, "darkness">, { projection, shapes }: Ground): OutageMaps {
  if (darkness.points.length === 0) return () => undefined;
  const at = darkness.points.map(({ longitude, latitude }) => projection.of(longitude, latitude));
  const maps = darkMaps(projection, {
    borders: shapes.length > 0 ? "regions" : null,
    points: { id: "outage-points", tone: "no-duty", at },
  });
  return (scenario) => outageMap(darkness, { at, maps }, scenario);
}

interface Drawing {
  readonly at: readonly (readonly [x: number, y: number])[];
  readonly maps: DarkMaps;
}

function outageMap({ points, cell }: ReportData["darkness"], { at, maps }: Drawing, scenario: number): Markup {
  const id = `outage-${scenario}-map`;
  const becomes = points.map((point) => stateOf(point, scenario));
  const layers = states
    .filter(({ is }) => is !== "served")
    .map(({ is, tone }) => ({ id: `${id}-${is}`, tone, at: at.filter((_, point) => becomes[point] === is) }));
  const legend = states.map(({ is, tone, title }) => {
    const own = becomes.filter((state) => state === is).length;
    return html`<li>${drawn(dotSwatch(tone))} <span>${title}</span> <span class="number">${count(own)}</span></li>`;
  });
  const heading: Text =
    cell === null
      ? { en: "Places on the map; operators may share one", de: "Orte auf der Karte; Betreiber können einen teilen" }
      : fill(
          { en: "Cells of {side} degrees on the map", de: "Zellen von {side} Grad auf der Karte" },
          { side: { en: String(cell), de: String(cell).replace(".", ",") } },
        );
  return html`<div class="map-frame small"><p id="${id}" class="sr">${{ en: "Map of sites served and dark; the numbers stand beside it", de: "Karte der versorgten und der dunklen Standorte; die Zahlen stehen daneben" }}</p>${drawn(maps.draw(layers, id))}<h4>${heading}</h4><ul class="dark-legend">${legend}</ul></div>`;
}

/** Dark only if all that stands there is, whatever is not known; served only if nothing of it may be dark. */
export function stateOf({ sites, dark, mayBeDark }: DarkPoint, scenario: number): PointState {
  if (dark[scenario]! >= sites) return "dark";
  return mayBeDark[scenario]! > 0 ? "between" : "served";
}
