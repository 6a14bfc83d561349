import assert from "node:assert/strict";
import { test } from "node:test";
import { outage } from "../src/assess/outage.ts";
import { baselineOf } from "../src/assess/outage-baseline.ts";
import { frameOf } from "../src/assess/outage-frame.ts";
import { usualChannels } from "../src/assess/outage-hits.ts";
import { smallestSets } from "../src/assess/smallest-sets.ts";
import type { Channel } from "../src/model/network.ts";
import type { OutageRow, OutageState } from "../src/model/outage.ts";
import { type Sketch, sketched, suspectOf } from "./kit/network.ts";

/** The worked example of docs/outage.md. */
const worked: Sketch = {
  things: [
    { at: "A/a1", functions: "gNB", made: "Lotus", managedBy: "ems" },
    { at: "A/a2", functions: "gNB", made: "Lotus", managedBy: "ems" },
    { at: "A/a3", functions: "gNB", made: "Fir", managed: ["Fir"] },
    { at: "A/a4", functions: "gNB", made: "Fir", managed: ["Fir"] },
    { at: "A/h1", functions: "transport-router", made: "Oak", managed: ["Oak"] },
    { at: "A/h2", functions: "transport-router", made: "Lotus", managed: ["Oak"] },
    { at: "A/h3", functions: "transport-router", made: "Oak", managed: ["Oak"] },
    { at: "A/c1", functions: "transport-router", made: "Oak", managed: ["Oak"] },
    { at: "A/c2", functions: "transport-router", made: "Elm", managed: ["Elm"] },
    { at: "A/c1", functions: "AMF", made: "Fir", name: "amf-1", managed: ["Fir"] },
    { at: "A/c2", functions: "AMF", made: "Oak", name: "amf-2", managed: ["Oak"] },
    { at: "A/c1", functions: "UPF", made: "Elm", name: "upf-1", managed: ["Elm"] },
    { at: "A/c2", functions: "UPF", made: "Pine", name: "upf-2", managed: ["Pine"] },
    { at: "A/c2", functions: "RAN-management", made: "Reed", name: "ems", managed: ["Reed"] },
    { at: "B/b1", functions: "gNB", made: "Fir", managed: ["Fir"] },
    { at: "B/b2", functions: "gNB", made: "Fir", managed: ["Fir"] },
  ],
  regionOf: { a1: "North", a2: "North", b1: "North", a3: "South", a4: "South", b2: "South" },
  people: { North: 1000, South: 600 },
  customers: { A: 300, B: 100 },
  links: [
    { from: "A/a1", to: "A/h1", uplink: true },
    { from: "A/a2", to: "A/h1", uplink: true },
    { from: "A/a2", to: "A/h2", uplink: true },
    { from: "A/a3", to: "A/h2", uplink: true },
    { from: "A/a4", to: "A/h2", uplink: true },
    { from: "A/h1", to: "A/c1", uplink: true, capacity: 100 },
    { from: "A/h2", to: "A/c1", uplink: true, capacity: 100 },
    { from: "A/c1", to: "A/c2", maker: "Reed", capacity: 15 },
    { from: "A/c1", to: "A/h3", capacity: 5 },
    { from: "A/h3", to: "A/c2", capacity: 20 },
  ],
  pools: [
    { id: "amf", operator: "A", function: "AMF", needed: 1, members: ["amf-1", "amf-2"] },
    { id: "upf", operator: "A", function: "UPF", needed: 2, members: ["upf-1", "upf-2"] },
  ],
  demands: [
    { from: "A/a1", to: "A/c2", value: 4 },
    { from: "A/a3", to: "A/c1", value: 6 },
    { from: "A/c1", to: "A/c2", value: 4 },
  ],
};

function without(sketch: Sketch, sure: readonly string[], state: OutageState = "stops", channels?: readonly Channel[]) {
  const network = sketched(sketch);
  const suspect = suspectOf(network, sure);
  const [scenario] = outage(network, [{ suspect, state, channels: channels ?? usualChannels(state) }]);
  return scenario!;
}

