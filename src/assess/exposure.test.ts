import assert from "node:assert/strict";
import { test } from "node:test";
import { type Line, type Sketch, sketched, suspectOf, type Thing } from "../../test/kit/network.ts";
import { type Channel, channels } from "../model/network.ts";
import { exposureShares } from "./exposure.ts";
import { exposureFrame } from "./exposure-frame.ts";
import type { View } from "./exposure-lens.ts";

const router = (at: string, made?: string): Thing => ({ at, functions: "transport-router", ...(made && { made }) });

/** A line of three places: radio, router, gateway. */
const line: Sketch = {
  things: [
    { at: "o/radio", functions: "gNB", made: "Elm" },
    router("o/middle", "Fir"),
    { at: "o/upf", functions: "UPF", made: "Oak" },
  ],
  links: [
    { from: "o/radio", to: "o/middle", uplink: true },
    { from: "o/middle", to: "o/upf" },
  ],
  demands: [{ from: "o/radio", to: "o/upf", value: 5 }],
  regionOf: { radio: "North" },
  people: { North: 100 },
};

interface Ask {
  readonly view?: View;
  readonly channels?: readonly Channel[];
  readonly mediated?: boolean;
  readonly may?: readonly string[];
}

function nationOf(sketch: Sketch, names: readonly string[], ask: Ask = {}) {
  const network = sketched(sketch);
  const watcher = {
    suspect: suspectOf(network, names, ask.may),
    channels: ask.channels ?? (["made"] as const),
    mediated: ask.mediated ?? false,
  };
  const { shares } = exposureShares(exposureFrame(network), [{ watcher, view: ask.view ?? "metadata" }]);
  return shares[0]![0]!;
}

const one = (value: number) => ({ least: value, most: value });
const alike = (value: number) => ({ must: one(value), expected: one(value), may: one(value) });
const withLinks = (...links: readonly Line[]): Sketch => ({ ...line, links });

test("whoever makes the base station, the router or the gateway sees all of one line", () => {
  for (const maker of ["Elm", "Fir", "Oak"]) {
    const nation = nationOf(line, [maker]);
    assert.deepEqual(nation, { scope: "nation", name: "", traffic: alike(100), people: alike(100) });
  }
});

test("who stands behind nothing sees nothing, and says so with zeros", () => {
  const nation = nationOf({ ...line, suppliers: ["Yew"] }, ["Yew"]);
  assert.deepEqual([nation.traffic, nation.people], [alike(0), alike(0)]);
});

test("of two routers at a place traffic passes each half of the time", () => {
  const nation = nationOf({ ...line, things: [...line.things, router("o/middle", "Yew")] }, ["Yew"]);
  assert.deepEqual(nation.traffic, { must: one(0), expected: one(50), may: one(100) });
});

test("an element nobody knows the maker of may be theirs; one of which nobody knows what it does thins out and may be passed", () => {
  const unknownMaker = nationOf({ ...line, things: [...line.things, router("o/middle")] }, ["Fir"]);
  assert.deepEqual(unknownMaker.traffic!.expected, { least: 50, most: 100 });
  assert.deepEqual(unknownMaker.traffic!.must, { least: 0, most: 100 });
  const notTheirs = nationOf({ ...line, things: [...line.things, { at: "o/middle", made: "Yew" }] }, ["Fir"]);
  assert.deepEqual(notTheirs.traffic!.expected, { least: 50, most: 100 });
  const theirs = nationOf({ ...line, things: [...line.things, { at: "o/middle", made: "Yew" }] }, ["Yew"]);
  assert.deepEqual(theirs.traffic, {
    must: { least: 0, most: 100 },
    expected: { least: 0, most: 100 },
    may: { least: 0, most: 100 },
  });
});

test("suppliers that might belong to it count for the upper end alone", () => {
  const nation = nationOf(line, ["Elm"], { may: ["Oak"] });
  assert.deepEqual(nation.traffic, alike(100));
  const perhaps = nationOf({ ...line, suppliers: ["Yew"] }, ["Yew"], { may: ["Oak"] });
  assert.deepEqual(perhaps.traffic!.must, { least: 0, most: 100 });
});

