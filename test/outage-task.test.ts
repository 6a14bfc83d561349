import assert from "node:assert/strict";
import { test } from "node:test";
import { Value } from "typebox/value";
import { Outage, type OutageRow } from "../src/model/outage.ts";
import { outageOf } from "../src/tasks/outage.ts";
import { everySuspect } from "../src/tasks/suspects.ts";
import { type Sketch, sketched } from "./kit/network.ts";

/** Many sites under few hubs, so that alike ones are taken together; and one maker that is nowhere. */
function wide(sites: number): Sketch {
  const hubs = ["h1", "h2", "h3"];
  const makers = ["Elm", "Fir", "Oak"];
  const radio = Array.from({ length: sites }, (_, at) => ({
    ...{ at: `A/s${String(at).padStart(4, "0")}`, functions: "gNB", made: makers[at % 3]! },
  }));
  return {
    things: [
      ...radio,
      ...hubs.map((hub, at) => ({ at: `A/${hub}`, functions: "transport-router", made: makers[at]! })),
      { at: "A/core", functions: "UPF", made: "Pine" },
    ],
    regionOf: Object.fromEntries(radio.map(({ at }, index) => [at.slice(2), index % 2 === 0 ? "North" : "South"])),
    people: { North: 1000 },
    customers: { A: 10 },
    links: [
      ...radio.map(({ at }, index) => ({ from: at, to: `A/${hubs[index % 3]!}`, uplink: true })),
      ...hubs.map((hub) => ({ from: `A/${hub}`, to: "A/core", uplink: true })),
    ],
    suppliers: ["Reed"],
  };
}

const nation = (rows: readonly OutageRow[]) => rows.find(({ scope }) => scope === "nation")!;

test("every supplier and state, the worst first; who stands behind nothing is counted and not told", () => {
  const network = sketched(wide(60));
  const found = outageOf(network, everySuspect(network));
  assert.ok(Value.Check(Outage, found));
  assert.equal(found.suppliers, 5);
  assert.deepEqual(
    found.scenarios.slice(0, 3).map(({ suspect, state }) => `${suspect} ${state}`),
    ["Pine stops", "Pine hostile", "Elm stops"],
  );
  assert.ok(found.scenarios.every(({ suspect }) => suspect !== "Reed"));
  // A third of the sites is of each maker, and stands under the hub of the same.
  const fir = found.scenarios.find(({ suspect, state }) => suspect === "Fir" && state === "stops")!;
  assert.deepEqual(nation(fir.rows).sites.served, { least: 40, most: 40 });
  assert.deepEqual(nation(fir.rows).sites.cutOff, { least: 0, most: 0 });
  const updates = found.scenarios.filter(({ state }) => state === "no-updates");
  assert.deepEqual(
    updates.map(({ suspect }) => suspect),
    ["Elm", "Fir", "Oak", "Pine"],
  );
  assert.equal(found.paths, true);
  assert.equal(found.withoutRadio, 4);
  assert.deepEqual(found.looked, {
    ...{ withoutLinks: [], withoutNeeds: [], assumedCarriers: 1, peopleUnknown: 1, customersUnknown: [] },
    ...{ missingMembers: 0, unread: 0 },
  });
});

test("smallest sets: alike sites taken together weigh what they weigh apart", () => {
  const network = sketched(wide(60));
  const [sites, people] = outageOf(network, everySuspect(network)).smallest;
  assert.deepEqual(
    sites!.sets.map(({ suppliers, served }) => [suppliers.join("+"), served.most]),
    [
      ["Pine", 0],
      ["Elm+Fir", 20],
      ["Elm+Oak", 20],
      ["Fir+Oak", 20],
    ],
  );
  // Of the ten sites of a maker in the North a set of two leaves ten of thirty.
  assert.deepEqual(people!.sets[1]!.served, { least: 333.333, most: 333.333 });
});

test("a network of nothing, and one without suppliers", () => {
  const empty = outageOf(sketched({ things: [] }), []);
  assert.ok(Value.Check(Outage, empty));
  assert.deepEqual([empty.scenarios.length, empty.paths, empty.withoutRadio], [0, false, 0]);
  const nobody = sketched({ things: [{ at: "A/s", functions: "gNB" }] });
  assert.deepEqual(outageOf(nobody, everySuspect(nobody)).smallest[0]!.sets, []);
});
