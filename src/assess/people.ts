import type { Span } from "../model/measure.ts";
import type { Network } from "../model/network.ts";

/** Radio places of each operator in each region (operator x regions + region): all of them, and those that are live. */
export interface Cover {
  readonly all: Float64Array;
  readonly live: Float64Array;
}

/** How many of a region's people are served: by their own operator's network, and by any that is left. */
export interface Served {
  readonly own: Span;
  readonly roaming: Span;
}

/**
 * People of one region served, apportioned; p is how many live there. Without roaming: p times the mean of the operators'
 * parts live / all, weighed by customers of those with radio places there; between the least and the greatest part where an
 * operator's customers are not known. With roaming each live place counts as much as one of the largest network there: between
 * p x max(live) / max(all), if the operators' places cover the same people, and p x sum(live) / max(all), at most p, if
 * they cover different ones; never less than without. Null where p is not known.
 */
export function peopleServed({ operators, regions }: Network, { all, live }: Cover, region: number): Served | null {
  const people = regions[region]!.people;
  if (people === null) return null;
  const present = operators.flatMap(({ customers }, operator) => {
    const at = operator * regions.length + region;
    return all[at]! > 0 ? [{ customers, all: all[at]!, live: live[at]! }] : [];
  });
  if (present.length === 0) return { own: { least: 0, most: 0 }, roaming: { least: 0, most: 0 } };
  const parts = present.map((one) => one.live / one.all);
  const mean = weighedMean(present);
  const own = mean === null ? { least: Math.min(...parts), most: Math.max(...parts) } : { least: mean, most: mean };
  const largest = Math.max(...present.map((one) => one.all));
  const [best, sum] = [
    Math.max(...present.map((one) => one.live)) / largest,
    present.reduce((total, one) => total + one.live, 0) / largest,
  ];
  const roaming = { least: Math.max(own.least, best), most: Math.min(1, Math.max(own.most, sum)) };
  const times = (span: Span): Span => ({ least: people * span.least, most: people * span.most });
  return { own: times(own), roaming: times(roaming) };
}

/** Parts weighed by customers; null where somebody's are not known, or nobody has any. */
function weighedMean(
  present: readonly { readonly customers: number | null; readonly all: number; readonly live: number }[],
): number | null {
  if (present.some(({ customers }) => customers === null)) return null;
  const whole = present.reduce((total, { customers }) => total + customers!, 0);
  if (whole === 0) return null;
  return present.reduce((total, { customers, all, live }) => total + customers! * (live / all), 0) / whole;
}

/** People that one operator's network reaches in a region: the part live / all of them; null where the region's people are not known. */
export function peopleReached(
  { regions }: Network,
  { all, live }: Cover,
  operator: number,
  region: number,
): number | null {
  const people = regions[region]!.people;
  const at = operator * regions.length + region;
  return people === null ? null : all[at]! > 0 ? (people * live[at]!) / all[at]! : 0;
}
