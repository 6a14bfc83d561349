import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exposureShares } from "../src/assess/exposure.ts";
import { exposureFrame } from "../src/assess/exposure-frame.ts";
import type { Look } from "../src/assess/exposure-lens.ts";
import type { Seen } from "../src/model/exposure.ts";
import { type Channel, radioFunctions, transitFunctions } from "../src/model/network.ts";
import { type Line, type Sketch, sketched, suspectOf, type Thing } from "./kit/network.ts";
import { allWays, type SmallNetwork, seeded, type Way } from "./kit/networks.ts";

/** Random networks of up to 8 places against a count of every path and every choice of elements on it. */

const makers = ["Elm", "Fir", "Oak"];
const maker = fc.option(fc.constantFrom(...makers), { nil: undefined, freq: 6 });
const passed = ["transport-router", "transport-router", "optical-transport", "security-gateway"];
const onPath = fc.constantFrom("gNB", "RU", "gNB;gNB-DU", "AMF", ...passed);

/**
 * A place is a radio place or a gateway, by its number; the first ones are of one operator, the others of another. Demands are
 * single ones and, as modelled demands are, from each of some places to each of some that they share, whoever's they are.
 */
const sketches = (unclear: boolean): fc.Arbitrary<Sketch> =>
  fc.integer({ min: 2, max: 8 }).chain((count) => {
    const place = fc.nat(count - 1);
    const thing = fc.record({ place, functions: onPath, made: maker, nothing: fc.nat(9) });
    const link = fc.record({
      from: place,
      to: place,
      uplink: fc.boolean(),
      weight: fc.constantFrom(1, 1, 2, 0.5),
      maker: fc.option(fc.constantFrom(...makers, "?"), { nil: undefined, freq: 2 }),
    });
    const demand = fc.record({ from: place, to: place, value: fc.constantFrom(0, 1, 2, 5) });
    return fc
      .record({
        things: fc.array(thing, { maxLength: 14 }),
        links: fc.array(link, { minLength: 1, maxLength: 12 }),
        demands: fc.array(demand, { minLength: 1, maxLength: 6 }),
        shared: fc.record({
          from: fc.uniqueArray(place, { maxLength: 4 }),
          to: fc.uniqueArray(place, { maxLength: 3 }),
        }),
        split: fc.integer({ min: 1, max: count }),
      })
      .map(({ things, links, demands, shared, split }) => {
        const name = (at: number) => `${at < split ? "o" : "p"}/s${at}`;
        const evenly = shared.from.flatMap((from) => shared.to.map((to) => ({ from, to, value: (from % 3) + 1 })));
        return {
          things: [
            ...Array.from({ length: count }, (_, at): Thing => ({ at: name(at), functions: "AMF", made: "Elm" })),
            ...things.map(({ place: at, functions, made, nothing }): Thing => {
              const borne = at % 3 === 0 && radioFunctions.some((one) => functions.includes(one)) ? "UPF" : functions;
              return {
                at: name(at),
                ...(!(unclear && nothing === 0) && { functions: borne }),
                ...(made !== undefined && { made }),
              };
            }),
          ],
          links: links.map(
            ({ from, to, maker: who, ...link }): Line => ({
              ...link,
              ...{ from: name(from), to: name(to) },
              ...(who !== undefined && { maker: who }),
            }),
          ),
          demands: [...demands, ...evenly]
            .filter(({ from, to }) => from !== to)
            .map(({ from, to, value }) => ({ from: name(from), to: name(to), value })),
          regionOf: Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, at % 2 ? "East" : "West"])),
          people: { East: 600, West: 400 },
          suppliers: makers,
        };
      });
  });

type Hold = (made: string | undefined) => boolean;

/** Part of a way that meets nothing held, by trying every choice of one element of each class at each place. */
function freeAlong(sketch: Sketch, { nodes, links }: Way, hold: Hold): number {
  for (const { link } of links) {
    const { maker: who } = sketch.links![link]!;
    if (who !== undefined && hold(who === "?" ? undefined : who)) return 0;
  }
  return nodes.reduce(
    (free, node, at) => free * choices(groupsAt(sketch, node, at === 0 || at === nodes.length - 1)),
    1,
  );

  function choices([first, ...others]: readonly (readonly Thing[])[]): number {
    if (!first) return 1;
    const rest = first.map((thing) => (hold(thing.made) ? 0 : choices(others)));
    return rest.reduce((sum, part) => sum + part, 0) / first.length;
  }
}

