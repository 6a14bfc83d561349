import { parseArgs } from "node:util";
import { baselineOf } from "../src/assess/outage-baseline.ts";
import { type Frame, frameOf } from "../src/assess/outage-frame.ts";
import { type Scenario, usualChannels } from "../src/assess/outage-hits.ts";
import { evaluated, lostOf } from "../src/assess/outage-lanes.ts";
import { smallestSets } from "../src/assess/smallest-sets.ts";
import { type Channel, type Holders, type Network, noSupplier, type Trait } from "../src/model/network.ts";
import { outageOf } from "../src/tasks/outage.ts";
import { everySuspect } from "../src/tasks/suspects.ts";

/**
 * Outage on a network made up here: `node bench/outage.ts [--sites 1000000] [--suppliers 40] [--runs 5] [--demands]`. One in ten sites is a
 * hub; 30 % of hubs and 10 % of the others have two uplinks; the backbone has 4,200 places and 12,800 links (fewer where
 * there are few sites); with `--demands` each site sends to one of ten places in it. Mark: every supplier's stop at a million sites within 0.2 s, once the network is made ready.
 */
const { values } = parseArgs({
  options: {
    sites: { type: "string", default: "1000000" },
    suppliers: { type: "string", default: "40" },
    runs: { type: "string", default: "5" },
    demands: { type: "boolean", default: false },
  },
});
const [sites, makers, runs] = [Number(values.sites), Number(values.suppliers), Number(values.runs)];
const regionCount = 16;

const network = synthetic();
const [ready, frame] = timed(() => frameOf(network));
const [looked, baseline] = timed(() => baselineOf(frame));
console.log(`${sites} sites, ${makers} suppliers: made ready in ${seconds(ready)}, as it is ${seconds(looked)}`);

const stops = everySuspect(network).map(
  (suspect): Scenario => ({ suspect, state: "stops", channels: usualChannels("stops") }),
);
const times = Array.from({ length: runs }, () => timed(() => lostTo(frame, stops))).sort(([a], [b]) => a - b);
const [middle, lost] = times[Math.floor(runs / 2)]!;
console.log(`every supplier's stop, exact: ${seconds(middle)} (mark 0.200 s at 1 000 000), most lost ${lost}`);

const [setsTime, sets] = timed(() => smallestSets(frame, baseline, ["stops"], { threshold: 50 }));
for (const { base, searched, upTo, sets: found, more } of sets) {
  console.log(`smallest sets by ${base}, up to ${upTo}: ${searched} looked at, ${found.length + more} found`);
}
console.log(`smallest sets, together: ${seconds(setsTime)}`);
const [wholeTime, whole] = timed(() => outageOf(network, everySuspect(network)));
console.log(`all that assess asks (${whole.scenarios.length} scenarios, rows, sets): ${seconds(wholeTime)}`);
console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);

function lostTo(made: Frame, scenarios: readonly Scenario[]): number {
  let most = 0;
  for (const lanes of evaluated(made, baseline.served, scenarios)) {
    const { dark } = lostOf(made, baseline.served, lanes);
    for (let lane = 0; lane < lanes.scenarios.length; lane += 1) {
      let sum = 0;
      for (let at = lane; at < dark.most.length; at += lanes.scenarios.length) sum += dark.most[at]!;
      most = Math.max(most, sum);
    }
  }
  return most;
}

