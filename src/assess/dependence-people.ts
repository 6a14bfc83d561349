import type { Network, Region } from "../model/network.ts";

/** People as a weight of places: a region's, evenly over an operator's radio places there. */
export interface PeopleWeights {
  readonly nation: boolean;
  readonly weight: Float64Array;
  /** By operator: whether it has radio places, and the people of all their regions are known; for the nation one entry. */
  readonly known: readonly boolean[];
  /** Operator x regions + region: its radio places there, and places that may be some too. */
  readonly radio: Uint32Array;
  readonly maybe: Uint32Array;
  /** Operator x regions + region: the people its places there stand for, or would if it had one. */
  readonly people: Float64Array;
  /** By operator: the most that one more radio place of it may move to itself. */
  readonly largest: Float64Array;
}

/**
 * Apportions people to places. For the nation each person counts once: a region's people are shared among the operators with
 * radio places there by their customers, and are not known where several serve it and one's customers are not known.
 */
export function peopleWeights(network: Network, nation: boolean, maybe: Uint32Array): PeopleWeights {
  const { operators, regions, places, radio } = network;
  const wide = regions.length;
  const count = new Uint32Array(operators.length * wide);
  for (let at = 0; at < places.count; at += 1)
    if (radio[at] === 1) count[places.operator[at]! * wide + places.region[at]!]! += 1;
  const { people, largest, known } = peopleOfCells(operators, regions, count, maybe, nation);
  const weight = new Float64Array(places.count);
  for (let at = 0; at < places.count; at += 1) {
    const cell = places.operator[at]! * wide + places.region[at]!;
    if (radio[at] === 1) weight[at] = people[cell]! / count[cell]!;
  }
  return { nation, weight, known, radio: count, maybe, people, largest };
}

/**
 * The same without places. `radio` and `maybe`: by operator x regions + region, how many radio places an operator has there, and how
 * many may be some too.
 */
export function peopleOfCells(
  operators: Network["operators"],
  regions: readonly Pick<Region, "people">[],
  radio: ArrayLike<number>,
  maybe: ArrayLike<number>,
  nation: boolean,
): Pick<PeopleWeights, "people" | "largest" | "known"> {
  const wide = regions.length;
  const people = new Float64Array(operators.length * wide);
  const largest = new Float64Array(operators.length);
  const known = operators.map(() => true);
  const serves = operators.map(() => false);
  for (let region = 0; region < wide; region += 1) {
    const present = operators.flatMap((_, operator) => {
      const cell = operator * wide + region;
      return radio[cell]! + maybe[cell]! > 0 ? [operator] : [];
    });
    const all = regions[region]!.people;
    for (const operator of operators.keys()) {
      const cell = operator * wide + region;
      const part = nation ? customersPart(operators, present, operator) : 1;
      if (all === null || part === null) known[operator] = known[operator]! && !present.includes(operator);
      else people[cell] = all * part;
      if (radio[cell]! > 0) serves[operator] = true;
      largest[operator] = Math.max(largest[operator]!, people[cell]! / Math.max(1, radio[cell]!));
    }
  }
  const every = serves.includes(true) && operators.every((_, operator) => known[operator]! || !serves[operator]);
  return { people, largest, known: nation ? [every] : operators.map((_, at) => known[at]! && serves[at]!) };
}

/** Which part of a region's people an operator has, or would have if it came to serve it; null: not known. */
function customersPart(operators: Network["operators"], present: readonly number[], operator: number): number | null {
  const serving = present.includes(operator) ? present : [...present, operator];
  if (serving.length === 1) return 1;
  let whole = 0;
  for (const one of serving) {
    const { customers } = operators[one]!;
    if (customers === null) return null;
    whole += customers;
  }
  return whole === 0 ? null : operators[operator]!.customers! / whole;
}
