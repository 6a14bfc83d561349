import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inventedDependence } from "../../../../test/kit/report-network.ts";
import type { DependenceRow } from "../../../model/dependence.ts";
import type { Span } from "../../../model/measure.ts";
import { dependenceHeadline } from "./dependence-headline.ts";
import { together } from "./dependence-matrix.ts";
import { shareIn } from "./dependence-rows.ts";

const some = inventedDependence(1000);
const pattern = some.rows.find(
  ({ scope, part, base }) => scope === "nation" && part === "access" && base === "element",
)!;
const span = (least: number, most = least): Span => ({ least, most });

/** Who made access: of the nation (no name), or of an operator. Shares by maker. */
function made(name: string, shares: Readonly<Record<string, Span>>, more: Partial<DependenceRow> = {}): DependenceRow {
  const holders = Object.entries(shares).map(([id, share]) => ({ name: id, units: share.least, share }));
  const scope = name === "" ? "nation" : "operator";
  const size = { total: 100, unknown: 0, unplaced: 0, count: span(holders.length) };
  return { ...pattern, scope, name, holders, ...size, ...more };
}

/** The headline's English. */
function said(...rows: readonly DependenceRow[]): string {
  const markup = dependenceHeadline({ ...some, rows })?.markup ?? "";
  return markup.replace(/<span class="de"[^>]*>[^<]*<\/span>/g, "").replace(/<[^>]+>/g, "");
}

const north = made("North", { Elm: span(60), Fir: span(40) });
const south = made("South", { Elm: span(51), Oak: span(49) });

test("the headline is computed: who leads, and that spreading by each does not spread the whole", () => {
  const nation = made("", { Elm: span(55.5, 57), Fir: span(20), Oak: span(24) });
  assert.match(said(nation, north, south), /^Elm made 55\.5 to 57\.0 % of the nation&#39;s access network\./);
  assert.match(
    said(nation, north, south),
    /2 of 2 operators have two or more makers there, and it is one of them at each/,
  );
  assert.match(said(nation, north, south), /more than half of the nation still depends on one/);
});

test("it claims no more than is sure", () => {
  const half = made("", { Elm: span(50, 60), Fir: span(40) });
  assert.doesNotMatch(said(half, north, south), /more than half/);
  const others = made("South", { Oak: span(51), Ash: span(49) });
  assert.doesNotMatch(said(half, north, others), /one of them/, "with one operator nothing is shared");
  const perhaps = made("South", { Oak: span(60), Elm: span(0, 40) });
  assert.doesNotMatch(said(half, north, perhaps), /one of them/, "what may be theirs is not theirs");
  const alone = made("East", { Elm: span(100) });
  assert.doesNotMatch(said(half, north, alone), /one of them/, "who has a single maker is not spread");
  assert.match(said(half, north, south, others, alone), /3 of 4 operators .* one of them at 2/);
});

test("its numbers say what they are of and how much was not known; of nobody known, nothing", () => {
  const nation = made("", { Elm: span(55) }, { total: 12_345, unknown: 67, unplaced: 8 });
  assert.match(said(nation), /Counted in 12,345 elements: the maker of 67 is not known, and 8 more may belong there/);
  assert.equal(said(made("", {}, { total: 5, unknown: 5 })), "");
  assert.equal(said(), "");
});

test("who is not listed has at most what nobody is known to have", () => {
  const row = made("", { Elm: span(80, 90) }, { total: 100, unknown: 10, unplaced: 25 });
  assert.deepEqual(shareIn(row, "Elm"), span(80, 90));
  assert.deepEqual(shareIn(row, "Fir"), span(0, 28));
  assert.deepEqual(shareIn({ ...row, unknown: 0, unplaced: 0 }, "Fir"), span(0));
  assert.equal(
    shareIn({ ...row, moreHolders: 1 }, "Fir"),
    undefined,
    "there are others, of whom the row does not tell",
  );
  assert.deepEqual(shareIn({ ...row, base: "site" }, "Fir"), span(0, 90), "elements are no measure of sites");
});

test("parts taken together hold whatever is true of each", () => {
  const part = fc.record({
    sizes: fc.tuple(fc.nat(50), fc.nat(50)),
    ends: fc.tuple(fc.nat(100), fc.nat(100)),
    at: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      const rows = parts.map(({ sizes: [total, unplaced], ends: [a, b] }) =>
        made("", { Elm: span(Math.min(a, b), Math.max(a, b)) }, { total, unplaced }),
      );
      const truth = parts.map(({ at: [size, share] }, row) => {
        const { total, unplaced, holders } = rows[row]!;
        const { least, most } = holders[0]!.share;
        return { size: total + size * unplaced, share: least + share * (most - least) };
      });
      const whole = truth.reduce((sum, { size }) => sum + size, 0);
      fc.pre(whole > 0);
      const mean = truth.reduce((sum, { size, share }) => sum + size * share, 0) / whole;
      const { least, most } = together(rows, "Elm")!;
      assert.ok(least - 1e-9 <= mean && mean <= most + 1e-9, `${least} <= ${mean} <= ${most}`);
    }),
    { seed: 11, numRuns: 400 },
  );
});
