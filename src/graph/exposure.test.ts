import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allWays, drawn, routedOf, type SmallNetwork, seeded, smallNetworks } from "../../test/kit/networks.ts";
import { type ExposedSums, exposedSums, type GroupedDemands } from "./exposure.ts";
import type { Seen } from "./seen.ts";
import { between } from "./tally.ts";

/** A row of free parts per node and link: `transit` and `end` by node, `link` by link, each a list over suspects. */
interface Plain {
  readonly transit: readonly (readonly number[])[];
  readonly end: readonly (readonly number[])[];
  readonly link: readonly (readonly number[])[];
}

function seenOf({ transit, end, link }: Plain): Seen {
  const rows = [...transit, ...end, ...link];
  const count = (list: readonly unknown[], before: number) => Uint32Array.from(list, (_, at) => before + at);
  return {
    suspects: rows[0]!.length,
    free: Float64Array.from(rows.flat()),
    transit: count(transit, 0),
    end: count(end, transit.length),
    ...(link.length === 0 ? {} : { link: count(link, transit.length + end.length) }),
  };
}

/** One suspect, the same at ends as in transit, and nothing on links. */
function oneSuspect(...free: readonly number[]): Seen {
  const rows = free.map((part) => [part]);
  return seenOf({ transit: rows, end: rows, link: [] });
}

type Row = readonly [from: number, to: number, value: number, group?: number];

function demandsOf(rows: readonly Row[]): GroupedDemands {
  return {
    from: Uint32Array.from(rows, ([from]) => from),
    to: Uint32Array.from(rows, ([, to]) => to),
    value: Float64Array.from(rows, ([, , value]) => value),
    group: Uint16Array.from(rows, ([, , , group]) => group ?? 0),
  };
}

function plain({ must, expected, may, routed }: ExposedSums) {
  return { must: [...must], expected: [...expected], may: [...may], routed: [...routed] };
}

/** The same from listed ways, each by itself. */
function byHand(network: SmallNetwork, seen: Plain, rows: readonly Row[], groups: number) {
  const suspects = seen.transit[0]!.length;
  const table = () => Array.from({ length: groups * suspects }, () => 0);
  const sums = { must: table(), expected: table(), may: table(), routed: Array.from({ length: groups }, () => 0) };
  for (const [from, to, value, group = 0] of rows) {
    const ways = allWays(network, from, to);
    if (ways.length === 0) continue;
    sums.routed[group]! += value;
    for (let j = 0; j < suspects; j++) {
      const free = ways.map(({ nodes, links }) => {
        const last = nodes.length - 1;
        const parts = nodes.map((node, at) => (at === 0 || at === last ? seen.end : seen.transit)[node]![j]!);
        const onLinks = links.map(({ link }) => seen.link[link]?.[j] ?? 1);
        return [...parts, ...onLinks].reduce((product, part) => product * part, 1);
      });
      const at = group * suspects + j;
      if (free.every((part) => part === 0)) sums.must[at]! += value;
      if (free.some((part) => part < 1)) sums.may[at]! += value;
      sums.expected[at]! += ways.reduce((sum, way, i) => sum + value * way.share * (1 - free[i]!), 0);
    }
  }
  return sums;
}

function assertNear(found: ExposedSums, expected: ReturnType<typeof byHand>): void {
  for (const name of ["must", "expected", "may", "routed"] as const)
    for (const [at, value] of expected[name].entries())
      assert.ok(Math.abs(found[name][at]! - value) < 1e-9, `${name}[${at}]: expected ${value}, got ${found[name][at]}`);
  for (const at of found.must.keys())
    assert.ok(found.must[at]! <= found.expected[at]! && found.expected[at]! <= found.may[at]!, `order at ${at}`);
}

