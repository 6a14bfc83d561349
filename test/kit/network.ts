import { segmentOf } from "../../src/facts/segment.ts";
import { domainOf, splitFunctions } from "../../src/model/functions.ts";
import {
  type Channel,
  channels,
  gatewayFunctions,
  type Holders,
  type Network,
  noSupplier,
  openSupplier,
  radioFunctions,
  type Suspect,
  type Trait,
} from "../../src/model/network.ts";
import { partOnly } from "../../src/model/ports/network.ts";

/** An element of a network made by hand. `at`: `operator/site`; `made` undefined: not known. */
export interface Thing {
  readonly at: string;
  readonly functions?: string;
  readonly made?: string;
  readonly product?: string;
  readonly built?: readonly string[];
  readonly maintained?: readonly string[];
  readonly managed?: readonly string[];
  readonly contains?: readonly string[];
  readonly unmediated?: readonly string[];
  /** Name by which `partOf`, `runsOn` and `managedBy` of others mean it. */
  readonly name?: string;
  readonly partOf?: string;
  readonly runsOn?: string;
  readonly managedBy?: string;
  /** False: another operator's row counts it for the nation. */
  readonly first?: boolean;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly uplink?: boolean;
  readonly weight?: number;
  readonly capacity?: number;
  /** `?`: of a maker that is not known. */
  readonly maker?: string;
  readonly protection?: 0 | 1 | 2 | 3 | 4;
}

export interface Sketch {
  readonly things: readonly Thing[];
  /** Site -> region. */
  readonly regionOf?: Readonly<Record<string, string>>;
  readonly people?: Readonly<Record<string, number>>;
  readonly customers?: Readonly<Record<string, number>>;
  readonly links?: readonly Line[];
  readonly demands?: readonly { from: string; to: string; value: number; path?: readonly string[] }[];
  readonly pools?: readonly {
    id: string;
    operator: string;
    function: string;
    needed: number;
    members: readonly string[];
    regions?: readonly string[];
  }[];
  /** Suppliers that stand behind nothing. */
  readonly suppliers?: readonly string[];
  readonly unread?: number;
}

/** A network from a sketch: places and suppliers sorted by name, a trait for each thing, people apportioned. */
export function sketched(sketch: Sketch): Network {
  const { things, links = [], demands = [], pools = [] } = sketch;
  const places = sortedSet([...things.map(({ at }) => at), ...links.flatMap(({ from, to }) => [from, to])]);
  const operators = sortedSet(places.map((place) => place.split("/")[0]!));
  const sites = sortedSet(places.map((place) => place.split("/")[1]!));
  const regionOf = (place: string) => sketch.regionOf?.[place.split("/")[1]!] ?? "";
  const regions = sortedSet([...places.map(regionOf), ...Object.keys(sketch.people ?? {})]);
  const named = things.flatMap((thing) => channels.flatMap((channel) => holdersOf(thing, channel)));
  const makers = links.flatMap(({ maker }) => (maker !== undefined && maker !== "?" ? [maker] : []));
  const suppliers = sortedSet([...named, ...makers, ...(sketch.suppliers ?? [])]);
  const at = (place: string) => places.indexOf(place);
  const radio = Uint8Array.from(places, (place) =>
    Number(things.some((thing) => thing.at === place && bears(thing, radioFunctions))),
  );
  const people = Float64Array.from(places, (place, index) => {
    const region = regionOf(place);
    const own = places.filter((other, n) => radio[n] === 1 && regionOf(other) === region && sameOperator(other, place));
    return radio[index] === 1 ? (sketch.people?.[region] ?? 0) / own.length : 0;
  });
  const traffic = new Float64Array(places.length);
  for (const { from, to, value } of demands) {
    traffic[at(from)]! += value;
    traffic[at(to)]! += value;
  }
  const numbers = new Map(things.map(({ name }, index) => [name, index]));
  const needs = bundlesOf(things, numbers);
  return {
    operators: operators.map((id) => ({ id, customers: sketch.customers?.[id] ?? null })),
    regions: regions.map((name) => ({ name, people: sketch.people?.[name] ?? null, year: 2022, source: "invented" })),
    suppliers,
    places: {
      count: places.length,
      operator: Uint16Array.from(places, (place) => operators.indexOf(place.split("/")[0]!)),
      region: Uint16Array.from(places, (place) => regions.indexOf(regionOf(place))),
      site: Uint32Array.from(places, (place) => sites.indexOf(place.split("/")[1]!)),
      latitude: new Float32Array(places.length).fill(Number.NaN),
      longitude: new Float32Array(places.length).fill(Number.NaN),
    },
    elements: {
      place: Uint32Array.from(things, (thing) => at(thing.at)),
      trait: Uint32Array.from(things, (_, index) => index),
      bundle: Uint32Array.from(needs.ofThing),
      first: Uint8Array.from(things, ({ first }) => Number(first !== false)),
    },
    traits: things.map((thing) => traitOf(thing, { operators, suppliers, numbers, things })),
    bundles: needs.bundles,
    links: {
      count: links.length,
      from: Uint32Array.from(links, ({ from }) => at(from)),
      to: Uint32Array.from(links, ({ to }) => at(to)),
      uplink: Uint8Array.from(links, ({ uplink }) => Number(uplink === true)),
      weight: Float64Array.from(links, ({ weight }) => weight ?? 1),
      capacity: Float64Array.from(links, ({ capacity }) => capacity ?? Number.NaN),
      maker: new Uint16Array(links.length),
      makers: [null],
      protection: Uint8Array.from(links, ({ protection }) => protection ?? 0),
      first: new Uint8Array(links.length).fill(1),
      ids: (link) => `${links[link]!.from} ${links[link]!.to}`,
      loose: 0,
      loops: 0,
    },
    linkMaker: Uint16Array.from(links, ({ maker }) => {
      if (maker === undefined) return noSupplier;
      return maker === "?" ? openSupplier : suppliers.indexOf(maker);
    }),
    demands: {
      count: demands.length,
      from: Uint32Array.from(demands, ({ from }) => at(from)),
      to: Uint32Array.from(demands, ({ to }) => at(to)),
      value: Float64Array.from(demands, ({ value }) => value),
      paths: new Map(
        demands.flatMap(({ path }, index) => (path ? [[index, Uint32Array.from(path, at)] as const] : [])),
      ),
      origin: demands.length > 0 ? "table" : "none",
      loose: 0,
      loops: 0,
    },
    pools: pools.map((pool) => {
      const members = pool.members.map((name) => numbers.get(name)!);
      return {
        ...{ id: pool.id, operator: operators.indexOf(pool.operator), function: pool.function, needed: pool.needed },
        regions: (pool.regions ?? []).map((name) => regions.indexOf(name)),
        place: Uint32Array.from(members, (index) => at(things[index]!.at)),
        bundle: Uint32Array.from(members, (index) =>
          needs.ofThing[index] === partOnly ? index : needs.ofThing[index]!,
        ),
        missing: 0,
      };
    }),
    radio,
    people,
    traffic,
    unread: sketch.unread ?? 0,
    left: [],
  };
}

