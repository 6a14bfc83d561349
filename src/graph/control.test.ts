import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maybeControlled, nobody, ownerships, type Stake, surelyControlled } from "./control.ts";
import { tops } from "./tops.ts";

const votes = (owner: number, owned: number, percent: number | null): Stake => {
  return { owner, owned, percent, decides: false };
};
const decides = (owner: number, owned: number): Stake => ({ owner, owned, percent: 0, decides: true });
const numbers = (bits: Uint8Array) => [...bits.keys()].filter((company) => bits[company]);
const sure = (size: number, stakes: readonly Stake[], by: readonly number[]) =>
  numbers(surelyControlled(ownerships(size, stakes), by));
const maybe = (size: number, stakes: readonly Stake[], by: readonly number[], ends?: Uint8Array) =>
  numbers(maybeControlled(ownerships(size, stakes), by, ends));
const top = (size: number, stakes: readonly Stake[], ends: readonly number[] = []) => {
  const bits = Uint8Array.from({ length: size }, (_, company) => (ends.includes(company) ? 1 : 0));
  return [...tops(ownerships(size, stakes), bits)];
};

test("votes of what one already controls add up, and exactly half is no majority but may be one", () => {
  const pyramid = [votes(0, 1, 60), votes(0, 2, 51), votes(1, 3, 30), votes(2, 3, 25), votes(nobody, 3, 45)];
  assert.deepEqual(sure(4, pyramid, [0]), [0, 1, 2, 3]);
  assert.deepEqual(sure(4, pyramid, [1]), [1]);
  assert.deepEqual(sure(4, pyramid, [1, 2]), [1, 2, 3], "several looked at as one");
  const even = [votes(0, 1, 50), votes(nobody, 1, 50), votes(nobody, 0, 100)];
  assert.deepEqual(sure(2, even, [0]), [0]);
  assert.deepEqual(maybe(2, even, [0]), [0, 1]);
  assert.deepEqual(maybe(2, even, []), []);
});

test("cross-holdings below a half are decided; a circle of majorities is never cleared", () => {
  const small = [votes(0, 1, 30), votes(1, 0, 30), votes(nobody, 0, 70), votes(nobody, 1, 70)];
  assert.deepEqual(maybe(2, small, []), []);
  assert.deepEqual(top(2, small), [0, 1]);
  const circle = [votes(0, 1, 60), votes(1, 0, 60), votes(nobody, 0, 40), votes(nobody, 1, 40)];
  assert.deepEqual(sure(2, circle, [0]), [0, 1]);
  assert.deepEqual(maybe(2, circle, []), [0, 1]);
  assert.deepEqual(top(2, circle), [-1, -1]);
  const fromOutside = [votes(2, 0, 40), votes(1, 0, 20), votes(0, 1, 60), votes(nobody, 0, 40), votes(nobody, 2, 100)];
  assert.deepEqual(sure(3, fromOutside, [2]), [2], "40 of 100 need the 20 of the company itself");
  assert.deepEqual(maybe(3, fromOutside, [2]), [0, 1, 2]);
});

test("who decides by a golden share beats the votes; two who decide contradict each other", () => {
  const golden = [votes(0, 1, 90), votes(nobody, 1, 10), decides(2, 1), votes(nobody, 0, 100), votes(nobody, 2, 100)];
  assert.deepEqual(sure(3, golden, [0]), [0]);
  assert.deepEqual(maybe(3, golden, [0]), [0]);
  assert.deepEqual(sure(3, golden, [2]), [1, 2]);
  assert.deepEqual(top(3, golden), [0, 2, 2]);
  const two = [...golden, decides(0, 1)];
  assert.deepEqual(sure(3, two, [2]), [2]);
  assert.deepEqual(maybe(3, two, []), [1]);
  assert.deepEqual(sure(3, two, [0, 2]), [0, 1, 2], "looked at as one they decide");
  assert.deepEqual(top(3, two), [0, -1, 2]);
  assert.deepEqual(top(3, [...two, votes(0, 2, 51), votes(nobody, 2, 49)])[1], -1, "151 percent of the second");
});

test("above 100 percent nobody has more than is left when the excess is taken from them", () => {
  const twice = [votes(0, 2, 60), votes(1, 2, 60), votes(nobody, 0, 100), votes(nobody, 1, 100)];
  assert.deepEqual(sure(3, twice, [0]), [0]);
  assert.deepEqual(maybe(3, twice, []), [2]);
  const slight = [votes(0, 1, 98), votes(nobody, 1, 4)];
  assert.deepEqual(sure(2, slight, [0]), [0, 1]);
  const rounded = [votes(0, 1, 66.7), votes(nobody, 1, 33.4), votes(nobody, 0, 100)];
  assert.deepEqual(top(2, rounded), [0, 0]);
});

test("the top of a company: free float and minorities are seen to add up, ends are a top by themselves", () => {
  const minorities = [votes(1, 0, 30), votes(2, 0, 30), votes(nobody, 0, 40)];
  assert.deepEqual(top(3, minorities), [-1, -1, -1], "one might stand behind both");
  assert.deepEqual(top(3, minorities, [1, 2]), [0, 1, 2]);
  assert.deepEqual(top(2, [votes(1, 0, 30), votes(nobody, 0, 40)], [1]), [-1, 1], "30 percent are in unknown hands");
  assert.deepEqual(top(2, [votes(1, 0, 50), votes(nobody, 0, 50)], [1]), [-1, 1], "half may be enough");
  assert.deepEqual(top(3, [votes(1, 0, 60), votes(2, 1, 60)]), [-1, -1, -1], "who owns the last?");
});

