import { stackedBar, swatch } from "../../../charts/bar.ts";
import type { Tone } from "../../../charts/tones.ts";
import type { Breakdown } from "../../../model/assessment.ts";
import type { ReportData } from "../../../model/report-data.ts";
import { count, drawn, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { basisWords, domainWords, outcomeWords } from "../words-verdict.ts";
import { moreThan } from "./blocks.ts";
import { barOrder, partsOf } from "./tally.ts";

const mostRows = 80;

/** Verdicts by operator, domain and region: bars, with the numbers beside them. */
export function partsSection({ data }: View): Markup {
  const { operators, domains, setAside, usesSetAside } = data.assessment;
  const aside = setAside + usesSetAside;
  const note: Text = {
    en: "Records set aside count as undecided and stand in none of these rows: {count}.",
    de: "Beiseitegelegte Einträge zählen als offen und stehen in keiner dieser Zeilen: {count}.",
  };
  const counted = count(aside);
  return html`<section id="parts" aria-labelledby="parts-title"><h2 id="parts-title">${{ en: "By operator, domain and region", de: "Nach Betreiber, Netzbereich und Region" }}</h2>
${breakdownTable({ en: "Operator", de: "Betreiber" }, operators, (text) => name(text))}
${breakdownTable({ en: "Domain", de: "Netzbereich" }, domains, (text) => wordOf(domainWords, text))}
${breakdownTable({ en: "Region", de: "Region" }, regionsOf(data), (text) => (text === "" ? { en: "not given", de: "nicht angegeben" } : name(text)))}
${aside > 0 && html`<p class="quiet">${{ en: note.en.replace("{count}", counted.en), de: note.de!.replace("{count}", counted.de!) }}</p>`}
</section>`;
}

/** Verdicts by region, in the shape of the other breakdowns. */
export function regionsOf({ sites, kinds }: ReportData): readonly Breakdown[] {
  return sites.regions.map(({ name: region, counts }) => {
    const verdicts = { admitted: 0, refused: 0, undecided: 0 };
    const basis: Record<string, number> = {};
    for (const [kind, number] of counts.entries()) {
      const { outcome, basis: own } = kinds[kind]!;
      verdicts[outcome] += number;
      basis[own] = (basis[own] ?? 0) + number;
    }
    return { name: region, verdicts, basis };
  });
}

function breakdownTable(title: Text, rows: readonly Breakdown[], named: (text: string) => Part): Markup | false {
  if (rows.length === 0) return false;
  const heads = barOrder.map(
    (tone) =>
      html`<th scope="col" class="number"><span class="head-swatch">${drawn(swatch(tone))}</span> ${headText(tone)}</th>`,
  );
  const body = rows.slice(0, mostRows).map((row) => {
    const parts = partsOf(row);
    const total = parts.reduce((sum, part) => sum + part.count, 0);
    const cells = parts.map((part) => html`<td class="number">${count(part.count)}</td>`);
    return html`<tr><th scope="row">${named(row.name)}</th><td class="bar-cell">${drawn(stackedBar(parts, { height: 18 }))}</td><td class="number">${count(total)}</td>${cells}</tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="by-${title.en}"><table class="breakdown"><caption id="by-${title.en}">${title}</caption><thead><tr><th scope="col">${title}</th><th scope="col" class="bar-cell">${{ en: "share", de: "Anteil" }}</th><th scope="col" class="number">${{ en: "verdicts", de: "Ergebnisse" }}</th>${heads}</tr></thead><tbody>${body}</tbody></table></div>${moreThan(rows.length, mostRows)}`;
}

/** The short name of a column; that it means admission is said to those who do not see the signs. */
function headText(tone: Tone): Part {
  if (tone === "refused" || tone === "undecided") return outcomeWords[tone];
  return html`<span class="sr">${outcomeWords.admitted},</span> ${basisWords[tone]}`;
}
