import type { Outage, OutageLooked } from "../../../model/outage.ts";
import { count, fill, html, type Markup, type Text } from "../text.ts";

const mostNames = 12;

/** What was looked at, what was not, and what was taken for granted: a sentence each. */
export function outageNotes({ paths, pools, looked, withoutRadio, suppliers }: Outage): Markup {
  const notes = [
    ...some(suppliers, {
      en: "Suppliers looked at: {n}. Of whom it is not sure that their loss hits anything, nothing is told.",
      de: "Betrachtete Lieferanten: {n}. Von wem nicht sicher ist, dass sein Ausfall etwas trifft, der ist nicht genannt.",
    }),
    ...(paths ? [] : [noPaths]),
    ...some(pools, { en: "Pools looked at: {n}.", de: "Betrachtete Pools: {n}." }),
    ...lookedNotes(looked),
    ...some(withoutRadio, {
      en: "Places with equipment but no radio, which serve nobody themselves and are in no number of sites: {n}.",
      de: "Orte mit Technik, aber ohne Funk, die selbst niemanden versorgen und in keiner Zahl von Standorten stehen: {n}.",
    }),
  ];
  return html`<h3>${{ en: "What was looked at, and what was taken for granted", de: "Was betrachtet und was vorausgesetzt wurde" }}</h3><ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}

/** Said at the top too: without links an outage reaches no further than the site. */
export const noPaths: Text = {
  en: "There are no links, so no path was looked at: only what stands at a site, and pools.",
  de: "Es gibt keine Verbindungen; daher wurde kein Weg betrachtet: nur, was an einem Standort steht, und Pools.",
};

function lookedNotes(looked: OutageLooked): readonly Text[] {
  return [
    ...named(looked.withoutLinks, {
      en: "Without links, so that no path is looked at: {names}.",
      de: "Ohne Verbindungen, sodass kein Weg betrachtet wird: {names}.",
    }),
    ...named(looked.withoutNeeds, {
      en: "Without pools and gateways, so that a live site counts as served: {names}.",
      de: "Ohne Pools und Gateways, sodass ein lebender Standort als versorgt gilt: {names}.",
    }),
    ...named(looked.customersUnknown, {
      en: "Customers not known, so that people without roaming are a span: {names}.",
      de: "Kundenzahl nicht bekannt, sodass Menschen ohne Roaming eine Spanne sind: {names}.",
    }),
    ...some(looked.assumedCarriers, {
      en: "Places on the way of others without transit equipment that is known, taken to carry: {n}.",
      de: "Orte auf dem Weg anderer ohne bekannte Übertragungstechnik, von denen angenommen ist, dass sie tragen: {n}.",
    }),
    ...some(looked.peopleUnknown, {
      en: "Regions with radio sites whose people are not known, in no number of people: {n}.",
      de: "Regionen mit Funkstandorten, deren Einwohner nicht bekannt sind, in keiner Zahl von Menschen: {n}.",
    }),
    ...some(looked.missingMembers, {
      en: "Members that pools name and that are not in use, counted as gone: {n}.",
      de: "Mitglieder, die Pools nennen und die nicht in Betrieb sind, als ausgefallen gezählt: {n}.",
    }),
    ...some(looked.unread, {
      en: "Records of elements that could not be read, in no number here: {n}.",
      de: "Einträge von Elementen, die nicht lesbar waren, in keiner Zahl hier: {n}.",
    }),
  ];
}

function some(number: number, words: Text): readonly Text[] {
  return number === 0 ? [] : [fill(words, { n: count(number) })];
}

function named(who: readonly string[], words: Text): readonly Text[] {
  if (who.length === 0) return [];
  const more = who.length - mostNames;
  const names = who.slice(0, mostNames).join(", ");
  const rest: Text =
    more > 0 ? fill({ en: " and {more} more", de: " und {more} weitere" }, { more: count(more) }) : { en: "", de: "" };
  return [fill(words, { names: { en: names + rest.en, de: names + rest.de } })];
}
