import type { Language, Text } from "./text.ts";
import { actionTitles } from "./words-actions.ts";
import { factWords } from "./words-facts.ts";
import { uiWords } from "./words-ui.ts";
import {
  actorWords,
  basisWords,
  certaintyWords,
  domainWords,
  gradeWords,
  outcomeWords,
  stateWords,
  useWords,
} from "./words-verdict.ts";

/** Headings of table columns. */
export const columnWords: Readonly<Record<string, Text>> = {
  kind: { en: "verdict", de: "Ergebnis" },
  element: { en: "element", de: "Element" },
  elements: { en: "elements", de: "Elemente" },
  operator: { en: "operator", de: "Betreiber" },
  domain: { en: "domain", de: "Netzbereich" },
  functions: { en: "functions", de: "Funktionen" },
  maker: { en: "maker", de: "Hersteller" },
  product: { en: "product", de: "Produkt" },
  release: { en: "release", de: "Softwarestand" },
  site: { en: "site", de: "Standort" },
  reasons: { en: "rules against it", de: "entgegenstehende Regeln" },
  who: { en: "who can act", de: "wer handeln kann" },
  example: { en: "example and chain", de: "Beispiel und Kette" },
};

const shared: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  ui: uiWords,
  column: columnWords,
  outcome: outcomeWords,
  basis: basisWords,
  actor: actorWords,
  grade: gradeWords,
  domain: domainWords,
  use: useWords,
  certainty: certaintyWords,
  state: stateWords,
};

/** Words for the page's script, by key. Facts and actions have German ones only: their English stands in the data. */
export function catalogueWords(): Readonly<Record<Language, Readonly<Record<string, string>>>> {
  const pairs = Object.entries(shared).flatMap(([prefix, words]) =>
    Object.entries(words).map(([key, text]) => [`${prefix}.${key}`, text] as const),
  );
  const facts = Object.entries(factWords).flatMap(([fact, { question, values }]) => [
    [`fact.${fact}`, question] as const,
    ...Object.entries(values).map(([value, label]) => [`fact.${fact}.${value}`, label] as const),
  ]);
  const actions = Object.entries(actionTitles).map(([id, title]) => [`action.${id}`, title] as const);
  return {
    en: Object.fromEntries(pairs.map(([key, { en }]) => [key, en])),
    de: Object.fromEntries([...pairs.map(([key, { en, de }]) => [key, de ?? en]), ...facts, ...actions]),
  };
}

/** A word of a closed list, or the text itself where the list does not know it. */
export function wordOf(words: Readonly<Record<string, Text>>, key: string): Text {
  return Object.hasOwn(words, key) ? words[key]! : { en: key, de: key };
}

/** `authority or maker` in both languages. */
export function actorsText(joined: string): Text {
  const named = joined.split(" or ").map((who) => wordOf(actorWords, who));
  return {
    en: named.map(({ en }) => en).join(" or "),
    de: named.map(({ en, de = en }) => de).join(" oder "),
  };
}
