import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sketch, sketched } from "../../test/kit/network.ts";
import type { Network } from "../model/network.ts";
import type { Darkness } from "../model/report-data.ts";
import { darknessOf } from "./darkness.ts";
import { nationOf, outageOf } from "./outage.ts";
import { everySuspect } from "./suspects.ts";

const siteIds = async (numbers: Uint32Array) => [...numbers].map((number) => `s${String(number).padStart(3, "0")}`);

/** Masts in a row under one hub: made by Elm, by Fir, by nobody known, in turn; two operators at the first of them. */
function row(masts: number, hub = "Oak"): Network {
  const makers = ["Elm", "Fir", undefined];
  const stations = Array.from({ length: masts }, (_, at) => ({
    ...{ at: `A/m${String(at).padStart(4, "0")}`, functions: "gNB", product: `p${at}` },
    ...(makers[at % 3] !== undefined && { made: makers[at % 3]! }),
  }));
  const sketch: Sketch = {
    things: [
      ...stations,
      { at: "B/m0000", functions: "gNB", made: "Fir" },
      { at: "A/hub", functions: "transport-router", made: hub },
      { at: "A/core", functions: "UPF", made: "Pine" },
    ],
    regionOf: Object.fromEntries(stations.map(({ at }) => [at.slice(2), "North"])),
    links: [
      ...stations.map(({ at }) => ({ from: at, to: "A/hub", uplink: true })),
      { from: "A/hub", to: "A/core", uplink: true },
    ],
  };
  const network = sketched(sketch);
  const spread = (offset: number) => Float32Array.from(network.places.site, (site) => offset + site / 100);
  return { ...network, places: { ...network.places, latitude: spread(50), longitude: spread(8) } };
}

async function looked(network: Network, most = 100) {
  const suspects = everySuspect(network);
  const outage = outageOf(network, suspects);
  const darkness = await darknessOf(network, suspects, outage, { siteIds, most });
  const named = darkness.scenarios.map((at) => `${outage.scenarios[at]!.suspect} ${outage.scenarios[at]!.state}`);
  return { outage, darkness, named };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function agrees({ darkness, outage }: { darkness: Darkness; outage: Awaited<ReturnType<typeof looked>>["outage"] }) {
  for (const [at, scenario] of darkness.scenarios.entries()) {
    const { before, served } = nationOf(outage.scenarios[scenario]!.rows).sites;
    assert.equal(sum(darkness.points.map(({ sites }) => sites)) + darkness.unplaced, before);
    assert.equal(sum(darkness.points.map(({ dark }) => dark[at]!)), before - served.most);
    assert.equal(sum(darkness.points.map(({ mayBeDark }) => mayBeDark[at]!)), before - served.least);
    for (const { dark, mayBeDark, sites } of darkness.points) {
      assert.ok(dark[at]! <= mayBeDark[at]! && mayBeDark[at]! <= sites);
    }
  }
}

test("one scenario of each supplier, the darkest first; sums over sites are what the outage says", async () => {
  const found = await looked(row(9));
  // Nobody is known to have made three of the masts: whoever falls may take them along.
  assert.deepEqual(found.named, ["Oak stops", "Pine stops", "Fir stops", "Elm stops"]);
  assert.equal(found.darkness.cell, null);
  assert.equal(found.darkness.points.length, 9);
  agrees(found);
  const fir = found.darkness.points.map(({ dark, mayBeDark }) => [dark[2], mayBeDark[2]]);
  assert.deepEqual(fir.slice(0, 4), [
    [1, 1],
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
  assert.equal(found.darkness.points[0]!.sites, 2);
  assert.equal(found.darkness.points[0]!.region, "North");
});

test("more sites than may be drawn are gathered in cells, none lost, no more points than allowed", async () => {
  const found = await looked(row(90), 10);
  assert.ok(found.darkness.cell !== null && found.darkness.points.length <= 10 && found.darkness.points.length > 2);
  agrees(found);
  const ids = found.darkness.points.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  assert.match(ids[0]!, /^5\d\.\d+ 8\.\d+$/);
});

test("what has no position is counted, and nothing is left to draw of a network without radio", async () => {
  const network = row(6);
  const nowhere = Float32Array.from(network.places.site, () => Number.NaN);
  const found = await looked({ ...network, places: { ...network.places, latitude: nowhere } });
  assert.deepEqual([found.darkness.points.length, found.darkness.unplaced], [0, 7]);
  const nothing = await looked(sketched({ things: [{ at: "A/core", functions: "UPF", made: "Pine" }] }));
  assert.deepEqual(nothing.darkness, { scenarios: [], cell: null, points: [], unplaced: 0 });
});
