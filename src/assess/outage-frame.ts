import { type RoutedNetwork, routed } from "../graph/routed.ts";
import type { Network } from "../model/network.ts";
import { kindsOf, type PlaceKinds } from "./outage-kinds.ts";
import { type Needs, needsOf } from "./outage-needs.ts";

/** A network made ready for questions about outages: all that no scenario changes. */
export interface Frame {
  readonly network: Network;
  readonly kinds: PlaceKinds;
  readonly needs: Needs;
  readonly routes: RoutedNetwork;
  /** Operator x regions + region, of each place. */
  readonly cell: Uint32Array;
  /** Of each demand the cell of its radio end; of `from` if both are radio places, or neither. */
  readonly demandCell: Uint32Array;
  /** 1 for each operator that has links: of the others no path is looked at. */
  readonly linked: Uint8Array;
  /** Places where traffic turns (the core, `graph/routed.ts`), and each place's number among them, or -1. */
  readonly turning: Uint32Array;
  readonly turningAt: Int32Array;
  /** Trunks between turning places, by their numbers. */
  readonly trunks: Trunks;
  /** Places with uplinks that others climb to, or that hold what a need asks for; those they climb to come first. */
  readonly climbing: Uint32Array;
  /** 1 for turning and climbing places: what they reach is worked out before all others. */
  readonly held: Uint8Array;
  /** Climbing places where, while all lives, everything stands that a need asks for. */
  readonly beside: readonly Beside[];
}

/** What a need asks for at one place: of each supply the members there. */
export interface Beside {
  readonly place: number;
  readonly need: number;
  readonly members: readonly { readonly supply: number; readonly at: readonly number[] }[];
}

export interface Trunks {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly link: Uint32Array;
}

const frames = new WeakMap<Network, Frame>();

/** Makes a network ready, once. */
export function frameOf(network: Network): Frame {
  const held = frames.get(network) ?? readied(network);
  frames.set(network, held);
  return held;
}

function readied(network: Network): Frame {
  const { places, links } = network;
  const kinds = kindsOf(network);
  const needs = needsOf(network, kinds);
  const routes = routed(places.count, links.from, links.to, links.uplink, links.weight);
  const linked = new Uint8Array(network.operators.length);
  for (let at = 0; at < links.count; at += 1) linked[places.operator[links.from[at]!]!] = 1;
  const turns = turningPlaces(network, routes, linked);
  const climbs = climbingPlaces(routes, needs, turns.turningAt);
  const cell = cellsOf(network);
  const demandCell = cellsOfDemands(network, cell);
  return {
    network,
    kinds,
    needs,
    routes,
    cell,
    demandCell,
    linked,
    ...turns,
    ...climbs,
    beside: besideOf(needs, climbs.climbing),
  };
}

function cellsOf({ places, regions }: Network): Uint32Array {
  const cells = new Uint32Array(places.count);
  for (let at = 0; at < cells.length; at += 1) cells[at] = places.operator[at]! * regions.length + places.region[at]!;
  return cells;
}

function cellsOfDemands({ demands: { from, to }, radio }: Network, cell: Uint32Array): Uint32Array {
  return from.map((start, at) => cell[radio[start] === 0 && radio[to[at]!] === 1 ? to[at]! : start]!);
}

/** The core of the operators that have links, and the trunks in it. */
function turningPlaces({ places }: Network, { core, trunk }: RoutedNetwork, linked: Uint8Array) {
  const turning = core.filter((place) => linked[places.operator[place]!] === 1);
  const turningAt = new Int32Array(places.count).fill(-1);
  for (const [at, place] of turning.entries()) turningAt[place] = at;
  const [from, to, link]: [number[], number[], number[]] = [[], [], []];
  for (let node = 0; node < trunk.nodes; node += 1) {
    for (let edge = trunk.first[node]!; edge < trunk.first[node + 1]!; edge += 1) {
      if (trunk.to[edge]! < node) continue;
      from.push(turningAt[core[node]!]!);
      to.push(turningAt[core[trunk.to[edge]!]!]!);
      link.push(trunk.link[edge]!);
    }
  }
  const trunks: Trunks = { from: Uint32Array.from(from), to: Uint32Array.from(to), link: Uint32Array.from(link) };
  return { turning, turningAt, trunks };
}

function climbingPlaces({ climb, nodes }: RoutedNetwork, needs: Needs, turningAt: Int32Array) {
  const wanted = new Uint8Array(nodes);
  for (const to of climb.to) wanted[to] = 1;
  for (const { place } of needs.supplies) for (const at of place) wanted[at] = 1;
  const climbing = climb.order.filter((at) => wanted[at] === 1);
  const held = Uint8Array.from(turningAt, (number) => (number >= 0 ? 1 : 0));
  for (const at of climbing) held[at] = 1;
  return { climbing, held };
}

function besideOf({ needs, supplies }: Needs, climbing: Uint32Array): readonly Beside[] {
  const climbs = new Set(climbing);
  const standing = supplies.map(({ place }) => membersAt(place, climbs));
  return needs.flatMap(({ supplies: asked }, need) => {
    // Where one supply has no member, not everything stands that the need asks for.
    const [first, ...others] = asked.map((supply) => standing[supply]!);
    const here = [...(first?.keys() ?? [])].filter((place) => others.every((other) => other.has(place)));
    return here.flatMap((place): readonly Beside[] => {
      const members = asked.map((supply) => ({ supply, at: standing[supply]!.get(place)! }));
      return members.every(({ supply, at }) => at.length >= supplies[supply]!.needed) ? [{ place, need, members }] : [];
    });
  });
}

/** Numbers of members by place, of those at some of the places. */
function membersAt(place: Uint32Array, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [member, at] of place.entries()) {
    if (!wanted.has(at)) continue;
    const held = found.get(at);
    if (held) held.push(member);
    else found.set(at, [member]);
  }
  return found;
}
