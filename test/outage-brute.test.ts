import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { outage } from "../src/assess/outage.ts";
import { baselineOf } from "../src/assess/outage-baseline.ts";
import { frameOf } from "../src/assess/outage-frame.ts";
import { usualChannels } from "../src/assess/outage-hits.ts";
import { smallestSets } from "../src/assess/smallest-sets.ts";
import type { OutageRow } from "../src/model/outage.ts";
import { type Line, type Sketch, sketched, suspectOf, type Thing } from "./kit/network.ts";

/** Random networks of up to 8 places against an answer worked out in another way: names, sets, every completion. */

const makers = ["Elm", "Fir", "Oak", "Pine"];
const maker = fc.option(fc.constantFrom(...makers), { nil: undefined, freq: 8 });
const functions = fc.constantFrom(
  ...["gNB", "gNB", "eNB", "RU", "transport-router", "transport-router", "security-gateway", "UPF", "AMF"],
);

interface Draft {
  readonly operators: readonly string[];
  readonly things: readonly Thing[];
  readonly links: readonly Line[];
}

const drafts: fc.Arbitrary<Draft> = fc
  .array(fc.constantFrom("A", "A", "A", "B"), { minLength: 1, maxLength: 8 })
  .chain((owners) => {
    const places = owners.map((owner, at) => `${owner}/s${at}`);
    const thing = fc.record({
      at: fc.constantFrom(...places),
      functions,
      made: maker,
      managed: fc.option(
        maker.map((name) => (name ? [name] : [])),
        { nil: [], freq: 2 },
      ),
      on: fc.nat(20),
      how: fc.constantFrom("alone", "alone", "alone", "partOf", "runsOn", "managedBy"),
    });
    const lineMaker = fc.option(fc.constantFrom(...makers, "?"), { nil: undefined, freq: 2 });
    const line = fc.record({ from: fc.nat(7), to: fc.nat(7), uplink: fc.boolean(), maker: lineMaker });
    return fc.record({
      operators: fc.constant([...new Set(owners)].sort()),
      things: fc.array(thing, { minLength: 1, maxLength: 14 }).map(thingsOf),
      links: fc.array(line, { maxLength: 24 }).map((lines) => linksOf(places, lines)),
    });
  });

type Loose = { at: string; functions: string; made?: string; managed: string[]; on: number; how: string };

/** Things stand in relations to earlier ones of their operator, so that there are no circles. */
function thingsOf(loose: readonly { at: string; functions: string; on: number; how: string }[]): readonly Thing[] {
  return (loose as readonly Loose[]).map(({ at, functions: names, made, managed, on, how }, index) => {
    const other = index === 0 ? -1 : on % index;
    const related = how !== "alone" && other >= 0 && loose[other]!.at[0] === at[0];
    return {
      ...{ at, functions: names, name: `t${index}`, managed },
      ...(made !== undefined && { made }),
      ...(related && { [how]: `t${other}` }),
    };
  });
}

/** Trunks join places without uplinks; uplinks lead to places with smaller numbers. */
function linksOf(
  places: readonly string[],
  lines: readonly { from: number; to: number; uplink: boolean; maker?: string | undefined }[],
): readonly Line[] {
  const known = lines
    .filter(({ from, to }) => from < places.length && to < places.length && from > to)
    .filter(({ from, to }) => places[from]![0] === places[to]![0]);
  const climbs = new Set(known.filter(({ uplink }) => uplink).map(({ from }) => from));
  return known
    .filter(({ from, to, uplink }) => uplink || !(climbs.has(from) || climbs.has(to)))
    .map(({ from, to, uplink, maker: name }) => ({
      ...{ from: places[from]!, to: places[to]!, uplink },
      ...(name !== undefined && { maker: name }),
    }));
}

