import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../../test/kit/networks.ts";
import { popcount, transpose } from "./bits.ts";

const random = seeded(32);
const words = () => Int32Array.from({ length: 32 }, () => Math.floor(random() * 0x100000000));

test("popcount counts the bits of any word, signed or not", () => {
  for (const word of [0, 1, -1, 0x80000000, 0xffffffff, ...words()])
    assert.equal(popcount(word), (word >>> 0).toString(2).replaceAll("0", "").length);
});

test("transpose turns rows into columns", () => {
  const before = words();
  const after = before.slice();
  transpose(after);
  for (let i = 0; i < 32; i++) for (let j = 0; j < 32; j++) assert.equal((after[j]! >>> i) & 1, (before[i]! >>> j) & 1);
});
