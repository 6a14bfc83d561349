/** A written workspace as the network that dependence, exposure and outage look at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../src/model/errors.ts";
import { type Channel, type Network, noSupplier, openSupplier } from "../src/model/network.ts";
import { noSite, partOnly } from "../src/model/ports/network.ts";
import { networkOf } from "../src/tasks/network-of.ts";
import { suspectsOf } from "../src/tasks/suspects.ts";
import { openWorkspace, type Workspace } from "../src/tasks/workspace.ts";
import { inWorld, shellIn } from "./kit/cases.ts";
import { register, type World } from "./kit/world.ts";

const asOf = "2026-11-20";
const world: World = {
  config: {
    ...{ name: "DEMO-network", country: "DE", demo: true, days: { asOf, knownAt: asOf } },
    binding: [{ pack: "de-2026" }],
  },
  keys: [
    { id: "DEMO-north-security", party: "DEMO-north", role: "operator" },
    { id: "DEMO-north-approver", party: "DEMO-north", role: "approver" },
  ],
  tables: {
    suppliers: [
      { id: "DEMO-radio-maker", name: "DEMO Radio", seat: "XL" },
      { id: "DEMO-router-maker", name: "DEMO Router", seat: "SE" },
      { id: "DEMO-care", name: "DEMO Care", seat: "DE" },
      { id: "DEMO-idle", name: "DEMO Idle", seat: "DE" },
    ],
    operators: [
      { id: "DEMO-north", name: "DEMO Nordnetz", customers: 700 },
      { id: "DEMO-south", name: "DEMO Südnetz" },
    ],
    products: [{ id: "DEMO-radio", supplier: "DEMO-radio-maker", name: "Radio 5" }],
    sites: [
      { id: "S1", region: "west", latitude: 50, longitude: 7 },
      { id: "S2", region: "west" },
      { id: "S3", region: "east" },
    ],
    regions: [
      { name: "west", people: 1000, year: 2024, source: "DEMO count" },
      { name: "far", people: 5, year: 2023 },
    ],
    elements: [
      { id: "DEMO-gnb-1", operator: "DEMO-north", site: "S1", product: "DEMO-radio", release: "5.1", functions: "gNB" },
      { id: "DEMO-gnb-2", operator: "DEMO-north", site: "S2", maker: "Radio Inc", functions: "gNB" },
      { id: "DEMO-gnb-3", operator: "DEMO-south", site: "S1", maker: "DEMO-radio-maker", functions: "RU" },
      { id: "DEMO-board", operator: "DEMO-north", site: "S1", maker: "DEMO-router-maker" },
      { id: "DEMO-upf", operator: "DEMO-north", site: "S3", maker: "DEMO-router-maker", functions: "UPF" },
      { id: "DEMO-nms", operator: "DEMO-north", maker: "DEMO-radio-maker", functions: "RAN-management" },
      { id: "DEMO-old", operator: "DEMO-north", site: "S3", maker: "DEMO-care", functions: "gNB", status: "retired" },
    ],
    relations: [
      { from: "DEMO-board", kind: "part-of", to: "DEMO-gnb-1" },
      { from: "DEMO-gnb-1", kind: "managed-by", to: "DEMO-nms" },
      { from: "DEMO-nms", kind: "maintained-by", to: "DEMO-care", access: "unmediated" },
    ],
    links: [
      { id: "L1", from: "S1", to: "S3", kind: "uplink", maker: "DEMO-router-maker" },
      { id: "L2", from: "S2", to: "S3", maker: "Cables and Sons" },
      { id: "L3", from: "S1", to: "S2" },
      { id: "L4", from: "S1", to: "S1" },
    ],
    pools: [{ id: "P1", operator: "DEMO-north", function: "UPF", needed: 1 }],
  },
  signed: [
    {
      ...{ file: "registers/maintenance.json", by: ["DEMO-north-security"], on: "2026-10-01" },
      says: register({
        ...{ register: "maintenance", operator: "DEMO-north", edition: 1, asOf: "2026-10-01", nextDue: "2027-01-01" },
        entries: [],
      }),
    },
  ],
};

function inNetwork<T>(given: World, use: (network: Network, workspace: Workspace) => Promise<T>): Promise<T> {
  return inWorld(given, async (root) => {
    const shell = shellIn(root);
    const store = await shell.openStore();
    try {
      const workspace = await openWorkspace(shell, store, {}, { sites: true });
      return await use(await networkOf(workspace), workspace);
    } finally {
      await store.close();
    }
  });
}
const withTables = (tables: World["tables"]): World => ({ ...world, tables: { ...world.tables, ...tables } });

/** Each place as `operator site`, by number. */
async function placeNames({ places, operators }: Network, { store }: Workspace): Promise<readonly string[]> {
  const sited = places.site.filter((site) => site !== noSite);
  const names = await store.siteIds(sited);
  const nameOf = new Map([...sited].map((site, at) => [site, names[at]]));
  return Array.from(places.site, (site, at) => `${operators[places.operator[at]!]!.id} ${nameOf.get(site) ?? "-"}`);
}

const holdersOf = ({ suppliers, traits }: Network, trait: number, channel: Channel) => {
  const { sure, open } = traits[trait]!.holders[channel];
  return [...sure.map((number) => suppliers[number]), ...(open ? ["?"] : [])].join();
};

