import { stackedBar } from "../../../charts/bar.ts";
import { count, drawn, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { useWords } from "../words-verdict.ts";
import { dataTable, section } from "./blocks.ts";
import { partsOf } from "./tally.ts";

/** What each pack alone says of the same elements; packs for comparison decide nothing. */
export function compareSection({ data }: View): Markup | false {
  // A pack about networks alone has no verdicts on elements.
  const packs = data.assessment.packs.filter(({ verdicts }) => Object.values(verdicts).some((count) => count > 0));
  if (packs.length < 2) return false;
  const columns = [
    { title: { en: "pack", de: "Paket" } },
    { title: { en: "use", de: "Verwendung" } },
    { title: { en: "share", de: "Anteil" } },
    { title: { en: "admitted", de: "zugelassen" }, number: true as const },
    { title: { en: "of it no duty", de: "davon keine Pflicht" }, number: true as const },
    { title: { en: "undecided", de: "offen" }, number: true as const },
    { title: { en: "refused", de: "abgelehnt" }, number: true as const },
  ];
  const rows = packs.map((pack): readonly Part[] => {
    const { name: id, title, use, verdicts, basis } = pack;
    const words: Text = { en: title, de: data.translations[id]?.de?.title ?? title };
    return [
      html`<b>${name(id)}</b><br><span class="quiet">${words}</span>`,
      useWords[use],
      html`<div class="bar-cell">${drawn(stackedBar(partsOf(pack), { height: 18 }))}</div>`,
      count(verdicts.admitted),
      count(basis["no-duty"] ?? 0),
      count(verdicts.undecided),
      count(verdicts.refused),
    ];
  });
  return section(
    "compare",
    { en: "The packs beside each other", de: "Die Regelpakete nebeneinander" },
    html`<p class="lead">${{ en: "Binding packs decide, the worst wins. Packs for comparison stand beside and decide nothing.", de: "Bindende Pakete entscheiden, das schlechteste Ergebnis gilt. Pakete zum Vergleich stehen daneben und entscheiden nichts." }}</p>`,
    dataTable("compare-title", columns, rows),
  );
}
