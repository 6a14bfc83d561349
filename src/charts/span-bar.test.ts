import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { spanBar, spanHatching } from "./span-bar.ts";

/** What a bar draws: where each part begins and how wide it is, in percent. */
function drawnParts(bar: string): Readonly<Record<string, readonly [from: number, width: number]>> {
  const parts = [...bar.matchAll(/<rect class="(sure|may)"(?: x="([\d.]+)%")? width="([\d.]+)%"/g)];
  return Object.fromEntries(parts.map(([, cls, x = 0, width]) => [cls!, [Number(x), Number(width)]]));
}

test("what is sure is solid from the left, what may come to it hatched beside it", () => {
  assert.deepEqual(drawnParts(spanBar({ least: 30, most: 55.5 })), { may: [30, 25.5], sure: [0, 30] });
  assert.deepEqual(drawnParts(spanBar({ least: 0, most: 40 })), { may: [0, 40] });
  assert.deepEqual(drawnParts(spanBar({ least: 40, most: 40 })), { sure: [0, 40] });
  assert.deepEqual(drawnParts(spanBar({ least: 0, most: 0 })), {});
});

test("whatever the share, nothing leaves the track, and what is not nothing is seen", () => {
  const end = fc.double({ min: -20, max: 130, noNaN: true });
  fc.assert(
    fc.property(end, end, (a, b) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      const { sure, may } = drawnParts(spanBar({ least, most }));
      for (const [from, width] of [sure ?? [0, 1], may ?? [0, 1]]) {
        assert.ok(from >= 0 && width >= 0.5 && from + width <= 100.02, `${from} ${width} of ${least} to ${most}`);
      }
      assert.equal(sure !== undefined, least > 0);
      if (most <= 0) assert.equal(may, undefined);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test("a bar says nothing to those who cannot see it: the number beside it does", () => {
  assert.match(spanBar({ least: 1, most: 2 }), /^<svg class="span-bar"[^>]* aria-hidden="true">/);
  assert.match(spanHatching(), /<pattern id="hatch-may"[\s\S]*<pattern id="hatch-wide"/);
});
