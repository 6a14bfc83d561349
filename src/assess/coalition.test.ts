import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { MarketFigure } from "../model/market.ts";
import { coalition } from "./coalition.ts";

const figure = (area: string, supplier: string, least: number, most = least, year = 2020): MarketFigure => ({
  ...{ area, segment: "RAN", year, measure: supplier === "" ? "size" : "revenue", least, most },
  ...{ suppliers: supplier === "" ? [] : supplier.split("+"), source: "invented", tag: "S", line: 2 },
});
const world = [
  ...["Huawei 33", "Ericsson 29", "Nokia 19", "ZTE 10", "Samsung 6", "others 3"].map((text) => {
    const [name = "", share] = text.split(" ");
    return figure("world", name, Number(share));
  }),
];
const near = (actual: number, wanted: number, by = 0.5) =>
  assert.ok(Math.abs(actual - wanted) <= by, `${actual} is not ${wanted}`);

test("HHI of the published shares of 2020, the unnamed being one or many", () => {
  const [market] = coalition(world, { suppliers: ["Huawei"], countries: [] }).markets;
  near(market!.before.hhi.most, 2436, 1e-6);
  near(market!.before.hhi.least, 2427, 1e-6);
  assert.equal(market!.after, null, "nobody says how much of the world joins");
  const sized = [...world, figure("world", "", 100), figure("DE", "", 10), figure("DE", "Huawei", 33)];
  const [after] = coalition(sized, { suppliers: ["Huawei"], countries: ["DE"] }).markets.map((one) => one.after);
  near(after!.shares.find(({ supplier }) => supplier === "Huawei")!.share.least, 29.7, 1e-9);
  const [none] = coalition(sized, { suppliers: ["Huawei"], countries: ["DE", "FR"] }).markets;
  assert.equal(none!.after, null, "the size of FR is not at hand");
});

test("without two makers the rest shares out what they had", () => {
  const outside = ["Ericsson 37", "Nokia 27", "Huawei 21", "Samsung 8", "ZTE 3", "others 4"].map((text) => {
    const [name = "", share] = text.split(" ");
    return figure("world without CN", name, Number(share));
  });
  const [market] = coalition(outside, { suppliers: ["Huawei", "ZTE"], countries: ["DE"] }).markets;
  const share = (name: string) => market!.without.shares.find(({ supplier }) => supplier === name)!.share.most;
  near(share("Ericsson"), 49);
  near(share("Nokia"), 35.5);
  near(share("Samsung"), 10.5);
  assert.equal(share("Huawei"), 0);
  near(market!.without.hhi.most, 3770, 5);
});

test("a joint figure leaves the part of one of them open; the latest year counts", () => {
  const figures = [figure("DE", "Huawei+ZTE", 57, 57, 2019), figure("DE", "Huawei+ZTE", 59, 59, 2024)];
  const one = coalition(figures, { suppliers: ["Huawei"], countries: ["DE", "US"] });
  assert.deepEqual(one.countries[0]?.share, { least: 0, most: 59 });
  assert.equal(one.countries[0]?.figure?.year, 2024);
  assert.deepEqual(one.countries[1], { country: "US", share: null, figure: null, passedOver: [] });
  assert.deepEqual(coalition(figures, { suppliers: ["Huawei", "ZTE"], countries: ["DE"] }).countries[0]?.share, {
    least: 59,
    most: 59,
  });
});

test("sizes weigh countries where every one has a size, else each counts the same", () => {
  const shares = [figure("DE", "A", 50), figure("FR", "A", 10)];
  const ask = (figures: readonly MarketFigure[], countries: readonly string[]) =>
    coalition(figures, { suppliers: ["A"], countries }).gone;
  const equal = ask(shares, ["DE"]);
  assert.deepEqual([equal.weights, equal.joined, equal.figures], ["equal", 1, 2]);
  near(equal.percent!.least, (100 * 50) / 60, 1e-9);
  const sized = ask([...shares, figure("DE", "", 1), figure("FR", "", 5)], ["DE"]);
  assert.equal(sized.weights, "size");
  near(sized.percent!.least, 50, 1e-9);
  assert.equal(ask(shares, ["US"]).percent, null, "no figure is not nothing");
  assert.equal(ask([], ["DE"]).percent, null);
  assert.equal(ask([figure("SK", "A", 0)], ["SK"]).percent, null);
});

