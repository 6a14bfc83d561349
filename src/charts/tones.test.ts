import assert from "node:assert/strict";
import { test } from "node:test";
import { looks, paper, toneOf, toneOfBasis, tones } from "./tones.ts";

type Rgb = readonly [number, number, number];

const linear = (hex: string): Rgb => {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira, Fernandes 2009: severity 1.0. */
const sights: Readonly<Record<string, readonly Rgb[]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

function lab(rgb: Rgb): Rgb {
  const rows: readonly Rgb[] = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ];
  const white: Rgb = [0.95047, 1, 1.08883];
  const [x, y, z] = rows.map((row, at) => {
    const value = (row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]) / white[at]!;
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  }) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(hex: string, sight: string): Rgb {
  const rgb = linear(hex);
  const parts = sights[sight]!.map((row) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]);
  return lab(parts.map((value) => Math.min(1, Math.max(0, value))) as [number, number, number]);
}

test("every tone holds 3:1 against the page, in both schemes", () => {
  for (const scheme of ["light", "dark"] as const)
    for (const tone of tones) {
      const ratio = contrast(looks[tone][scheme], paper[scheme]);
      assert.ok(ratio >= 3, `${tone} ${scheme}: ${ratio.toFixed(2)}`);
    }
});

test("tones stay apart for colour-blind people", () => {
  for (const scheme of ["light", "dark"] as const)
    for (const sight of Object.keys(sights))
      for (const [at, a] of tones.entries())
        for (const b of tones.slice(at + 1)) {
          const [p, q] = [seen(looks[a][scheme], sight), seen(looks[b][scheme], sight)];
          const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
          // Hatching and signs carry the rest; below 10 two flat colours read as one.
          const least = looks[a].hatched === looks[b].hatched ? 13 : 10;
          assert.ok(distance >= least, `${scheme} ${sight}: ${a} and ${b} are ${distance.toFixed(1)} apart`);
        }
});

test("signs are all different, and only evidence is called evidence", () => {
  assert.equal(new Set(tones.map((tone) => looks[tone].sign)).size, tones.length);
  assert.equal(toneOf("admitted", "no-duty"), "no-duty");
  assert.equal(toneOf("admitted", "exception"), "exception");
  assert.equal(toneOf("undecided", "no-scheme"), "undecided");
  assert.equal(toneOf("refused", "rule"), "refused");
  assert.equal(toneOfBasis("rule"), "refused");
  assert.equal(toneOfBasis("earlier-regime"), "earlier-regime");
  assert.equal(toneOfBasis("something new"), "undecided");
});