function rowOf(rows: readonly OutageRow[], scope: OutageRow["scope"], name = ""): OutageRow {
  return rows.find((row) => row.scope === scope && row.name === name)!;
}

const sure = (value: number) => ({ least: value, most: value });
const dark = ({ sites: { own, cutOff, pool } }: OutageRow) => ({ own: own.most, cutOff: cutOff.most, pool: pool.most });

test("the worked example: a maker of base stations and of a hub's router", () => {
  const lotus = without(worked, ["Lotus"]);
  const nation = rowOf(lotus.rows, "nation");
  assert.deepEqual(nation.sites.served, sure(2));
  assert.deepEqual([nation.sites.total, nation.sites.before], [6, 6]);
  assert.deepEqual(dark(nation), { own: 2, cutOff: 2, pool: 0 });
  // North and South each keep operator B alone: a quarter of the customers; and one place where the largest network has two.
  assert.deepEqual(nation.people, { total: 1600, before: sure(1600), served: sure(400), roaming: sure(800) });
  assert.deepEqual(rowOf(lotus.rows, "operator", "A").people, {
    total: 1600,
    before: sure(1600),
    served: sure(0),
    roaming: sure(800),
  });
  assert.deepEqual(nation.traffic, { total: 14, before: 14, served: sure(4), overloaded: sure(0) });
  assert.deepEqual(lotus.elements, { total: 16, hit: sure(3), unheld: 0 });
});

test("the worked example: a pool below what it needs darkens what nothing else touches", () => {
  const pine = without(worked, ["Pine"]);
  assert.deepEqual(dark(rowOf(pine.rows, "operator", "A")), { own: 0, cutOff: 0, pool: 4 });
  assert.deepEqual(pine.pools, [{ id: "upf", operator: "A", function: "UPF", members: 2, needed: 2, live: sure(1) }]);
  const fir = without(worked, ["Fir"]);
  assert.deepEqual(fir.pools, []);
  assert.deepEqual(dark(rowOf(fir.rows, "nation")), { own: 4, cutOff: 0, pool: 0 });
  assert.deepEqual(rowOf(fir.rows, "region", "North").people, {
    total: 1000,
    before: sure(1000),
    served: sure(750),
    roaming: sure(1000),
  });
});

test("the worked example: a leased line is gone, traffic is re-routed and no longer fits", () => {
  const reed = without(worked, ["Reed"]);
  const nation = rowOf(reed.rows, "nation");
  assert.deepEqual(nation.sites.served, sure(6));
  assert.deepEqual(nation.traffic, { total: 14, before: 14, served: sure(14), overloaded: sure(8) });
  assert.deepEqual(reed.overloaded, [{ link: "A/c1 A/h3", operator: "A", capacity: 5, load: 8, before: 0 }]);
});

test("the worked example: hostile management pulls down all it manages", () => {
  const reed = without(worked, ["Reed"], "hostile");
  assert.deepEqual(dark(rowOf(reed.rows, "nation")), { own: 2, cutOff: 0, pool: 0 });
  assert.equal(reed.elements.hit.least, 3);
  assert.deepEqual(reed.channels, ["made", "managed"]);
});

test("the worked example: without updates nothing falls, and what stands on them is told", () => {
  const row = rowOf(without(worked, ["Lotus"], "no-updates").rows, "nation");
  assert.deepEqual(row.sites.served, sure(6));
  assert.deepEqual(dark(row), { own: 0, cutOff: 0, pool: 0 });
  // Two of A's radio places in the North: 1000 x 300 / 400. An end of the traffic from a1 stands on it, but none from h2.
  assert.deepEqual(row.withoutUpdates, { sites: sure(2), people: sure(750), traffic: sure(4) });
});

