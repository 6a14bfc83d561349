import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal, partOf, peopleWords, shareDigits, shareWords, spanWords } from "./amounts.ts";

test("numbers stand in the form of each language", () => {
  assert.deepEqual(decimal(1234.56, 1), { en: "1,234.6", de: "1.234,6" });
  assert.deepEqual(decimal(-1234.5, 1), { en: "-1,234.5", de: "-1.234,5" });
  assert.deepEqual(decimal(9999.96, 1), { en: "10,000.0", de: "10.000,0" });
  assert.deepEqual(spanWords({ least: 3, most: 12_000 }), { en: "3 to 12,000", de: "3 bis 12.000" });
  assert.deepEqual(spanWords({ least: 3.001, most: 3.004 }, 2), { en: "3.00", de: "3,00" });
  assert.deepEqual(peopleWords({ least: 1_250_000, most: 84_360_000 }), {
    en: "1.25 to 84.36 million",
    de: "1,25 bis 84,36 Mio.",
  });
  assert.equal(peopleWords({ least: 0, most: 999_999 }).en, "0 to 999,999");
});

test("a share that is not nothing, or not all, never looks so", () => {
  assert.equal(shareWords({ least: 0, most: 0.01 }).en, "0.0 to < 0.1 %");
  assert.equal(shareWords({ least: 99.97, most: 100 }).de, "> 99,9 bis 100,0 %");
  assert.equal(shareWords({ least: 55.56, most: 55.57 }).en, "55.6 %");
  assert.equal(shareDigits({ least: 0.2, most: 99.9 }), "<1–>99");
  assert.equal(shareDigits({ least: 11, most: 11.4 }), "11");
});

test("a part of a whole stays between nothing and all of it", () => {
  assert.deepEqual(partOf({ least: 1, most: 3 }, 4), { least: 25, most: 75 });
  assert.deepEqual(partOf({ least: -1, most: 9 }, 4), { least: 0, most: 100 });
  assert.deepEqual(partOf({ least: 0, most: 5 }, 0), { least: 0, most: 0 });
});
