import type { Dependence, DependenceRow } from "../../../model/dependence.ts";
import { bases } from "../../../model/measure.ts";
import { exactly, peopleWords, spanWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Part, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { baseWords } from "../words-network.ts";
import { segmentWords } from "../words-verdict.ts";
import { section } from "./blocks.ts";
import { choice } from "./choice.ts";
import { dependenceHeadline } from "./dependence-headline.ts";
import { supplierMatrix } from "./dependence-matrix.ts";
import { shownSegments } from "./dependence-rows.ts";
import { holderList, sharesTable } from "./dependence-table.ts";
import { spanLegend } from "./spans.ts";

const mostHolders = 4;
const mostPairs = 3;

/** How dependent the networks are on whom: the nation beside each operator, by maker, owner and country, in each base. */
export function dependenceSection({ data }: View): Markup | false {
  const { dependence } = data.assessment;
  const headline = dependenceHeadline(dependence);
  const shown = bases.flatMap((base) => {
    const tables = shownSegments.flatMap((segment) => sharesTable(dependence, segment, base) ?? []);
    return tables.length === 0 ? [] : [{ base, tables }];
  });
  if (shown.length === 0) return false;
  const options = shown.map(({ base, tables }) => ({
    label: baseWords[base],
    panel: html`${baseNote(dependence, base)}${tables}`,
  }));
  return section(
    "dependence",
    { en: "Dependence: who made the networks", de: "Abhängigkeit: wer die Netze hergestellt hat" },
    headline,
    spanLegend(),
    choice("base", { en: "counted in", de: "gezählt in" }, options),
    ownersAndCountries(dependence),
    supplierMatrix(dependence),
    similarity(dependence),
  );
}

/** What a base counts, and where its figures are from. */
function baseNote({ people, traffic }: Dependence, base: (typeof bases)[number]): Markup {
  const words: Readonly<Record<typeof base, Text>> = {
    element: {
      en: "Each element counts once per operator; for the nation what operators share counts once.",
      de: "Jedes Element zählt je Betreiber einmal; für alle Netze zusammen zählt Gemeinsames einmal.",
    },
    site: {
      en: "Each site counts once per operator and segment, split evenly over the elements of the segment that stand there.",
      de: "Jeder Standort zählt je Betreiber und Netzbereich einmal, gleichmäßig auf die Elemente dort verteilt.",
    },
    people: fill(
      {
        en: "People are apportioned: those of a region ({total} in all; {years}; {sources}) evenly over an operator's radio sites there. For the nation each counts once.",
        de: "Menschen sind zugerechnet: die einer Region ({total} insgesamt; {years}; {sources}) gleichmäßig auf die Funkstandorte eines Betreibers dort. Für alle Netze zusammen zählt jeder einmal.",
      },
      {
        total: peopleWords(exactly(people.total)),
        years: people.years.join(", ") || "–",
        sources: people.sources.join("; ") || "–",
      },
    ),
    traffic: {
      en: `Sites weigh by the traffic that begins or ends there${traffic.origin === "table" ? ", by demands.csv" : ""}.`,
      de: `Standorte wiegen nach dem Verkehr, der dort beginnt oder endet${traffic.origin === "table" ? ", laut demands.csv" : ""}.`,
    },
  };
  return html`<p class="quiet">${words[base]}</p>`;
}

/** The nation's segments by who controls the makers in the end, and where those have their seat. */
function ownersAndCountries({ rows }: Dependence): Part {
  const of = (by: DependenceRow["by"], segment: string) =>
    rows.find(
      (row) =>
        row.by === by &&
        row.channel === "made" &&
        row.scope === "nation" &&
        row.base === "element" &&
        row.partKind === "segment" &&
        row.part === segment,
    );
  const titles: readonly (readonly [DependenceRow["by"], Text])[] = [
    ["owner", { en: "by owner", de: "nach Eigentümer" }],
    ["country", { en: "by country of the owner's seat", de: "nach Sitzland des Eigentümers" }],
  ];
  const boxes = shownSegments.map((segment) => {
    const lists = titles.flatMap(([by, title]) => {
      const row = of(by, segment);
      if (!row || row.total === 0) return [];
      const unknown = fill(
        { en: "of {total} elements; not known: {unknown}", de: "von {total} Elementen; nicht bekannt: {unknown}" },
        { total: count(row.total), unknown: count(row.unknown) },
      );
      return [html`<h4>${title}</h4>${holderList(row, mostHolders)}<p class="quiet">${unknown}</p>`];
    });
    return lists.length > 0 && html`<div><h3>${wordOf(segmentWords, segment)}</h3>${lists}</div>`;
  });
  if (boxes.every((box) => box === false)) return undefined;
  return html`<h3>${{ en: "Who controls the makers of the nation's networks, and from where", de: "Wer die Hersteller aller Netze kontrolliert, und von wo aus" }}</h3><div class="thirds">${boxes}</div>`;
}

/** What makers' equipment has in common, and how much of it is known. */
function similarity({ similarity: { makers, withBills, pairs, weights } }: Dependence): Part {
  const known = fill(
    {
      en: "What equipment has in common is known as far as complete bills of materials count: of {withBills} of {makers} makers (weights {weights}).",
      de: "Was Technik gemeinsam hat, ist so weit bekannt, wie vollständige Stücklisten zählen: von {withBills} von {makers} Herstellern (Gewichte {weights}).",
    },
    { withBills: count(withBills), makers: count(makers), weights },
  );
  const most = pairs.slice(0, mostPairs).map(({ a, b, common }, at) => {
    const share = spanWords({ least: 100 * common.least, most: 100 * common.most });
    return html`${at > 0 && "; "}${name(a)} ${{ en: "and", de: "und" }} ${name(b)} ${share} %`;
  });
  return html`<p class="quiet">${known}${most.length > 0 && html` ${{ en: "Most in common:", de: "Am meisten gemeinsam:" }} ${most}.`}</p>`;
}