test("the worked example: smallest sets", () => {
  const frame = frameOf(sketched(worked));
  const [sites, people] = smallestSets(frame, baselineOf(frame), ["stops"], { threshold: 30 });
  const names = (found: typeof sites) => found!.sets.map(({ suppliers }) => suppliers.join("+"));
  assert.deepEqual(names(sites), ["Elm+Fir", "Fir+Lotus", "Fir+Oak", "Fir+Pine"]);
  assert.deepEqual(names(people), ["Elm", "Lotus", "Oak", "Pine"]);
  assert.deepEqual(people!.sets[1]!.served, sure(400));
  assert.equal(sites!.upTo, 3);
  // Six suppliers: 6 + 15 sets of one and two, and the threes that hold none of the four found.
  assert.equal(sites!.searched, 6 + 15 + 10 + 0);
});

test("nobody known behind it widens the answer, and is counted", () => {
  const things = worked.things.map((thing) => (thing.at === "A/a4" ? { ...thing, made: undefined } : thing));
  const { rows, elements } = without({ ...worked, things: things as Sketch["things"] }, ["Pine"]);
  assert.deepEqual(rowOf(rows, "operator", "A").sites.own, { least: 0, most: 1 });
  assert.deepEqual(rowOf(rows, "operator", "A").sites.pool, { least: 3, most: 4 });
  assert.deepEqual(elements, { total: 16, hit: { least: 1, most: 2 }, unheld: 1 });
});

test("of whom nothing is known may be whoever is not known: nothing for sure, and all of that at the most", () => {
  const things = worked.things.map(({ made: _, ...thing }) => thing);
  const { rows, elements } = without({ ...worked, things }, []);
  assert.deepEqual(rowOf(rows, "nation").sites.served, { least: 0, most: 6 });
  assert.deepEqual(elements.hit, { least: 0, most: things.length });
  assert.deepEqual(without(worked, []).elements.hit, sure(0));
});

test("sites that were not connected before are told apart and blamed on nobody", () => {
  const links = worked.links!.filter(({ from }) => from !== "A/a1");
  const row = rowOf(without({ ...worked, links }, ["Lotus"]).rows, "operator", "A");
  assert.deepEqual([row.sites.total, row.sites.before], [4, 3]);
  assert.deepEqual(dark(row), { own: 1, cutOff: 2, pool: 0 });
  assert.deepEqual(row.traffic!.before, 10);
});

test("no pools: one live gateway must be reached; neither: no path is looked at", () => {
  const { pools: _, ...free } = worked;
  assert.deepEqual(rowOf(without(free, ["Pine"]).rows, "nation").sites.served, sure(6));
  assert.deepEqual(dark(rowOf(without(free, ["Pine", "Elm"]).rows, "operator", "A")), { own: 0, cutOff: 0, pool: 4 });
  const cut = { ...free, links: worked.links!.filter(({ uplink }) => uplink) };
  // Without trunks c1 alone is reached; with its gateway gone the sites are cut off from that at c2.
  assert.deepEqual(dark(rowOf(without(cut, ["Elm"]).rows, "operator", "A")), { own: 0, cutOff: 4, pool: 0 });
  const blunt = { ...free, things: free.things.filter(({ functions }) => functions !== "UPF") };
  assert.deepEqual(dark(rowOf(without(blunt, ["Oak"]).rows, "operator", "A")), { own: 0, cutOff: 0, pool: 0 });
});

test("no links: pools count members wherever they stand", () => {
  const { links: _, demands: __, ...bare } = worked;
  assert.deepEqual(dark(rowOf(without(bare, ["Oak"]).rows, "operator", "A")), { own: 0, cutOff: 0, pool: 0 });
  assert.deepEqual(dark(rowOf(without(bare, ["Pine"]).rows, "operator", "A")), { own: 0, cutOff: 0, pool: 4 });
  assert.equal(rowOf(without(bare, ["Pine"]).rows, "nation").traffic, null);
});

