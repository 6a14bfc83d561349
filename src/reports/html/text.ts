import { escapeText } from "../../charts/svg.ts";
import { clipped, longestText } from "./texts.ts";

/** The languages of the report. English is the one that every text has. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** A text of ours, or of a pack; without `de` it is shown in English, marked as such. */
export interface Text {
  readonly en: string;
  readonly de?: string;
}

/** Markup that we wrote or escaped; nothing else may be placed in the page unescaped. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | Text | Markup | readonly Part[] | undefined | false;

/** A template of markup. What is put in is escaped; a `Text` becomes both its languages, of which the page shows one. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((all, text, at) => `${all}${markupOf(parts[at - 1])}${text}`) };
}

/** Markup made by `charts/`. */
export function drawn(svg: string): Markup {
  return { markup: svg };
}

/** A text from the data in English only. */
export function english(text: string): Text {
  return { en: text };
}

/** A text of the data in content, never in an attribute: what stands between backticks becomes code. */
export function coded(text: string): Markup {
  return { markup: withCode(text) };
}

/** A name from the data: no language, and its direction of writing cannot reach beyond it. */
export function name(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** `{name}` in a text replaced in both languages. Throws if a value is missing: a bug. */
export function fill(text: Text, values: Readonly<Record<string, Text | string>>): Text {
  const put = (template: string, language: Language) =>
    template.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`no value for \`${key}\` in \`${template}\``);
      return typeof value === "string" ? value : (value[language] ?? value.en);
    });
  return { en: put(text.en, "en"), ...(text.de !== undefined && { de: put(text.de, "de") }) };
}

/** A whole number with thousands apart: 12,345 and 12.345. */
export function count(value: number): Text {
  const grouped = (mark: string) => String(value).replace(/\B(?=(?:\d{3})+$)/g, mark);
  return { en: grouped(","), de: grouped(".") };
}

/** A share of a whole in percent with one digit: 36.4 % and 36,4 %. What is not nothing, or not all, never looks so. */
export function percent(part: number, whole: number): Text {
  const rounded = whole === 0 ? "0.0" : ((100 * part) / whole).toFixed(1);
  const text = rounded === "0.0" && part > 0 ? "< 0.1" : rounded === "100.0" && part < whole ? "> 99.9" : rounded;
  return { en: `${text} %`, de: `${text.replace(".", ",")} %` };
}

/** A day: 2026-11-20 and 20.11.2026. */
export function day(value: string): Markup {
  const [year, month, date] = value.split("-");
  return html`<time datetime="${value}">${{ en: value, de: `${date}.${month}.${year}` }}</time>`;
}

/** An `aria-label` that changes with the language; the page's script reads the two others. */
export function label({ en, de = en }: Text, language: Language): Markup {
  return html`aria-label="${language === "de" ? de : en}" data-label-en="${en}" data-label-de="${de}"`;
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "string") return bounded(part);
  if ("markup" in part) return part.markup;
  if ("en" in part) return both(part);
  return part.map(markupOf).join("");
}

function both({ en, de }: Text): string {
  if (de === en) return withCode(en);
  if (de === undefined) return `<span lang="en">${withCode(en)}</span>`;
  return `<span class="en" lang="en">${withCode(en)}</span><span class="de" lang="de">${withCode(de)}</span>`;
}

/** Cut first and escaped last, so neither can tear the markup. A backtick without a partner stays one. */
function withCode(text: string): string {
  const parts = clipped(text, longestText).split(/`([^`]+)`/);
  return parts.map((part, at) => (at % 2 ? `<code>${escapeText(part)}</code>` : escapeText(part))).join("");
}

function bounded(text: string): string {
  return escapeText(clipped(text, longestText));
}
