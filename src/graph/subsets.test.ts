import assert from "node:assert/strict";
import { test } from "node:test";
import { membership, subsets } from "./subsets.ts";

function listed(of: number, size: number, keep?: (members: Uint16Array) => boolean): readonly string[] {
  return [...subsets(of, size, keep)].flatMap((batch) =>
    Array.from({ length: batch.count }, (_, set) => batch.members.subarray(set * size, (set + 1) * size).join()),
  );
}

test("all sets of two of four, in order", () => {
  assert.deepEqual(listed(4, 2), ["0,1", "0,2", "0,3", "1,2", "1,3", "2,3"]);
});

test("sets of 40 up to size 3: as many as there are, none twice, 32 at a time", () => {
  const sets = [1, 2, 3].flatMap((size) => listed(40, size));
  assert.equal(sets.length, 40 + 780 + 9880);
  assert.equal(new Set(sets).size, sets.length);
  assert.deepEqual(
    [...subsets(40, 2)].map(({ count }) => count),
    [...Array.from({ length: 24 }, () => 32), 12],
  );
});

test("none of too few, one of size nothing, and what is not kept is left out", () => {
  assert.deepEqual(listed(2, 3), []);
  assert.equal([...subsets(0, 0)].length, 1);
  assert.deepEqual(
    listed(4, 2, (members) => !members.includes(0)),
    ["1,2", "1,3", "2,3"],
  );
  assert.deepEqual([...subsets(4, 2, () => false)], []);
});

test("membership has a bit for each set a thing is in", () => {
  const [batch] = subsets(4, 2);
  assert.deepEqual([...membership(4, batch!)], [0b000111, 0b011001, 0b101010, 0b110100]);
});