test("elements stand at places, with who stands behind them in each channel", async () => {
  await inNetwork(world, async (network, workspace) => {
    const names = await placeNames(network, workspace);
    assert.deepEqual([...names].sort(), [
      "DEMO-north -",
      "DEMO-north S1",
      "DEMO-north S2",
      "DEMO-north S3",
      "DEMO-south S1",
    ]);
    assert.deepEqual(
      network.suppliers,
      ["DEMO-care", "DEMO-radio-maker", "DEMO-router-maker"],
      "who stands behind nothing has no number",
    );
    assert.deepEqual(network.operators, [
      { id: "DEMO-north", customers: 700 },
      { id: "DEMO-south", customers: null },
    ]);
    const rows = Array.from(network.elements.place, (place, at) => {
      const trait = network.elements.trait[at]!;
      const { functions, release } = network.traits[trait]!;
      const holders = (["made", "maintained", "managed"] as const).map((channel) => holdersOf(network, trait, channel));
      const part = network.elements.bundle[at] === partOnly ? "part" : "";
      return [names[place], functions.join(), release ?? "", part, ...holders].join(" | ");
    });
    assert.deepEqual(rows.sort(), [
      "DEMO-north - | RAN-management |  |  | DEMO-radio-maker | DEMO-care | ",
      "DEMO-north S1 |  |  | part | DEMO-router-maker |  | ",
      "DEMO-north S1 | gNB | Radio 5 5.1 |  | DEMO-radio-maker |  | DEMO-care,DEMO-radio-maker",
      "DEMO-north S2 | gNB |  |  | ? |  | ",
      "DEMO-north S3 | UPF |  |  | DEMO-router-maker |  | ",
      "DEMO-south S1 | RU |  |  | DEMO-radio-maker | ? | ?",
    ]);
    const managed = network.traits.find(({ managers }) => managers.length > 0)!;
    assert.deepEqual(
      managed.unmediated.map((number) => network.suppliers[number]),
      ["DEMO-care"],
    );
    assert.equal(await networkOf(workspace), network, "made once");
  });
});

test("people are apportioned, traffic modelled where no table says it, makers of lines resolved", async () => {
  await inNetwork(world, async (network, workspace) => {
    const names = await placeNames(network, workspace);
    const at = (name: string) => names.indexOf(name);
    const served = names.filter((_, place) => network.radio[place]).sort();
    assert.deepEqual(served, ["DEMO-north S1", "DEMO-north S2", "DEMO-south S1"]);
    const people = ["DEMO-north S1", "DEMO-north S2", "DEMO-north S3", "DEMO-south S1"].map(
      (name) => network.people[at(name)],
    );
    assert.deepEqual(people, [500, 500, 0, 1000], "each operator by itself");
    const regions = network.regions.map(({ name, people: all }) => `${name} ${all}`);
    assert.deepEqual(regions.slice(-3), ["east null", "far 5", "west 1000"], "a region without sites is one too");
    assert.equal(network.demands.origin, "modelled");
    assert.deepEqual(
      [network.demands.count, network.traffic[at("DEMO-north S3")], network.traffic[at("DEMO-south S1")]],
      [2, 1000, 0],
    );
    const lines = Array.from(network.linkMaker, (maker, link) => [network.links.ids(link), maker]);
    assert.deepEqual(Object.fromEntries(lines), {
      L1: network.suppliers.indexOf("DEMO-router-maker"),
      L2: openSupplier,
      L3: noSupplier,
    });
    assert.deepEqual(
      [network.links.loops, network.pools.length, network.pools[0]?.needed, network.unread],
      [1, 1, 1, 0],
    );
  });
});

test("a table of demands is taken at its word, and records that could not be read are counted", async () => {
  const bad = { id: "", operator: "DEMO-north", maker: "DEMO-care" };
  const demands = [
    { from: "S2", to: "S3", value: 12 },
    { from: "S2", to: "nowhere", value: 1 },
  ];
  await inNetwork(withTables({ demands, elements: [...world.tables.elements!, bad] }), async (network, workspace) => {
    const names = await placeNames(network, workspace);
    assert.deepEqual([network.demands.origin, network.demands.count, network.demands.loose], ["table", 1, 1]);
    assert.equal(network.traffic[names.indexOf("DEMO-north S2")], 12);
    assert.equal(network.unread, 1);
  });
});

test("suspects are chosen among those who stand behind the network", async () => {
  await inNetwork(world, async (network, workspace) => {
    const radio = network.suppliers.indexOf("DEMO-radio-maker");
    assert.deepEqual(suspectsOf(workspace, network, { jurisdictions: ["XL"] }).sure, [radio]);
    const idle = suspectsOf(workspace, network, { suppliers: ["DEMO-idle"] });
    assert.deepEqual(idle, { name: "DEMO-idle", sure: [], may: [] });
    assert.throws(() => suspectsOf(workspace, network, { suppliers: ["DEMO-radio"] }), UserError);
  });
});

test("an empty inventory is an empty network", async () => {
  const none = { elements: [], relations: [], links: [], pools: [] };
  await inNetwork(withTables(none), async (network) => {
    assert.deepEqual([network.places.count, network.traits.length, network.demands.origin], [0, 0, "none"]);
    assert.deepEqual(network.suppliers, []);
  });
});
