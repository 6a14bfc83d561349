import type { Exposure } from "../../../model/exposure.ts";
import { channels } from "../../../model/network.ts";
import { shareDigits, shareWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { channelWords } from "../words-network.ts";
import { section } from "./blocks.ts";
import { choice } from "./choice.ts";
import { heldFunctions } from "./exposure-held.ts";
import { type Ground, supplierPanel } from "./exposure-panel.ts";
import { seenIn, tellsPeople, toldSuppliers } from "./exposure-rows.ts";
import { spanLegend } from "./spans.ts";

const mostMapped = 8;
const mostSuppliers = 15;

/** What each supplier could see: the most exposed on a map each, all that are told by channel, and of what the shares are. */
export function exposureSection({ data }: View, ground: Ground): Markup | false {
  const { exposure } = data.assessment;
  const suppliers = toldSuppliers(exposure);
  if (suppliers.length === 0) return withoutTraffic(exposure);
  const people = tellsPeople(exposure);
  const options = suppliers.slice(0, mostMapped).map((supplier, at) => ({
    label: name(supplier),
    panel: supplierPanel(exposure, supplier, { at, people, ground }),
  }));
  return section(
    "exposure",
    title,
    headline(exposure, suppliers[0]!, people),
    html`<p class="lead">${howMany(exposure, people)} ${base(exposure, people)}</p>`,
    spanLegend(),
    choice("supplier", { en: "supplier", de: "Lieferant" }, options),
    channelTable(exposure, suppliers, people),
  );
}

const title: Text = { en: "Exposure: what each supplier could see", de: "Einsicht: was jeder Lieferant sehen könnte" };

/** Where no share of traffic can be told: why, and the functions that suppliers stand behind all the same. */
function withoutTraffic(exposure: Exposure): Markup | false {
  const { held, origin, demands } = exposure;
  const suppliers = [...new Set(held.map(({ supplier }) => supplier))];
  if (suppliers.length === 0) return false;
  const why: Text =
    origin === "none"
      ? {
          en: "No share of traffic can be told: demands.csv names none, and no operator has both a radio site and a gateway elsewhere.",
          de: "Anteile am Verkehr lassen sich nicht nennen: demands.csv enthält keinen, und kein Betreiber hat einen Funkstandort und anderswo ein Gateway.",
        }
      : fill(
          {
            en: "No share of traffic can be told: none of {demands} demands has a path.",
            de: "Anteile am Verkehr lassen sich nicht nennen: keine von {demands} Verkehrsbeziehungen hat einen Weg.",
          },
          { demands: count(demands) },
        );
  const options = suppliers.slice(0, mostMapped).map((supplier, at) => {
    const id = `exposure-${at}`;
    return {
      label: name(supplier),
      panel: html`<h3 id="${id}">${name(supplier)}</h3>${heldFunctions(exposure, supplier, id)}`,
    };
  });
  const more = exposure.suppliers - options.length;
  return section(
    "exposure",
    title,
    html`<p class="lead">${why}</p>`,
    choice("supplier", { en: "supplier", de: "Lieferant" }, options),
    more > 0 && html`<p class="quiet">${fill(untold, { more: count(more) })}</p>`,
  );
}

const untold: Text = {
  en: "Of suppliers not told here ({more}) `freigabe whatif expose --supplier X` tells each.",
  de: "Zu hier nicht genannten Lieferanten ({more}) sagt es `freigabe whatif expose --supplier X`.",
};

function headline({ rows }: Exposure, supplier: string, people: boolean): Part {
  const row = rows.find((own) => own.supplier === supplier && own.scope === "nation" && own.channel === "any");
  const seen = seenIn(row, people);
  if (!seen) return undefined;
  const words: Text = people
    ? { en: "could see {share} of people's traffic.", de: "könnte {share} des Verkehrs der Menschen sehen." }
    : { en: "could see {share} of all traffic.", de: "könnte {share} des gesamten Verkehrs sehen." };
  return html`<p class="answer small-answer">${name(supplier)} ${fill(words, { share: shareWords(seen.expected) })}</p>`;
}

/** How many suppliers could each see more than half. */
function howMany({ rows, suppliers }: Exposure, people: boolean): Text {
  const most = rows.filter((row) => {
    const seen = row.scope === "nation" && row.channel === "any" ? seenIn(row, people) : undefined;
    return seen !== undefined && seen.expected.least > 50;
  });
  return fill(
    {
      en: "{most} of {suppliers} suppliers could each see more than half, whatever is not known.",
      de: "{most} von {suppliers} Lieferanten könnten jeweils mehr als die Hälfte sehen, was auch immer nicht bekannt ist.",
    },
    { most: count(most.length), suppliers: count(suppliers) },
  );
}

/** Of what the shares are, where it is from, and what counts in none. */
function base({ demands, routed, origin, links }: Exposure, people: boolean): Text {
  const numbers = {
    demands: count(demands),
    routed: count(routed),
    links: count(links),
  };
  const what: Text = people
    ? {
        en: "Percent of the traffic of people (apportioned to radio sites)",
        de: "Prozent des Verkehrs der Menschen (Funkstandorten zugerechnet)",
      }
    : { en: "Percent of traffic", de: "Prozent des Verkehrs" };
  const from: Text =
    origin === "table"
      ? { en: "demands.csv", de: "demands.csv" }
      : {
          en: "a model: each radio site to its gateways, by its people",
          de: "einem Modell: jeder Funkstandort zu seinen Gateways, nach seinen Menschen",
        };
  return fill(
    {
      en: "{what} that passes equipment or links of theirs, through any channel, in the mean of equal paths. {routed} of {demands} demands (from {from}) have a path over {links} links; the others count in no share. This says who could, because of where they stand, not who does.",
      de: "{what}, der Technik oder Verbindungen von ihnen durchläuft, gleich in welcher Rolle, im Mittel gleicher Wege. {routed} von {demands} Verkehrsbeziehungen (aus {from}) haben einen Weg über {links} Verbindungen; die anderen zählen in keinem Anteil. Das sagt, wer könnte, weil er dort steht, nicht, wer es tut.",
    },
    { ...numbers, what, from },
  );
}

/** All suppliers that are told by channel: in the mean, and below it on every and on some path. */
function channelTable(exposure: Exposure, suppliers: readonly string[], people: boolean): Markup {
  const columns = ["any", ...channels] as const;
  const heads = columns.map((channel) => html`<th scope="col" class="number">${channelWords[channel]}</th>`);
  const body = suppliers.slice(0, mostSuppliers).map((supplier) => {
    const own = exposure.rows.filter((row) => row.supplier === supplier && row.scope === "nation");
    const cells = columns.map((channel) => {
      const seen = seenIn(
        own.find((row) => row.channel === channel),
        people,
      );
      if (!seen || seen.may.most === 0) return html`<td class="number is-none">–</td>`;
      return html`<td class="number"><b>${shareWords(seen.expected)}</b><br><span class="quiet nowrap">${shareDigits(seen.must)} <span aria-hidden="true">|</span><span class="sr">${{ en: "to", de: "bis" }}</span> ${shareDigits(seen.may)}</span></td>`;
    });
    return html`<tr><th scope="row">${name(supplier)}</th>${cells}</tr>`;
  });
  const more = exposure.suppliers - Math.min(suppliers.length, mostSuppliers);
  const rest: Text = {
    en: "Suppliers that see less: {more}. `freigabe whatif expose --supplier X` tells each.",
    de: "Lieferanten, die weniger sehen: {more}. `freigabe whatif expose --supplier X` sagt es für jeden.",
  };
  return html`<h3 id="exposure-channels">${{ en: "By channel, for the nation", de: "Nach Rolle, für alle Netze zusammen" }}</h3>
<p class="quiet">${{ en: "Bold: in the mean of equal paths. Below: on every path | on some path. –: surely nothing.", de: "Fett: im Mittel gleicher Wege. Darunter: auf jedem Weg | auf irgendeinem Weg. –: sicher nichts." }}</p>
<div class="scroll" tabindex="0" role="group" aria-labelledby="exposure-channels"><table class="by-channel"><thead><tr><th scope="col">${{ en: "supplier", de: "Lieferant" }}</th>${heads}</tr></thead><tbody>${body}</tbody></table></div>
${more > 0 && html`<p class="quiet">${fill(rest, { more: count(more) })}</p>`}`;
}
