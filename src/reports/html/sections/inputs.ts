import { count, html, type Markup, name, type Part } from "../text.ts";
import type { View } from "../view.ts";
import { dataTable, moreThan, section } from "./blocks.ts";

const mostInputs = 400;

/** Every file that went in, with its digest: whoever has the files can ask again. */
export function inputsSection({ data }: View): Markup {
  const { inputs, packs, engine } = data.assessment;
  const columns = [
    { title: { en: "file", de: "Datei" } },
    { title: { en: "SHA-256", de: "SHA-256" } },
    { title: { en: "bytes", de: "Bytes" }, number: true as const },
    { title: { en: "rows", de: "Zeilen" }, number: true as const },
  ];
  const files = inputs.map(({ file, sha256, bytes, rows }): readonly Part[] => [
    name(file),
    html`<code class="digest">${sha256}</code>`,
    count(bytes),
    rows === undefined ? "–" : count(rows),
  ]);
  const ofPacks = packs.map(({ name: pack, version, digest }): readonly Part[] => [
    html`${{ en: "pack", de: "Paket" }} ${name(pack)} v${version}`,
    html`<code class="digest">${digest}</code>`,
    "–",
    "–",
  ]);
  return section(
    "inputs",
    { en: "Inputs", de: "Eingaben" },
    html`<p class="lead">${{ en: "The same bytes give the same report.", de: "Gleiche Bytes ergeben den gleichen Bericht." }} Freigabe ${engine.freigabe}, Cedar ${engine.cedar}.</p>`,
    html`<details><summary>${count(inputs.length)} ${{ en: "files with their digests", de: "Dateien mit ihren Prüfsummen" }}</summary>${dataTable("inputs-title", columns, [...ofPacks, ...files.slice(0, mostInputs)])}${moreThan(files.length, mostInputs)}</details>`,
  );
}
