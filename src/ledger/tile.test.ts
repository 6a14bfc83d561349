import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBundle, encodeBundle, maxEntry } from "./bundle.ts";
import { encodeIndex, parseTilePath, partialTiles, tilePath } from "./tile.ts";

test("paths are those of the specification", () => {
  assert.equal(encodeIndex(1234067), "x001/x234/067");
  assert.equal(encodeIndex(0), "000");
  assert.equal(tilePath({ level: 0, index: 1000, width: 256 }), "tile/0/x001/000");
  assert.equal(tilePath({ level: "entries", index: 273, width: 112 }), "tile/entries/273.p/112");
  assert.deepEqual(partialTiles(70_000), [
    { level: "entries", index: 273, width: 112 },
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
  assert.deepEqual(partialTiles(256), [{ level: 1, index: 0, width: 1 }]);
});

test("a path is read only as it is written", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 40 }),
      fc.integer({ min: 1, max: 256 }),
      fc.integer({ min: -1, max: 20 }),
      (index, width, at) => {
        const tile = { level: at < 0 ? ("entries" as const) : at, index, width };
        assert.deepEqual(parseTilePath(tilePath(tile)), tile);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
  for (const bad of [
    "tile/0/x000/001",
    "tile/00/001",
    "tile/0/1",
    "tile/0/001.p/0",
    "tile/0/001.p/256",
    "tile/0/001.p/01",
    "tile/0/../001",
    "checkpoint",
  ])
    assert.equal(parseTilePath(bad), undefined, bad);
});

test("bundles hold entries up to 65,535 bytes, byte for byte, and are not read past their end", () => {
  const entries = [Buffer.alloc(0), Buffer.from("a"), Buffer.alloc(maxEntry, 7)];
  const bundle = encodeBundle(entries);
  assert.deepEqual([...bundle.subarray(0, 5)], [0, 0, 0, 1, 97]);
  assert.deepEqual(
    decodeBundle(bundle)?.map((entry) => Buffer.from(entry)),
    entries,
  );
  for (const cut of [1, 4, bundle.length - 1]) assert.equal(decodeBundle(bundle.subarray(0, cut)), undefined);
  assert.throws(() => encodeBundle([Buffer.alloc(maxEntry + 1)]), /at most 65535 fit/);
});
