import assert from "node:assert/strict";
import { test } from "node:test";
import type { Span } from "../model/measure.ts";
import type { Ring } from "../model/report-data.ts";
import { regionMap, regionShapes, type Shape, stepOf, wideSpan } from "./region-map.ts";
import { projectionFor } from "./site-map.ts";

const square = (west: number, south: number, side: number): Ring => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
/** A ring of land around a lake that is a region of its own, and an island too small for a number. */
const shapes: readonly Shape[] = [
  { name: "<Rim> & co", rings: [square(6, 50, 6), square(8, 52, 2)] },
  { name: "Lake", rings: [square(8, 52, 2)] },
  { name: "Speck", rings: [square(13, 50, 0.05)] },
  { name: "Elsewhere", rings: [square(6, 57, 2)] },
];
const projection = projectionFor(
  [],
  shapes.flatMap(({ rings }) => rings),
);
const spoken = ({ least, most }: Span) => `${least}-${most}`;
const draw = (shares: Readonly<Record<string, Span>>, of = shapes) =>
  regionMap(projection, of, new Map(Object.entries(shares)), { named: "m", spoken });
const numbers = (map: string) =>
  [...map.matchAll(/<text class="region-number" x="(\d+)" y="(\d+)"[^>]*>([^<]+)</g)].map(
    ([, x, y, text]) => [Number(x), Number(y), text!] as const,
  );

test("a region is shaded by what is sure, hatched where far more may be, empty where nothing is told", () => {
  const map = draw({ "<Rim> & co": { least: 41, most: 41 }, Lake: { least: 0, most: wideSpan + 1 } });
  assert.match(map, /<title>&#60;Rim&#62; &#38; co: 41-41<\/title><use class="region step-3" href="#region-0">/);
  assert.match(map, /<use class="region step-0" href="#region-1"><\/use><use class="region-wide" href="#region-1">/);
  assert.match(map, /<title>Elsewhere<\/title><use class="region" href="#region-3"><\/use><\/g>/);
  assert.equal([...map.matchAll(/region-wide/g)].length, 1);
});

test("steps of the scale: nothing, then fifths, the last closed", () => {
  assert.deepEqual([0, 0.01, 19.99, 20, 59.9, 60, 99, 100].map(stepOf), [0, 1, 1, 2, 3, 4, 5, 5]);
});

test("a number stands on its own region, off its holes, and only where it has room", () => {
  const all = Object.fromEntries(shapes.map(({ name }, at) => [name, { least: at, most: at }]));
  const found = numbers(draw(all));
  assert.deepEqual(found.map(([, , text]) => text).sort(), ["0-0", "1-1", "3-3"]);
  const inside = ([x, y]: readonly [number, number, string], ring: Ring) => {
    const corners = ring.map(([longitude, latitude]) => projection.of(longitude, latitude));
    const [xs, ys] = [corners.map(([a]) => a), corners.map(([, b]) => b)];
    return x > Math.min(...xs) && x < Math.max(...xs) && y > Math.min(...ys) && y < Math.max(...ys);
  };
  for (const number of found) {
    const shape = shapes[Number(number[2][0])]!;
    assert.ok(inside(number, shape.rings[0]!), `${number}`);
    for (const hole of shape.rings.slice(1)) assert.ok(!inside(number, hole), `${number} in a hole`);
  }
});

test("many regions carry no numbers; each shape stands in the page once", () => {
  const many = Array.from({ length: 60 }, (_, at): Shape => {
    return { name: `r${at}`, rings: [square(6 + (at % 10), 47 + Math.floor(at / 10), 0.9)] };
  });
  const told = Object.fromEntries(many.map(({ name }) => [name, { least: 5, most: 5 }]));
  assert.equal(numbers(draw(told, many)).length, 0);
  const ids = [...regionShapes(projection, many).matchAll(/id="(region-\d+)"/g)].map(([, id]) => id);
  assert.deepEqual([ids.length, new Set(ids).size], [60, 60]);
});
