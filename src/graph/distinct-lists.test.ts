import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DistinctLists } from "./distinct-lists.ts";

test("equal lists have one number, whatever their number and length; the empty one is 0", () => {
  const list = fc.array(fc.nat({ max: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 200 }), (lists) => {
      const table = new DistinctLists();
      const numbers = lists.map((members) =>
        table.numberOf(Uint32Array.from([9, ...members, 9]), 1, 1 + members.length),
      );
      const { count, first, member } = table.lists();
      assert.equal(count, new Set([[], ...lists].map((members) => members.join())).size);
      for (const [at, members] of lists.entries()) {
        const number = numbers[at]!;
        assert.deepEqual([...member.subarray(first[number], first[number + 1])], members);
        assert.equal(number === 0, members.length === 0);
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});

test("it grows: a hundred thousand lists, each found again", () => {
  const table = new DistinctLists();
  const add = () => Array.from({ length: 100_000 }, (_, at) => table.numberOf(Uint32Array.of(at % 317, at, 7), 0, 3));
  const numbers = add();
  assert.equal(new Set(numbers).size, 100_000);
  assert.deepEqual(add(), numbers);
});
