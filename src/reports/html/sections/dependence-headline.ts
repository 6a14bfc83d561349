import type { Dependence, DependenceRow } from "../../../model/dependence.ts";
import { shareWords, spanWords } from "../amounts.ts";
import { count, fill, html, type Markup, name, type Text } from "../text.ts";
import { madeRows } from "./dependence-rows.ts";

/** On whom the nation's access network depends most, and what no operator sees alone; undefined if nobody is known. */
export function dependenceHeadline(dependence: Dependence): Markup | undefined {
  const [nation, ...operators] = madeRows(dependence, "access", "element");
  const top = nation?.holders[0];
  if (nation?.scope !== "nation" || !top) return undefined;
  const answer = fill(
    {
      en: "made {share} of the nation's access network.",
      de: "hat {share} aller Zugangsnetze im Land hergestellt.",
    },
    { share: shareWords(top.share) },
  );
  return html`<p class="answer small-answer">${name(top.name)} ${answer}</p><p class="lead">${sharedTop(nation, operators)}${evenness(nation)} ${basis(nation)}</p>`;
}

/** Where several operators have several makers each and one is with all of them, spreading by each does not help all. */
function sharedTop(nation: DependenceRow, operators: readonly DependenceRow[]): Text | undefined {
  const top = nation.holders[0]!;
  const several = operators.filter(({ count: makers }) => makers.least >= 2);
  const shared = several.filter(({ holders }) =>
    holders.some(({ name, share }) => name === top.name && share.least > 0),
  );
  if (shared.length < 2) return undefined;
  const all = shared.length === several.length;
  const words: Text = all
    ? {
        en: "{several} of {operators} operators have two or more makers there, and it is one of them at each{depends}. ",
        de: "{several} von {operators} Betreibern haben dort zwei oder mehr Hersteller, und er ist überall einer davon{depends}. ",
      }
    : {
        en: "{several} of {operators} operators have two or more makers there, and it is one of them at {shared}{depends}. ",
        de: "{several} von {operators} Betreibern haben dort zwei oder mehr Hersteller, und er ist bei {shared} davon einer{depends}. ",
      };
  const depends: Text =
    top.share.least > 50
      ? {
          en: ": each is spread over several, and more than half of the nation still depends on one",
          de: ": jeder verteilt auf mehrere, und doch hängt mehr als die Hälfte des Landes an einem",
        }
      : { en: "", de: "" };
  const numbers = {
    several: count(several.length),
    shared: count(shared.length),
    operators: count(operators.length),
  };
  return fill(words, { ...numbers, depends });
}

function evenness({ hhi, effective, similar }: DependenceRow): Text | undefined {
  if (!hhi || !effective) return undefined;
  const words: Text = similar
    ? {
        en: "HHI {hhi}: as concentrated as {effective} equal makers; counting what their equipment has in common, {similar}.",
        de: "HHI {hhi}: so konzentriert wie bei {effective} gleich großen Herstellern; rechnet man ein, was ihre Technik gemeinsam hat, {similar}.",
      }
    : {
        en: "HHI {hhi}: as concentrated as {effective} equal makers.",
        de: "HHI {hhi}: so konzentriert wie bei {effective} gleich großen Herstellern.",
      };
  return fill(words, {
    hhi: spanWords(hhi),
    effective: spanWords(effective, 2),
    similar: similar ? spanWords(similar, 2) : "",
  });
}

/** What the numbers are of, and how much was not known. */
function basis({ total, unknown, unplaced }: DependenceRow): Text {
  return fill(
    {
      en: "Counted in {total} elements: the maker of {unknown} is not known, and {unplaced} more may belong there.",
      de: "Gezählt in {total} Elementen: der Hersteller von {unknown} ist nicht bekannt, und {unplaced} weitere können dazugehören.",
    },
    { total: count(total), unknown: count(unknown), unplaced: count(unplaced) },
  );
}