const regions = fc.array(fc.constantFrom("North", "South"), { minLength: 8, maxLength: 8 });
const sketches: fc.Arbitrary<Sketch> = fc
  .record({
    draft: drafts,
    regions,
    needed: fc.nat(3),
    amf: fc.boolean(),
    customers: fc.boolean(),
    south: fc.boolean(),
    pairs: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 4, maxLength: 10 }),
  })
  .map(({ draft: { things, links, operators }, regions: names, needed, amf, customers, south, pairs }) => {
    const members = things.flatMap(({ functions: f, at, name }) => (f === "AMF" && at[0] === "A" ? [name!] : []));
    const pool = { id: "amf", operator: "A", function: "AMF", needed: Math.max(1, needed), members };
    const places = placesOf({ things, links });
    const demands = pairs.flatMap(([a, b], at) => {
      const [from, to] = [places[a % places.length]!, places[b % places.length]!];
      return from !== to && from[0] === to[0] ? [{ from, to, value: 2 ** at }] : [];
    });
    return {
      ...{ things, links, demands, suppliers: makers },
      regionOf: Object.fromEntries(names.map((name, at) => [`s${at}`, name])),
      people: { North: 1000, ...(south && { South: 600 }) },
      ...(customers && { customers: Object.fromEntries(operators.map((id, at) => [id, 100 * (at + 1)])) }),
      ...(amf &&
        things.some(({ at }) => at[0] === "A") && { pools: [{ ...pool, ...(south && { regions: ["North"] }) }] }),
    };
  });

const placesOf = ({ things, links = [] }: Pick<Sketch, "things" | "links">) => [
  ...new Set([...things.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to])]),
];

/** Radio places that are dark, and why; and the demands that are served. */
interface Dark extends ReadonlyMap<string, "own" | "pool" | "cut"> {
  traffic?: number;
}

/** Which radio places are dark while the named things are hit and the numbered lines are dead; worked out plainly. */
function darkOf(sketch: Sketch, hit: ReadonlySet<string>, deadLines: ReadonlySet<number>): Dark {
  const { things, links = [], pools = [], regionOf = {} } = sketch;
  const byName = new Map(things.map((thing) => [thing.name!, thing]));
  const falls = (name: string): boolean =>
    hit.has(name) ||
    things.some(({ partOf, name: part }) => partOf === name && falls(part!)) ||
    (byName.get(name)!.runsOn !== undefined && falls(byName.get(name)!.runsOn!));
  const dead = (thing: Thing) => (thing.partOf === undefined ? falls(thing.name!) : hit.has(thing.name!));
  const choose = (place: string, ...choices: ((thing: Thing) => boolean)[]) =>
    choices
      .map((fits) => things.filter((thing) => thing.at === place && fits(thing)))
      .find(({ length }) => length > 0) ?? [];
  const whole = ({ partOf }: Thing) => partOf === undefined;
  const is =
    (...names: string[]) =>
    (thing: Thing) =>
      names.includes(thing.functions!);
  const both =
    (...tests: ((thing: Thing) => boolean)[]) =>
    (thing: Thing) =>
      tests.every((one) => one(thing));
  const radio = is("gNB", "eNB", "RU");
  const transit = is("transport-router", "security-gateway");
  const radioAt = (place: string) => choose(place, both(whole, is("gNB", "eNB")), both(whole, radio), radio);
  const transitAt = (place: string) => choose(place, both(whole, transit), transit);
  const gatesAt = (place: string) => choose(place, both(whole, is("UPF")), is("UPF"));
  const carries = (place: string) => transitAt(place).length === 0 || transitAt(place).some((thing) => !dead(thing));
  const ups = (place: string) =>
    links.flatMap(({ from, to, uplink }, at) => (uplink && from === place && !deadLines.has(at) ? [to] : []));
  const climbs = (place: string) => links.some(({ from, uplink }) => uplink && from === place);
  const over = (place: string): readonly string[] =>
    carries(place) ? [place, ...ups(place).flatMap((upper) => over(upper))] : [];
  const partOf = (place: string, seen: string[] = []): readonly string[] => {
    if (seen.includes(place) || !carries(place)) return seen;
    seen.push(place);
    for (const [at, { from, to, uplink }] of links.entries()) {
      if (uplink || deadLines.has(at)) continue;
      if (from === place) partOf(to, seen);
      if (to === place) partOf(from, seen);
    }
    return seen;
  };
  const tops = (place: string) => over(place).filter((one) => !climbs(one));
  const places = placesOf(sketch);
  const asksOf = (place: string) => {
    const [operator, site] = place.split("/") as [string, string];
    const region = regionOf[site]!;
    const own = pools.filter((pool) => pool.operator === operator && (pool.regions ?? [region]).includes(region));
    const standing = (thing: Thing) => ({ at: thing.at, live: !dead(thing) });
    if (own.length > 0) {
      return own.map(({ needed, members }) => ({
        needed,
        members: members.map((name) => standing(byName.get(name)!)),
      }));
    }
    const gates = places.filter((other) => other[0] === operator && gatesAt(other).length > 0);
    const lives = (at: string) => ({ at, live: gatesAt(at).some((thing) => !dead(thing)) });
    return gates.length > 0 ? [{ needed: 1, members: gates.map(lives) }] : [];
  };
  const found = new Map<string, "own" | "pool" | "cut">();
  for (const place of places) {
    const serving = things.some((thing) => thing.at === place && radio(thing)) ? radioAt(place) : [];
    if (serving.length === 0) continue;
    const asks = asksOf(place);
    const linked = links.some(({ from }) => from[0] === place[0]);
    const missing = asks.some(({ needed, members }) => members.filter(({ live }) => live).length < needed);
    const met = (reached: (at: string) => boolean) =>
      asks.every(({ needed, members }) => members.filter(({ at, live }) => live && reached(at)).length >= needed);
    const reaches =
      !linked || asks.length === 0
        ? !missing
        : tops(place).some((top) => {
            const part = partOf(top);
            return met((at) => tops(at).some((one) => part.includes(one)));
          }) || over(place).some((beside) => met((at) => at === beside));
    if (serving.every(dead) || !carries(place)) found.set(place, "own");
    else if (missing) found.set(place, "pool");
    else if (!reaches) found.set(place, "cut");
  }
  const isRadio = (place: string) => things.some((thing) => thing.at === place && radio(thing));
  const up = (place: string) => (isRadio(place) ? !found.has(place) : true) && carries(place);
  const joined = (from: string, to: string) =>
    over(from).includes(to) ||
    over(to).includes(from) ||
    tops(from).some((top) => tops(to).some((other) => partOf(top).includes(other)));
  const leaves = (place: string) => gatesAt(place).some((thing) => !dead(thing)) && carries(place);
  // Traffic between a radio place and a gateway ends at the gateway's user plane, whatever else stands there.
  const endUp = (place: string, other: string) =>
    gatesAt(place).length > 0 && (!isRadio(place) || isRadio(other)) ? leaves(place) : up(place);
  const served = (sketch.demands ?? []).filter(
    ({ from, to }) => endUp(from, to) && endUp(to, from) && joined(from, to),
  );
  return Object.assign(found, { traffic: served.reduce((sum, { value }) => sum + value, 0) });
}