test("one of two equal paths is theirs: not must, half expected, all may", () => {
  const network = routedOf(drawn(4, "0-1", "1-3", "0-2", "2-3"));
  const sums = exposedSums(network, oneSuspect(1, 0, 1, 1), demandsOf([[0, 3, 10]]), 1);
  assert.deepEqual(plain(sums), { must: [0], expected: [5], may: [10], routed: [10] });
});

test("of both paths a half is theirs at one node each; on a third path two halves meet", () => {
  const network = routedOf(drawn(4, "0-1", "1-3", "0-2", "2-3", "1-2:9"));
  const sums = exposedSums(network, oneSuspect(1, 0.5, 0, 0.5), demandsOf([[0, 3, 8]]), 1);
  // By 1: half of it, and half of that at the end; by 2: nothing is left.
  assert.deepEqual(plain(sums), { must: [0], expected: [7], may: [8], routed: [8] });
});

test("a coalition is not the sum of its members", () => {
  const network = routedOf(drawn(5, "0-1", "1-4", "0-2", "2-4", "2-3"));
  const rows = [
    [1, 1, 1],
    [0, 1, 0],
    [1, 0, 0],
    [1, 1, 1],
    [0.5, 1, 0.5],
  ];
  const sums = exposedSums(network, seenOf({ transit: rows, end: rows, link: [] }), demandsOf([[0, 4, 8]]), 1);
  assert.deepEqual([...sums.expected], [6, 4, 8]);
  assert.deepEqual([...sums.must], [0, 0, 8]);
});

test("ends see by other means than what passes", () => {
  const network = routedOf(drawn(3, "0-1", "1-2"));
  const seen = seenOf({ transit: [[0], [1], [0]], end: [[1], [0], [0.25]], link: [] });
  const rows: readonly Row[] = [
    [0, 2, 4, 0],
    [0, 1, 4, 1],
  ];
  assert.deepEqual(plain(exposedSums(network, seen, demandsOf(rows), 2)), {
    must: [0, 4],
    expected: [3, 4],
    may: [4, 4],
    routed: [4, 4],
  });
});

test("what goes up and down by the same node passes it twice", () => {
  const network = routedOf(drawn(4, "1^0", "2^1", "3^1"));
  const sums = exposedSums(network, oneSuspect(1, 0.5, 1, 1), demandsOf([[2, 3, 8]]), 1);
  assert.deepEqual(plain(sums), { must: [0], expected: [6], may: [8], routed: [8] });
});

test("a given path overrides routing", () => {
  const network = routedOf(drawn(4, "0-1", "1-3", "0-2", "2-3"));
  const demands = { ...demandsOf([[0, 3, 8]]), paths: new Map([[0, Uint32Array.of(0, 2, 3)]]) };
  assert.deepEqual([...exposedSums(network, oneSuspect(1, 0, 1, 1), demands, 1).may], [0]);
  assert.deepEqual([...exposedSums(network, oneSuspect(1, 1, 0, 1), demands, 1).must], [8]);
});

test("a part so small that numbers lose it is still a part", () => {
  const nodes = 400;
  const chain = drawn(nodes, ...Array.from({ length: nodes - 1 }, (_, at) => `${at}-${at + 1}`));
  const seen = oneSuspect(...Array.from({ length: nodes }, () => 0.1));
  const sums = exposedSums(routedOf(chain), seen, demandsOf([[0, nodes - 1, 1]]), 1);
  assert.deepEqual(plain(sums), { must: [0], expected: [1], may: [1], routed: [1] });
});

test("nothing routed, no suspects, no demands: sums of nothing", () => {
  const network = routedOf(drawn(3, "0-1"));
  const apart: readonly Row[] = [
    [0, 2, 5],
    [1, 1, 5],
  ];
  const nothing = { must: [0], expected: [0], may: [0], routed: [0] };
  assert.deepEqual(plain(exposedSums(network, oneSuspect(0, 0, 0), demandsOf(apart), 1)), nothing);
  const nobody = { suspects: 0, free: new Float64Array(0), transit: new Uint32Array(3), end: new Uint32Array(3) };
  assert.deepEqual([...exposedSums(network, nobody, demandsOf([[0, 1, 5]]), 1).routed], [5]);
  assert.deepEqual(plain(exposedSums(network, oneSuspect(0, 0, 0), demandsOf([]), 1)), nothing);
});

