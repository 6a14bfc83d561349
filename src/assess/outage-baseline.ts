import type { OutageLooked } from "../model/outage.ts";
import { partOnly } from "../model/ports/network.ts";
import { darknessOf } from "./outage-dark.ts";
import type { Frame } from "./outage-frame.ts";
import { nobodyHit } from "./outage-hits.ts";
import { demandByCell, type Traffic, trafficOf, type Up } from "./outage-traffic.ts";
import { sumByCell, type Units, unitsOf } from "./outage-units.ts";

/** A network while nobody is gone: what every scenario is compared with. */
export interface Baseline {
  /** Radio places that serve. */
  readonly served: Units;
  /** 1 for each radio place. */
  readonly isRadio: Uint8Array;
  /** Radio places by cell, and those that serve. */
  readonly all: Float64Array;
  readonly before: Float64Array;
  /** Elements by bundle (by trait, for parts of others), each once whoever shares it. */
  readonly elementsOf: Uint32Array;
  /** Null where there are no demands, or they are not looked at. */
  readonly traffic: { readonly total: Float64Array; readonly up: Up; readonly now: Traffic } | null;
}

const baselines = new WeakMap<Frame, Map<boolean, Baseline>>();

/** Looks at a network as it is, once; at its traffic only if asked to. */
export function baselineOf(frame: Frame, withTraffic = true): Baseline {
  const known = baselines.get(frame) ?? new Map<boolean, Baseline>();
  baselines.set(frame, known);
  const held = known.get(withTraffic) ?? known.get(true) ?? lookAt(frame, withTraffic);
  known.set(withTraffic, held);
  return held;
}

function lookAt(frame: Frame, withTraffic: boolean): Baseline {
  const { network } = frame;
  const every = unitsOf(
    frame,
    Uint32Array.from(network.radio.keys()).filter((at) => network.radio[at] === 1),
  );
  const { dark } = darknessOf(frame, nobodyHit(network), every);
  const place = every.place.filter((_, unit) => dark[unit] === 0);
  const served = place.length === every.place.length ? every : unitsOf(frame, place);
  const ones = (units: Units) => new Uint32Array(units.place.length).fill(1);
  const baseline = {
    served,
    isRadio: network.radio,
    all: sumByCell(frame, every, 1, ones(every)),
    before: sumByCell(frame, served, 1, ones(served)),
    elementsOf: elementsByBundle(frame),
  };
  if (network.demands.count === 0 || !withTraffic) return { ...baseline, traffic: null };
  const carries = new Uint8Array(network.places.count).fill(1);
  const ends = Uint8Array.from(network.radio, (is) => 1 - is);
  for (const at of place) ends[at] = 1;
  const up: Up = { carries, ends, exits: carries, links: new Uint8Array(network.links.count).fill(1) };
  return { ...baseline, traffic: { total: demandByCell(frame), up, now: trafficOf(frame, up) } };
}

function elementsByBundle({ network }: Frame): Uint32Array {
  const { trait, bundle, first } = network.elements;
  const counts = new Uint32Array(network.bundles.length);
  for (let row = 0; row < bundle.length; row += 1) {
    if (first[row] === 1) counts[bundle[row] === partOnly ? trait[row]! : bundle[row]!]! += 1;
  }
  return counts;
}

/** What was not looked at, and what was taken for granted. */
export function lookedAt({ network, kinds, needs, linked, routes }: Frame): OutageLooked {
  const { operators, regions, radio, places } = network;
  const [hasRadio, inRegion] = [new Uint8Array(operators.length), new Uint8Array(regions.length)];
  const onTheWay = new Uint8Array(places.count);
  for (const end of [routes.climb.to, ...[network.links.from, network.links.to].map((ends) => trunkEnds(ends))]) {
    for (const place of end) onTheWay[place] = 1;
  }
  let assumedCarriers = 0;
  for (let place = 0; place < places.count; place += 1) {
    if (onTheWay[place] === 1 && kinds.transit[place] === 0) assumedCarriers += 1;
    if (radio[place] === 0) continue;
    hasRadio[places.operator[place]!] = 1;
    inRegion[places.region[place]!] = 1;
  }
  const named = (wanted: (operator: number) => boolean) =>
    operators.flatMap(({ id }, operator) => (wanted(operator) ? [id] : []));
  const needless = (operator: number) =>
    needs.needs.every((need) => need.operator !== operator || need.supplies.length === 0);
  return {
    withoutLinks: named((operator) => linked[operator] === 0),
    withoutNeeds: named((operator) => linked[operator] === 1 && needless(operator)),
    assumedCarriers,
    peopleUnknown: regions.filter(({ people }, region) => inRegion[region] === 1 && people === null).length,
    customersUnknown: named((operator) => hasRadio[operator] === 1 && operators[operator]!.customers === null),
    missingMembers: network.pools.reduce((sum, { missing }) => sum + missing, 0),
    unread: network.unread,
  };

  function trunkEnds(ends: Uint32Array): Uint32Array {
    return ends.filter((_, link) => network.links.uplink[link] === 0);
  }
}