/** Things and lines hit for sure, and those that may be hit besides. */
function hitsOf({ things, links = [] }: Sketch, sure: readonly string[], may: readonly string[], hostile: boolean) {
  const byName = new Map(things.map((thing) => [thing.name!, thing]));
  const held = (thing: Thing, by: readonly string[], open: boolean): boolean => {
    const manager = thing.managedBy === undefined ? undefined : byName.get(thing.managedBy)!;
    const managing = [...(thing.managed ?? []), ...(manager?.made ? [manager.made] : [])];
    if (thing.made === undefined ? open : by.includes(thing.made)) return true;
    if (!hostile) return false;
    if (managing.length === 0 ? open : managing.some((name) => by.includes(name))) return true;
    return manager !== undefined && held(manager, by, open);
  };
  const named = (by: readonly string[], open: boolean) =>
    new Set(things.filter((thing) => held(thing, by, open)).map(({ name }) => name!));
  const lines = (by: readonly string[]) =>
    new Set(links.flatMap(({ maker: name }, at) => (name !== undefined && by.includes(name) ? [at] : [])));
  const all = [...sure, ...may];
  return {
    sure: { things: named(sure, false), lines: lines(sure) },
    most: { things: named(all, true), lines: lines([...all, "?"]) },
  };
}

const radioPlaces = (sketch: Sketch) => [
  ...new Set(sketch.things.filter(({ functions: f }) => ["gNB", "eNB", "RU"].includes(f!)).map(({ at }) => at)),
];

function count(dark: Dark, before: Dark, cause?: string): number {
  return [...dark].filter(([place, why]) => !before.has(place) && (cause === undefined || why === cause)).length;
}

