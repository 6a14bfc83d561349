import type { Assessment } from "../../../model/assessment.ts";
import { coded, count, fill, html, type Markup, name, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { actorsText } from "../words.ts";
import { findingTitles } from "../words-findings.ts";
import { moreThan, placeText, section } from "./blocks.ts";

const mostFindings = 60;
const openFindings = 10;
const mostPlaces = 5;

/** What the analyses saw. Findings never decide. */
export function findingsSection({ data }: View): Markup | false {
  const { findings } = data.assessment;
  if (findings.length === 0) return false;
  const items = findings.slice(0, mostFindings).map((finding) => {
    const { title, code, detail, who, verdicts, places } = finding;
    const german = titleOf(data, finding);
    const words: Text = german === undefined ? { en: title } : { en: title, de: german };
    // The title of a rule says what it asks for, which here is just what does not hold.
    const asked = code.startsWith("advice:") && html`${{ en: "Advice not met:", de: "Empfehlung nicht erfüllt:" }} `;
    const about = fill({ en: "{count} verdicts; ", de: "{count} Ergebnisse; " }, { count: count(verdicts) });
    const files = places.slice(0, mostPlaces).map((place) => html` <code>${name(placeText(place))}</code>`);
    return html`<li><h3>${asked}${words}</h3><p><span lang="en">${german !== undefined && code in findingTitles ? html`<span class="de-only">${coded(title)}. </span>` : ""}${coded(detail)}</span></p><p class="quiet">${verdicts > 0 && about}${{ en: "who can act", de: "wer handeln kann" }}: ${actorsText(who)}${files}${places.length > mostPlaces && "…"}</p></li>`;
  });
  return section(
    "findings",
    { en: "Findings", de: "Befunde" },
    html`<p class="lead">${{ en: "What the analyses saw besides. Findings never decide.", de: "Was den Analysen außerdem auffiel. Befunde entscheiden nie." }}</p><ul class="findings">${items.slice(0, openFindings)}</ul>`,
    items.length > openFindings &&
      html`<details><summary>${fill({ en: "{count} more", de: "{count} weitere" }, { count: count(items.length - openFindings) })}</summary><ul class="findings">${items.slice(openFindings)}</ul></details>`,
    moreThan(findings.length, mostFindings),
  );
}

/** The German title of a finding: of its code, or of the advice rule it names. */
function titleOf({ translations, rules }: View["data"], { code, title }: Assessment["findings"][number]) {
  const fixed = Object.hasOwn(findingTitles, code) ? findingTitles[code] : undefined;
  const id = code.startsWith("advice:") ? code.slice("advice:".length) : undefined;
  const rule = rules.find((known) => known.id === id && known.title === title);
  return fixed ?? (rule && translations[rule.pack]?.de?.rules[rule.id]?.title);
}