test("no people, no radio, nothing at all", () => {
  const { people: _, ...unpeopled } = worked;
  assert.equal(rowOf(without(unpeopled, ["Pine"]).rows, "nation").people, null);
  const radioless = { things: worked.things.filter(({ functions }) => functions !== "gNB") };
  assert.deepEqual(rowOf(without(radioless, ["Pine"]).rows, "nation").sites.total, 0);
  const empty = without({ things: [], suppliers: ["Pine"] }, ["Pine"]);
  assert.deepEqual(
    empty.rows.map(({ scope }) => scope),
    ["nation"],
  );
});

test("zero capacity: anything overloads it; capacity not known: in no answer", () => {
  const links = worked.links!.map((link) => (link.from === "A/h3" ? { ...link, capacity: 0 } : link));
  const { overloaded } = without({ ...worked, links }, ["Reed"]);
  assert.deepEqual(
    overloaded.map(({ link, load }) => [link, load]),
    [
      ["A/h3 A/c2", 8],
      ["A/c1 A/h3", 8],
    ],
  );
  const unknown = worked.links!.map(({ capacity: _, ...link }) => link);
  assert.deepEqual(without({ ...worked, links: unknown }, ["Reed"]).overloaded, []);
});

test("a given path must live wholly and is not re-routed", () => {
  const demands = [{ from: "A/c1", to: "A/c2", value: 4, path: ["A/c1", "A/h3", "A/c2"] }];
  const traffic = (maker: string) => rowOf(without({ ...worked, demands }, [maker]).rows, "nation").traffic!.served;
  assert.deepEqual([traffic("Reed"), traffic("Oak")], [sure(4), sure(0)]);
});

test("radio units: parts, units beside base stations, and units alone", () => {
  const served = (things: Sketch["things"], maker: string) =>
    rowOf(without({ things, suppliers: [maker] }, [maker]).rows, "nation").sites.served.least;
  const station = { at: "A/s", functions: "gNB", made: "Fir", name: "station" };
  assert.equal(served([station, { at: "A/s", functions: "RU", made: "Elm", partOf: "station" }], "Elm"), 0);
  assert.equal(served([station, { at: "A/s", functions: "RU", made: "Elm" }], "Elm"), 1);
  assert.equal(served([station, { at: "A/s", functions: "RU", made: "Elm" }], "Fir"), 0);
  assert.equal(served([{ at: "A/s", functions: "RU", made: "Elm" }], "Elm"), 0);
  // The unit on a mast of its own, a part of the station elsewhere.
  const mast = [station, { at: "A/mast", functions: "RU", made: "Elm", partOf: "station" }];
  assert.equal(served(mast, "Elm"), 0);
  const cloud = { at: "A/dc", functions: "cloud-platform", made: "Oak", name: "cloud" };
  assert.equal(served([{ ...station, runsOn: "cloud" }, cloud], "Oak"), 0);
});

test("a demand that ends at a gateway whose user plane is dead is not served, though the place carries", () => {
  const things = [
    { at: "A/r", functions: "gNB", made: "Fir" },
    { at: "A/g", functions: "transport-router", made: "Fir" },
    { at: "A/g", functions: "UPF", made: "Elm" },
    { at: "A/h", functions: "transport-router", made: "Fir" },
    { at: "A/h", functions: "PGW", made: "Oak" },
    { at: "A/h", functions: "gNB", made: "Fir" },
  ];
  const links = [
    { from: "A/r", to: "A/g", uplink: true },
    { from: "A/g", to: "A/h" },
  ];
  const demands = [
    { from: "A/r", to: "A/g", value: 8 },
    { from: "A/r", to: "A/h", value: 4 },
    { from: "A/g", to: "A/h", value: 2 },
  ];
  const served = (gone: string) => rowOf(without({ things, links, demands }, [gone]).rows, "nation").traffic!.served;
  assert.deepEqual(served("Elm"), sure(4));
  // What comes from the gateway at g is for the station at h.
  assert.deepEqual(served("Oak"), sure(10));
});
