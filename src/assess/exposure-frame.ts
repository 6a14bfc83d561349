import type { GroupedDemands } from "../graph/exposure.ts";
import { type RoutedNetwork, routed } from "../graph/routed.ts";
import type { Network } from "../model/network.ts";
import { gatewayMask, type PlaceProfiles, profilesOf } from "./exposure-kinds.ts";
import { type Lines, linesOf } from "./exposure-lens.ts";

/** A network made ready for questions about exposure: all that does not depend on who looks. */
export interface Frame {
  readonly network: Network;
  readonly routes: RoutedNetwork;
  readonly places: PlaceProfiles;
  readonly lines: Lines;
  readonly equipment: Equipment;
  /** What is to be carried, by cell (operator and region). */
  readonly traffic: GroupedDemands;
  /** The same demands weighed by people, or null where no people are known. */
  readonly people: GroupedDemands | null;
  /** What people of each operator count for the nation and in regions. */
  readonly weights: readonly number[];
  /** Operator x `regions` + region; `regions` is 1 where there are too many cells to tell regions apart. */
  readonly cells: number;
  readonly regions: number;
}

/** Of each place the number of the distinct way in which it is equipped and its links hide. */
export interface Equipment {
  readonly row: Uint32Array;
  readonly distinct: readonly { readonly profile: number; readonly least: number; readonly most: number }[];
}

const mostCells = 0xffff;

/**
 * Makes a network ready. People of a radio place are split over its demands by value: those it is an end of, but that a place
 * with a gateway of its own counts for the traffic of others; what has no people, or only demands of no value, weighs nothing.
 */
export function exposureFrame(network: Network): Frame {
  const { places, links } = network;
  const routes = routed(places.count, links.from, links.to, links.uplink, links.weight);
  const profiles = profilesOf(network);
  const apart = network.operators.length * network.regions.length <= mostCells;
  const regions = apart ? Math.max(1, network.regions.length) : 1;
  const cell = Uint16Array.from(
    places.operator,
    (operator, place) => operator * regions + (apart ? places.region[place]! : 0),
  );
  const lines = linesOf(network);
  return {
    network,
    routes,
    places: profiles,
    lines,
    equipment: equipmentOf(network, profiles.profile, lines),
    ...loadsOf(network, cell, gatewaysOf(profiles)),
    weights: customerShares(network),
    cells: network.operators.length * regions,
    regions,
  };
}

/** Places with one profile whose links hide alike are one; so are all that nothing passes. */
function equipmentOf(network: Network, profile: Uint32Array, { leastHidden, mostHidden }: Lines): Equipment {
  const passed = passedPlaces(network);
  const known = new Map<number, number>();
  const distinct: Equipment["distinct"][number][] = [{ profile: 0, least: 0, most: 0 }];
  const row = profile.map((own, place) => {
    if (passed[place] === 0) return 0;
    const [least, most] = [leastHidden[place]!, mostHidden[place]!];
    const key = (own * 3 + least) * 3 + most;
    const held = known.get(key);
    if (held !== undefined) return held;
    known.set(key, distinct.length);
    return distinct.push({ profile: own, least, most }) - 1;
  });
  return { row, distinct };
}

/** 1 for each place at which traffic can begin, end, or pass: where a link ends. */
function passedPlaces({ places, links, demands }: Network): Uint8Array {
  const passed = new Uint8Array(places.count);
  if (demands.count === 0) return passed;
  for (const ends of [links.from, links.to]) for (const place of ends) passed[place] = 1;
  return passed;
}

/**
 * What people of each operator count: its share of customers, for each operator's places have all people of
 * their region between them; where the customers of one are not known, all operators count alike.
 */
function customerShares({ operators }: Network): readonly number[] {
  const known = operators.every(({ customers }) => customers !== null && customers > 0);
  const total = operators.reduce((sum, { customers }) => sum + (customers ?? 0), 0);
  return operators.map(({ customers }) => (known ? customers! / total : 1 / operators.length));
}

function gatewaysOf({ kinds, profiles, profile }: PlaceProfiles): (place: number) => boolean {
  const { count, first, member } = profiles;
  const has = new Uint8Array(count);
  for (let list = 0; list < count; list++)
    for (let at = first[list]!; at < first[list + 1]!; at++)
      if ((kinds[member[at]!]!.classes & gatewayMask) !== 0) has[list] = 1;
  return (place) => has[profile[place]!] === 1;
}

function loadsOf(
  network: Network,
  cell: Uint16Array,
  isGateway: (place: number) => boolean,
): Pick<Frame, "traffic" | "people"> {
  const { from, to, value, paths } = network.demands;
  const group = new Uint16Array(from.length);
  for (let demand = 0; demand < group.length; demand++) group[demand] = cell[from[demand]!]!;
  const traffic: GroupedDemands = { from, to, value, paths, group };
  const ends = radioEnds(network, isGateway);
  if (ends.demand.length === 0) return { traffic, people: null };
  const people: GroupedDemands = {
    from: Uint32Array.from(ends.demand, (demand) => from[demand]!),
    to: Uint32Array.from(ends.demand, (demand) => to[demand]!),
    value: Float64Array.from(ends.people),
    paths: new Map(ends.demand.flatMap((demand, at) => (paths.has(demand) ? [[at, paths.get(demand)!] as const] : []))),
    group: Uint16Array.from(ends.place, (place) => cell[place]!),
  };
  return { traffic, people };
}

/** Ends of demands at which people are, with how many of them: those of a place, split by the value of its demands. */
function radioEnds({ places, people, demands }: Network, isGateway: (place: number) => boolean) {
  const { from, to, value, count } = demands;
  const counts = (place: number, ends: boolean) => people[place]! > 0 && !(ends && isGateway(place));
  const total = new Float64Array(places.count);
  for (let demand = 0; demand < count; demand++) {
    total[from[demand]!]! += value[demand]!;
    if (counts(to[demand]!, true)) total[to[demand]!]! += value[demand]!;
  }
  const found = { demand: [] as number[], place: [] as number[], people: [] as number[] };
  for (let demand = 0; demand < count; demand++) {
    if (!(value[demand]! > 0)) continue;
    if (counts(from[demand]!, false)) add(demand, from[demand]!);
    if (counts(to[demand]!, true)) add(demand, to[demand]!);
  }
  return found;

  function add(demand: number, place: number): void {
    found.demand.push(demand);
    found.place.push(place);
    found.people.push((people[place]! * value[demand]!) / total[place]!);
  }
}
