import { stepOf } from "../../../charts/region-map.ts";
import type { Dependence, DependenceRow } from "../../../model/dependence.ts";
import type { Span } from "../../../model/measure.ts";
import { type Channel, channels } from "../../../model/network.ts";
import { exactly, shareDigits } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Text } from "../text.ts";
import { channelWords, matrixDomains } from "../words-network.ts";
import { moreThan } from "./blocks.ts";
import { holdersOf, shareIn } from "./dependence-rows.ts";

const mostSuppliers = 14;

/**
 * The nation's suppliers against its domains, once for each channel: shares of elements in percent, shaded by what is sure.
 * What nobody is known to stand behind is its own row.
 */
export function supplierMatrix({ rows }: Dependence): Markup | undefined {
  const nation = rows.filter(
    ({ scope, by, base, partKind }) =>
      scope === "nation" && by === "supplier" && base === "element" && partKind === "segment",
  );
  const cells = channels.flatMap((channel) => matrixDomains.map(({ segments }) => cellRows(nation, channel, segments)));
  const suppliers = holdersOf([...cells.flat()]).toSorted(byGreatest(cells.flat()));
  if (suppliers.length === 0) return undefined;
  const domains = channels.flatMap(() =>
    matrixDomains.map(
      ({ title, short }, at) =>
        html`<th scope="col" class="${at === 0 ? "begins" : ""}"><span aria-hidden="true">${short}</span><span class="sr">${title}</span></th>`,
    ),
  );
  const groups = channels.map(
    (channel) => html`<th scope="colgroup" colspan="4" class="begins">${channelWords[channel]}</th>`,
  );
  const body = suppliers
    .slice(0, mostSuppliers)
    .map(
      (supplier) =>
        html`<tr><th scope="row">${name(supplier)}</th>${cells.map((own, at) => cell(together(own, supplier), at))}</tr>`,
    );
  const unknown = cells.map((own, at) => cell(exactly(unknownShare(own)), at, true));
  return html`<h3 id="matrix-title">${{ en: "Suppliers by domain and channel", de: "Lieferanten nach Netzbereich und Rolle" }}</h3>
<p class="quiet">${legend(nation)}</p>
<div class="scroll" tabindex="0" role="group" aria-labelledby="matrix-title"><table class="matrix"><thead><tr><th rowspan="2" scope="col">${{ en: "supplier", de: "Lieferant" }}</th>${groups}</tr><tr>${domains}</tr></thead>
<tbody>${body}</tbody><tfoot><tr><th scope="row">${{ en: "not known", de: "nicht bekannt" }}</th>${unknown}</tr></tfoot></table></div>${moreThan(suppliers.length, mostSuppliers)}`;
}

function legend(nation: readonly DependenceRow[]): Text {
  const of = (segments: readonly string[]) =>
    nation
      .filter(({ channel, part }) => channel === "made" && segments.includes(part))
      .reduce((sum, { total }) => sum + total, 0);
  const [access = 0, transport = 0, core = 0, management = 0] = matrixDomains.map(({ segments }) => of(segments));
  return fill(
    {
      en: "Percent of the nation's elements: {access} in access, {transport} in transport, {core} in core, {management} in management. Made adds up; in the other channels several may stand behind one element, or nobody. A span where the tables leave it open; the stronger the colour, the more is sure; a dot: nothing is known of them there, and what is not known may be anybody's.",
      de: "Prozent der Elemente aller Netze: {access} im Zugangsnetz, {transport} im Transportnetz, {core} im Kernnetz, {management} im Netzmanagement. „Hergestellt“ ergibt zusammen alles; bei den anderen Rollen können hinter einem Element mehrere stehen, oder niemand. Eine Spanne, wo die Tabellen es offenlassen; je kräftiger die Farbe, desto mehr ist sicher; ein Punkt: dort ist nichts von ihnen bekannt, und was nicht bekannt ist, kann von jedem sein.",
    },
    { access: count(access), transport: count(transport), core: count(core), management: count(management) },
  );
}

function cellRows(
  nation: readonly DependenceRow[],
  channel: Channel,
  segments: readonly string[],
): readonly DependenceRow[] {
  return nation.filter((row) => row.channel === channel && segments.includes(row.part) && row.total + row.unplaced > 0);
}

function byGreatest(rows: readonly DependenceRow[]) {
  const weight = new Map<string, number>();
  for (const { holders } of rows) {
    for (const { name: id, units } of holders) weight.set(id, (weight.get(id) ?? 0) + units);
  }
  return (a: string, b: string) => weight.get(b)! - weight.get(a)! || (a < b ? -1 : 1);
}

/**
 * A share of several parts as one. It is a mean of their shares, weighed by parts whose sizes are open too: extreme where
 * each has its least or its greatest size.
 */
export function together(rows: readonly DependenceRow[], supplier: string): Span | undefined {
  if (rows.length === 0) return exactly(0);
  const spans = rows.map((row) => shareIn(row, supplier));
  if (spans.some((span) => span === undefined)) return undefined;
  if (rows.length === 1) return spans[0];
  const sizes = corners(rows.map(({ total, unplaced }) => [total, total + unplaced] as const));
  const means = (end: "least" | "most") =>
    sizes.flatMap((size) => {
      const whole = size.reduce((sum, part) => sum + part, 0);
      return whole === 0 ? [] : [size.reduce((sum, part, at) => sum + part * spans[at]![end], 0) / whole];
    });
  return { least: Math.min(...means("least")), most: Math.max(...means("most")) };
}

function corners(ends: readonly (readonly [number, number])[]): readonly (readonly number[])[] {
  return ends.reduce<readonly (readonly number[])[]>(
    (all, pair) => all.flatMap((size) => [...new Set(pair)].map((end) => [...size, end])),
    [[]],
  );
}

function unknownShare(rows: readonly DependenceRow[]): number {
  const [unknown, total] = rows.reduce(([a, b], row) => [a + row.unknown, b + row.total], [0, 0]);
  return total === 0 ? 0 : (100 * unknown) / total;
}

function cell(span: Span | undefined, at: number, isUnknown = false): Markup {
  const begins = at % matrixDomains.length === 0 ? " begins" : "";
  if (span === undefined) return html`<td class="is-none${begins}">…</td>`;
  // What may be theirs though nothing is known to be: the last row tells how much that is.
  if (span.least === 0) return html`<td class="is-none${begins}">·</td>`;
  return html`<td class="${isUnknown ? "is-unknown" : `step-${stepOf(span.least)}`}${begins}">${shareDigits(span)}</td>`;
}
