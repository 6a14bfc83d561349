import { dueKinds, monthColumns } from "../../../charts/months.ts";
import type { Due } from "../../../model/assessment.ts";
import { count, day, drawn, fill, html, type Markup, name, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { dueWords } from "../words-verdict.ts";

const mostRows = 200;
const mostOverdue = 6;
const mostSoon = 10;

/** What ends or begins, by month and one by one; what is past its day is marked. */
export function dueSection({ data }: View): Markup {
  const { due, asOf } = data.assessment;
  const title: Text = { en: "What falls due", de: "Was fällig wird" };
  if (due.length === 0)
    return html`<section id="due" aria-labelledby="due-title"><h2 id="due-title">${title}</h2><p>${{ en: "No certificate, register, exception or rule ends or begins.", de: "Kein Zertifikat, kein Register, keine Ausnahme und keine Regel endet oder beginnt." }}</p></section>`;
  const isOverdue = ({ day: on, kind }: Due) => on < asOf && kind !== "rule";
  const overdue = due.filter(isOverdue);
  const soon = due.filter((entry) => !isOverdue(entry) && entry.day >= asOf);
  // First what passed its day last and what comes next; then the others.
  const first = [...overdue.slice(-mostOverdue), ...soon.slice(0, mostSoon)];
  const ordered = [...first, ...due.filter((entry) => !first.includes(entry))];
  const legend = dueKinds.map(
    (kind) => html`<li><span class="due-mark due-${kind}"></span>${wordOf(dueWords, kind)}</li>`,
  );
  const lead = fill(
    {
      en: "{overdue} overdue, {soon} to come. The line in the picture is the as-of day; darker blocks are overdue.",
      de: "{overdue} überfällig, {soon} stehen bevor. Die Linie im Bild ist der Stichtag; dunklere Blöcke sind überfällig.",
    },
    { overdue: count(overdue.length), soon: count(soon.length) },
  );
  const rows = ordered.slice(0, mostRows).map((entry) => dueRow(data, entry, isOverdue(entry)));
  const rest = ordered.length - Math.min(ordered.length, mostRows);
  return html`<section id="due" aria-labelledby="due-title"><h2 id="due-title">${title}</h2>
<p class="lead">${lead}</p>
<figure class="figure scroll" tabindex="0" role="group" aria-labelledby="due-caption">${drawn(monthColumns(due, asOf, isOverdue))}<figcaption id="due-caption"><span class="sr">${{ en: "Entries by month; the table has them one by one.", de: "Einträge je Monat; die Tabelle nennt jeden." }}</span><ul class="due-legend">${legend}</ul></figcaption></figure>
${dueTable(rows.slice(0, first.length))}
${rows.length > first.length && html`<details><summary>${fill({ en: "{count} more", de: "{count} weitere" }, { count: count(rows.length - first.length) })}</summary>${dueTable(rows.slice(first.length))}</details>`}
${rest > 0 && html`<p>${fill({ en: "and {rest} beyond; `--output json` has all", de: "und {rest} darüber hinaus; `--output json` enthält alle" }, { rest: count(rest) })}</p>`}
</section>`;
}

function dueTable(rows: readonly Markup[]): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="due-title"><table class="due-table"><thead><tr><th scope="col">${{ en: "day", de: "Tag" }}</th><th scope="col">${{ en: "what", de: "Art" }}</th><th scope="col">${{ en: "which", de: "Bezeichnung" }}</th><th scope="col" class="number">${{ en: "elements", de: "Elemente" }}</th><th scope="col">${{ en: "file", de: "Datei" }}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function dueRow({ translations, rules }: View["data"], entry: Due, isOverdue: boolean): Markup {
  const { day: on, kind, id, title, file, elements } = entry;
  const german = kind === "rule" ? germanRule({ translations, rules }, id, title) : undefined;
  const words: Text = german === undefined ? { en: title } : { en: title, de: german };
  const mark = isOverdue && html` <b class="overdue">${{ en: "overdue", de: "überfällig" }}</b>`;
  return html`<tr><td class="nowrap">${day(on)}${mark}</td><td><span class="due-mark due-${kind}"></span>${wordOf(dueWords, kind)}</td><td><b>${name(id)}</b> ${words}</td><td class="number">${count(elements)}</td><td class="file">${name(file)}</td></tr>`;
}

function germanRule({ translations, rules }: Pick<View["data"], "translations" | "rules">, id: string, title: string) {
  const rule = rules.find((known) => known.id === id && known.title === title);
  return rule && translations[rule.pack]?.de?.rules[id]?.title;
}
