import type { Assessment } from "../../../model/assessment.ts";
import { day, html, type Markup, name, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { wordOf } from "../words.ts";
import { questionWords, useWords } from "../words-verdict.ts";

const mostNamed = 6;

/** Title, days, packs and what restricts the whole report: demonstration, projection, not recorded. */
export function headSection({ data: { assessment, translations } }: View): Markup {
  const { title, action, asOf, knownAt, packs, demo, projection, completeness, recorded } = assessment;
  const [binding, compare] = (["binding", "compare"] as const).map((use) => packs.filter((pack) => pack.use === use));
  const packList = binding!.map(({ name: pack, version, title: english }) => {
    const named: Text = { en: english, de: translations[pack]?.de?.title ?? english };
    return html`<li><b>${name(pack)}</b> v${version} <span class="tag">${useWords.binding}</span> <span class="quiet">${named}</span></li>`;
  });
  const beside = compare!.map(({ name: pack, version }) => html`<span>${name(pack)} v${version}</span>`);
  return html`<header class="head" id="top">
<h1>${name(title)}</h1>
<p class="asked"><b>${wordOf(questionWords, action)}</b> ${{ en: "As of", de: "Stichtag" }} <b>${day(asOf)}</b>, ${{ en: "known at", de: "Kenntnisstand" }} <b>${day(knownAt)}</b></p>
<ul class="packs">${packList}${beside.length > 0 && html`<li class="quiet"><span class="tag">${useWords.compare}</span> ${beside}</li>`}</ul>
<div class="banners">${demo && banner("demo", { en: "Demonstration", de: "Vorführung" }, { en: "keys and evidence named DEMO- count here; nothing in this report speaks of a real network", de: "Schlüssel und Nachweise mit DEMO- zählen hier; nichts in diesem Bericht betrifft ein wirkliches Netz" })}
${projection && banner("projection", { en: "Projection", de: "Vorausschau" }, { en: "the as-of day lies after the day at which the evidence is known; what is signed in between may change it", de: "der Stichtag liegt nach dem Kenntnisstand; was bis dahin signiert wird, kann das Bild ändern" })}
${completenessBanner(completeness)}
${recordedBanner(recorded)}</div>
</header>`;
}

/** Nothing here can show what was never entered. */
function completenessBanner({ vouched, open }: Assessment["completeness"]): Markup | false {
  if (vouched) return false;
  const named = open
    .slice(0, mostNamed)
    .map(
      ({ operator, domain, why }, at) =>
        html`${at > 0 && "; "}${name(operator)}${domain !== "all" && ` (${domain})`}: ${why}`,
    );
  const more = open.length > mostNamed && html`; +${String(open.length - mostNamed)}`;
  const title = { en: "Completeness not vouched for", de: "Vollständigkeit nicht verbürgt" };
  return html`<p class="banner banner-unrecorded"><b>${title}:</b> <span>${{ en: "nobody has signed that the tables hold every element", de: "niemand hat signiert, dass die Tabellen jedes Element enthalten" }}</span> <span class="quiet">${named}${more}</span></p>`;
}

function recordedBanner(recorded: Assessment["recorded"]): Markup {
  if (!recorded) {
    const title = { en: "Not recorded", de: "Nicht verzeichnet" };
    return banner("unrecorded", title, {
      en: "these verdicts have not been entered in a ledger",
      de: "diese Ergebnisse sind in keinem Verzeichnis der Entscheidungen eingetragen",
    });
  }
  const { ledger, entry, time, leaf } = recorded;
  return html`<p class="banner banner-recorded"><b>${{ en: "Recorded", de: "Verzeichnet" }}:</b> <span>${{ en: "entry", de: "Eintrag" }} ${String(entry)} ${{ en: "of ledger", de: "im Verzeichnis" }} ${name(ledger)}, ${name(time)}</span> <span class="quiet">${{ en: "hash of the entry", de: "Hash des Eintrags" }} <code>${name(leaf)}</code></span></p>`;
}

function banner(kind: string, title: Text, text: Text): Markup {
  return html`<p class="banner banner-${kind}"><b>${title}:</b> <span>${text}</span></p>`;
}

/** Links to the sections that the page has. */
export function navigation(sections: readonly (readonly [id: string, title: Text])[]): Markup {
  const links = sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<div class="top"><p class="brand">Freigabe</p><nav aria-labelledby="nav-title"><p id="nav-title" class="sr">${{ en: "Contents", de: "Inhalt" }}</p><ul>${links}</ul></nav><button type="button" id="language" class="small needs-script"><span class="en" lang="de">Deutsch</span><span class="de" lang="en">English</span></button></div>`;
}