/** People of all regions served without and with roaming, at both ends, straight from the definitions. */
function people(sketch: Sketch, dark: Dark) {
  const known = Object.entries(sketch.people ?? {});
  let [least, most, roamLeast, roamMost] = [0, 0, 0, 0];
  for (const [region, count] of known) {
    const inRegion = radioPlaces(sketch).filter((place) => sketch.regionOf?.[place.split("/")[1]!] === region);
    const parts = ["A", "B"].flatMap((operator) => {
      const own = inRegion.filter((place) => place[0] === operator);
      const live = own.filter((place) => !dark.has(place)).length;
      return own.length > 0
        ? [{ part: live / own.length, live, all: own.length, weight: sketch.customers?.[operator] }]
        : [];
    });
    if (parts.length === 0) continue;
    const values = parts.map(({ part }) => part);
    const weights = parts.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
    const mean = parts.reduce((sum, { part, weight }) => sum + part * (weight ?? 0), 0) / weights;
    const weighed = parts.every(({ weight }) => weight !== undefined);
    const own = weighed ? [mean, mean] : [Math.min(...values), Math.max(...values)];
    const largest = Math.max(...parts.map(({ all }) => all));
    const sum = parts.reduce((total, { live }) => total + live, 0);
    least += count * own[0]!;
    most += count * own[1]!;
    roamLeast += count * Math.max(own[0]!, ...parts.map(({ live }) => live / largest));
    roamMost += count * Math.min(1, Math.max(own[1]!, sum / largest));
  }
  return { least, most, roamLeast, roamMost };
}

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 0.01, `expected ${b}, got ${a}`);
const nationOf = (rows: readonly OutageRow[]) => rows.find(({ scope }) => scope === "nation")!;
const settings = { seed: 20261124, numRuns: 400 };
const sides = fc.array(fc.constantFrom("sure", "may", "no"), { minLength: 4, maxLength: 4 });

test("random networks: sites, causes and people agree with brute force at both ends and for what lies between", () => {
  let [dim, lost] = [0, 0];
  fc.assert(
    fc.property(sketches, sides, fc.boolean(), (sketch, sides, hostile) => {
      const [sure, may] = ["sure", "may"].map((side) => makers.filter((_, at) => sides[at] === side));
      const network = sketched(sketch);
      const state = hostile ? "hostile" : "stops";
      const suspect = suspectOf(network, sure!, may!);
      const [scenario] = outage(network, [{ suspect, state, channels: usualChannels(state) }]);
      const row = nationOf(scenario!.rows);
      const before = darkOf(sketch, new Set(), new Set());
      const hits = hitsOf(sketch, sure!, may!, hostile);
      const kept = darkOf(sketch, hits.sure.things, hits.sure.lines);
      const left = darkOf(sketch, hits.most.things, hits.most.lines);
      const radio = radioPlaces(sketch).length;
      assert.equal(row.sites.total, radio);
      assert.equal(row.sites.before, radio - before.size);
      assert.deepEqual(row.sites.served, { least: radio - left.size, most: radio - kept.size });
      dim += kept.size > before.size ? 1 : 0;
      const things = [...hits.most.things];
      // Any completion: what is sure is hit, and of the rest every second thing, or every third.
      for (const step of [2, 3]) {
        const between = new Set([...hits.sure.things, ...things.filter((_, at) => at % step === 0)]);
        const dark = darkOf(sketch, between, hits.sure.lines);
        for (const [name, cause] of [
          ["own", "own"],
          ["pool", "pool"],
          ["cutOff", "cut"],
        ] as const) {
          const { least, most } = row.sites[name];
          const found = count(dark, before, cause);
          assert.ok(least <= found && found <= most, `${name}: ${found} is not within ${least} and ${most}`);
        }
      }
      const [most, least] = [people(sketch, kept), people(sketch, left)];
      close(row.people!.served.least, least.least);
      close(row.people!.served.most, most.most);
      close(row.people!.roaming.least, least.roamLeast);
      close(row.people!.roaming.most, most.roamMost);
      if (sketch.demands!.length > 0) {
        assert.deepEqual(row.traffic!.served, { least: left.traffic, most: kept.traffic });
        assert.equal(row.traffic!.before, before.traffic);
        lost += before.traffic! > kept.traffic! ? 1 : 0;
      }
      assert.ok(row.people!.roaming.most <= row.people!.total + 0.01, "people are counted twice");
    }),
    settings,
  );
  assert.ok(dim > 100 && lost > 15, `only ${dim} networks lost anything, and ${lost} some traffic`);
});

