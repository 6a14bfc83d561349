import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Span } from "../model/measure.ts";
import { effectiveSpan } from "./dependence-spans.ts";
import { type Parts, pairsOf, partsOf, type Stock, similarityOf, similarSpan } from "./similarity.ts";

const chip = (key: string | null) => ({ key, type: "device" });
const stock = (maker: string | null, elements: number, parts: Readonly<Record<string, number>> | null): Stock => ({
  maker,
  elements,
  parts: parts && new Map(Object.entries(parts)),
});
const known = (share: number): Span => ({ least: share, most: share });
const spanOf = (shares: Readonly<Record<string, number>>, all: readonly Stock[]) => {
  const leasts = Object.entries(shares).map(([name, share]) => ({ name, share }));
  const hhi = leasts.reduce((sum, { share }) => sum + share ** 2, 0);
  return similarSpan(leasts, known(hhi), similarityOf(all));
};

test("two makers of half each: with nothing in common two, with 60 percent in common 1.25, with all in common one", () => {
  const half = (common: number) =>
    spanOf({ a: 50, b: 50 }, [
      stock("a", 1, { same: common, a: 1 - common }),
      stock("b", 1, { same: common, b: 1 - common }),
    ]);
  assert.deepEqual(half(0), known(2));
  assert.deepEqual(half(0.3), known(1.538462));
  assert.deepEqual(half(0.6), known(1.25));
  assert.deepEqual(half(1), known(1));
});

test("makers of whom no bill tells have anything between nothing and everything in common", () => {
  assert.deepEqual(spanOf({ a: 50, b: 50 }, []), { least: 1, most: 2 });
  const one = similarityOf([stock("a", 1, { x: 1 }), stock("b", 1, null)]);
  assert.deepEqual(one.common("a", "b"), { least: 0, most: 1 });
  assert.deepEqual([one.makers, one.withBills], [["a", "b"], ["a"]]);
  assert.deepEqual(one.common("a", "a"), known(1));
});

test("a maker's vector is the mean of its elements'; those without a bill, and those of unknown maker, leave it open", () => {
  const half = similarityOf([stock("a", 1, { x: 1 }), stock("a", 1, null), stock("b", 3, { x: 1 })]);
  assert.deepEqual(half.common("a", "b"), { least: 0.5, most: 1 });
  const strange = similarityOf([stock("a", 1, { x: 1 }), stock("b", 1, { y: 1 }), stock(null, 1, null)]);
  assert.deepEqual(strange.common("a", "b"), { least: 0, most: 1 });
  assert.deepEqual(pairsOf(half, 5), [{ a: "a", b: "b", common: { least: 0.5, most: 1 } }]);
  assert.deepEqual(pairsOf(strange, 5), []);
});

test("operating systems, firmware and chips weigh; small libraries do not, and a bill of them alone tells nothing", () => {
  const libraries = Array.from({ length: 40 }, (_, at) => ({ key: `lib${at}`, type: "library" }));
  const weighing = [chip("soc"), chip("soc"), { key: "os", type: "operating-system" }];
  const half = new Map(Object.entries({ soc: 0.5, os: 0.5 }));
  assert.deepEqual(partsOf([[...weighing, ...libraries]]), half);
  assert.equal(partsOf([libraries]), null);
  assert.equal(partsOf([]), null);
});

test("what a bill cannot tell apart stays open, and of bills that differ only what all of them say counts", () => {
  assert.deepEqual(partsOf([[chip("soc"), chip(null)]]), new Map([["soc", 0.5]]));
  const differ = partsOf([
    [chip("soc"), chip("radio")],
    [chip("soc"), chip("other")],
  ]);
  assert.deepEqual(differ, new Map([["soc", 0.5]]));
});

/** Makers' elements as they are: every element has parts, and the tables may hide its maker or its bill. */
const parts = fc
  .tuple(fc.nat(4), fc.nat(4), fc.nat(4))
  .filter((all) => all.some((part) => part > 0))
  .map(([x, y, z]): Parts => new Map(Object.entries({ x, y, z }).map(([key, part]) => [key, part / (x + y + z)])));
const element = fc.record({
  maker: fc.constantFrom("a", "b", "c"),
  parts,
  hidesMaker: fc.boolean(),
  hidesBill: fc.boolean(),
});
const all = fc.array(element, { minLength: 1, maxLength: 7 });
type Element = typeof element extends fc.Arbitrary<infer T> ? T : never;
const told = (some: readonly Element[]) =>
  some.map(({ maker, parts: own, hidesMaker, hidesBill }): Stock => {
    return { maker: hidesMaker ? null : maker, elements: 1, parts: hidesBill ? null : own };
  });
const open = (some: readonly Element[]) => some.map((one) => ({ ...one, hidesMaker: false, hidesBill: false }));
const pairs = [
  ["a", "b"],
  ["a", "c"],
  ["b", "c"],
] as const;
const within = (inner: Span, outer: Span) =>
  assert.ok(
    outer.least <= inner.least + 1e-5 && inner.most <= outer.most + 1e-5,
    `${JSON.stringify(inner)} is not within ${JSON.stringify(outer)}`,
  );

test("whatever is hidden, the truth lies within, and knowing a maker or a bill more only narrows", () => {
  fc.assert(
    fc.property(all, fc.nat(), fc.constantFrom("hidesMaker", "hidesBill"), (some, place, what) => {
      const truth = similarityOf(told(open(some)));
      const seen = similarityOf(told(some));
      const more = similarityOf(told(some.with(place % some.length, { ...some[place % some.length]!, [what]: false })));
      for (const [a, b] of pairs) {
        if (truth.makers.includes(a) && truth.makers.includes(b)) within(truth.common(a, b), seen.common(a, b));
        within(more.common(a, b), seen.common(a, b));
      }
    }),
    { seed: 37, numRuns: 300 },
  );
});

test("the enclosure holds every similarity and share within it, lies between 1 and the plain number, and meets it", () => {
  const shares = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(5)).filter((units) => units.some((one) => one > 0));
  fc.assert(
    fc.property(
      shares,
      all,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
      (units, some, at) => {
        const whole = units.reduce((sum, one) => sum + one, 0);
        const names = ["a", "b", "c", "d"];
        const p = units.map((one) => one / whole);
        const { common } = similarityOf(told(some));
        // The last maker's units are not known to be its own.
        const leasts = names.slice(0, 3).map((name, index) => ({ name, share: 100 * p[index]! }));
        const hhiOf = (parts: readonly number[]) => 1e4 * parts.reduce((sum, part) => sum + part ** 2, 0);
        const top = p.indexOf(Math.max(p[0]!, p[1]!, p[2]!));
        const joined = p.slice(0, 3).map((part, index) => (index === top ? part + p[3]! : part));
        const hhi = { least: hhiOf(p), most: Math.max(hhiOf(p), hhiOf(joined)) };
        const span = similarSpan(leasts, hhi, { common, makers: [], withBills: [] });
        let value = p.reduce((sum, part) => sum + part ** 2, 0);
        let next = 0;
        for (const [i, a] of names.entries())
          for (const b of names.slice(i + 1)) {
            const z = b === "d" ? { least: 0, most: 1 } : common(a, b);
            value += 2 * p[i]! * p[names.indexOf(b)]! * (z.least + (z.most - z.least) * at[next++]!);
          }
        within(known(1 / value), span);
        assert.ok(span.least >= 1 && span.most <= effectiveSpan(hhi).most + 1e-6);
      },
    ),
    { seed: 41, numRuns: 300 },
  );
});
