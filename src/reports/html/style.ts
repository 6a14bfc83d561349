import { looks, paper, tones } from "../../charts/tones.ts";
import { layoutStyle } from "./style-layout.ts";
import { networkStyle } from "./style-network.ts";
import { printStyle } from "./style-print.ts";
import { tableStyle } from "./style-tables.ts";

/** The page's style sheet: colours from `charts/tones.ts`, then layout, tables and chains, print. */
export function style(): string {
  return [colours("light"), dark(), pictures(), layoutStyle, tableStyle, networkStyle, printStyle].join("\n");
}

function colours(scheme: "light" | "dark"): string {
  const own = tones.map((tone) => `--${tone}:${looks[tone][scheme]};`).join("");
  const rest =
    scheme === "light"
      ? "--ink:#1c2127;--quiet:#545d68;--line:#dcd8cf;--panel:#f3f0e8;--link:#1c4f91;--land:#ebe6da;--border:#b9b1a0;--focus:#1c4f91;--on-light:#fff;--on-bright:#14171b;--share:#2f5d92;"
      : "--ink:#e9e7e2;--quiet:#a9b1bb;--line:#353b44;--panel:#1d2228;--link:#9cc4ff;--land:#232930;--border:#4a525d;--focus:#9cc4ff;--on-light:#14171b;--on-bright:#14171b;--share:#86b6ef;";
  return `:root{color-scheme:light dark;--paper:${paper[scheme]};${rest}${own}}`;
}

function dark(): string {
  return `@media screen and (prefers-color-scheme:dark){${colours("dark")}}`;
}

/** Fills, patterns, labels and dots of each tone. */
function pictures(): string {
  return tones
    .map((tone) => {
      const { hatched, dot } = looks[tone];
      const fill = hatched ? `url(#hatch-${tone})` : `var(--${tone})`;
      const isBright = tone === "undecided" || tone === "no-duty";
      const label = hatched ? "var(--ink)" : isBright ? "var(--on-bright)" : "var(--on-light)";
      const halo = hatched ? ";paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round" : "";
      const cap = dot.startsWith("square") ? "square" : "round";
      return [
        `.tone-${tone}{fill:${fill}}.ground-${tone}{fill:color-mix(in srgb,var(--${tone}) 30%,var(--paper))}`,
        `.stripe-${tone}{fill:var(--${tone})}.on-${tone}{fill:${label}${halo}}`,
        `.dots-${tone} .dot{stroke:var(--${tone});stroke-linecap:${cap}}.dots-${tone} .hole{stroke-linecap:${cap}}`,
      ].join("");
    })
    .join("\n");
}
