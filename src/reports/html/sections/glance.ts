import { stackedBar, swatch } from "../../../charts/bar.ts";
import type { Tone } from "../../../charts/tones.ts";
import type { ReportData } from "../../../model/report-data.ts";
import { count, drawn, fill, html, type Markup, percent, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { actorsText, wordOf } from "../words.ts";
import { basisMeanings, basisWords, outcomeWords } from "../words-verdict.ts";
import { partsOf } from "./tally.ts";

/** The answer in five seconds: is the network in order, and who must act. */
export function glanceSection({ data }: View): Markup {
  const { assessment } = data;
  const parts = partsOf(assessment);
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const shown = parts.filter((part) => part.count > 0 || part.tone === "refused" || part.tone === "evidence");
  const items = shown.map(
    ({ tone, count: number }) =>
      html`<li class="kind">${drawn(swatch(tone))}<span class="kind-number">${count(number)}</span><span class="kind-share">${percent(number, total)}</span><span class="kind-words"><b>${toneText(tone)}</b>: <span class="quiet">${toneMeaning(tone)}</span></span></li>`,
  );
  return html`<section id="glance" aria-labelledby="glance-title">
<h2 id="glance-title" class="answer">${headline(data)}</h2>
<p class="lead">${looked(data)}</p>
<figure class="figure">${drawn(stackedBar(parts, { height: 56, labels: true }))}<figcaption class="sr">${{ en: "Share of each kind of verdict; the numbers follow", de: "Anteil jeder Art von Ergebnis; die Zahlen folgen" }}</figcaption></figure>
<div class="glance-grid"><ul class="kinds">${items}</ul>${whoMustAct(data)}</div>
${undecidedList(data)}
</section>`;
}

/** A sentence that is never greener than the verdicts. */
export function headline({ assessment: { examined, verdicts, basis, network, completeness, demo } }: ReportData): Text {
  const { admitted, refused, undecided } = verdicts;
  const total = admitted + refused + undecided;
  const numbers = { refused: count(refused), undecided: count(undecided), total: count(total) };
  if (examined === 0 || total === 0)
    return {
      en: "Nothing was looked at, so nothing is shown to be in order.",
      de: "Es wurde nichts betrachtet; damit ist von nichts gezeigt, dass es in Ordnung ist.",
    };
  if (refused > 0) {
    const more: Text =
      undecided > 0
        ? fill({ en: ", and {undecided} are undecided.", de: ", {undecided} offen." }, numbers)
        : { en: ".", de: "." };
    return joined(
      fill(
        {
          en: "Not in order: {refused} of {total} verdicts are refused",
          de: "Nicht in Ordnung: {refused} von {total} Ergebnissen abgelehnt",
        },
        numbers,
      ),
      more,
    );
  }
  if (undecided > 0)
    return fill(
      {
        en: "Not shown to be in order: {undecided} of {total} verdicts are undecided.",
        de: "Nicht als ordnungsgemäß nachgewiesen: {undecided} von {total} Ergebnissen offen.",
      },
      numbers,
    );
  const limits = network.filter(({ use, outcome }) => use === "binding" && outcome !== "admitted");
  if (limits.length > 0) return brokenLimits(limits);
  const byEvidence = basis.evidence ?? 0;
  const shown: Text =
    byEvidence === total && completeness.vouched
      ? {
          en: "In order: all {total} verdicts are admitted by evidence.",
          de: "In Ordnung: alle {total} Ergebnisse sind durch Nachweise zugelassen.",
        }
      : {
          en: "Nothing refused, nothing undecided: {evidence} of {total} verdicts are admitted by evidence, the others on another basis.",
          de: "Nichts abgelehnt, nichts offen: {evidence} von {total} Ergebnissen sind durch Nachweise zugelassen, die übrigen auf anderer Grundlage.",
        };
  const entered: Text = completeness.vouched
    ? { en: "", de: "" }
    : {
        en: " That is said of what was entered: nobody vouches for it being everything.",
        de: " Das gilt für das Eingetragene: dass es alles ist, verbürgt niemand.",
      };
  const text = joined(fill(shown, { ...numbers, evidence: count(byEvidence) }), entered);
  return demo ? joined(text, { en: " (A demonstration.)", de: " (Eine Vorführung.)" }) : text;
}

/** No element is refused or open, and yet a network as a whole is. */
function brokenLimits(limits: ReportData["assessment"]["network"]): Text {
  const refused = limits.filter(({ outcome }) => outcome === "refused").length;
  const numbers = { refused: count(refused), undecided: count(limits.length - refused) };
  return refused > 0
    ? fill(
        {
          en: "Not in order: limits on whole networks: {refused} refused, {undecided} undecided.",
          de: "Nicht in Ordnung: Grenzen für ganze Netze: {refused} abgelehnt, {undecided} offen.",
        },
        numbers,
      )
    : fill(
        {
          en: "Not shown to be in order: limits on whole networks: {undecided} undecided.",
          de: "Nicht als ordnungsgemäß nachgewiesen: Grenzen für ganze Netze: {undecided} offen.",
        },
        numbers,
      );
}

function joined(a: Text, b: Text): Text {
  return { en: a.en + b.en, de: (a.de ?? a.en) + (b.de ?? b.en) };
}

function looked({ assessment: { examined, assessed, setAside, left, notInUse } }: ReportData): Text {
  const gone: Text =
    left.verdicts > 0
      ? {
          en: ", {left} recorded before and gone from the tables",
          de: ", {left} früher verzeichnet und nicht mehr in den Tabellen",
        }
      : { en: "", de: "" };
  const text = {
    en: `{examined} elements were looked at: {assessed} assessed, {setAside} set aside as undecided${gone.en}; {notInUse} more are not in use. One verdict for each element and responsible operator.`,
    de: `{examined} Elemente wurden betrachtet: {assessed} beurteilt, {setAside} als offen beiseitegelegt${gone.de}; {notInUse} weitere sind nicht in Betrieb. Ein Ergebnis je Element und verantwortlichem Betreiber.`,
  };
  return fill(text, {
    examined: count(examined),
    assessed: count(assessed),
    setAside: count(setAside),
    left: count(left.elements),
    notInUse: count(notInUse),
  });
}

/** What a part of the bars means, in words. */
export function toneText(tone: Tone): Text {
  if (tone === "refused" || tone === "undecided") return outcomeWords[tone];
  return fill({ en: "admitted, {basis}", de: "zugelassen, {basis}" }, { basis: basisWords[tone] });
}

function toneMeaning(tone: Tone): Text {
  if (tone === "refused") return basisMeanings.rule;
  if (tone === "undecided")
    return {
      en: "shown neither as allowed nor as forbidden",
      de: "weder als erlaubt noch als verboten nachgewiesen",
    };
  return basisMeanings[tone];
}

function undecidedList({ kinds }: ReportData): Markup | false {
  const open = kinds.filter(({ outcome, verdicts }) => outcome === "undecided" && verdicts > 0);
  if (open.length === 0) return false;
  const rows = open
    .toSorted((a, b) => b.verdicts - a.verdicts)
    .map(
      ({ basis, verdicts }) =>
        html`<li><span class="number">${count(verdicts)}</span> <span><b>${wordOf(basisWords, basis)}</b>: ${wordOf(basisMeanings, basis)}</span></li>`,
    );
  return html`<div class="why-open"><h3>${{ en: "Why verdicts are undecided", de: "Warum Ergebnisse offen sind" }}</h3><ul class="numbered">${rows}</ul></div>`;
}

/** Verdicts not admitted by who can act on them: from the chains, so a lower bound where some are not shown. */
function whoMustAct({ assessment, chains, kinds }: ReportData): Markup | false {
  const { refused, undecided } = assessment.verdicts;
  if (refused + undecided === 0) return false;
  const counts = new Map<string, number>();
  for (const { who, elements, kind } of chains.rows) {
    if (kinds[kind]?.outcome === "admitted") continue;
    for (const actor of who) if (actor !== "nobody") counts.set(actor, (counts.get(actor) ?? 0) + elements);
  }
  // A record that could not be read has no chain; whoever keeps the tables can mend it.
  const aside = assessment.setAside + assessment.usesSetAside;
  if (aside > 0) counts.set("operator", (counts.get("operator") ?? 0) + aside);
  const least: Text = chains.rows.length < chains.total ? { en: "at least ", de: "mindestens " } : { en: "", de: "" };
  const rows = [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(
      ([actor, number]) =>
        html`<li><span class="number">${least}${count(number)}</span> <b>${actorsText(actor)}</b></li>`,
    );
  const nobody = assessment.nobodyCanAct;
  const text = {
    en: "nobody today: no scheme, or a waiting time",
    de: "heute niemand: ein Schema fehlt, oder eine Frist läuft",
  };
  return html`<div class="who"><h3>${{ en: "Who can act, and on how many", de: "Wer handeln kann, und bei wie vielen" }}</h3>
<ul class="numbered">${rows}${nobody > 0 && html`<li><span class="number">${count(nobody)}</span> <span>${text}</span></li>`}</ul>
<p class="quiet">${{ en: "A verdict counts with everyone who could settle part of it.", de: "Ein Ergebnis zählt bei jedem, der einen Teil davon klären könnte." }}</p></div>`;
}
