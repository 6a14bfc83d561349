import type { ExceptionUse } from "../../../model/assessment.ts";
import { coded, count, day, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { exceptionWords } from "../words-verdict.ts";
import { dataTable, moreThan, section } from "./blocks.ts";

const mostRows = 200;

/** Exceptions with who wants them, until when, and what would hold without them. */
export function exceptionsSection({ data }: View): Markup | false {
  const { exceptions, verdicts, underlying } = data.assessment;
  if (exceptions.length === 0) return false;
  const columns = [
    { title: { en: "exception", de: "Ausnahme" } },
    { title: { en: "state", de: "Status" } },
    { title: { en: "rules", de: "Regeln" } },
    { title: { en: "reason and owner", de: "Grund und verantwortliche Stelle" } },
    { title: { en: "until", de: "bis" } },
    { title: { en: "verdicts", de: "Ergebnisse" }, number: true as const },
    { title: { en: "without it", de: "ohne sie" } },
  ];
  const lead = fill(
    {
      en: "Without exceptions {refused} verdicts would be refused and {undecided} undecided; with them it is {nowRefused} and {nowUndecided}.",
      de: "Ohne Ausnahmen wären {refused} Ergebnisse abgelehnt und {undecided} offen; mit ihnen sind es {nowRefused} und {nowUndecided}.",
    },
    {
      refused: count(underlying.refused),
      undecided: count(underlying.undecided),
      nowRefused: count(verdicts.refused),
      nowUndecided: count(verdicts.undecided),
    },
  );
  return section(
    "exceptions",
    { en: "Exceptions", de: "Ausnahmen" },
    html`<p class="lead">${lead}</p>`,
    dataTable("exceptions-title", columns, exceptions.slice(0, mostRows).map(exceptionRow)),
    moreThan(exceptions.length, mostRows),
  );
}

function exceptionRow({
  id,
  pack,
  rules,
  reason,
  owner,
  approvers,
  until,
  file,
  state,
  verdicts,
  underlying,
}: ExceptionUse): readonly Part[] {
  const without: Text = fill(
    { en: "{refused} refused, {undecided} undecided", de: "{refused} abgelehnt, {undecided} offen" },
    { refused: count(underlying.refused), undecided: count(underlying.undecided) },
  );
  return [
    html`<b>${name(id)}</b><br><span class="quiet">${name(file)}</span>`,
    wordOf(exceptionWords, state),
    html`${name(rules.join(", "))} <span class="quiet">${name(pack)}</span>`,
    html`<span lang="en">${coded(reason)}</span><br><span class="quiet">${name(owner)}; ${{ en: "signed by", de: "signiert von" }} ${name(approvers.join(", "))}</span>`,
    html`<span class="nowrap">${day(until)}</span>`,
    count(verdicts),
    without,
  ];
}