/** A backbone, hubs below it and sites below those; sorted as places are, by number. */
function synthetic(): Network {
  const next = random(20261124);
  const backbone = Math.max(20, Math.min(4200, Math.floor(sites / 200)));
  const hubs = Math.floor(sites / 10);
  const count = backbone + sites;
  const pick = (below: number) => Math.floor(next() * below);
  // A few suppliers have most of the market.
  const maker = () => Math.floor(makers * next() ** 2);
  const [radio, router, core] = [0, makers, 2 * makers];
  const traits = [radio, router, core].flatMap((_, kind) =>
    Array.from({ length: makers }, (_, at) => traitOf(kind, at)),
  );
  const [place, trait]: [number[], number[]] = [[], []];
  const put = (at: number, kind: number) => {
    place.push(at);
    trait.push(kind + maker());
  };
  const links = { from: [] as number[], to: [] as number[], uplink: [] as number[] };
  const link = (from: number, to: number, uplink: number) => {
    links.from.push(from);
    links.to.push(to);
    links.uplink.push(uplink);
  };
  const standing = (at: number) => {
    for (const kind of [router, router, ...(at % 420 === 0 ? [core, core] : [])]) put(at, kind);
    for (const other of [(at + 1) % backbone, pick(backbone), pick(backbone)]) link(at, other, 0);
  };
  const climbing = (at: number) => {
    const [own, isHub] = [backbone + at, at < hubs];
    for (const kind of isHub ? [radio, router] : [radio]) put(own, kind);
    const upper = () => (isHub ? pick(backbone) : backbone + pick(hubs));
    link(own, upper(), 1);
    if (next() < (isHub ? 0.3 : 0.1)) link(own, upper(), 1);
  };
  for (let at = 0; at < backbone; at += 1) standing(at);
  for (let at = 0; at < sites; at += 1) climbing(at);
  const members = trait.flatMap((kind, row) => (kind >= core ? [row] : []));
  const linkCount = links.from.length;
  const wanted = values.demands ? sites : 0;
  return {
    operators: [{ id: "DEMO-one", customers: 1 }],
    regions: Array.from({ length: regionCount }, (_, at) => ({
      ...{ name: `region ${at}`, people: 5_000_000, year: 2022, source: "invented" },
    })),
    suppliers: Array.from({ length: makers }, (_, at) => `DEMO-${at}`),
    places: {
      count,
      operator: new Uint16Array(count),
      region: Uint16Array.from({ length: count }, (_, at) => at % regionCount),
      site: Uint32Array.from({ length: count }, (_, at) => at),
      latitude: new Float32Array(count),
      longitude: new Float32Array(count),
    },
    elements: {
      place: Uint32Array.from(place),
      trait: Uint32Array.from(trait),
      bundle: Uint32Array.from(trait),
      first: new Uint8Array(place.length).fill(1),
    },
    traits,
    bundles: traits.map((_, at) => [at]),
    links: {
      count: linkCount,
      from: Uint32Array.from(links.from),
      to: Uint32Array.from(links.to),
      uplink: Uint8Array.from(links.uplink),
      weight: new Float64Array(linkCount).fill(1),
      capacity: new Float64Array(linkCount).fill(Number.NaN),
      maker: new Uint16Array(linkCount),
      makers: [null],
      protection: new Uint8Array(linkCount),
      first: new Uint8Array(linkCount).fill(1),
      ids: (at) => `${at}`,
      loose: 0,
      loops: 0,
    },
    linkMaker: new Uint16Array(linkCount).fill(noSupplier),
    demands: {
      ...{ count: wanted, from: Uint32Array.from({ length: wanted }, (_, at) => backbone + at) },
      ...{ to: Uint32Array.from({ length: wanted }, (_, at) => (at % 10) * Math.floor(backbone / 10)) },
      ...{ value: new Float64Array(wanted).fill(1), paths: new Map(), loose: 0, loops: 0 },
      origin: values.demands ? "table" : "none",
    },
    pools: [
      {
        ...{ id: "amf", operator: 0, function: "AMF", needed: Math.ceil(members.length / 4), regions: [], missing: 0 },
        place: Uint32Array.from(members, (row) => place[row]!),
        bundle: Uint32Array.from(members, (row) => trait[row]!),
      },
    ],
    radio: Uint8Array.from({ length: count }, (_, at) => (at >= backbone ? 1 : 0)),
    people: new Float64Array(count),
    traffic: new Float64Array(count),
    unread: 0,
    left: [],
  };
}

function traitOf(kind: number, supplier: number): Trait {
  const held: Holders = { sure: [supplier], open: false };
  const nobody: Holders = { sure: [], open: false };
  const holders: Record<Channel, Holders> = {
    ...{ made: held, built: nobody, maintained: nobody, managed: nobody, contains: nobody },
  };
  return {
    operator: 0,
    functions: [["gNB"], ["transport-router"], ["AMF"]][kind]!,
    domain: (["access", "transport", "core"] as const)[kind]!,
    ...{
      segments: [null],
      moved: false,
      product: null,
      release: null,
      holders,
      unmediated: [],
      maybeUnmediated: [],
      managers: [],
    },
  };
}

function timed<Result>(work: () => Result): readonly [milliseconds: number, result: Result] {
  const began = performance.now();
  const result = work();
  return [performance.now() - began, result];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}

/** A small generator with a seed (mulberry32), between 0 and 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
