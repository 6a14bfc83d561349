import type { PayloadFact, PayloadSource, PayloadVerdict } from "../payload-shape.ts";
import { type App, codedText, dayText, englishText, isWord, make, nameText, say, textAt } from "./app.ts";
import { whyList } from "./chain.ts";

/** The facts that a verdict rests on, each with its question, value, sources and what keeps it open. */
export function factsView(app: App, { facts }: PayloadVerdict): readonly Node[] {
  const places = textAt(app, facts).split(" ").filter(Boolean).map(Number);
  const shown = places.flatMap((place) => app.data.facts[place] ?? []);
  if (shown.length === 0) return [];
  return [
    make("h3", {}, say(app, "ui.facts")),
    make("ul", { class: "facts" }, ...shown.map((fact) => factView(app, fact))),
  ];
}

export function factView(app: App, fact: PayloadFact): Node {
  const key = `fact.${fact.name}`;
  const question = isWord(app, key) ? codedText(say(app, key)) : [englishText(textAt(app, fact.question))];
  const values = fact.values.map(([value, label]) => valueText(app, fact.name, value, label));
  const joined = values.flatMap((value, at) => {
    if (at === 0) return [value];
    return [document.createTextNode(` ${say(app, "ui.orWord")} `), value];
  });
  const sources = fact.sources.map((source) => make("li", {}, ...sourceParts(app, source)));
  return make(
    "li",
    { class: fact.known ? "fact" : "fact is-open" },
    make("p", { class: "fact-question" }, ...question),
    make("p", { class: "fact-value" }, ...(fact.known ? joined : openValues(app, joined))),
    sources.length > 0
      ? make("ul", { class: "sources" }, ...sources)
      : make("p", { class: "quiet" }, say(app, "ui.noSource")),
    ...(fact.why.length > 0 ? [whyList(app, fact.why)] : []),
  );
}

export function openValues(app: App, values: readonly Node[]): readonly Node[] {
  const [before = "", after = ""] = say(app, "ui.open", { values: "\u0000" }).split("\u0000");
  return [document.createTextNode(before), ...values, document.createTextNode(after)];
}

export function valueText(app: App, name: string, value: string, label: number): Node {
  const key = `fact.${name}.${value}`;
  if (isWord(app, key)) return document.createTextNode(say(app, key));
  const english = textAt(app, label);
  if (english !== "" && english !== value) return englishText(english);
  return document.createTextNode(isWord(app, `ui.${value}`) ? say(app, `ui.${value}`) : value);
}

export function sourceParts(app: App, source: PayloadSource): readonly (Node | string)[] {
  const { place, text, signer, grade, day } = source;
  const parts: (Node | string)[] = [
    make("code", {}, nameText(textAt(app, place))),
    " ",
    englishText(textAt(app, text)),
  ];
  if (signer !== undefined) parts.push(", ", say(app, "ui.signedBy", { signer: textAt(app, signer) }));
  if (grade !== undefined) parts.push(` (${say(app, `grade.${grade}`)})`);
  if (day !== undefined) parts.push(`, ${dayText(app, day)}`);
  return parts;
}
