import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SupplierComment } from "../model/comment.ts";
import { inTurn, leftOut } from "./comments-shown.ts";
import { commentLines } from "./comments-text.ts";

const plain = { colour: false };
const said = (maker: string, at: number): SupplierComment => ({
  ...{ maker, on: "*", text: `word ${at} of ${maker}`, signed: "2026-05-02", signer: `${maker}-key` },
  file: `evidence/${maker}-${at}.json`,
});
const many = (maker: string, count: number) => Array.from({ length: count }, (_, at) => said(maker, at));

test("600 comments of one supplier hide none of another: it is shown, and what is left out is counted", () => {
  const lines = commentLines({ comments: [...many("DEMO-loud", 600), said("DEMO-quiet", 0)] }, plain).join("\n");
  assert.match(lines, /word 0 of DEMO-quiet/);
  assert.match(lines, /not shown: 595 by DEMO-loud \(`--output json` has all\)/);
});

test("property: of every supplier that spoke one is shown, and shown and left out are all", () => {
  const anyComments = fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 30 })), { maxLength: 8 })
    .chain((groups) => {
      const makers = new Map(groups);
      return fc.shuffledSubarray(
        [...makers].flatMap(([maker, count]) => many(maker, count)),
        { minLength: 0 },
      );
    });
  fc.assert(
    fc.property(anyComments, fc.integer({ min: 0, max: 12 }), (comments, most) => {
      const some = inTurn(comments, most);
      const makers = new Set(comments.map(({ maker }) => maker));
      assert.deepEqual(new Set(some.shown.map(({ maker }) => maker)), makers);
      const counted = some.left.reduce((sum, { count }) => sum + count, 0);
      assert.equal(some.shown.length + counted, comments.length);
      assert.ok(some.shown.length <= Math.max(most, makers.size));
      assert.equal(leftOut(some) === "", counted === 0);
    }),
    { seed: 20190311, numRuns: 200 },
  );
});
