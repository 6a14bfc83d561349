import type { Payload } from "../payload-shape.ts";
import type { Language } from "../text.ts";

/*
 * The functions of this folder run in the reader's browser: `script.ts` embeds their text. So each may use only its
 * arguments, the browser, and the other functions of this folder; module constants and other imports do not exist there.
 */

/** The state of the open page. */
export interface App {
  readonly data: Payload;
  language: Language;
  /** Run again when the language changes. */
  readonly renderers: (() => void)[];
}

/** The data embedded in the page. */
export function readApp(): App {
  const data: Payload = JSON.parse(byId("data").textContent ?? "");
  return { data, language: data.language, renderers: [] };
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** An element with attributes and children; texts become text, never markup. */
export function make(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A word of the catalogue in the page's language, `{name}` filled in. */
export function say(app: App, key: string, values: Readonly<Record<string, string>> = {}): string {
  const words = app.data.words[app.language];
  const text = Object.hasOwn(words, key) ? words[key]! : key.slice(key.lastIndexOf(".") + 1);
  return text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}

export function isWord(app: App, key: string): boolean {
  return Object.hasOwn(app.data.words[app.language], key);
}

/** A whole number in the form of the page's language. */
export function numberText(app: App, value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, app.language === "de" ? "." : ",");
}

/** A day in the form of the page's language. */
export function dayText(app: App, day: string): string {
  const [year, month, date] = day.split("-");
  return app.language === "de" ? `${date}.${month}.${year}` : day;
}

/** A text of the data by its place; empty if there is none. */
export function textAt(app: App, place: number): string {
  return app.data.texts[place] ?? "";
}

/** An English text of the data, marked as such for readers of the other language. */
export function englishText(text: string): HTMLElement {
  return make("span", { lang: "en" }, ...codedText(text));
}

/** A text whose words between backticks stand as code; a backtick without a partner stays one. */
export function codedText(text: string): readonly Node[] {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : document.createTextNode(part)));
}

/** A text of a pack in the page's language where it has one. */
export function packText(app: App, [en, de]: readonly [number, number]): Node {
  if (app.language === "de" && de >= 0) return make("span", {}, ...codedText(textAt(app, de)));
  return englishText(textAt(app, en));
}

/** A name from the data, whose direction of writing cannot reach beyond it. */
export function nameText(text: string): HTMLElement {
  return make("bdi", {}, text);
}

/** The sign of a tone as in the legends, then outcome and basis in words. */
export function verdictMark(app: App, outcome: string, basis: string, tone: string): HTMLElement {
  const mark = make("span", { class: "verdict" });
  const template = document.getElementById(`swatch-${tone}`);
  if (template instanceof HTMLTemplateElement) mark.append(template.content.cloneNode(true));
  const words = outcome === "refused" ? "" : `, ${say(app, `basis.${basis}`)}`;
  mark.append(make("span", {}, say(app, `outcome.${outcome}`) + words));
  return mark;
}

export function kindMark(app: App, kind: number): Node {
  const found = app.data.kinds[kind];
  return found ? verdictMark(app, found.outcome, found.basis, found.tone) : make("i", {}, say(app, "ui.notTold"));
}

/** A word of the catalogue for a value of the data, else the value itself. */
export function wordOr(app: App, prefix: string, value: string): string {
  return isWord(app, `${prefix}.${value}`) ? say(app, `${prefix}.${value}`) : value;
}
