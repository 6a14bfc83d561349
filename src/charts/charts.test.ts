import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Due } from "../model/assessment.ts";
import { stackedBar } from "./bar.ts";
import { monthColumns } from "./months.ts";
import { dotPath, projectionFor, siteMap } from "./site-map.ts";
import { escapeText, visible } from "./svg.ts";

test("escaped text holds no markup, no control and no direction characters", () => {
  assert.equal(escapeText(`<b a="1">'&`), "&#60;b a=&#34;1&#34;&#62;&#39;&#38;");
  assert.equal(visible("ab\u202ecd\u0000\u200b\u2028"), "ab⟨202E⟩cd⟨0000⟩⟨200B⟩⟨2028⟩");
  assert.equal(visible("Zoë Ärger 日本 🗼"), "Zoë Ärger 日本 🗼");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.doesNotMatch(escapeText(text), /[<>"'\p{Cc}\p{Cf}]/u);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("the parts of a bar cover it, in their order and to scale", () => {
  const bar = stackedBar(
    [
      { tone: "evidence", count: 1 },
      { tone: "no-duty", count: 0 },
      { tone: "refused", count: 3 },
    ],
    { height: 10, labels: true },
  );
  const parts = [...bar.matchAll(/<rect class="tone-([a-z-]+)" x="([\d.]+)%" y="0" width="([\d.]+)%"/g)];
  assert.deepEqual(
    parts.map((part) => part.slice(1)),
    [
      ["evidence", "0", "25"],
      ["refused", "25", "75"],
    ],
  );
  assert.match(bar, />x 75 %</);
  assert.match(stackedBar([], { height: 10 }), /bar-empty/);
});

/** The dots that a path draws, walked step by step. */
function dotsOf(path: string): readonly string[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/m(-?\d+) ?(-?\d+)h0/g)].map(([, dx, dy]) => {
    [x, y] = [x + Number(dx), y + Number(dy)];
    return `${x} ${y}`;
  });
}

test("a path of dots draws exactly the dots given", () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 0, max: 8000 })));
  fc.assert(
    fc.property(points, (at) => {
      assert.deepEqual([...dotsOf(dotPath(at))].sort(), at.map(([x, y]) => `${x} ${y}`).sort());
    }),
    { seed: 2, numRuns: 100 },
  );
});

const point = (id: string, longitude: number, latitude: number) => ({
  ...{ id, name: null, region: null, longitude, latitude, sites: 1, counts: [1] },
});

test("the projection keeps north up, east right, and everything inside", () => {
  const points = [point("a", 6, 47), point("b", 15, 55), point("c", 10, 50)];
  const projection = projectionFor(points, []);
  const [a, b, c] = points.map(({ longitude, latitude }) => projection.of(longitude, latitude)) as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  assert.ok(a[0] < c[0] && c[0] < b[0] && a[1] > c[1] && c[1] > b[1]);
  for (const [x, y] of [a, b, c]) assert.ok(x >= 0 && x <= projection.width && y >= 0 && y <= projection.height);
  // At 51 degrees north a degree of longitude is 0.63 of one of latitude.
  assert.ok(Math.abs((b[0] - a[0]) / 9 / ((a[1] - b[1]) / 8) - 0.629) < 0.01);
});

test("one site alone, and none at all, still give a frame", () => {
  const { width, height, of } = projectionFor([point("a", 10, 50)], []);
  const [x, y] = of(10, 50);
  assert.ok(x > 0 && x < width && y > 0 && y < height);
  assert.ok(projectionFor([], []).width > 0);
});

test("the worst layer is drawn last, so that it lies on top", () => {
  const projection = projectionFor([point("a", 10, 50)], []);
  const map = siteMap(
    projection,
    [],
    [
      { name: "0", tone: "refused", at: [[1, 1]] },
      { name: "1", tone: "evidence", at: [[1, 1]] },
    ],
  );
  assert.ok(map.indexOf("dots-refused") > map.indexOf("dots-evidence"));
  assert.doesNotMatch(map, /style=/);
});

test("months: every entry is counted once, what lies far off in the last column", () => {
  const entry = (day: string, kind: Due["kind"]): Due => ({ day, kind, id: day, title: "", file: "", elements: 1 });
  const due = [
    entry("2020-01-01", "certificate"),
    entry("2026-10-01", "certificate"),
    entry("2026-10-09", "register"),
    entry("2027-03-01", "rule"),
    entry("2044-01-01", "exception"),
  ];
  const chart = monthColumns(due, "2026-11-20", ({ day }) => day < "2026-11-20");
  const counts = [...chart.matchAll(/class="month-count"[^>]*>(\d+)</g)].map(([, count]) => Number(count));
  assert.deepEqual(counts, [1, 2, 1, 1]);
  assert.match(chart, />»</);
  assert.equal([...chart.matchAll(/class="due due-[a-z]+ is-overdue"/g)].length, 3);
});