function groupsAt(sketch: Sketch, node: number, end: boolean): readonly (readonly Thing[])[] {
  const classes = [
    ...transitFunctions.map((name) => [name]),
    ...(end ? [["gNB", "eNB"], ["gNB-CU", "gNB-CU-UP"], ["gNB-DU"], ["RU"], ["UPF", "PGW"]] : []),
  ];
  const there = sketch.things.filter(({ at }) => at.slice(3) === String(node));
  return classes
    .map((names) => there.filter(({ functions }) => functions?.split(";").some((name) => names.includes(name))))
    .filter((group) => group.length > 0);
}

const small = ({ things, links }: Sketch): SmallNetwork => ({
  nodes: new Set(things.map(({ at }) => at)).size,
  links: links!.map(({ from, to, uplink, weight }) => ({
    ...{ from: Number(from.slice(3)), to: Number(to.slice(3)) },
    ...{ uplink: uplink === true, weight: weight ?? 1 },
  })),
});

/** Percent of a load seen, in the least and the most case; null: none of it has a path. */
function bySearching(sketch: Sketch, names: readonly string[], weights: readonly number[]): Seen | null {
  const holds: readonly Hold[] = [
    (made) => made !== undefined && names.includes(made),
    (made) => made === undefined || names.includes(made),
  ];
  const found = sketch.demands!.map(({ from, to }, at) => ({
    weight: weights[at]!,
    ways: allWays(small(sketch), Number(from.slice(3)), Number(to.slice(3))),
  }));
  const routed = found.filter(({ ways }) => ways.length > 0);
  const total = routed.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const share = (hold: Hold, seen: (ways: readonly { share: number; free: number }[]) => number) =>
    routed.reduce((sum, { weight, ways }) => {
      const freed = ways.map((way) => ({ share: way.share, free: freeAlong(sketch, way, hold) }));
      return sum + weight * seen(freed);
    }, 0) *
    (100 / total);
  const span = (seen: Parameters<typeof share>[1]) => ({ least: share(holds[0]!, seen), most: share(holds[1]!, seen) });
  return {
    must: span((ways) => (ways.every(({ free }) => free === 0) ? 1 : 0)),
    expected: span((ways) => ways.reduce((sum, way) => sum + way.share * (1 - way.free), 0)),
    may: span((ways) => (ways.some(({ free }) => free < 1) ? 1 : 0)),
  };
}

/** Half of the demands' people are at each end; a place's are split by the value of its demands. */
function peopleWeights(sketch: Sketch, people: Float64Array): readonly number[] {
  const isGateway = (site: string) => sketch.things.some(({ at, functions }) => at === site && functions === "UPF");
  const peopleAt = (site: string) => people[Number(site.slice(3))]!;
  const ofPlace = (site: string) =>
    sketch.demands!.reduce((sum, { from, to, value }) => (from === site || to === site ? sum + value : sum), 0);
  return sketch.demands!.map(({ from, to, value }) =>
    [from, to]
      .filter((site) => peopleAt(site) > 0 && !isGateway(site) && value > 0)
      .reduce((sum, site) => sum + (peopleAt(site) * value) / ofPlace(site), 0),
  );
}

function seenIn(sketch: Sketch, names: readonly string[], channel: Channel = "made") {
  const network = sketched(sketch);
  const watcher = { suspect: suspectOf(network, names), channels: [channel], mediated: false };
  const look: Look = { watcher, view: "metadata" };
  return { network, nation: exposureShares(exposureFrame(network), [look]).shares[0]![0]! };
}

function assertClose(actual: Seen | null, expected: Seen | null): void {
  assert.equal(actual === null, expected === null);
  for (const kind of ["must", "expected", "may"] as const)
    for (const end of ["least", "most"] as const)
      assert.ok(
        Math.abs((actual?.[kind][end] ?? 0) - (expected?.[kind][end] ?? 0)) < 1e-5,
        `${kind} ${end}: ${actual?.[kind][end]} against ${expected?.[kind][end]}`,
      );
}

test("random networks: traffic and people agree with every path and every choice of elements, for one and for several", () => {
  fc.assert(
    fc.property(sketches(false), fc.subarray(makers, { minLength: 1 }), (sketch, names) => {
      const { network, nation } = seenIn(sketch, names);
      assertClose(
        nation.traffic,
        bySearching(
          sketch,
          names,
          sketch.demands!.map(({ value }) => value),
        ),
      );
      assertClose(nation.people, bySearching(sketch, names, peopleWeights(sketch, network.people)));
    }),
    { seed: 20261124, numRuns: 300 },
  );
});

