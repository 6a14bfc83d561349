import { count, fill, html, label, type Markup, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { columnWords } from "../words.ts";

interface Skeleton {
  readonly id: "elements" | "questions";
  readonly title: Text;
  readonly lead: Text;
  readonly columns: readonly string[];
}

const elements: Skeleton = {
  id: "elements",
  title: { en: "Elements", de: "Elemente" },
  lead: {
    en: "Every element and responsible operator, the worst first. The name leads to the chain behind its verdict.",
    de: "Jedes Element mit verantwortlichem Betreiber, die schlechtesten zuerst. Der Name führt zur Kette hinter dem Ergebnis.",
  },
  columns: ["kind", "element", "operator", "domain", "functions", "maker", "product", "release", "site"],
};

const questions: Skeleton = {
  id: "questions",
  title: { en: "Questions", de: "Fragen" },
  lead: {
    en: "Elements that are alike pose one question. One answer settles all of them.",
    de: "Gleichartige Elemente stellen eine Frage. Eine Antwort klärt sie alle.",
  },
  columns: ["kind", "elements", "operator", "domain", "reasons", "who", "example"],
};

/** The frames of the two tables, which the page's script fills; and the window that shows a chain. */
export function tableSections({ data, language }: View): Markup {
  const aside = data.assessment.setAside + data.assessment.usesSetAside;
  const note: Text = {
    en: "The tables and chains need the page's script. Without it: `freigabe explain`, and the CSV.",
    de: "Tabellen und Ketten brauchen das Skript der Seite. Ohne es: `freigabe explain` und die CSV-Datei.",
  };
  return html`<noscript><p class="banner">${note}</p></noscript>
${skeleton(questions, language)}${skeleton(elements, language, aside > 0 && without(aside))}
<dialog id="chain" aria-labelledby="chain-title"><div class="chain-bar"><button type="button" id="chain-close">${{ en: "Close", de: "Schließen" }}</button></div><div id="chain-content"></div></dialog>`;
}

/** Records set aside count in the headline but have no row here. */
function without(aside: number): Text {
  const text = {
    en: " Without the records set aside ({count}): they stand under “Could not be read”.",
    de: " Ohne die beiseitegelegten Einträge ({count}): sie stehen unter „Nicht lesbar“.",
  };
  return fill(text, { count: count(aside) });
}

function skeleton(
  { id, title, lead, columns }: Skeleton,
  language: View["language"],
  more: Text | false = false,
): Markup {
  const heads = columns.map(
    (column) =>
      html`<th scope="col" data-column="${column}" aria-sort="none" class="column-${column}"><button type="button">${columnWords[column]}</button></th>`,
  );
  const selects = ["kind", "operator", "domain"].map(
    (key) =>
      html`<div class="control"><label for="${id}-${key}">${columnWords[key]}</label><select id="${id}-${key}"></select></div>`,
  );
  const pages: readonly (readonly [string, string, Text])[] = [
    ["first", "«", { en: "first page", de: "erste Seite" }],
    ["previous", "‹", { en: "previous page", de: "vorige Seite" }],
    ["next", "›", { en: "next page", de: "nächste Seite" }],
    ["last", "»", { en: "last page", de: "letzte Seite" }],
  ];
  const buttons = pages.map(
    ([key, sign, text]) => html`<button type="button" id="${id}-${key}" ${label(text, language)}>${sign}</button>`,
  );
  const site = html`<p id="${id}-site" class="chip" hidden>${{ en: "only site", de: "nur Standort" }} <bdi></bdi> <button type="button" ${label({ en: "show all sites", de: "alle Standorte zeigen" }, language)}>×</button></p>`;
  return html`<section id="${id}" class="needs-script" aria-labelledby="${id}-heading"><h2 id="${id}-heading" tabindex="-1">${title}</h2>
<p class="lead">${lead}${more}</p><p id="${id}-cap" class="banner" hidden></p>
<div class="controls"><div class="control control-search"><label for="${id}-search">${{ en: "search", de: "Suche" }}</label><input id="${id}-search" type="search" autocomplete="off" spellcheck="false"></div>${selects}</div>
${site}<p class="count"><span id="${id}-count" role="status"></span> <span id="${id}-sorted" class="sr" role="status"></span></p>
<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-heading"><table id="${id}-table" class="rows"><thead><tr>${heads}</tr></thead><tbody id="${id}-rows"></tbody></table></div>
<div class="pages">${buttons}<span id="${id}-page"></span></div></section>`;
}
