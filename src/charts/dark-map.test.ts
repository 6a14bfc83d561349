import assert from "node:assert/strict";
import { test } from "node:test";
import { type DarkLayer, darkMaps } from "./dark-map.ts";
import { projectionFor } from "./site-map.ts";

const projection = projectionFor(
  [],
  [
    [
      [6, 47],
      [15, 55],
    ],
  ],
);
const points: DarkLayer = {
  id: "all",
  tone: "no-duty",
  at: [
    [400, 400],
    [800, 400],
    [801, 401],
  ],
};
const layer = (id: string, tone: DarkLayer["tone"], at: DarkLayer["at"]): DarkLayer => ({ id, tone, at });

test("all points lie beneath, the first layer on top, and points on one spot are one dot", () => {
  const map = darkMaps(projection, { borders: "regions", points }).draw(
    [layer("dark", "refused", [[400, 400]]), layer("may", "undecided", [[800, 400]])],
    "title",
  );
  assert.ok(map.indexOf("#regions") < map.indexOf('id="all"'));
  assert.ok(map.indexOf('id="all"') < map.indexOf("dots-undecided"));
  assert.ok(map.indexOf("dots-undecided") < map.indexOf("dots-refused"));
  assert.match(map, /id="all" class="dot" d="m100 100h0m100 0h0"/);
  assert.match(map, /<use class="hole" href="#may">/);
});

test("what was drawn before is used again, whatever its tone", () => {
  const maps = darkMaps(projection, { borders: null, points });
  const first = maps.draw([layer("one", "refused", points.at)], "t");
  assert.match(first, /dots-refused" transform="scale\(4\)"><use class="dot" href="#all">/);
  const second = maps.draw([layer("two", "undecided", [[400, 400]])], "t");
  assert.equal([...second.matchAll(/<path/g)].length, 1);
  assert.match(second, /<use class="dot" href="#all">[\s\S]*id="two"/);
  const third = maps.draw([layer("three", "undecided", [[400, 400]])], "t");
  assert.match(third, /<use class="dot" href="#two"><\/use><use class="hole" href="#two">/);
  assert.doesNotMatch(third, /<path|borders/);
});
