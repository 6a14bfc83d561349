import type { Network } from "../model/network.ts";
import { sortElements } from "./dependence-order.ts";
import { type Lens, type Plan, segmentParts } from "./dependence-plan.ts";
import { siteCounter } from "./dependence-site.ts";
import { thinForPeople } from "./dependence-thin.ts";

/**
 * Everything counted, of a network or of one region. Of slot s (a trait in a part), view v is at `s * views + v`; of operator o
 * and part p, at `(v * operators + o) * parts + p`.
 */
export interface Counted {
  /** By trait: elements; those for the first of their operators; and of both, those at no known site. */
  readonly every: Uint32Array;
  readonly once: Uint32Array;
  readonly adrift: Uint32Array;
  readonly adriftOnce: Uint32Array;
  /** Lenses that are looked through; and the number of that which shows what each lens of the plan would. */
  readonly views: readonly Lens[];
  readonly viewOf: readonly number[];
  /** Views that are counted; those behind them follow from these. */
  readonly hot: number;
  /** Whether operators share elements. */
  readonly shared: boolean;
  /** By slot: weighed sites, each split evenly over the elements of the part that stand there. */
  readonly units: Float64Array;
  /** By slot: how much less that is at least, for elements that may belong to the part share those sites. */
  readonly loss: Float64Array;
  /** By slot, of elements by themselves: sum of squares, and greatest, of the least part of a site. */
  readonly squares: Float64Array;
  readonly greatest: Float64Array;
  /** By operator and part: what may be of anybody, or not in the part at all. */
  readonly free: Float64Array;
  /** The same: what one more element may move at most at a site of the part. */
  readonly joins: Float64Array;
  /** The same for the whole and the segments: the most that a site weighs without an element of the part. */
  readonly adds: Float64Array;
  /** By place in the order of the count: the whole and the segments that have elements there, as bits in the plan's order. */
  readonly active: Uint8Array;
}

/**
 * Counts a network in one pass over its elements, site by site and region by region: millions of rows in typed arrays, in an
 * order that does not depend on that of the rows. `inRegion` sees what each region has, before it is added to the whole;
 * `traits` are those that occur there.
 */
export function countNetwork(
  network: Network,
  plan: Plan,
  inRegion: (region: number, counted: Counted, traits: readonly number[]) => void = () => undefined,
): Counted {
  const whole = emptyCount(network, plan);
  const own = emptyCount(network, plan);
  const sorted = sortElements(network);
  const countSite = siteCounter(network, plan, own, sorted);
  for (const region of network.regions.keys()) {
    const traits: number[] = [];
    const [from, to] = [sorted.region[region]!, sorted.region[region + 1]!];
    for (let rank = from; rank < to; rank += 1) countSite(rank, traits);
    if (traits.length === 0) continue;
    traits.sort((a, b) => a - b);
    noteAdds(network, plan, own, sorted.place, from, to);
    if (!own.shared) shareAmongOperators(network, plan, own, region, traits);
    for (const view of own.views.keys()) thinForPeople(network, plan, own, view, region, traits);
    inRegion(region, own, traits);
    moveTo(whole, own, plan, traits);
  }
  return whole;
}

function emptyCount(network: Network, { slotPart, parts, lenses, slotStart }: Plan): Counted {
  const shared = network.elements.first.includes(0);
  const useful = lenses.flatMap(({ known }, at) =>
    known.includes(true) && twinOf(lenses, at, shared) === at ? [at] : [],
  );
  const isHot = (at: number) => shared || !lenses[at]!.nation;
  const rank = (at: number) => (lenses[at]!.base === "site" ? 0 : isHot(at) ? 1 : 2);
  useful.sort((a, b) => rank(a) - rank(b) || a - b);
  const views = useful.map((at) => lenses[at]!);
  const numbers = () => new Uint32Array(slotStart.length - 1);
  const slots = () => new Float64Array(slotPart.length * views.length);
  const cells = () => new Float64Array(views.length * network.operators.length * parts.length);
  return {
    ...{ every: numbers(), once: numbers(), adrift: numbers(), adriftOnce: numbers() },
    ...{ views, viewOf: lenses.map((_, at) => useful.indexOf(twinOf(lenses, at, shared))) },
    ...{ hot: useful.filter(isHot).length, shared },
    ...{ units: slots(), loss: slots(), squares: slots(), greatest: slots() },
    ...{ free: cells(), joins: cells(), adds: cells(), active: new Uint8Array(network.places.count) },
  };
}

