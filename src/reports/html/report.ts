import { hatchings, swatch } from "../../charts/bar.ts";
import { regionShapes } from "../../charts/region-map.ts";
import { projectionFor } from "../../charts/site-map.ts";
import { spanHatching } from "../../charts/span-bar.ts";
import { tones } from "../../charts/tones.ts";
import type { ReportData } from "../../model/report-data.ts";
import { pageOf } from "./page.ts";
import { payloadOf } from "./payload.ts";
import { commentsSection } from "./sections/comments.ts";
import { compareSection } from "./sections/compare.ts";
import { dependenceSection } from "./sections/dependence.ts";
import { dueSection } from "./sections/due.ts";
import { exceptionsSection } from "./sections/exceptions.ts";
import { exposureSection } from "./sections/exposure.ts";
import { findingsSection } from "./sections/findings.ts";
import { glanceSection } from "./sections/glance.ts";
import { headSection, navigation } from "./sections/head.ts";
import { inputsSection } from "./sections/inputs.ts";
import { limitsSection } from "./sections/limits.ts";
import { mapSection } from "./sections/map.ts";
import { outageSection } from "./sections/outage.ts";
import { parametersSection } from "./sections/parameters.ts";
import { partsSection } from "./sections/parts.ts";
import { reasonsSection } from "./sections/reasons.ts";
import { scopeSection } from "./sections/scope.ts";
import { tableSections } from "./sections/tables.ts";
import { drawn, html, type Language, type Markup, type Text } from "./text.ts";
import type { View } from "./view.ts";

/** Most bytes a report has, whatever it is made from: sections and drawing are bounded, tables take what is left. */
export const mostBytes = 8_000_000;

/**
 * An assessment as one HTML page that needs nothing else: no network, no WebGL. It holds both languages; `language` is the
 * one it opens in. `csv` names the file that has every row, where one was written beside it. Equal data give equal bytes.
 * Throws if it cannot be kept to `mostBytes`: a bug.
 */
export function reportHtml(data: ReportData, options: { readonly language: Language; readonly csv?: string }): string {
  const view: View = { data, ...options };
  const rings = data.outline.flatMap((part) => part.rings);
  const projection = projectionFor(data.sites.points, rings);
  const ground = { projection, shapes: data.outline };
  const at = data.sites.points.map(({ longitude, latitude }) => projection.of(longitude, latitude));
  const sections: readonly (readonly [id: string, title: Text, content: Markup | false])[] = [
    ["glance", { en: "At a glance", de: "Überblick" }, glanceSection(view)],
    ["map", { en: "Map", de: "Karte" }, mapSection(view, projection, at)],
    ["parts", { en: "Operators", de: "Betreiber" }, partsSection(view)],
    ["reasons", { en: "Reasons", de: "Gründe" }, reasonsSection(view)],
    ["comments", { en: "Suppliers", de: "Hersteller" }, commentsSection(view)],
    ["due", { en: "Due", de: "Fristen" }, dueSection(view)],
    ["dependence", { en: "Dependence", de: "Abhängigkeit" }, dependenceSection(view)],
    ["exposure", { en: "Exposure", de: "Einsicht" }, exposureSection(view, ground)],
    ["outage", { en: "Outage", de: "Ausfall" }, outageSection(view, ground)],
    ["limits", { en: "Limits", de: "Grenzen" }, limitsSection(view)],
    ["exceptions", { en: "Exceptions", de: "Ausnahmen" }, exceptionsSection(view)],
    ["findings", { en: "Findings", de: "Befunde" }, findingsSection(view)],
    ["compare", { en: "Packs", de: "Pakete" }, compareSection(view)],
    ["parameters", { en: "Parameters", de: "Parameter" }, parametersSection(view)],
    ["scope", { en: "Looked at", de: "Umfang" }, scopeSection(view)],
    ["questions", { en: "Questions", de: "Fragen" }, tableSections(view)],
    ["elements", { en: "Elements", de: "Elemente" }, false],
    ["inputs", { en: "Inputs", de: "Eingaben" }, inputsSection(view)],
  ];
  const linked = sections.filter(([id, , content]) => (content !== false || id === "elements") && !beside.has(id));
  const body = html`${templates()}${drawn(regionShapes(projection, data.outline))}<a class="skip" href="#glance">${{ en: "To the answer", de: "Zur Antwort" }}</a>${navigation(linked.map(([id, title]) => [id, title] as const))}${headSection(view)}<main>${sections.map(([, , content]) => content)}</main>`;
  for (const scale of [1, 0.5, 0.2, 0.05]) {
    const payload = payloadOf(data, at, options, scale);
    const page = pageOf({ language: options.language, title: data.assessment.title, body, payload });
    if (Buffer.byteLength(page) <= mostBytes) return page;
  }
  throw new Error(`the report's sections alone have ${Buffer.byteLength(body.markup)} bytes`);
}

/** Sections that follow one that is linked. */
const beside: ReadonlySet<string> = new Set(["comments", "exceptions", "compare", "parameters", "questions", "inputs"]);

/** Patterns and signs that the drawings and the script use again. */
function templates(): Markup {
  const marks = tones.map((tone) => html`<template id="swatch-${tone}">${drawn(swatch(tone))}</template>`);
  return html`${drawn(hatchings())}${drawn(spanHatching())}${marks}`;
}
