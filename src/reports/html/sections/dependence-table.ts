import { spanBar } from "../../../charts/span-bar.ts";
import type { Dependence, DependenceRow } from "../../../model/dependence.ts";
import type { Base, Span } from "../../../model/measure.ts";
import { decimal, shareWords, spanWords } from "../amounts.ts";
import { count, drawn, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import { wordOf } from "../words.ts";
import { baseWords } from "../words-network.ts";
import { segmentWords } from "../words-verdict.ts";
import { holdersOf, madeRows, shareIn } from "./dependence-rows.ts";
import { shareBar } from "./spans.ts";

const mostOperators = 7;
const mostMakers = 6;

/**
 * Who made one segment: a row per maker, the nation and each operator beside each other; below, what the shares are of, how
 * much of it is not known, and the indices. Nothing if nobody has any of it.
 */
export function sharesTable(dependence: Dependence, segment: string, base: Base): Markup | undefined {
  const all = madeRows(dependence, segment, base).filter(({ total }) => total > 0);
  if (all.length === 0) return undefined;
  const rows = all.slice(0, 1 + mostOperators);
  const holders = holdersOf(rows);
  const caption = fill(
    { en: "{segment}, counted in {base}", de: "{segment}, gezählt in {base}" },
    { segment: wordOf(segmentWords, segment), base: baseWords[base] },
  );
  const id = `shares-${segment}-${base}`;
  const heads = rows.map((row) => html`<th scope="col">${whose(row)}</th>`);
  const body = holders
    .slice(0, mostMakers)
    .map((holder) => html`<tr><th scope="row">${name(holder)}</th>${rows.map((row) => shareCell(row, holder))}</tr>`);
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}"><table class="shares"><caption id="${id}">${caption}</caption>
<thead><tr><th scope="col">${{ en: "maker", de: "Hersteller" }}</th>${heads}</tr></thead><tbody>${body}</tbody><tfoot>${measures(rows)}</tfoot></table></div>
${rest(all.length - rows.length, holders.length - mostMakers)}`;
}

/** Whose network a column is about. */
function whose({ scope, name: id }: DependenceRow): Part {
  return scope === "nation" ? { en: "nation", de: "alle Netze" } : name(id);
}

function shareCell(row: DependenceRow, holder: string): Markup {
  const span = shareIn(row, holder);
  if (span === undefined) return html`<td class="is-none">${{ en: "less", de: "weniger" }}</td>`;
  if (span.most < 0.05) return html`<td class="is-none">–</td>`;
  // Nothing of it is known to be theirs: what may be stands as a bound, not as a share.
  if (span.least === 0) return html`<td class="is-none">≤ ${shareWords({ least: span.most, most: span.most })}</td>`;
  return html`<td>${shareBar(span)}</td>`;
}

/** Totals, what is not known, and the indices, a line each. */
function measures(rows: readonly DependenceRow[]): readonly Part[] {
  const line = (title: Text, cell: (row: DependenceRow) => Part) =>
    html`<tr><th scope="row">${title}</th>${rows.map((row) => html`<td>${cell(row)}</td>`)}</tr>`;
  const index = (title: Text, of: (row: DependenceRow) => Span | null, digits: number) =>
    rows.some((row) => of(row) !== null) &&
    line(title, (row) => {
      const span = of(row);
      return span ? spanWords(span, digits) : "–";
    });
  const amount = (value: number) => decimal(value, Number.isInteger(value) || value >= 1000 ? 0 : 1);
  return [
    line({ en: "of", de: "von" }, (row) => amount(row.total)),
    line({ en: "of it, maker not known", de: "davon Hersteller nicht bekannt" }, (row) => amount(row.unknown)),
    rows.some(({ unplaced }) => unplaced > 0) &&
      line({ en: "elements that may belong here", de: "Elemente, die dazugehören können" }, (row) =>
        count(row.unplaced),
      ),
    line({ en: "number of makers", de: "Zahl der Hersteller" }, (row) => spanWords(row.count)),
    index({ en: "HHI (0 to 10,000)", de: "HHI (0 bis 10.000)" }, ({ hhi }) => hhi, 0),
    index({ en: "effective number", de: "effektive Zahl" }, ({ effective }) => effective, 2),
    index({ en: "with what they have in common", de: "mit dem, was sie gemeinsam haben" }, ({ similar }) => similar, 2),
  ];
}

function rest(operators: number, makers: number): Markup | false {
  if (operators <= 0 && makers <= 0) return false;
  const parts: Text[] = [];
  if (makers > 0) parts.push(fill({ en: "more makers: {n}", de: "weitere Hersteller: {n}" }, { n: count(makers) }));
  if (operators > 0) {
    parts.push(fill({ en: "more operators: {n}", de: "weitere Betreiber: {n}" }, { n: count(operators) }));
  }
  const what = {
    en: parts.map(({ en }) => en).join(", "),
    de: parts.map(({ en, de = en }) => de).join(", "),
  };
  return html`<p class="quiet">${fill({ en: "{what}; `--output json` has all", de: "{what}; `--output json` enthält alle" }, { what })}</p>`;
}

/** A list of holders with their shares, for small boxes. */
export function holderList(row: DependenceRow, most: number): Markup {
  const items = row.holders
    .slice(0, most)
    .map(
      ({ name: holder, share }) =>
        html`<li>${name(holder)} <span class="share">${shareWords(share)}</span>${drawn(spanBar(share))}</li>`,
    );
  const more = row.holders.length + row.moreHolders - Math.min(most, row.holders.length);
  return html`<ul class="holders">${items}</ul>${more > 0 && html`<p class="quiet">${fill({ en: "and {more} more", de: "und {more} weitere" }, { more: count(more) })}</p>`}`;
}
