import { spanBar, spanSwatch } from "../../../charts/span-bar.ts";
import type { Span } from "../../../model/measure.ts";
import { shareWords } from "../amounts.ts";
import { drawn, html, type Markup, type Text } from "../text.ts";

/** A share in percent as text above its bar. */
export function shareBar(span: Span): Markup {
  return html`<span class="share">${shareWords(span)}</span>${drawn(spanBar(span))}`;
}

/** What solid and hatched mean; beside the first bars of a section. */
export function spanLegend(): Markup {
  return html`<p class="span-legend quiet"><span>${drawn(spanSwatch("sure"))} ${{ en: "sure, whatever is not known", de: "sicher, was auch immer nicht bekannt ist" }}</span> <span>${drawn(spanSwatch("may"))} ${{ en: "possible, as the tables do not tell", de: "möglich, weil die Tabellen es nicht sagen" }}</span></p>`;
}

/** What is left of something: the amount, what it is of, and the bar of its share. */
export function barOf(share: Span, amount: Text, whole: Text): Markup {
  return html`<span class="share">${amount} <span class="quiet">${whole}</span></span>${drawn(spanBar(share))}`;
}