test("a part outside 0 to 1 and a row that is not there are bugs of the caller", () => {
  const network = routedOf(drawn(2, "0-1"));
  assert.throws(
    () => exposedSums(network, oneSuspect(1, 1.5), demandsOf([]), 1),
    /expected a part from 0 to 1, got 1.5/,
  );
  const seen = { ...oneSuspect(1, 1), end: Uint32Array.of(0, 9) };
  assert.throws(() => exposedSums(network, seen, demandsOf([]), 1), /expected a row below 4, got 9/);
});

const parts = fc.constantFrom(1, 1, 1, 0, 0, 0.5, 1 / 3);
/** Random free parts of 34 suspects, more than a word of bits holds; of most only the first few and the last differ. */
const seenPlaces = fc.record({
  transit: fc.array(fc.tuple(parts, parts, parts), { minLength: 8, maxLength: 8 }),
  end: fc.array(fc.tuple(parts, parts, parts), { minLength: 8, maxLength: 8 }),
  link: fc.option(fc.array(fc.tuple(parts, parts, parts), { minLength: 14, maxLength: 14 }), { nil: null }),
});

function widen(network: SmallNetwork, seen: typeof seenPlaces extends fc.Arbitrary<infer T> ? T : never): Plain {
  const wide = ([one, two, three]: readonly [number, number, number]) => [
    one,
    two,
    ...Array.from({ length: 31 }, () => 1),
    three,
  ];
  return {
    transit: seen.transit.slice(0, network.nodes).map(wide),
    end: seen.end.slice(0, network.nodes).map(wide),
    link: (seen.link ?? []).slice(0, network.links.length).map(wide),
  };
}

test("random networks: must, expected and may equal those of all listed paths", () => {
  const scene = fc.record({
    network: smallNetworks,
    seen: seenPlaces,
    demands: fc.array(fc.tuple(fc.noBias(fc.nat(7)), fc.noBias(fc.nat(7)), fc.integer({ min: 1, max: 9 }), fc.nat(1)), {
      minLength: 1,
      maxLength: 5,
      size: "max",
    }),
  });
  fc.assert(
    fc.property(scene, ({ network, seen, demands }) => {
      const rows = demands.map(([a, b, value, group]) => [a % network.nodes, b % network.nodes, value, group] as const);
      const all = widen(network, seen);
      assertNear(exposedSums(routedOf(network), seenOf(all), demandsOf(rows), 2), byHand(network, all, rows, 2));
    }),
    { seed: 20190312, numRuns: 500 },
  );
});

/** Cores of two operators that do not meet, and sites that may climb to several places of either. */
const severalOperators: fc.Arbitrary<SmallNetwork> = fc
  .record({
    trunks: fc.array(fc.tuple(fc.nat(1), fc.nat(2), fc.nat(2), fc.constantFrom(1, 1, 2)), { maxLength: 6 }),
    uplinks: fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
    climbing: fc.boolean(),
  })
  .map(({ trunks, uplinks, climbing }) => ({
    nodes: 8,
    links: [
      ...trunks.map(([core, a, b, weight]) => ({ from: 3 * core + a, to: 3 * core + b, uplink: false, weight })),
      ...uplinks.flatMap((tops, at) =>
        tops.map((to) => ({ from: 6 + at, to: climbing && at === 1 && to === 0 ? 6 : to, uplink: true, weight: 1 })),
      ),
    ],
  }));

