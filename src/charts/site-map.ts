import type { SitePoint } from "../model/ports/store.ts";
import type { Ring } from "../model/report-data.ts";
import { tag } from "./svg.ts";
import { looks, type Tone } from "./tones.ts";

/** Longer side of the map in its own units; whole numbers, so that paths stay small. */
const side = 8000;
const margin = 160;
/** Most characters that borders may take. */
const mostOutline = 300_000;

/** Where degrees fall on the map. Equirectangular, true to scale along the middle latitude. */
export interface Projection {
  readonly width: number;
  readonly height: number;
  of(longitude: number, latitude: number): readonly [x: number, y: number];
}

/** The frame that holds the sites and the borders; a lone point gets a degree around it. */
export function projectionFor(points: readonly SitePoint[], rings: readonly Ring[]): Projection {
  let [west, east, south, north] = [180, -180, 90, -90];
  const take = (longitude: number, latitude: number) => {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  };
  for (const { longitude, latitude } of points) take(longitude, latitude);
  for (const ring of rings) for (const [longitude, latitude] of ring) take(longitude, latitude);
  if (west > east) [west, east, south, north] = [-1, 1, -1, 1];
  if (east - west < 0.02 && north - south < 0.02) {
    [west, east, south, north] = [west - 0.5, east + 0.5, south - 0.5, north + 0.5];
  }
  const squeeze = Math.max(0.05, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const [wide, high] = [(east - west) * squeeze, north - south];
  const scale = (side - 2 * margin) / Math.max(wide, high);
  return {
    width: Math.max(1600, Math.round(wide * scale) + 2 * margin),
    height: Math.max(1600, Math.round(high * scale) + 2 * margin),
    of: (longitude, latitude) => [
      Math.round((longitude - west) * squeeze * scale) + margin,
      Math.round((north - latitude) * scale) + margin,
    ],
  };
}

/** Sites of one kind of verdict, to be drawn alike. */
export interface DotLayer {
  /** Names the layer's group, `dots-NAME`. */
  readonly name: string;
  readonly tone: Tone;
  readonly at: readonly (readonly [x: number, y: number])[];
}

/** Borders and dots; the first layer lies on top. One path per layer: a subpath without length and a round cap is a dot. */
export function siteMap(projection: Projection, rings: readonly Ring[], layers: readonly DotLayer[]): string {
  const { width, height } = projection;
  const [borders = ""] = borderPaths(projection, [rings]);
  return tag(
    "svg",
    {
      id: "map-drawing",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "map-title",
      "data-width": width,
      "data-height": height,
    },
    borders === "" ? "" : tag("path", { class: "borders", d: borders }),
    ...layers.toReversed().map(dots),
    '<circle id="map-mark" r="0" cx="0" cy="0"/>',
  );
}

function dots({ name, tone, at }: DotLayer): string {
  const d = dotPath(at);
  const { dot } = looks[tone];
  const rings = dot === "ring" || dot === "square-ring";
  return tag(
    "g",
    { id: `dots-${name}`, class: `dots dots-${tone}` },
    tag("path", { id: `path-${name}`, class: "dot", d }),
    rings ? tag("use", { href: `#path-${name}`, class: "hole" }) : "",
  );
}

/** Dots as one path, in strips from west to east, so that most steps are short numbers. */
export function dotPath(at: readonly (readonly [x: number, y: number])[]): string {
  const strip = 200;
  const sorted = at.toSorted(([ax, ay], [bx, by]) => {
    const [a, b] = [Math.floor(ay / strip), Math.floor(by / strip)];
    return a - b || (a % 2 === 0 ? ax - bx : bx - ax) || ay - by;
  });
  let [x, y] = [0, 0];
  const steps = sorted.map(([toX, toY]) => {
    const [dx, dy] = [toX - x, toY - y];
    [x, y] = [toX, toY];
    return `m${dx}${dy < 0 ? "" : " "}${dy}h0`;
  });
  return steps.join("");
}

/** A path for each list of rings, as fine as the bound on all of them together allows. */
export function borderPaths(projection: Projection, shapes: readonly (readonly Ring[])[]): readonly string[] {
  for (let near = 6; near < side; near *= 3) {
    const paths = shapes.map((rings) => rings.map((ring) => outlinePath(projection, ring, near)).join(""));
    if (paths.reduce((sum, path) => sum + path.length, 0) <= mostOutline) return paths;
  }
  return shapes.map(() => "");
}

/** A ring without the points that fall close to the last one kept. */
function outlinePath({ of }: Projection, ring: Ring, near: number): string {
  const kept: (readonly [number, number])[] = [];
  for (const [longitude, latitude] of ring) {
    const point = of(longitude, latitude);
    const last = kept.at(-1);
    if (!last || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) >= near) kept.push(point);
  }
  if (kept.length < 3) return "";
  const steps = kept.slice(1).map(([x, y], at) => {
    const [dx, dy] = [x - kept[at]![0], y - kept[at]![1]];
    return `${dx}${dy < 0 ? "" : " "}${dy}`;
  });
  return `M${kept[0]![0]} ${kept[0]![1]}l${steps.join(" ").replaceAll(" -", "-")}z`;
}

/** A dot as on the map, for the legend. */
export function dotSwatch(tone: Tone): string {
  return tag(
    "svg",
    {
      class: `dot-swatch dots dots-${tone}`,
      width: 22,
      height: 22,
      viewBox: "0 0 22 22",
      "aria-hidden": "true",
      focusable: "false",
    },
    tag("path", { class: "dot", d: "M11 11h0" }),
    looks[tone].dot.endsWith("ring") ? tag("path", { class: "hole", d: "M11 11h0" }) : "",
  );
}