/** Where operators share no element, the nation's lens sees what its operators' see; but for people, who are shared out. */
function twinOf(lenses: readonly Lens[], at: number, shared: boolean): number {
  const { base, nation, people } = lenses[at]!;
  return shared || !nation || people ? at : lenses.findIndex((other) => other.base === base);
}

/** Notes what sites weigh that an element of a part may bring into it. */
function noteAdds(
  { operators, places }: Network,
  { parts }: Plan,
  own: Counted,
  order: Uint32Array,
  from: number,
  to: number,
): void {
  const { views, adds, active } = own;
  for (const [view, { weight, joins }] of views.entries()) {
    if (joins !== null || weight === null) continue;
    // No more than this is noted for any segment of the operator: most sites are passed over by it.
    const floor = new Float64Array(operators.length);
    for (let rank = from; rank < to; rank += 1) {
      const place = order[rank]!;
      const value = weight[place]!;
      const operator = places.operator[place]!;
      if (value <= floor[operator]! && (active[rank]! & 1) === 1) continue;
      const cell = (view * operators.length + operator) * parts.length;
      for (let part = 0; part < segmentParts; part += 1)
        if (value > adds[cell + part]! && (active[rank]! & (1 << part)) === 0) adds[cell + part] = value;
      floor[operator] = adds.subarray(cell + 1, cell + segmentParts).reduce((a, b) => Math.min(a, b));
    }
  }
}

/** Where operators share no element, what weighs the nation's people in a region is their part of what weighs the operators'. */
function shareAmongOperators(
  { operators, regions }: Network,
  { operator, parts, slotStart }: Plan,
  { views, units, loss, squares, greatest, free }: Counted,
  region: number,
  traits: readonly number[],
): void {
  const to = views.findIndex(({ nation, people }) => nation && people);
  const from = views.findIndex(({ nation, people }) => !nation && people);
  if (to === -1 || from === -1) return;
  const [own, all] = [views[from]!.people!.people, views[to]!.people!.people];
  const part = operators.map((_, one) => {
    const cell = one * regions.length + region;
    return own[cell] === 0 ? 0 : all[cell]! / own[cell]!;
  });
  for (const trait of traits) {
    const factor = part[operator[trait]!]!;
    for (let slot = slotStart[trait]!; slot < slotStart[trait + 1]!; slot += 1) {
      const [target, source] = [slot * views.length + to, slot * views.length + from];
      units[target] = units[source]! * factor;
      loss[target] = loss[source]! * factor;
      squares[target] = squares[source]! * factor ** 2;
      greatest[target] = greatest[source]! * factor;
    }
  }
  for (const one of operators.keys())
    for (let at = 0; at < parts.length; at += 1)
      free[(to * operators.length + one) * parts.length + at] =
        free[(from * operators.length + one) * parts.length + at]! * part[one]!;
}

/** Adds a region to the whole and leaves it empty. Hot where regions are many: plain loops over typed arrays. */
function moveTo(whole: Counted, own: Counted, { slotStart, loose, maker }: Plan, traits: readonly number[]): void {
  for (const name of ["every", "once", "adrift", "adriftOnce"] as const) {
    const [to, from] = [whole[name], own[name]];
    for (const trait of traits) to[trait]! += from[trait]!;
    for (const trait of traits) from[trait] = 0;
  }
  const wide = own.views.length;
  const alone = traits.filter((trait) => maker[trait] === -1);
  const rangesOf = (some: readonly number[]) =>
    some.map((trait) => [slotStart[trait]! * wide, slotStart[trait + 1]! * wide] as const);
  const ranges = rangesOf(traits);
  addRanges(whole.units, own.units, ranges);
  if (loose.includes(1)) addRanges(whole.loss, own.loss, ranges);
  addRanges(whole.squares, own.squares, rangesOf(alone));
  raiseRanges(whole.greatest, own.greatest, rangesOf(alone));
  const cells = [[0, own.free.length]] as const;
  addRanges(whole.free, own.free, cells);
  raiseRanges(whole.joins, own.joins, cells);
  raiseRanges(whole.adds, own.adds, cells);
}

type Ranges = readonly (readonly [number, number])[];

function addRanges(to: Float64Array, from: Float64Array, ranges: Ranges): void {
  for (const [start, end] of ranges)
    for (let at = start; at < end; at += 1) {
      to[at]! += from[at]!;
      from[at] = 0;
    }
}

function raiseRanges(to: Float64Array, from: Float64Array, ranges: Ranges): void {
  for (const [start, end] of ranges)
    for (let at = start; at < end; at += 1) {
      if (from[at]! > to[at]!) to[at] = from[at]!;
      from[at] = 0;
    }
}