test("what runs on a server is held with the server; a part with a radio function is counted in its own class", () => {
  const hosted: Thing[] = [
    { at: "o/upf", functions: "server", made: "Yew", name: "host" },
    { at: "o/upf", functions: "UPF", made: "Oak", runsOn: "host" },
  ];
  assert.deepEqual(nationOf({ ...line, things: [...line.things.slice(0, 2), ...hosted] }, ["Yew"]).traffic, alike(100));
  const radios: Thing[] = [
    { at: "o/radio", functions: "gNB", made: "Elm", name: "station" },
    { at: "o/radio", functions: "RU", made: "Yew", partOf: "station" },
    { at: "o/radio", functions: "RU", made: "Elm", partOf: "station" },
  ];
  const parts = nationOf({ ...line, things: [...radios, ...line.things.slice(1)] }, ["Yew"]).traffic;
  assert.deepEqual(parts, { must: one(0), expected: one(50), may: one(100) });
});

test("content: IPsec hides from a router between tunnels, MACsec does not, and the upper end keeps what is not known", () => {
  const between = (protection: 0 | 2 | 3 | 4) =>
    withLinks(
      { from: "o/radio", to: "o/middle", uplink: true, protection },
      { from: "o/middle", to: "o/upf", protection },
    );
  const expected = (protection: 0 | 2 | 3 | 4, view: View = "content") =>
    nationOf(between(protection), ["Fir"], { view }).traffic!.expected;
  assert.deepEqual(expected(0), one(100));
  assert.deepEqual(expected(2), one(0));
  assert.deepEqual(expected(3), one(100));
  assert.deepEqual(expected(4), one(100));
  assert.deepEqual(expected(2, "metadata"), one(100));
  assert.deepEqual(expected(0, "content-if-encrypted"), one(0));
  const mixed = withLinks(
    { from: "o/radio", to: "o/middle", uplink: true, protection: 2 },
    { from: "o/middle", to: "o/upf" },
  );
  assert.deepEqual(nationOf(mixed, ["Fir"], { view: "content" }).traffic!.expected, { least: 0, most: 100 });
  // The ends see content whatever the links do.
  assert.deepEqual(nationOf(between(2), ["Elm"], { view: "content" }).traffic, alike(100));
});

test("content: a security gateway ends tunnels, a radio unit lies below the ciphering of the air if that is on", () => {
  const ipsec = (link: Line): Line => ({ ...link, protection: 2 });
  const secured: Sketch = {
    ...line,
    things: [...line.things, { at: "o/middle", functions: "security-gateway", made: "Yew" }],
    links: line.links!.map(ipsec),
  };
  assert.deepEqual(nationOf(secured, ["Yew"], { view: "content" }).traffic, alike(100));
  const radio: Sketch = { ...line, things: [...line.things, { at: "o/radio", functions: "RU", made: "Yew" }] };
  assert.deepEqual(nationOf(radio, ["Yew"], { view: "content" }).traffic!.must, { least: 0, most: 100 });
});

test("the maker of a line sees what passes it, and its content only where it is not encrypted", () => {
  const made = (protection: 0 | 3): Sketch =>
    withLinks({ from: "o/radio", to: "o/middle", maker: "Yew", protection }, { from: "o/middle", to: "o/upf" });
  assert.deepEqual(nationOf(made(0), ["Yew"], { view: "content" }).traffic, alike(100));
  assert.deepEqual(nationOf(made(3), ["Yew"], { view: "content" }).traffic, alike(0));
  assert.deepEqual(nationOf(made(3), ["Yew"]).traffic, alike(100));
  assert.deepEqual(nationOf(made(0), ["Yew"], { channels: ["built"] }).traffic!.must.least, 0);
  const unknown = withLinks({ from: "o/radio", to: "o/middle", maker: "?" }, { from: "o/middle", to: "o/upf" });
  assert.deepEqual(nationOf({ ...unknown, suppliers: ["Yew"] }, ["Yew"]).traffic!.must, { least: 0, most: 100 });
});