test("two sources for one maker are enclosed, never added up", () => {
  const ask = (suppliers: readonly string[], ...figures: readonly MarketFigure[]) =>
    coalition(figures, { suppliers, countries: ["DE"] }).countries[0]!.share;
  assert.deepEqual(ask(["A"], figure("DE", "A", 30), figure("DE", "A", 40)), { least: 30, most: 40 });
  assert.deepEqual(ask(["A", "B"], figure("DE", "A+B", 50), figure("DE", "B+A", 55)), { least: 50, most: 55 });
  assert.deepEqual(ask(["A", "B"], figure("DE", "A", 30), figure("DE", "A+B", 50)), { least: 50, most: 50 });
  assert.deepEqual(ask(["A", "B"], figure("DE", "A", 60), figure("DE", "A+B", 57)), { least: 57, most: 60 });
});

test("a maker without a figure may have what nobody else is said to have", () => {
  const figures = [figure("DE", "A", 30), figure("DE", "C", 45)];
  const ask = (...more: readonly MarketFigure[]) =>
    coalition([...figures, ...more], { suppliers: ["A", "B"], countries: ["DE"] }).countries[0]!.share;
  assert.deepEqual(ask(), { least: 30, most: 85 - 0 });
  assert.deepEqual(ask(figure("DE", "others", 25)), { least: 30, most: 55 });
});

test("of two segments of one year one is chosen, and the other is named", () => {
  const other = { ...figure("DE", "A", 10), segment: "core" };
  const [country] = coalition([figure("DE", "A", 50), other], { suppliers: ["A"], countries: ["DE"] }).countries;
  assert.deepEqual([country!.figure!.segment, country!.passedOver], ["RAN", ["core, revenue"]]);
});

test("property: whatever shares figures come from, the true one lies within", () => {
  const world = fc.record({
    weights: fc.array(fc.nat(30), { minLength: 5, maxLength: 5 }),
    sets: fc.array(fc.tuple(fc.subarray([0, 1, 2, 3], { minLength: 1 }), fc.nat(5)), { minLength: 1, maxLength: 6 }),
    wanted: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
  });
  fc.assert(
    fc.property(world, ({ weights, sets, wanted }) => {
      const total = weights.reduce((sum, weight) => sum + weight, 1);
      const share = (of: readonly number[]) => of.reduce((sum, one) => sum + (100 * weights[one]!) / total, 0);
      const rows = sets.map(([of, slack]) => {
        const name = of.map((one) => "ABCD"[one]).join("+");
        return figure("DE", name, Math.max(0, share(of) - slack), Math.min(100, share(of) + slack));
      });
      const suppliers = wanted.map((one) => "ABCD"[one]!);
      const told = coalition(rows, { suppliers, countries: ["DE"] }).countries[0]!.share;
      if (!told) return;
      assert.ok(told.least <= share(wanted) + 1e-9 && share(wanted) <= told.most + 1e-9, JSON.stringify(told));
    }),
    { seed: 12, numRuns: 500 },
  );
});

test("what the table says of a group of countries is told when all of them join", () => {
  const group = { ...figure("AU+US", "", 33, 34), measure: "part of world GDP in percent" };
  assert.equal(coalition([group], { suppliers: ["A"], countries: ["US"] }).context.length, 0);
  assert.equal(coalition([group], { suppliers: ["A"], countries: ["US", "AU"] }).context.length, 1);
});

test("whatever the open figures turn out to be lies within the answer", () => {
  const span = fc.tuple(fc.nat(40), fc.nat(20)).map(([least, more]) => ({ least, most: least + more }));
  const rows = fc.record({ DE: span, FR: span, PL: span });
  const names = ["DE", "FR", "PL"] as const;
  fc.assert(
    fc.property(
      rows,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (open, at) => {
        const asked = { suppliers: ["A"], countries: ["DE", "FR"] };
        const sizes = ["DE", "FR", "PL", "world"].map((area, n) => figure(area, "", [3, 2, 1, 20][n]!));
        const whole = [...sizes, figure("world", "A", 30), figure("world", "B", 45), figure("world", "C", 25)];
        const given = names.map((name) => figure(name, "A", open[name].least, open[name].most));
        const truth = names.map((name, n) =>
          figure(name, "A", open[name].least + at[n]! * (open[name].most - open[name].least)),
        );
        const [wide, real] = [coalition([...given, ...whole], asked), coalition([...truth, ...whole], asked)];
        if (!wide.gone.percent || !real.gone.percent) return;
        const inside = (inner: { least: number; most: number }, outer: { least: number; most: number }) =>
          assert.ok(outer.least <= inner.least + 1e-9 && inner.most <= outer.most + 1e-9);
        inside(real.gone.percent, wide.gone.percent);
        const [outer, inner] = [wide.markets[0]!.after!, real.markets[0]!.after!];
        inside(inner.hhi, outer.hhi);
        for (const { supplier, share } of inner.shares)
          inside(share, outer.shares.find((one) => one.supplier === supplier)!.share);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});
