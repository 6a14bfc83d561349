import type { Span } from "../model/measure.ts";
import { short, tag } from "./svg.ts";

/**
 * A share on 0 to 100 as a bar on a track: what is sure is solid, what may come to it is hatched (`spanHatching` must
 * stand in the page), with marks at the quarters. Hidden from assistive technology: whoever places it gives the numbers.
 */
export function spanBar({ least, most }: Span): string {
  const inside = (value: number) => Math.min(100, Math.max(0, value));
  const [from, to] = [inside(least), inside(most)];
  // A sliver would vanish; it is drawn half a percent wide.
  const part = (cls: string, x: number, width: number) =>
    width <= 0 ? "" : bar(cls, `${short(Math.max(width, 0.5))}%`, `${short(Math.min(x, 99.5))}%`);
  return tag(
    "svg",
    { class: "span-bar", width: "100%", height: 9, "aria-hidden": "true" },
    bar("track", "100%"),
    part("may", from, to - from),
    part("sure", 0, from),
    bar("quarters", "100%"),
  );
}

function bar(cls: string, width: string, x?: string): string {
  return tag("rect", { class: cls, x: x === "0%" ? undefined : x, width, height: "100%" });
}

/** The patterns of bars and maps; once per page, before the first bar. */
export function spanHatching(): string {
  return tag(
    "svg",
    { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    tag(
      "defs",
      {},
      tag(
        "pattern",
        {
          id: "hatch-may",
          width: 5,
          height: 5,
          patternUnits: "userSpaceOnUse",
          patternTransform: "rotate(45)",
        },
        tag("rect", { class: "may-ground", width: 5, height: 5 }),
        tag("rect", { class: "may-stripe", width: 1.8, height: 5 }),
      ),
      tag(
        "pattern",
        { id: "quarters-of", width: 0.25, height: 1 },
        tag("rect", { class: "quarter", width: 1, height: 99 }),
      ),
      tag(
        "pattern",
        // For maps, whose units are much smaller than pixels.
        { id: "hatch-wide", width: 130, height: 130, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        tag("rect", { class: "wide-stripe", width: 34, height: 130 }),
      ),
    ),
  );
}

/** A piece of bar for legends: solid, or hatched. */
export function spanSwatch(kind: "sure" | "may"): string {
  return tag(
    "svg",
    { class: "span-swatch", width: 26, height: 12, "aria-hidden": "true", focusable: "false" },
    tag("rect", { class: kind, width: 26, height: 12 }),
  );
}
