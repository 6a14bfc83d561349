import { stackedBar } from "../../../charts/bar.ts";
import type { Reason } from "../../../model/assessment.ts";
import type { ReportData } from "../../../model/report-data.ts";
import { coded, count, drawn, fill, html, type Markup, name, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { actorsText, wordOf } from "../words.ts";
import { actionTitles } from "../words-actions.ts";
import { certaintyWords } from "../words-verdict.ts";

const mostReasons = 40;

/** The rules that stand against admission, largest first: what each demands, who can act, what would change it. */
export function reasonsSection({ data }: View): Markup {
  const { reasons } = data.assessment;
  const title: Text = { en: "Largest reasons, and who can act", de: "Die größten Gründe, und wer handeln kann" };
  const total = data.assessment.verdicts.refused + data.assessment.verdicts.undecided;
  const shown = reasons.slice(0, mostReasons).map((reason) => reasonItem(data, reason, total));
  const rest = reasons.length - shown.length;
  return html`<section id="reasons" aria-labelledby="reasons-title"><h2 id="reasons-title">${title}</h2>
${
  reasons.length === 0
    ? html`<p>${{ en: "No rule of a binding pack stands against a verdict.", de: "Keine Regel eines bindenden Pakets steht einem Ergebnis entgegen." }}</p>`
    : html`<p class="lead">${{ en: "A verdict counts with each rule that stands against it, so the numbers overlap. “Would turn alone” counts the verdicts against which nothing else stands.", de: "Ein Ergebnis zählt bei jeder Regel, die ihm entgegensteht; die Zahlen überschneiden sich. „Allein entscheidend“ zählt die Ergebnisse, denen sonst nichts entgegensteht." }}</p><ol class="reasons">${shown}</ol>`
}
${rest > 0 && html`<p>${fill({ en: "and {rest} smaller reasons; `--output json` has all", de: "und {rest} kleinere Gründe; `--output json` enthält alle" }, { rest: count(rest) })}</p>`}
</section>`;
}

function reasonItem(data: ReportData, reason: Reason, total: number): Markup {
  const { rule, pack, title, cites, certainty, remedy, refused, undecided, who, example, change } = reason;
  const german = data.translations[pack]?.de?.rules[rule];
  const actors = Object.entries(who)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([actor, number]) => html`<li>${actorsText(actor)} <span class="number">${count(number)}</span></li>`);
  const bar = stackedBar(
    [
      { tone: "refused", count: refused },
      { tone: "undecided", count: undecided },
    ],
    { height: 10 },
  );
  const alone = turnedAlone(data, reason);
  const counts = fill(
    { en: "{refused} refused, {undecided} undecided", de: "{refused} abgelehnt, {undecided} offen" },
    { refused: count(refused), undecided: count(undecided) },
  );
  const steps = change?.map(
    ({ id, title: step, who: actor }) => html`<li>${withGerman(step, actionTitles[id])} (${actorsText(actor)})</li>`,
  );
  return html`<li class="reason">
<h3><span class="reason-id">${name(rule)}</span> <span class="reason-id">${{ en: "requires:", de: "verlangt:" }}</span> ${withGerman(title, german?.title)}</h3>
<div class="reason-size"><span class="reason-bar" data-share="${String(total === 0 ? 0 : Math.ceil((10 * (refused + undecided)) / total))}">${drawn(bar)}</span><b>${counts}</b><span class="quiet">${alone}</span></div>
<dl>
<div><dt>${{ en: "source", de: "Quelle" }}</dt><dd><span lang="en">${coded(cites)}</span> <span class="quiet">(${wordOf(certaintyWords, certainty)}; ${name(pack)})</span></dd></div>
<div><dt>${{ en: "who can act", de: "wer handeln kann" }}</dt><dd><ul class="inline">${actors}</ul></dd></div>
<div><dt>${{ en: "remedy", de: "Abhilfe" }}</dt><dd>${withGerman(remedy, german?.remedy)}</dd></div>
${steps && steps.length > 0 && html`<div><dt>${{ en: "least change", de: "kleinste Änderung" }}</dt><dd>${{ en: "for", de: "bei" }} <a href="#element=${encodeURIComponent(example)}">${name(example)}</a>: <ul class="steps">${steps}</ul></dd></div>`}
${!steps && html`<div><dt>${{ en: "example", de: "Beispiel" }}</dt><dd><a href="#element=${encodeURIComponent(example)}">${name(example)}</a></dd></div>`}
</dl></li>`;
}

/** English words of the data with German ones where there are any. */
export function withGerman(en: string, de: string | undefined): Text {
  return de === undefined ? { en } : { en, de };
}

/** Verdicts against which this rule alone stands, as far as the chains shown tell. */
export function turnedAlone({ chains, kinds }: ReportData, { rule, pack }: Pick<Reason, "rule" | "pack">): Text {
  const turned = chains.rows
    .filter(({ kind, verdicts }) => {
      if (kinds[kind]?.outcome === "admitted") return false;
      const against = verdicts
        .filter(({ use, outcome }) => use === "binding" && outcome !== "admitted")
        .flatMap((verdict) => verdict.rules.filter(({ reason }) => reason).map(({ id }) => `${verdict.pack} ${id}`));
      return against.length > 0 && against.every((id) => id === `${pack} ${rule}`);
    })
    .reduce((sum, { elements }) => sum + elements, 0);
  const words: Text =
    chains.rows.length < chains.total
      ? { en: "at least {turned} would turn alone", de: "mindestens bei {turned} allein entscheidend" }
      : { en: "{turned} would turn alone", de: "bei {turned} allein entscheidend" };
  return fill(words, { turned: count(turned) });
}
