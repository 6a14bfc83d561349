import type { Exposure, HeldFunction } from "../../../model/exposure.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import { wordOf } from "../words.ts";
import { channelWords, dataClassWords, takesDownWords } from "../words-network.ts";
import { dataTable, moreThan } from "./blocks.ts";

const mostFunctions = 40;
const mostOperators = 4;

/** The functions a supplier stands behind by channel, what such a function sees, and what falls with it. */
export function heldFunctions({ held }: Exposure, supplier: string, labelledBy: string): Markup | false {
  const own = held.filter((row) => row.supplier === supplier && row.channel !== "any");
  if (own.length === 0) return false;
  const columns = [
    { title: { en: "function", de: "Funktion" } },
    { title: { en: "channel", de: "Rolle" } },
    { title: { en: "elements", de: "Elemente" }, number: true as const },
    { title: { en: "operators", de: "Betreiber" } },
    { title: { en: "sees", de: "sieht" } },
    { title: { en: "takes down", de: "reißt mit" } },
  ];
  const summary = fill(
    {
      en: "What it stands behind, and what that sees, by function and channel: {rows}",
      de: "Wohinter er steht, und was das sieht, nach Funktion und Rolle: {rows}",
    },
    { rows: count(own.length) },
  );
  const note: Text = {
    en: "What a function sees is a table of ours after the architecture of 3GPP, mostly general knowledge (docs/exposure.md); nothing here says what anybody does.",
    de: "Was eine Funktion sieht, ist eine eigene Tabelle nach der Architektur von 3GPP, überwiegend Allgemeinwissen (docs/exposure.md); nichts hier sagt, was jemand tut.",
  };
  return html`<details class="held"><summary>${summary}</summary><p class="quiet">${note}</p>${dataTable(labelledBy, columns, own.slice(0, mostFunctions).map(functionRow))}${moreThan(own.length, mostFunctions)}</details>`;
}

function functionRow({ function: id, channel, elements, of, unknown, operators, sees, takesDown }: HeldFunction) {
  const open =
    unknown > 0 &&
    html`<br><span class="quiet">${fill({ en: "{unknown} with nobody known", de: "bei {unknown} niemand bekannt" }, { unknown: count(unknown) })}</span>`;
  const more = operators.length - mostOperators;
  return [
    name(id),
    channelWords[channel],
    html`${fill({ en: "{elements} of {of}", de: "{elements} von {of}" }, { elements: count(elements), of: count(of) })}${open}`,
    html`${listed(operators.slice(0, mostOperators).map((operator) => name(operator)))}${more > 0 && html` +${count(more)}`}`,
    listed(sees.map((id) => wordOf(dataClassWords, id))),
    listed(takesDown.map((text) => ({ en: text, de: takesDownWords[text] ?? text }))),
  ];
}

function listed(parts: readonly Part[]): Part {
  return parts.length === 0 ? "–" : parts.map((part, at) => html`${at > 0 && " · "}${part}`);
}