/** Suppliers looked at as one; `may`: those that might belong to it. */
export function suspectOf(network: Network, sure: readonly string[], may: readonly string[] = []): Suspect {
  const numbers = (names: readonly string[]) =>
    names.map((name) => network.suppliers.indexOf(name)).sort((a, b) => a - b);
  return { name: sure.join(" + "), sure: numbers(sure), may: numbers(may) };
}

const sortedSet = (texts: readonly string[]) => [...new Set(texts)].sort();
const sameOperator = (a: string, b: string) => a.split("/")[0] === b.split("/")[0];
const bears = ({ functions }: Thing, wanted: readonly string[]) =>
  splitFunctions(functions ?? null).some((name) => wanted.includes(name));
const gateway = (thing: Thing) => bears(thing, gatewayFunctions);

/** Whether a sketch has a place where traffic may leave the network. */
export const hasGateway = ({ things }: Sketch) => things.some(gateway);

function holdersOf(thing: Thing, channel: Channel): readonly string[] {
  return channel === "made" ? (thing.made === undefined ? [] : [thing.made]) : (thing[channel] ?? []);
}

interface Names {
  readonly operators: readonly string[];
  readonly suppliers: readonly string[];
  readonly numbers: ReadonlyMap<string | undefined, number>;
  readonly things: readonly Thing[];
}

function traitOf(thing: Thing, { operators, suppliers, numbers, things }: Names): Trait {
  const number = (name: string) => suppliers.indexOf(name);
  const manager = thing.managedBy === undefined ? undefined : things[numbers.get(thing.managedBy)!];
  const holders = (channel: Channel): Holders => {
    const names = [...holdersOf(thing, channel), ...(channel === "managed" && manager?.made ? [manager.made] : [])];
    return {
      sure: sortedSet(names)
        .map(number)
        .sort((a, b) => a - b),
      open: names.length === 0,
    };
  };
  const functions = splitFunctions(thing.functions ?? null);
  return {
    operator: operators.indexOf(thing.at.split("/")[0]!),
    functions,
    domain: domainOf(thing.functions ?? null),
    segments: functions.length > 0 ? [...new Set(functions.map((name) => segmentOf(name) ?? null))] : [null],
    moved: false,
    product: thing.product ?? null,
    release: thing.product ?? null,
    holders: Object.fromEntries(channels.map((channel) => [channel, holders(channel)])) as Trait["holders"],
    unmediated: (thing.unmediated ?? []).map(number),
    maybeUnmediated: [],
    managers: manager ? [numbers.get(thing.managedBy)!] : [],
  };
}

/** Bundles: of each thing alone first, then those of trees and of what runs on others. */
function bundlesOf(things: readonly Thing[], numbers: ReadonlyMap<string | undefined, number>) {
  const bundles: number[][] = things.map((_, index) => [index]);
  const partsOf = (index: number) =>
    things.flatMap(({ partOf }, part) => (partOf !== undefined && numbers.get(partOf) === index ? [part] : []));
  const needs = (index: number, seen: Set<number>): Set<number> => {
    if (seen.has(index)) return seen;
    seen.add(index);
    const { runsOn } = things[index]!;
    for (const part of partsOf(index)) needs(part, seen);
    if (runsOn !== undefined) needs(numbers.get(runsOn)!, seen);
    return seen;
  };
  const ofThing = things.map(({ partOf }, index) => {
    if (partOf !== undefined) return partOnly;
    const own = [...needs(index, new Set())].sort((a, b) => a - b);
    return own.length === 1 ? index : bundles.push(own) - 1;
  });
  return { bundles, ofThing };
}