test("channels: each alone, and together as their union", () => {
  const kept: Thing = {
    at: "o/middle",
    functions: "transport-router",
    made: "Fir",
    maintained: ["Yew"],
    unmediated: ["Yew"],
  };
  const sketch = { ...line, things: [line.things[0]!, kept, line.things[2]!] };
  assert.deepEqual(nationOf(sketch, ["Yew"], { channels: ["made"] }).traffic, alike(0));
  assert.equal(nationOf(sketch, ["Yew"], { channels: ["maintained"] }).traffic!.must.least, 100);
  assert.equal(nationOf(sketch, ["Yew"], { channels }).traffic!.must.least, 100);
  assert.deepEqual(nationOf(sketch, ["Yew"], { channels: ["maintained"], mediated: true }).traffic, alike(0));
});

test("shares by operator and region; people weigh as their operators' customers do", () => {
  const other = (text: string) => text.replace("o/", "p/");
  const sketch: Sketch = {
    ...line,
    things: [...line.things, ...line.things.map((thing) => ({ ...thing, at: other(thing.at), made: "Pine" }))],
    links: [...line.links!, ...line.links!.map((link) => ({ ...link, from: other(link.from), to: other(link.to) }))],
    demands: [...line.demands!, { from: "p/radio", to: "p/upf", value: 15 }],
  };
  const seenBy = (customers?: Record<string, number>) => {
    const network = sketched({ ...sketch, ...(customers && { customers }) });
    const watcher = { suspect: suspectOf(network, ["Pine"]), channels: ["made"] as const, mediated: false };
    return exposureShares(exposureFrame(network), [{ watcher, view: "metadata" }]).shares[0]!.map(
      ({ scope, name, traffic, people }) => [scope, name, traffic?.must.least ?? null, people?.must.least ?? null],
    );
  };
  assert.deepEqual(seenBy(), [
    ["nation", "", 75, 50],
    ["operator", "o", 0, 0],
    ["operator", "p", 100, 100],
    ["region", "North", null, 50],
  ]);
  assert.deepEqual(seenBy({ o: 90, p: 10 })[0], ["nation", "", 75, 10]);
});

test("bad input: no links, no demands, no value, a demand without path, from a site to itself: no share, or a share of the rest", () => {
  for (const sketch of [
    { ...line, links: [] },
    { ...line, demands: [] },
    { ...line, demands: [{ from: "o/radio", to: "o/radio", value: 3 }] },
    { ...line, demands: [{ from: "o/radio", to: "o/upf", value: 0 }] },
  ]) {
    const nation = nationOf(sketch, ["Elm"]);
    assert.deepEqual([nation.traffic, nation.people], [null, null]);
  }
  const apart: Sketch = {
    ...line,
    things: [...line.things, { at: "o/alone", functions: "gNB", made: "Yew" }],
    demands: [...line.demands!, { from: "o/alone", to: "o/upf", value: 7 }],
  };
  assert.deepEqual(nationOf(apart, ["Yew"]).traffic, alike(0));
  assert.equal(exposureShares(exposureFrame(sketched(apart)), []).routed, 1);
  const doubled = withLinks(...line.links!, ...line.links!, { from: "o/middle", to: "o/middle" });
  assert.deepEqual(nationOf(doubled, ["Fir"]).traffic, alike(100));
});

test("a given path overrides routing", () => {
  const detour: Sketch = {
    ...line,
    things: [...line.things, router("o/detour", "Yew")],
    links: [...line.links!, { from: "o/middle", to: "o/detour" }, { from: "o/detour", to: "o/upf" }],
  };
  assert.deepEqual(nationOf(detour, ["Yew"]).traffic, alike(0));
  const path = ["o/radio", "o/middle", "o/detour", "o/upf"];
  assert.deepEqual(nationOf({ ...detour, demands: [{ ...line.demands![0]!, path }] }, ["Yew"]).traffic, alike(100));
});

test("a place that is a radio place and a gateway: which of both an end passes is not known", () => {
  const both: Sketch = { ...line, things: [...line.things, { at: "o/upf", functions: "gNB", made: "Yew" }] };
  assert.deepEqual(nationOf(both, ["Yew"]).traffic!.must, { least: 0, most: 100 });
});
