import { dotPath, type Projection } from "./site-map.ts";
import { tag } from "./svg.ts";
import { looks, type Tone } from "./tones.ts";

type Point = readonly [x: number, y: number];

/** Dots are placed this much coarser than borders: a quarter of a pixel on a wide screen, and shorter paths. */
const coarse = 4;

/** Points of one kind, to be drawn alike. */
export interface DarkLayer {
  /** Id of the path. */
  readonly id: string;
  readonly tone: Tone;
  readonly at: readonly Point[];
}

/** Draws several maps of the same points; what was drawn before is used again. */
export interface DarkMaps {
  /** The first layer lies on top, all points beneath. `named`: id of the map's description. */
  draw(layers: readonly DarkLayer[], named: string): string;
}

/**
 * Maps of the same country with nothing to zoom: borders, all points, and over them what is not as usual. `borders`: id of
 * the shapes that stand in the page once (`regionShapes`), if there are any.
 */
export function darkMaps(
  { width, height }: Projection,
  { borders, points }: { readonly borders: string | null; readonly points: DarkLayer },
): DarkMaps {
  const drawn = new Map<string, string>();
  const group = ({ id, tone, at }: DarkLayer): string => {
    if (at.length === 0) return "";
    const d = dotPath(distinct(at));
    const known = drawn.get(d);
    const dots =
      known === undefined
        ? tag("path", { id, class: "dot", d, "vector-effect": "non-scaling-stroke" })
        : tag("use", { class: "dot", href: `#${known}` });
    if (known === undefined) drawn.set(d, id);
    const hole = looks[tone].dot.endsWith("ring") ? tag("use", { class: "hole", href: `#${known ?? id}` }) : "";
    return tag("g", { class: `dots dots-${tone}`, transform: `scale(${coarse})` }, dots, hole);
  };
  return {
    draw: (layers, named) =>
      tag(
        "svg",
        { class: "small-map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": named },
        borders === null ? "" : tag("use", { class: "borders", href: `#${borders}` }),
        ...[...layers, points].toReversed().map(group),
      ),
  };
}

/** Where points fall on the coarse grid, each place once. */
function distinct(at: readonly Point[]): readonly Point[] {
  const places = new Map<number, Point>();
  for (const [x, y] of at) {
    const place = [Math.round(x / coarse), Math.round(y / coarse)] as const;
    places.set(place[0] * 65_536 + place[1], place);
  }
  return [...places.values()];
}
