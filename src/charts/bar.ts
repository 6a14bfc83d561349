import { short, tag } from "./svg.ts";
import { looks, type Tone } from "./tones.ts";

export interface BarPart {
  readonly tone: Tone;
  readonly count: number;
}

/**
 * One stacked bar, as wide as its box: parts in the order given, hatched tones by their pattern (`hatchings` must stand
 * in the page). With `labels` each part that has room carries its sign and share. Hidden from assistive technology:
 * whoever places it gives the numbers as text.
 */
export function stackedBar(
  parts: readonly BarPart[],
  { height, labels = false }: { readonly height: number; readonly labels?: boolean },
): string {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const shown = parts.filter(({ count }) => count > 0);
  let from = 0;
  const drawn = shown.map(({ tone, count }) => {
    const width = (100 * count) / total;
    const at = from;
    from += width;
    const box = tag("rect", {
      class: `tone-${tone}`,
      x: `${short(at)}%`,
      y: 0,
      width: `${short(width)}%`,
      height: "100%",
    });
    return box + (labels ? partLabel(tone, at, width) : "") + separator(at, width);
  });
  return tag(
    "svg",
    { class: "bar", width: "100%", height, "aria-hidden": "true", focusable: "false" },
    total === 0 ? tag("rect", { class: "bar-empty", width: "100%", height: "100%" }) : drawn.join(""),
  );
}

function partLabel(tone: Tone, at: number, width: number): string {
  if (width < 4) return "";
  const { sign } = looks[tone];
  const text = width >= 16 ? `${sign} ${Math.round(width)} %` : sign;
  const place = { class: `bar-label on-${tone}`, x: `${short(at + width / 2)}%`, y: "50%" };
  return tag("text", { ...place, "text-anchor": "middle", "dominant-baseline": "central" }, text);
}

/** A gap before a part; a sliver gets none, for the gap would cover it. */
function separator(at: number, width: number): string {
  return at === 0 || width < 1.2
    ? ""
    : tag("line", { class: "bar-gap", x1: `${short(at)}%`, x2: `${short(at)}%`, y1: 0, y2: "100%" });
}

/** The patterns of hatched tones; once per page, before the first picture that uses them. */
export function hatchings(): string {
  const patterns = Object.entries(looks)
    .filter(([, { hatched }]) => hatched)
    .map(([tone]) => {
      const id = `hatch-${tone}`;
      const slant = tone === "exception" ? "rotate(-45)" : "rotate(45)";
      return tag(
        "pattern",
        { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: slant },
        tag("rect", { class: `ground-${tone}`, width: 7, height: 7 }),
        tag("rect", { class: `stripe-${tone}`, width: 2.5, height: 7 }),
      );
    });
  return tag(
    "svg",
    { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    tag("defs", {}, ...patterns),
  );
}

/** A small box in a tone, with its sign, for legends. */
export function swatch(tone: Tone): string {
  return tag(
    "svg",
    { class: "swatch", width: 22, height: 22, viewBox: "0 0 22 22", "aria-hidden": "true", focusable: "false" },
    tag("rect", { class: `tone-${tone}`, width: 22, height: 22, rx: 4 }),
    tag(
      "text",
      { class: `bar-label on-${tone}`, x: 11, y: 11, "text-anchor": "middle", "dominant-baseline": "central" },
      looks[tone].sign,
    ),
  );
}
