import type { Span } from "../model/measure.ts";
import type { Ring } from "../model/report-data.ts";
import { borderPaths, type Projection } from "./site-map.ts";
import { escapeText, tag } from "./svg.ts";

/** A part of the country with its borders. */
export interface Shape {
  readonly name: string;
  readonly rings: readonly Ring[];
}

/** More regions than this are drawn without numbers on them. */
const mostLabels = 40;
/** Ends of a share so far apart are drawn hatched. */
export const wideSpan = 10;
/** Steps of the scale: 0, then fifths. */
export const shareSteps = [0, 20, 40, 60, 80, 100] as const;

/** The borders once for all maps of a page: `region-N` each, and all of them as `regions`. */
export function regionShapes(projection: Projection, shapes: readonly Shape[]): string {
  const paths = borderPaths(
    projection,
    shapes.map(({ rings }) => rings),
  );
  const drawn = paths.map((d, at) =>
    tag("path", { id: `region-${at}`, d, "fill-rule": "evenodd", "vector-effect": "non-scaling-stroke" }),
  );
  return tag(
    "svg",
    { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" },
    tag("defs", {}, tag("g", { id: "regions" }, ...drawn)),
  );
}

/** Step of a share on the scale: 0 for nothing, else 1 to 5. */
export function stepOf(share: number): number {
  return share <= 0 ? 0 : Math.min(5, Math.floor(share / 20) + 1);
}

/**
 * Regions shaded by what is sure of a share, hatched where the truth may be far above, with the number on each that has
 * room. `shares` by name of region; others are drawn empty. `named`: id of the description.
 */
export function regionMap(
  projection: Projection,
  shapes: readonly Shape[],
  shares: ReadonlyMap<string, Span>,
  { named, spoken }: { readonly named: string; readonly spoken: (span: Span) => string },
): string {
  const { width, height } = projection;
  const labels = shapes.length > mostLabels ? [] : labelPlaces(projection, shapes);
  const areas = shapes.map(({ name }, at) => {
    const span = shares.get(name);
    const cls = span === undefined ? "region" : `region step-${stepOf(span.least)}`;
    const title = span === undefined ? name : `${name}: ${spoken(span)}`;
    const isWide = span !== undefined && span.most - span.least > wideSpan;
    const shape = { href: `#region-${at}` };
    return tag(
      "g",
      {},
      `<title>${escapeText(title)}</title>`,
      tag("use", { class: cls, ...shape }),
      isWide ? tag("use", { class: "region-wide", ...shape }) : "",
    );
  });
  const numbers = labels.flatMap((place, at) => {
    const span = shares.get(shapes[at]!.name);
    if (!place || span === undefined) return [];
    const [x, y] = place;
    const lines = { class: "region-number", x, y, "text-anchor": "middle", "dominant-baseline": "central" };
    return [tag("text", lines, escapeText(spoken(span)))];
  });
  return tag(
    "svg",
    { class: "small-map", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": named },
    ...areas,
    ...numbers,
  );
}

type Point = readonly [x: number, y: number];

/** Where a number has most room in each region: of a grid of places inside, the one furthest from any border. */
function labelPlaces({ of }: Projection, shapes: readonly Shape[]): readonly (Point | undefined)[] {
  const room = 300;
  const rings = shapes.map((shape) => shape.rings.map((ring) => thinned(ring).map(([x, y]) => of(x, y))));
  const corners = rings.flat(2);
  return rings.map((own) => {
    const all = own.flat();
    if (all.length === 0) return undefined;
    const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
    const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
    const near = corners.filter(([x, y]) => x > left - room && x < right + room && y > top - room && y < bottom + room);
    let best: Point | undefined;
    let most = room ** 2;
    for (const point of grid([left, right], [top, bottom])) {
      if (!isInside(point, own)) continue;
      // Numbers are wider than high: what lies beside them is nearer than what lies above.
      const clear = Math.min(...near.map(([x, y]) => ((x - point[0]) / 1.6) ** 2 + (y - point[1]) ** 2));
      if (clear * 2.56 > most) [best, most] = [[Math.round(point[0]), Math.round(point[1])], clear * 2.56];
    }
    return best;
  });
}

/** At most 240 points of a ring: numbers need no coastline. */
function thinned(ring: Ring): Ring {
  const step = Math.ceil(ring.length / 240);
  return step <= 1 ? ring : ring.filter((_, at) => at % step === 0);
}

function grid([left, right]: Point, [top, bottom]: Point): readonly Point[] {
  const count = 14;
  const steps = Array.from({ length: count }, (_, at) => (at + 0.5) / count);
  return steps.flatMap((a) => steps.map((b): Point => [left + a * (right - left), top + b * (bottom - top)]));
}

/** Even-odd, so that holes are outside. */
function isInside([px, py]: Point, rings: readonly (readonly Point[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length]!;
      if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
