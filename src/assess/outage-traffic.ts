import { linkLoads } from "../graph/ecmp.ts";
import { exposedSums } from "../graph/exposure.ts";
import { trunkGraph } from "../graph/routed.ts";
import type { Frame } from "./outage-frame.ts";

/** What of a network is up in one scenario: 1 for live. */
export interface Up {
  /** Places that carry traffic. */
  readonly carries: Uint8Array;
  /** Places at which traffic may begin or end: radio places that serve, others that carry. */
  readonly ends: Uint8Array;
  /** The same for what leaves the network there: of places with gateways, those that carry and of which a gateway lives. */
  readonly exits: Uint8Array;
  readonly links: Uint8Array;
}

/** Traffic in one scenario after re-routing, by cell (operator x regions + region). */
export interface Traffic {
  readonly served: Float64Array;
  /** Of what is served, the part on links that are too small for all that goes over them. */
  readonly overloaded: Float64Array;
  /** Load of each link, the greater of its two directions. */
  readonly load: Float64Array;
}

const mostGroups = 0x10000;

/** What is left of the demands: those whose ends are up and that have a path, re-routed over what lives. */
export function trafficOf(frame: Frame, up: Up): Traffic {
  const { network, routes } = frame;
  const alive = { nodes: up.carries, links: up.links };
  const possible = pick(frame, isUp(frame, up));
  const { forward, back, routed } = linkLoads(routes, possible, alive);
  const load = forward.map((value, link) => Math.max(value, back[link]!));
  const cells = network.operators.length * network.regions.length;
  const served = new Float64Array(cells);
  for (let at = 0; at < possible.value.length; at += 1) {
    if (routed[at] === 1) served[possible.group[at]!]! += possible.value[at]!;
  }
  const tooSmall = overloadedLinks(frame, load);
  if (tooSmall.length === 0) return { served, overloaded: new Float64Array(cells), load };
  // A link that is too small is looked at as a suspect on it: what passes it is what no longer fits.
  const link = new Uint32Array(network.links.count);
  for (const at of tooSmall) link[at] = 1;
  const nothing = new Uint32Array(network.places.count);
  const seen = { suspects: 1, free: Float64Array.of(1, 0), transit: nothing, end: nothing, link };
  const living = { ...routes, trunk: trunkGraph(routes, alive) };
  const overloaded = new Float64Array(cells);
  for (let from = 0; from < cells; from += mostGroups) {
    const going = subset(
      possible,
      (at) => routed[at] === 1 && Math.floor(possible.group[at]! / mostGroups) * mostGroups === from,
    );
    const group = Uint16Array.from(going.group, (cell) => cell - from);
    const { expected } = exposedSums(
      living,
      seen,
      { ...going, group },
      Math.min(mostGroups, cells - from),
      true,
      alive,
    );
    overloaded.set(expected, from);
  }
  return { served, overloaded, load };
}

/** Links with a load above a capacity that is known, beyond what rounding makes. */
export function overloadedLinks({ network: { links } }: Frame, load: Float64Array): readonly number[] {
  const found: number[] = [];
  for (let link = 0; link < links.count; link += 1) {
    if (load[link]! > links.capacity[link]! * (1 + 1e-9)) found.push(link);
  }
  return found;
}

/** All demands by cell, whatever is up. */
export function demandByCell(frame: Frame): Float64Array {
  const sums = new Float64Array(frame.network.operators.length * frame.network.regions.length);
  const { value, group } = pick(frame, () => true);
  for (let at = 0; at < value.length; at += 1) sums[group[at]!]! += value[at]!;
  return sums;
}

/** Value of demands by cell that are served before and have an end at a place that is marked. */
export function demandAtPlaces(frame: Frame, before: Up, marked: (place: number) => boolean): Float64Array {
  const alive = { nodes: before.carries, links: before.links };
  const up = isUp(frame, before);
  const touched = pick(
    frame,
    (demand, ends) => up(demand, ends) && (marked(ends.from[demand]!) || marked(ends.to[demand]!)),
  );
  const { routed } = linkLoads(frame.routes, touched, alive);
  const sums = new Float64Array(frame.network.operators.length * frame.network.regions.length);
  for (let at = 0; at < touched.value.length; at += 1) {
    if (routed[at] === 1) sums[touched.group[at]!]! += touched.value[at]!;
  }
  return sums;
}

type Ends = Pick<Demanded, "from" | "to">;

/**
 * Whether both ends of a demand are up. A place with gateways is where traffic leaves the network; one that is a radio place
 * too is that only for what comes from other radio places.
 */
function isUp({ network, kinds }: Frame, { ends, exits }: Up): (demand: number, of: Ends) => boolean {
  const leaves = (place: number, other: number) =>
    kinds.gateway[place] !== 0 && (network.radio[place] === 0 || network.radio[other] === 1);
  const end = (place: number, other: number) => (leaves(place, other) ? exits : ends)[place] === 1;
  return (demand, { from, to }) => end(from[demand]!, to[demand]!) && end(to[demand]!, from[demand]!);
}

interface Demanded {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly value: Float64Array;
  readonly paths: ReadonlyMap<number, Uint32Array>;
  readonly group: Uint32Array;
}

function pick(frame: Frame, keep: (demand: number, ends: Ends) => boolean): Demanded {
  const { demands } = frame.network;
  return subset({ ...demands, group: frame.demandCell }, (at) => keep(at, demands));
}

function subset(demands: Demanded, keep: (at: number) => boolean): Demanded {
  const kept: number[] = [];
  for (let at = 0; at < demands.value.length; at += 1) if (keep(at)) kept.push(at);
  const [from, to, group] = [new Uint32Array(kept.length), new Uint32Array(kept.length), new Uint32Array(kept.length)];
  const value = new Float64Array(kept.length);
  const paths = new Map<number, Uint32Array>();
  for (const [at, old] of kept.entries()) {
    from[at] = demands.from[old]!;
    to[at] = demands.to[old]!;
    group[at] = demands.group[old]!;
    value[at] = demands.value[old]!;
    const path = demands.paths.get(old);
    if (path) paths.set(at, path);
  }
  return { from, to, value, paths, group };
}
