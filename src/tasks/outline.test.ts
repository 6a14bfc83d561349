import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { openFolder } from "../storage/folder.ts";
import { type Outline, outlineFile, readOutline } from "./outline.ts";

function outlineOf(text: string): Outline {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-outline-"));
  try {
    writeFileSync(join(folder, outlineFile), text);
    return readOutline(openFolder(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const square = (x: number, y: number) => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];
const feature = (geometry: unknown, name: unknown = "A") => ({ type: "Feature", properties: { name }, geometry });
const polygon = (...rings: unknown[]) => ({ type: "Polygon", coordinates: rings });
const collection = (features: unknown, more: object = {}) =>
  JSON.stringify({ type: "FeatureCollection", features, ...more });
const messages = ({ problems }: Outline) => problems.map(({ message, place }) => [place.pointer, message]);

test("polygons and multipolygons are read with name and attribution", () => {
  const several = { type: "MultiPolygon", coordinates: [[square(0, 0)], [square(3, 3), square(4, 4)]] };
  const features = [feature(polygon(square(8, 50))), feature(several, "B"), feature(polygon(square(1, 1)), null)];
  const { outline, attribution, problems, inputs } = outlineOf(collection(features, { attribution: "thanks" }));
  assert.deepEqual(problems, []);
  assert.equal(attribution, "thanks");
  assert.deepEqual(
    outline.map(({ name, rings }) => [name, rings.length]),
    [
      ["A", 1],
      ["B", 3],
      ["", 1],
    ],
  );
  assert.deepEqual(outline[0]!.rings[0], square(8, 50));
  assert.deepEqual(
    inputs.map(({ file }) => file),
    [outlineFile],
  );
});

test("without a file there is nothing to draw and nothing to tell", () => {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-outline-"));
  try {
    assert.deepEqual(readOutline(openFolder(folder)), { outline: [], attribution: null, problems: [], inputs: [] });
    symlinkSync("/etc/passwd", join(folder, outlineFile));
    const linked = readOutline(openFolder(folder));
    assert.deepEqual([linked.outline, linked.problems.length], [[], 1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what cannot be drawn is told with its place, and the rest is drawn", () => {
  const far = [
    [0, 0],
    [181, 0],
    [1, 1],
    [0, 0],
  ];
  const text = collection(
    [
      feature(polygon(square(0, 0))),
      feature({ type: "Point", coordinates: [0, 0] }),
      feature(polygon(far)),
      feature(
        polygon([
          [0, 0],
          [1, 1],
        ]),
      ),
      feature(
        polygon([
          ["0", 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ]),
      ),
      feature(polygon()),
      feature(null),
      feature(polygon(square(0, 0)), 7),
      feature(polygon(square(0, 0)), "x".repeat(201)),
      null,
    ],
    { attribution: ["x"] },
  );
  const found = outlineOf(text);
  assert.equal(found.outline.length, 1);
  assert.equal(found.attribution, null);
  assert.deepEqual(
    messages(found).map(([pointer]) => pointer),
    [
      "/attribution",
      "/features/1/geometry",
      ...[2, 3, 4, 5, 6].map((at) => `/features/${at}/geometry`),
      ...[7, 8].map((at) => `/features/${at}`),
      "/features/9/geometry",
    ],
  );
});

test("a file that is no map is one problem", () => {
  for (const text of ["", "[", "7", "[]", "{}", '{"type":"FeatureCollection","features":{}}', '{"type":"Topology"}']) {
    const { outline, problems } = outlineOf(text);
    assert.deepEqual([outline.length, problems.length], [0, 1], text);
  }
  assert.equal(outlineOf(`${"[".repeat(100)}${"]".repeat(100)}`).problems[0]!.code, "too-deep");
  assert.equal(outlineOf(`"${"x".repeat(8_000_001)}"`).problems.length, 1);
});

test("hundreds of faults are told in few problems", () => {
  const found = outlineOf(collection(Array.from({ length: 1500 }, () => feature(null))));
  assert.equal(found.problems.length, 21);
  assert.match(found.problems.at(-1)!.message, /^981 more/);
});

const circle = (x: number, points: number) =>
  Array.from({ length: points + 1 }, (_, at) => {
    const angle = (2 * Math.PI * (at % points)) / points;
    return [x + Math.cos(angle), 50 + Math.sin(angle)];
  });

test("lines are thinned out to a bound, and borders that were shared stay shared", () => {
  const left = circle(10, 6000);
  const right = left.toReversed();
  const { outline } = outlineOf(collection([feature(polygon(left)), feature(polygon(right), "B")]));
  const points = outline.flatMap(({ rings }) => rings.flat());
  assert.ok(points.length <= 4000 && points.length > 1000, `${points.length} points`);
  const [a, b] = outline.map(({ rings }) => new Set(rings.flat().map((point) => point.join())));
  assert.deepEqual(a, b);
  const given = new Set(left.map((point) => point.join()));
  assert.ok([...a!].every((point) => given.has(point)));
});

test("whatever stands in the file, reading it ends with something to draw or a problem", () => {
  const position = fc.array(fc.oneof(fc.integer({ min: -200, max: 200 }), fc.string({ maxLength: 2 })), {
    maxLength: 3,
  });
  const anything = fc.oneof(fc.jsonValue(), fc.array(fc.array(position, { maxLength: 6 }), { maxLength: 2 }));
  const features = fc.array(
    fc.record({
      properties: fc.oneof(fc.jsonValue(), fc.record({ name: fc.jsonValue() })),
      geometry: fc.record({ type: fc.constantFrom("Polygon", "MultiPolygon", 1), coordinates: anything }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const property = fc.property(features, (given) => {
    const { outline, problems } = outlineOf(collection(given));
    assert.equal(outline.length + problems.length, given.length);
  });
  fc.assert(property, { seed: 20190314, numRuns: 60 });
});
