import { segmentOf } from "../facts/segment.ts";
import { identify } from "../facts/subject.ts";
import { UserError } from "../model/errors.ts";
import { splitFunctions } from "../model/functions.ts";
import {
  type Channel,
  channels,
  gatewayFunctions,
  type Network,
  noSupplier,
  openSupplier,
  radioFunctions,
  type Trait,
} from "../model/network.ts";
import type { NetworkTables, RawLinks, RawPlaces } from "../model/ports/network.ts";
import { readDemands, trafficAt } from "./network-demands.ts";
import { type Resolver, resolverOf } from "./network-parties.ts";
import { apportion, placesBearing, readRegions } from "./network-people.ts";
import { type NamedTrait, readTraits } from "./network-traits.ts";
import type { Workspace } from "./workspace.ts";

const networks = new WeakMap<Workspace, Promise<Network>>();

/**
 * The network on the as-of day, ready for dependence, exposure and outage: texts resolved to suppliers, people apportioned,
 * demands read or modelled. Made once for a workspace, which must have kept sites and posed its questions. Throws
 * `UserError` if there are more suppliers than can be numbered, and what the store throws.
 */
export function networkOf(workspace: Workspace): Promise<Network> {
  const known = networks.get(workspace) ?? readNetwork(workspace);
  networks.set(workspace, known);
  return known;
}

async function readNetwork(workspace: Workspace): Promise<Network> {
  const { store, loaded, knowledge } = workspace;
  const tables = await store.network();
  const regions = readRegions(tables.regions, await store.rows("regions"));
  const resolver = resolverOf(workspace);
  const named = readTraits(resolver, tables.traits);
  const lines = readLines(resolver, tables);
  const suppliers = everybody(named, lines);
  const served = readTraffic(tables, named, regions);
  const left = await readLeft(workspace, resolver);
  const { places, elements, bundles, links, pools } = tables;
  return {
    ...{ regions, suppliers, places, elements, bundles, links, pools, ...served },
    operators: tables.operators.map((id) => ({
      id,
      customers: knowledge.companies.operators.get(id)?.customers ?? null,
    })),
    traits: numbered(named, suppliers, tables.operators),
    linkMaker: makersOfLinks(links, places, lines, suppliers),
    left,
    unread: loaded.setAside + loaded.usesSetAside + left.reduce((sum, { units }) => sum + units, 0),
  };
}

/** What has left the tables, by operator, functions and maker. */
async function readLeft({ store }: Workspace, { setting }: Resolver): Promise<Network["left"]> {
  const keys = (await store.equipmentKeys()).filter(({ left }) => left);
  return keys.map((key) => {
    const functions = splitFunctions(key.functions);
    return {
      operator: key.operator,
      functions,
      segments: functions.length > 0 ? functions.map((name) => segmentOf(name) ?? null) : [null],
      maker: identify(setting, key).maker.id ?? null,
      units: key.elements,
    };
  });
}

/** What serves whom: radio places, the people apportioned to them, and the traffic between places. */
function readTraffic(
  { places, elements, links, demands, operators }: NetworkTables,
  traits: readonly NamedTrait[],
  regions: Network["regions"],
) {
  const bearing = (functions: readonly string[]) => {
    const bears = traits.map((trait) => trait.functions.some((name) => functions.includes(name)));
    return placesBearing(places.count, elements, bears);
  };
  const radio = bearing(radioFunctions);
  const people = apportion(places, regions, operators.length, radio);
  // Without links nothing has a path, so nothing is modelled.
  const linked = new Uint8Array(operators.length);
  for (const end of links.from) linked[places.operator[end]!] = 1;
  const gateway = bearing(gatewayFunctions).map((is, at) => is & linked[places.operator[at]!]!);
  const read = readDemands(demands, places, radio, gateway, people);
  return { radio, people, demands: read, traffic: trafficAt(places.count, read) };
}

/** Makers of lines: for each operator and maker text the supplier; `undefined`: nobody known. */
type Lines = ReadonlyMap<number, string | undefined>;

function lineKey({ makers }: RawLinks, operator: number, maker: number): number {
  return operator * makers.length + maker;
}

function readLines(resolver: Resolver, { links, places, operators }: NetworkTables): Lines {
  const lines = new Map<number, string | undefined>();
  for (let at = 0; at < links.count; at++) {
    const text = links.makers[links.maker[at]!];
    if (text == null) continue;
    const operator = places.operator[links.from[at]!]!;
    const key = lineKey(links, operator, links.maker[at]!);
    if (!lines.has(key)) lines.set(key, resolver.supplier(operators[operator]!, text));
  }
  return lines;
}

/** Everybody who stands behind something, sorted. */
function everybody(traits: readonly NamedTrait[], lines: Lines): readonly string[] {
  const found = new Set<string>();
  for (const { holders, unmediated, maybeUnmediated } of traits) {
    for (const channel of channels) for (const id of holders[channel].sure) found.add(id);
    for (const id of [...unmediated, ...maybeUnmediated]) found.add(id);
  }
  for (const id of lines.values()) if (id !== undefined) found.add(id);
  if (found.size < openSupplier) return [...found].sort();
  const hint = "name makers and maintainers by one id each: `freigabe match` proposes which texts mean the same";
  throw new UserError(`expected fewer than ${openSupplier} suppliers behind the network, got ${found.size}`, hint);
}

function numbered(
  named: readonly NamedTrait[],
  suppliers: readonly string[],
  operators: readonly string[],
): readonly Trait[] {
  const number = new Map(suppliers.map((id, at) => [id, at]));
  const operatorNumber = new Map(operators.map((id, at) => [id, at]));
  const lists = new Map<ReadonlySet<string>, readonly number[]>();
  const listOf = (ids: ReadonlySet<string>) => {
    const held = lists.get(ids) ?? [...ids].map((id) => number.get(id)!).sort((a, b) => a - b);
    lists.set(ids, held);
    return held;
  };
  return named.map((trait): Trait => {
    const holdersIn = (channel: Channel) => {
      const { sure, open } = trait.holders[channel];
      return { sure: listOf(sure), open };
    };
    return {
      ...trait,
      operator: operatorNumber.get(trait.operator)!,
      holders: {
        made: holdersIn("made"),
        built: holdersIn("built"),
        maintained: holdersIn("maintained"),
        managed: holdersIn("managed"),
        contains: holdersIn("contains"),
      },
      unmediated: listOf(trait.unmediated),
      maybeUnmediated: listOf(trait.maybeUnmediated),
    };
  });
}

function makersOfLinks(links: RawLinks, places: RawPlaces, lines: Lines, suppliers: readonly string[]): Uint16Array {
  const number = new Map(suppliers.map((id, at) => [id, at]));
  const numbers = new Map([...lines].map(([key, id]) => [key, id === undefined ? openSupplier : number.get(id)!]));
  const found = new Uint16Array(links.count);
  for (let at = 0; at < links.count; at++) {
    const key = lineKey(links, places.operator[links.from[at]!]!, links.maker[at]!);
    found[at] = numbers.get(key) ?? noSupplier;
  }
  return found;
}
