import { UserError } from "../model/errors.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { LoadedTables } from "../model/ports/store.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import type { ReportData, Ring } from "../model/report-data.ts";
import { readJson } from "../readers/json.ts";

export const outlineFile = "map.geojson";

const maxBytes = 8_000_000;
const mostFeatures = 1000;
const mostPoints = 4000;
const mostTold = 20;
const longest = 200;
/** The finest step of the grid on which lines are thinned out, in degrees, and by how much it grows. */
const finest = 0.002;
const growth = 1.5;

/** The lines to draw under the sites. Without a file there are none, and no input. */
export interface Outline {
  readonly outline: ReportData["outline"];
  readonly attribution: string | null;
  readonly problems: readonly Problem[];
  readonly inputs: LoadedTables["inputs"];
}

const nothing: Outline = { outline: [], attribution: null, problems: [], inputs: [] };

/**
 * Reads `map.geojson` of a workspace: a FeatureCollection (RFC 7946) of polygons with a property `name`, and at the top
 * an `attribution`. Lines are thinned out to about 4,000 points. What cannot be read is a problem and is not drawn.
 */
export function readOutline(files: FolderFiles): Outline {
  try {
    const file = files.read(outlineFile, maxBytes);
    if (!file) return nothing;
    const inputs = [{ file: file.name, sha256: file.sha256, bytes: file.bytes.byteLength, rows: 0 }];
    const { value, problems, lineOf } = readJson(file.bytes, file.name, { maxBytes, maxDepth: 16 });
    if (problems.length > 0) return { ...nothing, problems, inputs };
    const found = readCollection(value);
    const told = found.faults.slice(0, mostTold).map(({ pointer, message }) => {
      const line = lineOf(pointer);
      const place = { file: file.name, pointer, ...(line !== undefined && { line }) };
      return documentProblem("wrong-shape", message, place, "it is not drawn; `docs/formats.md` describes the file");
    });
    return {
      outline: thinned(found.outline),
      attribution: found.attribution,
      problems: [...told, ...untold(found)],
      inputs,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...nothing, problems: [documentProblem("unreadable", error.message, { file: outlineFile }, error.hint)] };
  }
}

interface Fault {
  readonly pointer: string;
  readonly message: string;
}

interface Collection extends Pick<Outline, "outline" | "attribution"> {
  readonly faults: readonly Fault[];
}

function untold({ faults }: Collection): readonly Problem[] {
  if (faults.length <= mostTold) return [];
  const message = `${faults.length - mostTold} more features of this file are not drawn`;
  return [documentProblem("wrong-shape", message, { file: outlineFile })];
}

function readCollection(value: unknown): Collection {
  const root = isObject(value) ? value : {};
  if (root.type !== "FeatureCollection" || !Array.isArray(root.features)) {
    const message = "expected a GeoJSON FeatureCollection with an array `features`";
    return { outline: [], attribution: null, faults: [{ pointer: "", message }] };
  }
  const features: readonly unknown[] = root.features;
  const attribution = readText(root.attribution);
  const read = features.slice(0, mostFeatures).map(readFeature);
  const faults = read.flatMap((one) => ("message" in one ? [one] : []));
  const tooMany = {
    pointer: "/features",
    message: `expected at most ${mostFeatures} features, got ${features.length}`,
  };
  const wrongText = { pointer: "/attribution", message: `expected text of at most ${longest} characters` };
  return {
    outline: read.flatMap((one) => ("rings" in one ? [one] : [])),
    attribution: attribution ?? null,
    faults: [
      ...(attribution === undefined ? [wrongText] : []),
      ...(features.length > mostFeatures ? [tooMany] : []),
      ...faults,
    ],
  };
}

function readFeature(feature: unknown, index: number): ReportData["outline"][number] | Fault {
  const { properties, geometry } = isObject(feature) ? feature : {};
  const fault = (path: string, message: string) => ({ pointer: `/features/${index}${path}`, message });
  const name = readText(isObject(properties) ? properties.name : undefined);
  if (name === undefined) return fault("", `expected a property \`name\` of at most ${longest} characters`);
  const { type, coordinates } = isObject(geometry) ? geometry : {};
  if (type !== "Polygon" && type !== "MultiPolygon") {
    return fault("/geometry", "expected a geometry of type `Polygon` or `MultiPolygon`");
  }
  const polygons: readonly unknown[] = type === "Polygon" ? [coordinates] : asArray(coordinates);
  const rings = polygons.flatMap((polygon): readonly unknown[] => asArray(polygon));
  const lines = rings.map(readRing);
  if (lines.length > 0 && lines.every((line) => line !== undefined)) return { name: name ?? "", rings: lines };
  return fault("/geometry", "expected rings of at least four positions, longitude -180 to 180, latitude -90 to 90");
}

function readRing(value: unknown): Ring | undefined {
  const positions = asArray(value).map((position) => {
    const [longitude, latitude] = asArray(position);
    return isWithin(longitude, 180) && isWithin(latitude, 90) ? ([longitude, latitude] as const) : undefined;
  });
  return positions.length >= 4 && positions.every((position) => position !== undefined) ? positions : undefined;
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === "number" && value >= -most && value <= most;
}

/** Text as given; null if there is none; undefined if it is no text or too long. */
function readText(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === "string" && value.length <= longest ? value : undefined;
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The lines with at most so many points in all. Points in one cell of a grid become the first of them; since that is one
 * and the same for all lines, borders that two regions share stay shared.
 */
function thinned(outline: ReportData["outline"]): ReportData["outline"] {
  let now = outline;
  for (let step = finest; countPoints(now) > mostPoints; step *= growth) now = snapped(outline, step);
  return now;
}

function countPoints(outline: ReportData["outline"]): number {
  return outline.reduce((sum, { rings }) => sum + rings.reduce((points, ring) => points + ring.length, 0), 0);
}

function snapped(outline: ReportData["outline"], step: number): ReportData["outline"] {
  const cells = new Map<string, Ring[number]>();
  const snap = (point: Ring[number]): Ring[number] => {
    const cell = point.map((degrees) => Math.floor(degrees / step)).join();
    const held = cells.get(cell) ?? point;
    cells.set(cell, held);
    return held;
  };
  return outline.flatMap(({ name, rings }) => {
    const lines = rings
      .map((ring) => ring.map(snap).filter((point, at, all) => point !== all[at - 1]))
      // What has shrunk to a point or a line is too small to see.
      .filter((ring) => ring.length >= 4);
    return lines.length > 0 ? [{ name, rings: lines }] : [];
  });
}