const within = (inner: Seen, outer: Seen, slack = 1e-5) =>
  (["must", "expected", "may"] as const).every(
    (kind) => inner[kind].least >= outer[kind].least - slack && inner[kind].most <= outer[kind].most + slack,
  );

test("must <= expected <= may, and knowing more only narrows: makers, makers of lines, what something does", () => {
  fc.assert(
    fc.property(sketches(true), fc.subarray(makers, { minLength: 1 }), fc.func(fc.nat(2)), (sketch, names, pick) => {
      const before = seenIn(sketch, names).nation.traffic;
      if (before === null) return;
      for (const end of ["least", "most"] as const)
        assert.ok(before.must[end] <= before.expected[end] && before.expected[end] <= before.may[end]);
      const told = {
        ...sketch,
        things: sketch.things.map((thing, at) => ({
          ...thing,
          functions: thing.functions ?? ["AMF", "transport-router", "optical-transport"][pick(`does ${at}`)]!,
          made: thing.made ?? makers[pick(`made ${at}`)]!,
        })),
        links: sketch.links!.map((link, at) => (link.maker === "?" ? { ...link, maker: makers[pick(at)]! } : link)),
      };
      const after = seenIn(told, names).nation.traffic!;
      assert.ok(within(after, before), `${JSON.stringify(after)} outside ${JSON.stringify(before)}`);
      for (const kind of ["must", "expected", "may"] as const) assert.equal(after[kind].least, after[kind].most);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("several as one see at least as much as each of them, and no more than all of them added up in the mean", () => {
  fc.assert(
    fc.property(sketches(false), (sketch) => {
      const known = { ...sketch, things: sketch.things.map((thing) => ({ made: "Elm", ...thing })) };
      const of = (names: readonly string[]) => seenIn(known, names).nation.traffic;
      const [both, elm, fir] = [of(["Elm", "Fir"]), of(["Elm"]), of(["Fir"])];
      if (!both || !elm || !fir) return;
      for (const kind of ["must", "expected", "may"] as const)
        assert.ok(both[kind].least >= Math.max(elm[kind].least, fir[kind].least) - 1e-5);
      assert.ok(both.expected.least <= elm.expected.least + fir.expected.least + 1e-5);
    }),
    { seed: 11, numRuns: 150 },
  );
});

test("random walks through a network agree with its exact exposure", () => {
  const [sketch] = fc.sample(
    sketches(false).filter(({ demands, things, links }) => {
      const drawn = seenIn({ demands: demands!, things, links: links! }, ["Fir"]).nation.traffic;
      return drawn !== null && demands!.length > 3 && drawn.may.least - drawn.must.least > 60;
    }),
    { seed: 3, numRuns: 1 },
  );
  const known = { ...sketch!, things: sketch!.things.map((thing) => ({ made: "Elm", ...thing })) };
  const exact = seenIn(known, ["Fir"]).nation.traffic!.expected.least;
  const next = seeded(99);
  const demands = known.demands!.flatMap(({ from, to, value }) => {
    const ways = allWays(small(known), Number(from.slice(3)), Number(to.slice(3)));
    return ways.length > 0 ? [{ value, ways }] : [];
  });
  const draw = <T>(list: readonly T[], weigh: (one: T) => number): T => {
    let left = next() * list.reduce((sum, one) => sum + weigh(one), 0);
    for (const one of list) {
      left -= weigh(one);
      if (left < 0) return one;
    }
    return list.at(-1)!;
  };
  const walks = 40_000;
  let met = 0;
  for (let walk = 0; walk < walks; walk++) {
    const way = draw(draw(demands, ({ value }) => value).ways, ({ share }) => share);
    const lines = way.links.some(({ link }) => known.links![link]!.maker === "Fir");
    const passes = way.nodes.some((node, at) =>
      groupsAt(known, node, at === 0 || at === way.nodes.length - 1).some(
        (group) => draw(group, () => 1).made === "Fir",
      ),
    );
    if (lines || passes) met++;
  }
  assert.ok(Math.abs((100 * met) / walks - exact) < 1, `${(100 * met) / walks} against ${exact}`);
});