test("a chain of thousands, in the worst order, is quick", () => {
  const size = 20_000;
  const chain = Array.from({ length: size - 1 }, (_, at) => votes(at + 1, at, 100)).toReversed();
  const started = process.cpuUsage();
  assert.deepEqual(new Set(top(size, [...chain, votes(nobody, size - 1, 100)])), new Set([size - 1]));
  assert.equal(sure(size, chain, [size - 1]).length, size);
  assert.ok(process.cpuUsage(started).user < 2_000_000);
});

const size = 5;
const stake = fc.record({
  owner: fc.integer({ min: -1, max: size - 1 }),
  owned: fc.nat({ max: size - 1 }),
  percent: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(10, 20, 30, 49, 50, 51, 60, 100) }, fc.constant(null)),
  decides: fc.nat({ max: 9 }).map((dice) => dice === 0),
});
const table = fc.array(stake, { maxLength: 9 });
const someone = fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 2 });
const sets = Array.from({ length: 2 ** size }, (_, bits) =>
  Array.from({ length: size }, (__, company) => (bits >> company) % 2 === 1),
);

/** Percent of a company in a set's hands, with what is in no known hands, and all that is named. */
function count(stakes: readonly Stake[], company: number, set: readonly boolean[]) {
  const own = stakes.filter(({ owned }) => owned === company);
  const sum = (rows: readonly Stake[]) => rows.reduce((total, { percent }) => total + (percent ?? 0), 0);
  const golden = [...new Set(own.filter((row) => row.decides && row.owner !== nobody).map(({ owner }) => owner))];
  return { theirs: sum(own.filter(({ owner }) => set[owner])), all: sum(own), golden };
}

/** By the definition: what lies in every set that is closed under control. */
function sureByDefinition(stakes: readonly Stake[], by: readonly number[]): readonly number[] {
  const controls = (set: readonly boolean[], company: number) => {
    const { theirs, all, golden } = count(stakes, company, set);
    if (golden.length > 0) return golden.every((holder) => set[holder]);
    return theirs - Math.max(0, all - 100) > 50;
  };
  const closed = sets.filter(
    (set) => by.every((holder) => set[holder]) && set.every((inside, company) => inside || !controls(set, company)),
  );
  return [...Array(size).keys()].filter((company) => closed.every((set) => set[company]));
}

/** By the definition: what lies in some set each of whose members may be controlled from within it. */
function maybeByDefinition(stakes: readonly Stake[], by: readonly number[]): readonly number[] {
  const controls = (set: readonly boolean[], company: number) => {
    const { theirs, all, golden } = count(stakes, company, set);
    if (golden.length > 0) return golden.length > 1 || golden.some((holder) => set[holder]);
    return all > 101 || theirs + Math.max(0, 100 - all) >= 50;
  };
  const held = sets.filter((set) =>
    set.every((inside, company) => !inside || by.includes(company) || controls(set, company)),
  );
  return [...Array(size).keys()].filter((company) => held.some((set) => set[company]));
}

test("property: both fix-points are what the definitions say, on every table of five", () => {
  fc.assert(
    fc.property(table, someone, (stakes, by) => {
      assert.deepEqual(sure(size, stakes, by), sureByDefinition(stakes, by));
      assert.deepEqual(maybe(size, stakes, by), maybeByDefinition(stakes, by));
    }),
    { seed: 20190311, numRuns: 2000 },
  );
});

test("property: a row of votes taken away, or its percentage, only widens", () => {
  const whole = (stakes: readonly Stake[]) =>
    [...Array(size).keys()].every((company) => count(stakes, company, []).all <= 100);
  let widened = 0;
  fc.assert(
    fc.property(table.filter(whole), fc.nat(), someone, fc.boolean(), (stakes, pick, by, away) => {
      const rows = stakes.flatMap(({ decides: golden }, at) => (golden ? [] : [at]));
      if (rows.length === 0) return;
      const at = rows[pick % rows.length]!;
      const less = away ? stakes.toSpliced(at, 1) : stakes.with(at, { ...stakes[at]!, percent: null });
      const [before, after] = [stakes, less].map((all) => ({ sure: sure(size, all, by), maybe: maybe(size, all, by) }));
      assert.ok(after!.sure.every((company) => before!.sure.includes(company)));
      assert.ok(before!.maybe.every((company) => after!.maybe.includes(company)));
      if (after!.maybe.length > before!.maybe.length) widened++;
    }),
    { seed: 7, numRuns: 1500 },
  );
  assert.ok(widened > 30, `${widened} rows mattered`);
});

test("property: what is sure is also possible, and a top surely controls and is surely controlled by nobody else", () => {
  let known = 0;
  fc.assert(
    fc.property(table, (stakes) => {
      for (const [company, owner] of top(size, stakes).entries()) {
        const sureHere = sure(size, stakes, [company]);
        const maybeHere = maybe(size, stakes, [company]);
        assert.ok(sureHere.every((one) => maybeHere.includes(one)));
        const others = [...Array(size).keys()].filter((other) => other !== owner);
        const isTop = (one: number, above: readonly number[]) =>
          sure(size, stakes, [one]).includes(company) &&
          [[], ...above.map((other) => [other])].every((by) => !maybe(size, stakes, by).includes(one));
        if (owner >= 0) {
          known++;
          assert.ok(isTop(owner, others));
        } else {
          for (const one of Array(size).keys()) {
            const above = [...Array(size).keys()].filter((other) => other !== one);
            assert.ok(!isTop(one, above), `${one} is the top of ${company}`);
          }
        }
      }
    }),
    { seed: 11, numRuns: 500 },
  );
  assert.ok(known > 60, `${known} tops were known`);
});
