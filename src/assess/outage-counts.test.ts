import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countLanes } from "./outage-counts.ts";

test("bits are counted as one by one, for any length and any number of scenarios", () => {
  const words = fc.array(fc.nat(0xffffffff), { maxLength: 60 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 32 }), fc.nat(9), (list, lanes, from) => {
      assert.deepEqual(counted(Uint32Array.from(list), from, lanes), plain(list, from, lanes));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("counts past what one byte holds are whole", () => {
  const list = Array.from({ length: 20_000 }, (_, at) => (at % 3 === 0 ? 0xffffffff : (at * 2654435761) >>> 0));
  assert.deepEqual(counted(Uint32Array.from(list), 3, 32), plain(list, 3, 32));
});

function counted(words: Uint32Array, from: number, lanes: number): number[] {
  const sums = new Float64Array(lanes + 1);
  countLanes(words, Math.min(from, words.length), words.length, sums, 1, lanes);
  assert.equal(sums[0], 0);
  return [...sums.subarray(1)];
}

function plain(list: readonly number[], from: number, lanes: number): number[] {
  return Array.from(
    { length: lanes },
    (_, lane) => list.slice(from).filter((word) => ((word >>> lane) & 1) === 1).length,
  );
}
