import { swatch } from "../../../charts/bar.ts";
import { toneOf } from "../../../charts/tones.ts";
import type { NetworkVerdict } from "../../../model/assessment.ts";
import type { Basis } from "../../../model/basis.ts";
import { coded, count, drawn, fill, html, type Markup, name } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { basisWords, outcomeWords, segmentWords, useWords } from "../words-verdict.ts";
import { dataTable, moreThan, section } from "./blocks.ts";

const mostRows = 100;

/** Limits on operators' networks and the nation's as a whole: the nation's first, and what is met folded away. */
export function limitsSection({ data }: View): Markup | false {
  const { network } = data.assessment;
  if (network.length === 0) return false;
  const rank = { refused: 0, undecided: 1, admitted: 2 };
  const ordered = network.toSorted(
    (a, b) =>
      Number(a.scope === "operator") - Number(b.scope === "operator") ||
      Number(a.use === "compare") - Number(b.use === "compare") ||
      rank[a.outcome] - rank[b.outcome] ||
      b.advice.length - a.advice.length,
  );
  const met = ordered.filter((verdict) => verdict.outcome === "admitted" && !isAdvised(verdict));
  const unmet = ordered.filter(({ outcome }) => outcome !== "admitted");
  const told = ordered.filter((verdict) => verdict.outcome !== "admitted" || isAdvised(verdict));
  const columns = [
    { title: { en: "verdict", de: "Ergebnis" } },
    { title: { en: "whose network", de: "Netz von" } },
    { title: { en: "segment", de: "Netzbereich" } },
    { title: { en: "rules and advice", de: "Regeln und Empfehlungen" } },
    { title: { en: "spread", de: "Verteilung" } },
  ];
  const lead = fill(
    {
      en: "{open} of {all} are not met or not shown to be met; there is advice on {advised} more. Advice decides nothing.",
      de: "{open} von {all} sind nicht eingehalten oder nicht als eingehalten nachgewiesen; zu {advised} weiteren gibt es Empfehlungen. Empfehlungen entscheiden nichts.",
    },
    { open: count(unmet.length), all: count(network.length), advised: count(told.length - unmet.length) },
  );
  return section(
    "limits",
    { en: "Limits on whole networks", de: "Grenzen für ganze Netze" },
    html`<p class="lead">${lead}</p>`,
    told.length > 0 && dataTable("limits-title", columns, told.slice(0, mostRows).map(limitRow)),
    moreThan(told.length, mostRows),
    met.length > 0 &&
      html`<details><summary>${count(met.length)} ${{ en: "met, or without a limit", de: "eingehalten oder ohne Grenze" }}</summary>${dataTable("limits-title", columns, met.slice(0, mostRows).map(limitRow))}${moreThan(met.length, mostRows)}</details>`,
  );
}

function isAdvised({ advice }: NetworkVerdict): boolean {
  return advice.length > 0;
}

function limitRow({ scope, operator, segment, pack, use, outcome, basis, reasons, advice, detail }: NetworkVerdict) {
  const whose = scope === "nation" ? html`<b>${{ en: "nation", de: "alle" }}</b>` : name(operator);
  const advised =
    advice.length > 0 &&
    html` <span class="quiet">${{ en: "advice:", de: "Empfehlung:" }} ${name(advice.join(", "))}</span>`;
  const verdict = html`<span class="verdict">${drawn(swatch(toneOf(outcome, basisOf(basis))))} <span>${outcomeWords[outcome]}${outcome === "refused" ? "" : html`, ${wordOf(basisWords, basis)}`}</span></span>`;
  const onlyAdvised = outcome === "admitted" && advice.length > 0;
  const rules = reasons.length > 0 ? name(reasons.join(", ")) : onlyAdvised ? "" : "–";
  return [
    onlyAdvised ? html`<b>${{ en: "advice", de: "Empfehlung" }}</b>` : verdict,
    whose,
    wordOf(segmentWords, segment),
    html`${rules}${advised} <span class="quiet">${name(pack)} (${useWords[use]})</span>`,
    html`<span lang="en">${coded(detail)}</span>`,
  ];
}

/** The basis as the tones know it; an unknown word is none that looks green. */
function basisOf(text: string): Basis {
  return Object.hasOwn(basisWords, text) ? (text as Basis) : "missing";
}
