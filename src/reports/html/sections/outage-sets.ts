import type { Span } from "../../../model/measure.ts";
import type { SmallestSets } from "../../../model/outage.ts";
import { decimal, partOf, peopleWords, spanWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import { stateWordsOfOutage } from "../words-network.ts";
import { barOf } from "./spans.ts";

const mostSets = 8;

/** The smallest sets of suppliers whose loss leaves less than the threshold, by state and base. */
export function smallestSetsPart(
  smallest: readonly SmallestSets[],
  before: { readonly sites: number; readonly people: Span | null },
): Part {
  if (smallest.length === 0) return undefined;
  const boxes = smallest.map((found) => html`<div>${setsBox(found, before)}</div>`);
  return html`<h3>${{ en: "Smallest sets: whose loss together leaves too little", de: "Kleinste Mengen: wessen gemeinsamer Ausfall zu wenig übrig lässt" }}</h3><div class="halves">${boxes}</div>`;
}

function setsBox(
  { state, base, threshold, searched, upTo, sets, more }: SmallestSets,
  before: { readonly sites: number; readonly people: Span | null },
): Markup {
  const baseText: Text =
    base === "sites" ? { en: "of sites", de: "der Standorte" } : { en: "of people", de: "der Menschen" };
  const title = fill(
    {
      en: "{state}: less than {threshold} % {base} left",
      de: "{state}: weniger als {threshold} % {base} übrig",
    },
    { state: whoFalls[state], threshold: decimal(threshold), base: baseText },
  );
  const whole = base === "sites" ? before.sites : (before.people?.most ?? 0);
  const items = sets.slice(0, mostSets).map(({ suppliers, served }) => {
    const left = base === "sites" ? spanWords(served) : peopleWords(served);
    const kept: Text = fill({ en: "{left} left", de: "{left} übrig" }, { left });
    const who = suppliers.map(
      (supplier, at) => html`${at > 0 && html` ${{ en: "with", de: "mit" }} `}${name(supplier)}`,
    );
    return html`<li><span class="set-of">${who}</span>${barOf(partOf(served, whole), kept, { en: "", de: "" })}</li>`;
  });
  const all = sets.length + more;
  const rest = all - Math.min(mostSets, sets.length);
  return html`<h4>${title}</h4>
${sets.length === 0 ? html`<p>${{ en: "None.", de: "Keine." }}</p>` : html`<ul class="holders">${items}</ul>`}
<p class="quiet">${rest > 0 && fill({ en: "and {rest} more; ", de: "und {rest} weitere; " }, { rest: count(rest) })}${fill({ en: "sets of up to {upTo} suppliers looked at: {searched}", de: "betrachtete Mengen von bis zu {upTo} Lieferanten: {searched}" }, { searched: count(searched), upTo: count(upTo) })}</p>`;
}

const whoFalls: Readonly<Record<SmallestSets["state"], Text>> = {
  stops: { en: "if they stop", de: "fallen sie aus" },
  hostile: { en: "if they turn hostile", de: "werden sie feindlich" },
  "no-updates": stateWordsOfOutage["no-updates"],
};
