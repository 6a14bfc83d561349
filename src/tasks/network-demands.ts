import type { Demands } from "../model/network.ts";
import type { RawDemands, RawPlaces } from "../model/ports/network.ts";

/** A radio place exchanges traffic with at most so many gateways of its operator: the nearest. */
const mostGateways = 4;
/** Gateways looked at for each operator: the first by site. */
const mostLookedAt = 32;

/** The demands of the table; without one, modelled between radio places and gateways (`modelDemands`). */
export function readDemands(
  raw: RawDemands,
  places: RawPlaces,
  radio: Uint8Array,
  gateway: Uint8Array,
  people: Float64Array,
): Demands {
  if (raw.count + raw.loose + raw.loops > 0) return { ...raw, origin: "table" };
  return modelDemands(places, radio, gateway, people);
}

/**
 * Demands where no table says them: each radio place exchanges as much traffic as people are apportioned to it (1 where none
 * are) with the gateways of its operator in equal parts. With all of them up to four; of more (the first 32 by site) with
 * the nearest four by position, or the first by site where positions are not known. Traffic with a gateway at the same
 * place crosses no network and is left out; `none` if no operator has both.
 */
export function modelDemands(places: RawPlaces, radio: Uint8Array, gateway: Uint8Array, people: Float64Array): Demands {
  const gateways = gatewaysByOperator(places, gateway);
  const nearest = nearestIn(places);
  let radios = 0;
  for (const is of radio) radios += is;
  const from = new Uint32Array(radios * mostGateways);
  const to = new Uint32Array(radios * mostGateways);
  const value = new Float64Array(radios * mostGateways);
  let count = 0;
  for (let at = 0; at < places.count; at++) {
    const own = radio[at] ? gateways.get(places.operator[at]!) : undefined;
    if (!own) continue;
    const near = own.length <= mostGateways ? own : nearest(at, own);
    for (const other of near) {
      if (other === at) continue;
      from[count] = at;
      to[count] = other;
      value[count++] = (people[at]! > 0 ? people[at]! : 1) / near.length;
    }
  }
  return {
    count,
    from: from.slice(0, count),
    to: to.slice(0, count),
    value: value.slice(0, count),
    paths: new Map(),
    origin: count > 0 ? "modelled" : "none",
    loose: 0,
    loops: 0,
  };
}

function gatewaysByOperator(
  { count, operator }: RawPlaces,
  gateway: Uint8Array,
): ReadonlyMap<number, readonly number[]> {
  const gateways = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    if (!gateway[at]) continue;
    const own = gateways.get(operator[at]!) ?? [];
    gateways.set(operator[at]!, own);
    if (own.length < mostLookedAt) own.push(at);
  }
  return gateways;
}

/**
 * Finds the four of `candidates` that lie nearest, in no order; what has no position is farthest. Flat, which is enough to
 * compare. Each answer stands until the next question: a million places ask.
 */
function nearestIn({
  latitude,
  longitude,
}: RawPlaces): (at: number, candidates: readonly number[]) => readonly number[] {
  const best = new Array<number>(mostGateways).fill(0);
  const away = new Float64Array(mostGateways);
  return (at, candidates) => {
    const [north, east] = [latitude[at]!, longitude[at]!];
    const shrink = Math.cos((north * Math.PI) / 180);
    let worst = 0;
    for (let next = 0; next < candidates.length; next++) {
      const other = candidates[next]!;
      const up = latitude[other]! - north;
      const across = (longitude[other]! - east) * shrink;
      const square = up * up + across * across;
      const far = square >= 0 ? square : Infinity;
      if (next >= mostGateways && far >= away[worst]!) continue;
      const slot = next < mostGateways ? next : worst;
      best[slot] = other;
      away[slot] = far;
      if (next >= mostGateways - 1) worst = farthest(away);
    }
    return best;
  };
}

/** Place of the largest number, of equal ones the last. */
function farthest(away: Float64Array): number {
  let worst = 0;
  for (let at = 1; at < away.length; at++) if (away[at]! >= away[worst]!) worst = at;
  return worst;
}

/** Traffic that begins or ends at each of `places`. */
export function trafficAt(places: number, { count, from, to, value }: Demands): Float64Array {
  const found = new Float64Array(places);
  for (let at = 0; at < count; at++) {
    found[from[at]!]! += value[at]!;
    found[to[at]!]! += value[at]!;
  }
  return found;
}