test("several operators, targets that they share, several uplinks: the sum of what each demand meets on its paths", () => {
  const scene = fc.record({
    network: severalOperators,
    seen: seenPlaces,
    values: fc.array(fc.noBias(fc.constantFrom(0, 1, 2, 5)), { minLength: 8, maxLength: 8 }),
    targets: fc.array(fc.noBias(fc.nat(7)), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(scene, ({ network, seen, values, targets }) => {
      const rows = [...new Set(targets)].flatMap((target) =>
        values.map((value, node) => [node, target, value, node % 2] as const),
      );
      const all = widen(network, seen);
      assertNear(exposedSums(routedOf(network), seenOf(all), demandsOf(rows), 2), byHand(network, all, rows, 2));
    }),
    { seed: 20190312, numRuns: 1000 },
  );
});

test("a site with two uplinks, and a suspect in half of what stands behind one of its targets", () => {
  const network = routedOf(drawn(7, "0-2", "1-2", "2-3", "4^0", "4^1", "5-6"));
  const seen = oneSuspect(1, 1, 1, 0.5, 1, 1, 1);
  const demands = demandsOf([2, 3, 6].map((target) => [4, target, 1] as const));
  assert.deepEqual(plain(exposedSums(network, seen, demands, 1)), {
    must: [0],
    expected: [0.5],
    may: [1],
    routed: [2],
  });
});

test("a sum that misses its bounds by more than rounding is an error, never a number", () => {
  assert.equal(between(0, 1 + 1e-12, 1, 1), 1);
  assert.throws(() => between(0, 1.01, 1, 1), /expected a sum from 0 to 1, got 1.01/);
  assert.throws(() => between(0, Number.NaN, 1, 1), RangeError);
});

test("random walks, hop by hop, agree with the exact share", () => {
  const trunks = ["0-1", "1-2", "2-3", "0-3", "1-3", "0-2:2", "0-1"];
  const network = drawn(9, ...trunks, "4^0", "4^1", "5^2", "5^3", "6^4", "6^5", "7^5", "8^6");
  const random = seeded(2019);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const free = Array.from({ length: 9 }, () => pick([1, 0.5, 0.25, 0.9]));
  const cost = costs(network);
  const [from, to] = [8, 7];
  const walks = 200_000;
  let met = 0;
  for (let walk = 0; walk < walks; walk++) {
    const down = climb(to);
    const path = climb(from);
    for (let node = path.at(-1)!; node !== down.at(-1); path.push(node)) node = hop(node, down.at(-1)!);
    path.push(...down.toReversed().slice(1));
    if (path.some((node) => random() >= free[node]!)) met++;
  }
  const { expected } = exposedSums(routedOf(network), oneSuspect(...free), demandsOf([[from, to, 1]]), 1);
  assert.ok(Math.abs(met / walks - expected[0]!) < 0.004, `${met / walks} walked, ${expected[0]} computed`);

  function climb(node: number): number[] {
    const ups = network.links.filter((link) => link.uplink && link.from === node);
    return ups.length === 0 ? [node] : [node, ...climb(pick(ups).to)];
  }

  function hop(node: number, target: number): number {
    const hops = network.links.flatMap((link) => {
      const far = link.from === node ? link.to : link.from;
      const joins = !link.uplink && (link.from === node || link.to === node);
      return joins && link.weight + cost[far]![target]! === cost[node]![target]! ? [far] : [];
    });
    return pick(hops);
  }
});

/** Least costs over trunks between all pairs (Floyd and Warshall). */
function costs({ nodes, links }: SmallNetwork): readonly (readonly number[])[] {
  const least = Array.from({ length: nodes }, (_, a) =>
    Array.from({ length: nodes }, (_, b) => (a === b ? 0 : Infinity)),
  );
  for (const { from, to, uplink, weight } of links)
    if (!uplink) least[from]![to] = least[to]![from] = Math.min(weight, least[from]![to]!);
  for (const through of least.keys())
    for (const row of least)
      for (const b of row.keys()) row[b] = Math.min(row[b]!, row[through]! + least[through]![b]!);
  return least;
}
