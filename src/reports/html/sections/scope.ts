import type { Assessment } from "../../../model/assessment.ts";
import { coded, count, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { gradeWords } from "../words-verdict.ts";
import { dataTable, moreThan, placeText, section } from "./blocks.ts";

const mostProblems = 100;

/** What was looked at and what was set aside; on how good evidence the verdicts rest. */
export function scopeSection({ data }: View): Markup {
  const { assessment } = data;
  const { examined, assessed, setAside, usesSetAside, left, notInUse, problems, grades, evidence, documents } =
    assessment;
  const { audit, engine } = assessment;
  const looked: readonly (readonly [Text, number])[] = [
    [{ en: "elements examined", de: "Elemente betrachtet" }, examined],
    [{ en: "assessed", de: "beurteilt" }, assessed],
    [{ en: "set aside, each counted as undecided", de: "beiseitegelegt, jedes als offen gezählt" }, setAside],
    [{ en: "rows of uses set aside", de: "Nutzungszeilen beiseitegelegt" }, usesSetAside],
    ...(left.verdicts > 0
      ? [
          [
            { en: "recorded before, gone from the tables", de: "früher verzeichnet, nicht mehr in den Tabellen" },
            left.elements,
          ] as const,
        ]
      : []),
    [{ en: "not in use, outside the question", de: "nicht in Betrieb, außerhalb der Frage" }, notInUse],
  ];
  const read: readonly (readonly [Text, number])[] = [
    [{ en: "statements accepted as evidence", de: "Erklärungen als Nachweis angenommen" }, evidence.statements],
    [
      { en: "signed later than known at, not counted", de: "nach dem Kenntnisstand signiert, nicht gezählt" },
      evidence.later,
    ],
    [{ en: "documents without a signature of their own", de: "Dokumente ohne eigene Signatur" }, evidence.unsigned],
    [{ en: "bills of materials", de: "Stücklisten" }, documents.bills],
    [{ en: "advisories", de: "Sicherheitshinweise" }, documents.advisories],
    [{ en: "lists of exploited vulnerabilities", de: "Listen ausgenutzter Schwachstellen" }, documents.exploitedLists],
    [{ en: "of these vouched for by a signature", de: "davon durch eine Signatur verbürgt" }, documents.vouched],
  ];
  const byGrade = Object.entries(grades).map(([grade, number]) => [wordOf(gradeWords, grade), number] as const);
  const again: readonly (readonly [Text, number])[] = [
    [{ en: "distinct questions", de: "verschiedene Fragen" }, audit.questions],
    [{ en: `asked again of Cedar ${engine.cedar}`, de: `erneut mit Cedar ${engine.cedar} geprüft` }, audit.asked],
    [{ en: "differences", de: "Abweichungen" }, audit.differences],
  ];
  return section(
    "scope",
    { en: "What was looked at", de: "Was betrachtet wurde" },
    html`<div class="tallies">${tallyList({ en: "Inventory", de: "Bestand" }, looked)}${tallyList({ en: "Weakest evidence of a verdict", de: "Schwächster Nachweis eines Ergebnisses" }, byGrade)}${tallyList({ en: "Evidence and documents", de: "Nachweise und Dokumente" }, read)}${tallyList({ en: "Checks of the engine", de: "Kontrolle des Rechenkerns" }, again)}</div>`,
    problemTable(problems),
  );
}

function tallyList(title: Text, rows: readonly (readonly [Text, number])[]): Markup {
  const items = rows.map(
    ([text, number]) => html`<li><span class="number">${count(number)}</span> <span>${text}</span></li>`,
  );
  return html`<div><h3>${title}</h3><ul class="numbered">${items}</ul></div>`;
}

function problemTable(problems: Assessment["problems"]): Part {
  if (problems.length === 0) return html`<p>${{ en: "Everything could be read.", de: "Alles war lesbar." }}</p>`;
  const columns = [
    { title: { en: "where", de: "wo" } },
    { title: { en: "problem", de: "Fehler" } },
    { title: { en: "records", de: "Einträge" }, number: true as const },
  ];
  const rows = problems
    .slice(0, mostProblems)
    .map(({ place, message, hint, rows: number }): readonly Part[] => [
      html`<code>${name(placeText(place))}</code>`,
      html`<span lang="en">${coded(message)}${hint !== undefined && html` <span class="quiet">(${coded(hint)})</span>`}</span>`,
      count(number),
    ]);
  return [
    html`<h3 id="problems-title">${{ en: "Could not be read", de: "Nicht lesbar" }}</h3>`,
    dataTable("problems-title", columns, rows),
    moreThan(problems.length, mostProblems),
  ];
}