test("random networks: smallest sets agree with trying every set", () => {
  let held = 0;
  fc.assert(
    fc.property(sketches, fc.constantFrom(30, 50, 90, 100), fc.boolean(), (sketch, threshold, hostile) => {
      const state = hostile ? "hostile" : "stops";
      const frame = frameOf(sketched(sketch));
      const found = smallestSets(frame, baselineOf(frame), [state], { threshold });
      const sets = [1, 2, 3].flatMap((size) => choose(makers, size));
      const radio = radioPlaces(sketch).length;
      const before = darkOf(sketch, new Set(), new Set());
      const darkAfter = (set: readonly string[]) => {
        const { sure } = hitsOf(sketch, set, [], hostile);
        return darkOf(sketch, sure.things, sure.lines);
      };
      const below = {
        sites: (set: readonly string[]) => radio - darkAfter(set).size < (threshold / 100) * (radio - before.size),
        people: (set: readonly string[]) =>
          people(sketch, darkAfter(set)).most < (threshold / 100) * people(sketch, before).least - 1e-9,
      };
      for (const { base, sets: told, more } of found) {
        const low = sets.filter(below[base]);
        const minimal = low.filter((set) => !low.some((one) => one !== set && one.every((name) => set.includes(name))));
        assert.deepEqual(
          told.map(({ suppliers }) => suppliers.join()),
          minimal.map((set) => set.join()),
        );
        assert.equal(more, 0);
        held += minimal.filter((set) => set.length > 1).length;
      }
    }),
    settings,
  );
  assert.ok(held > 20, `only ${held} sets of two or three`);
});

function choose(names: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]];
  return names.flatMap((name, at) => choose(names.slice(at + 1), size - 1).map((rest) => [name, ...rest]));
}

test("adding a supplier never serves more, and knowing more only narrows", () => {
  fc.assert(
    fc.property(sketches, fc.nat(13), fc.constantFrom(...makers), fc.boolean(), (sketch, at, name, hostile) => {
      const state = hostile ? "hostile" : "stops";
      const servedOf = (one: Sketch, sure: readonly string[], may: readonly string[] = []) => {
        const network = sketched(one);
        const scenario = { suspect: suspectOf(network, sure, may), state, channels: usualChannels(state) } as const;
        const row = nationOf(outage(network, [scenario])[0]!.rows);
        return [row.sites.served, row.people!.served, row.people!.roaming];
      };
      for (const [index, wider] of servedOf(sketch, ["Elm", "Fir"]).entries()) {
        const narrower = servedOf(sketch, ["Elm"])[index]!;
        assert.ok(wider.least <= narrower.least && wider.most <= narrower.most);
      }
      const learned = sketch.things.map((thing, index) =>
        index === at && thing.made === undefined && !hostile ? { ...thing, made: name } : thing,
      );
      const known = servedOf({ ...sketch, things: learned }, ["Elm"]);
      const settled = servedOf(sketch, ["Elm", "Oak"]);
      const spans = servedOf(sketch, ["Elm"]);
      const possible = servedOf(sketch, ["Elm"], ["Oak"]);
      for (const [index, span] of spans.entries()) {
        assert.ok(span.least <= known[index]!.least && known[index]!.most <= span.most);
        const open = possible[index]!;
        assert.ok(open.least <= settled[index]!.least && settled[index]!.most <= open.most);
        assert.ok(open.least <= span.least && span.most <= open.most);
      }
    }),
    { ...settings, numRuns: 150 },
  );
});

test("the order of scenarios and how many are asked at once change no answer", () => {
  const [sample] = fc.sample(sketches, { seed: 7, numRuns: 1 });
  const network = sketched(sample!);
  const scenarios = Array.from({ length: 70 }, (_, at) => ({
    suspect: suspectOf(
      network,
      makers.filter((_, maker) => ((at >> maker) & 1) === 1),
    ),
    ...(at % 2 === 0
      ? { state: "stops" as const, channels: usualChannels("stops") }
      : { state: "hostile" as const, channels: usualChannels("hostile") }),
  }));
  const together = outage(network, scenarios);
  for (const [at, scenario] of scenarios.entries()) assert.deepEqual(outage(network, [scenario])[0], together[at]);
});
