import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { inventoryRows, takeInventory } from "../src/assess/dependence.ts";
import { similarityOf } from "../src/assess/similarity.ts";
import { type Network, noSupplier, type Trait } from "../src/model/network.ts";

/**
 * Dependence alone: `node bench/dependence.ts --elements 5000000 [--peer]`. All rows of the report over an invented network, by
 * operator, region, segment and maker, weighed by elements, sites, people and traffic. With `--peer` in the same run one DuckDB
 * `group by` of the same four columns with the same sums, from a table in memory: it tells no spans, no indices and no sites split.
 */
const { values } = parseArgs({
  options: { elements: { type: "string", default: "5000000" }, peer: { type: "boolean", default: false } },
});
const elements = Number(values.elements);
const counts = {
  operators: 4,
  regions: 400,
  suppliers: 40,
  kinds: 4_000,
  places: Math.max(1, Math.round(elements / 5)),
};
const functions = ["gNB", "RU", "transport-router", "security-gateway", "UPF", "AMF", "RAN-management"];
const segments = ["access", "access", "transport", "transport", "core", "core", "access-management"];

const network = invented();
const seconds = (from: number) => (performance.now() - from) / 1000;
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);
const before = peak();
const times: number[] = [];
const counted: number[] = [];
let rows = 0;
for (let run = 0; run < 3; run += 1) {
  const began = performance.now();
  const alone = (maker: string) => ({ known: maker });
  const ties = { listed: new Set<string>(), owner: alone, country: alone, similarity: similarityOf([]) };
  const { inventory, regions } = takeInventory(network, ties);
  counted.push(seconds(began));
  rows = inventoryRows(inventory, regions).length;
  times.push(seconds(began));
}
const best = Math.min(...times);
const all = times.map((one) => one.toFixed(2)).join(", ");
console.log(`dependence   ${best.toFixed(2)} s (runs ${all})  ${elements} elements, ${rows} rows`);
console.log(
  `of it        ${Math.min(...counted).toFixed(2)} s for the count and the rows of ${counts.regions} regions`,
);
console.log(`memory       ${before} MiB with the network, ${peak()} MiB at the peak`);
if (values.peer) await comparePeer();

function invented(): Network {
  let state = 20190311;
  const below = (most: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const of = (length: number, value: (at: number) => number) => Uint32Array.from({ length }, (_, at) => value(at));
  const operatorOf = of(counts.places, (at) => Math.floor((at * counts.operators) / counts.places));
  const place = of(elements, () => below(counts.places));
  const kindsEach = counts.kinds / counts.operators;
  const kind = of(elements, (at) => operatorOf[place[at]!]! * kindsEach + below(kindsEach));
  const traits = Array.from({ length: counts.kinds }, (_, at): Trait => {
    const which = below(functions.length);
    const made = { sure: at % 50 === 0 ? [] : [below(counts.suppliers)], open: at % 50 === 0 };
    const worked = { sure: [below(counts.suppliers)], open: false };
    return {
      operator: Math.floor(at / kindsEach),
      functions: at % 97 === 0 ? [] : [functions[which]!],
      domain: "unknown",
      moved: false,
      segments: at % 97 === 0 ? [null] : [segments[which]!],
      product: at % 100 === 0 ? null : `product ${at}`,
      release: null,
      holders: { made, built: worked, maintained: worked, managed: worked, contains: worked },
      ...{ unmediated: [], maybeUnmediated: [], managers: [] },
    };
  });
  const radioKind = Uint8Array.from(traits, (trait) => Number(trait.segments.includes("access")));
  const radio = new Uint8Array(counts.places);
  for (let at = 0; at < elements; at += 1) radio[place[at]!]! |= radioKind[kind[at]!]!;
  const some = (value: () => number) => Float64Array.from({ length: counts.places }, value);
  return {
    operators: Array.from({ length: counts.operators }, (_, at) => ({ id: `operator ${at}`, customers: 1_000 })),
    regions: Array.from({ length: counts.regions }, (_, at) => {
      return { name: `region ${String(at).padStart(3, "0")}`, people: 200_000, year: 2022, source: "invented" };
    }),
    suppliers: Array.from({ length: counts.suppliers }, (_, at) => `supplier ${at}`),
    places: {
      count: counts.places,
      operator: Uint16Array.from(operatorOf),
      region: Uint16Array.from({ length: counts.places }, () => below(counts.regions)),
      site: of(counts.places, (at) => at),
      latitude: new Float32Array(counts.places),
      longitude: new Float32Array(counts.places),
    },
    elements: { place, trait: kind, bundle: kind, first: new Uint8Array(elements).fill(1) },
    traits,
    bundles: traits.map((_, at) => [at]),
    links: {
      ...{ count: 0, from: new Uint32Array(), to: new Uint32Array(), uplink: new Uint8Array() },
      ...{ weight: new Float64Array(), capacity: new Float64Array(), maker: new Uint16Array(), makers: [null] },
      ...{ protection: new Uint8Array(), first: new Uint8Array(), ids: String, loose: 0, loops: 0 },
    },
    linkMaker: new Uint16Array().fill(noSupplier),
    demands: {
      ...{ count: 0, from: new Uint32Array(), to: new Uint32Array(), value: new Float64Array(), paths: new Map() },
      ...{ origin: "table", loose: 0, loops: 0 },
    },
    pools: [],
    radio,
    people: some(() => 1),
    traffic: some(() => below(1_000)),
    unread: 3,
    left: [],
  };
}

async function comparePeer(): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  await connection.run(
    "create table e (operator usmallint, region usmallint, segment varchar, maker usmallint, people double, traffic double)",
  );
  const appender = await connection.createAppender("e");
  for (let at = 0; at < elements; at += 1) {
    const place = network.elements.place[at]!;
    const trait = network.traits[network.elements.trait[at]!]!;
    appender.appendUSmallInt(network.places.operator[place]!);
    appender.appendUSmallInt(network.places.region[place]!);
    appender.appendVarchar(trait.segments[0] ?? "");
    appender.appendUSmallInt(trait.holders.made.sure[0] ?? 0xffff);
    appender.appendDouble(network.people[place]!);
    appender.appendDouble(network.traffic[place]!);
    appender.endRow();
  }
  appender.closeSync();
  const laps: number[] = [];
  let groups = 0;
  for (let run = 0; run < 3; run += 1) {
    const began = performance.now();
    const answer = await connection.runAndReadAll(
      "select operator, region, segment, maker, count(*), sum(people), sum(traffic) from e group by all",
    );
    groups = answer.currentRowCount;
    laps.push(seconds(began));
  }
  const peer = Math.min(...laps);
  console.log(
    `DuckDB       ${peer.toFixed(2)} s (runs ${laps.map((one) => one.toFixed(2)).join(", ")})  ${groups} groups`,
  );
  console.log(`ratio        ${(best / peer).toFixed(2)} of DuckDB's time`);
  connection.closeSync();
}
