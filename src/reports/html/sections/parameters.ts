import { count, fill, html, type Markup, name, type Part } from "../text.ts";
import type { View } from "../view.ts";
import { dataTable, section } from "./blocks.ts";

/** What no source settles, as it was set, and the verdicts that hang on it. */
export function parametersSection({ data }: View): Markup | false {
  const open = data.assessment.packs.flatMap(({ name: pack, parameters }) =>
    parameters.filter(({ confirmed }) => !confirmed).map((parameter) => ({ pack, ...parameter })),
  );
  if (open.length === 0) return false;
  const columns = [
    { title: { en: "parameter", de: "Parameter" } },
    { title: { en: "set to", de: "gewählter Wert" } },
    { title: { en: "verdicts that would differ", de: "Ergebnisse, die anders ausfielen" } },
  ];
  const hangs = ({ hanging }: (typeof open)[number]) => Object.values(hanging).some((number) => number > 0);
  const idle = open.filter((parameter) => !hangs(parameter));
  const rows = open.filter(hangs).map(({ pack, name: id, title, value, hanging }): readonly Part[] => {
    const german = data.translations[pack]?.de?.parameters?.[id];
    const turned = Object.entries(hanging)
      .filter(([, number]) => number > 0)
      .map(
        ([other, number]) =>
          html`<li>${fill({ en: "{number} if {other}", de: "{number} bei {other}" }, { number: count(number), other })}</li>`,
      );
    return [
      html`<b>${name(id)}</b> <span class="quiet">${name(pack)}</span><br>${german === undefined ? { en: title } : { en: title, de: german }}`,
      html`<code>${String(value)}</code>`,
      html`<ul class="plain">${turned}</ul>`,
    ];
  });
  return section(
    "parameters",
    { en: "What no source settles", de: "Was keine Quelle klärt" },
    html`<p class="lead">${{ en: "These readings are chosen, not sourced. The last column says how many verdicts hang on each.", de: "Diese Lesarten sind gewählt, nicht belegt. Die letzte Spalte sagt, wie viele Ergebnisse von jeder abhängen." }}</p>`,
    rows.length > 0 && dataTable("parameters-title", columns, rows),
    idle.length > 0 &&
      html`<p class="quiet">${{ en: "No verdict hangs on", de: "Kein Ergebnis hängt ab von" }}: ${name(idle.map(({ pack, name: id, value }) => `${id} = ${value} (${pack})`).join(", "))}.</p>`,
  );
}
