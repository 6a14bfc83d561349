import assert from "node:assert/strict";
import { test } from "node:test";
import type { Demands, Region } from "../model/network.ts";
import { noSite, type RawDemands, type RawPlaces } from "../model/ports/network.ts";
import { modelDemands, readDemands, trafficAt } from "./network-demands.ts";
import { apportion, placesBearing, readRegions } from "./network-people.ts";

/** Places of operators at [degrees north, degrees east]; null: no position. */
function placesOf(
  rows: readonly (readonly [operator: number, region: number, at: readonly [number, number] | null])[],
): RawPlaces {
  return {
    count: rows.length,
    operator: Uint16Array.from(rows, ([operator]) => operator),
    region: Uint16Array.from(rows, ([, region]) => region),
    site: Uint32Array.from(rows, (_, at) => (at === 0 ? noSite : at)),
    latitude: Float32Array.from(rows, ([, , at]) => at?.[0] ?? Number.NaN),
    longitude: Float32Array.from(rows, ([, , at]) => at?.[1] ?? Number.NaN),
  };
}
const bits = (size: number, ...set: readonly number[]) =>
  Uint8Array.from({ length: size }, (_, at) => Number(set.includes(at)));
const shown = ({ count, from, to, value }: Demands) =>
  Array.from({ length: count }, (_, at) => [from[at], to[at], value[at]]);
const region = (name: string, people: number | null): Region => ({ name, people, year: null, source: null });

test("people of a region are spread evenly over the radio places of each operator there", () => {
  const places = placesOf([
    [0, 0, null],
    [0, 0, null],
    [0, 1, null],
    [0, 1, null],
    [1, 0, null],
    [1, 2, null],
  ]);
  const regions = [region("a", 900), region("b", 300), region("c", null)];
  const people = apportion(places, regions, 2, bits(6, 0, 1, 2, 4, 5));
  assert.deepEqual([...people], [450, 450, 300, 0, 900, 0]);
});

test("a place is a radio place by any element, also one that is part of another", () => {
  const elements = {
    place: Uint32Array.of(0, 1, 2, 2),
    trait: Uint32Array.of(0, 1, 0, 1),
    bundle: Uint32Array.of(0, 1, 0, 0xffffffff),
    first: Uint8Array.of(1, 1, 1, 1),
  };
  assert.deepEqual([...placesBearing(4, elements, [false, true])], [0, 1, 1, 0]);
});

test("regions keep their numbers and take what their table says; what is no count of people is not known", () => {
  const row = (name: string, people: number, year: number | null = null) => {
    return { values: { name, people, year, source: "DEMO count" }, file: "regions.csv", line: 2 };
  };
  const regions = readRegions(["", "east", "north", "west"], [row("west", -1), row("north", 7, 2024), row("east", 0)]);
  assert.deepEqual(
    regions.map(({ people, year }) => [people, year]),
    [
      [null, null],
      [0, null],
      [7, 2024],
      [null, null],
    ],
  );
});

test("without a table each radio place exchanges its people's traffic with the gateways of its operator in equal parts", () => {
  const places = placesOf([
    [0, 0, null],
    [0, 0, null],
    [0, 0, null],
    [0, 0, null],
    [1, 0, null],
  ]);
  const people = Float64Array.of(100, 0, 40, 0, 70);
  const demands = modelDemands(places, bits(5, 0, 1, 2, 4), bits(5, 2, 3), people);
  assert.deepEqual(shown(demands), [
    [0, 2, 50],
    [0, 3, 50],
    [1, 2, 0.5],
    [1, 3, 0.5],
    [2, 3, 20],
  ]);
  assert.equal(demands.origin, "modelled");
  assert.deepEqual([...trafficAt(5, demands)], [100, 1, 70.5, 70.5, 0], "another operator has no gateway");
});

test("of more than four gateways the four nearest, and by site where positions are not known", () => {
  const row = Array.from({ length: 7 }, (_, at) => [0, 0, [50, 6 + at]] as const);
  const near = modelDemands(
    placesOf([...row, [0, 0, [50, 11.9]], [0, 0, null]]),
    bits(9, 7, 8),
    bits(9, 0, 1, 2, 3, 4, 5, 6),
    new Float64Array(9),
  );
  assert.deepEqual(
    shown(near)
      .map(([from, to]) => [from, to])
      .sort(),
    [
      [7, 3],
      [7, 4],
      [7, 5],
      [7, 6],
      [8, 0],
      [8, 1],
      [8, 2],
      [8, 3],
    ],
  );
});

test("no gateway, or none elsewhere: there are no demands", () => {
  const places = placesOf([
    [0, 0, null],
    [1, 0, null],
  ]);
  assert.equal(modelDemands(places, bits(2, 0), bits(2, 1), new Float64Array(2)).origin, "none");
  assert.equal(modelDemands(places, bits(2, 0), bits(2, 0), new Float64Array(2)).origin, "none", "only with itself");
});

test("a table of demands is taken as it is, also if none of its rows could be placed", () => {
  const raw: RawDemands = {
    ...{ count: 1, from: Uint32Array.of(0), to: Uint32Array.of(1), value: Float64Array.of(5) },
    ...{ paths: new Map(), loose: 0, loops: 0 },
  };
  const places = placesOf([
    [0, 0, null],
    [0, 0, null],
  ]);
  const read = (given: RawDemands) => readDemands(given, places, bits(2, 0), bits(2, 1), new Float64Array(2));
  assert.deepEqual(shown(read(raw)), [[0, 1, 5]]);
  const empty = { ...raw, count: 0, from: new Uint32Array(), to: new Uint32Array(), value: new Float64Array() };
  assert.deepEqual([read({ ...empty, loose: 3 }).origin, read({ ...empty, loops: 1 }).count], ["table", 0]);
  assert.equal(read(empty).origin, "modelled");
});
