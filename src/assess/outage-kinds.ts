import { DistinctLists, type Lists } from "../graph/distinct-lists.ts";
import { gatewayFunctions, type Network, radioFunctions, transitFunctions } from "../model/network.ts";
import { partOnly } from "../model/ports/network.ts";

/**
 * What stands at each place, as numbers of lists of bundles (`sets`): of a list one live bundle is enough. List 0 is empty:
 * nothing of that sort stands there.
 */
export interface PlaceKinds {
  readonly sets: Lists;
  /** What can serve people. */
  readonly radio: Uint32Array;
  /** What carries traffic on its way. */
  readonly transit: Uint32Array;
  /** Where the user plane leaves the network. */
  readonly gateway: Uint32Array;
}

const radioUnit = 1;
const baseStation = 2;
const transit = 4;
const gateway = 8;

/**
 * Sorts the elements of each place by what they do. Where base stations stand, radio units alone cannot serve. A part of
 * another element counts by itself only at places where nothing whole does the same (a radio unit on a mast of its own).
 */
export function kindsOf(network: Network): PlaceKinds {
  const serving = servingByPlace(network);
  const lists = new DistinctLists();
  const [radio, carries, leaves] = [radioRank, carrierRank, gatewayRank].map((rank) => bestLists(serving, rank, lists));
  return { sets: lists.lists(), radio: radio!, transit: carries!, gateway: leaves! };
}

/** How an element counts at its place, by what it does: 0 not at all, 1 before 2 before 3. */
type Rank = (role: number) => number;
const part = 16;
const radioRank: Rank = (role) => {
  if ((role & (baseStation | radioUnit)) === 0) return 0;
  return (role & part) !== 0 ? 3 : (role & baseStation) !== 0 ? 1 : 2;
};
const wholeFirst =
  (bit: number): Rank =>
  (role) =>
    (role & bit) === 0 ? 0 : (role & part) !== 0 ? 2 : 1;
const carrierRank = wholeFirst(transit);
const gatewayRank = wholeFirst(gateway);

interface Serving {
  /** Elements of place `p` from `first[p]` up to `first[p + 1]`: what they do as bits, and their bundle (a part's trait). */
  readonly first: Uint32Array;
  readonly role: Uint8Array;
  readonly member: Uint32Array;
}

/** All elements that do something here, place by place. */
function servingByPlace({ elements, traits, places }: Network): Serving {
  const { place, trait, bundle } = elements;
  const roles = Uint8Array.from(traits, ({ functions }) => roleOf(functions));
  const first = new Uint32Array(places.count + 1);
  for (let row = 0; row < place.length; row += 1) if (roles[trait[row]!] !== 0) first[place[row]! + 1]! += 1;
  for (let at = 0; at < places.count; at += 1) first[at + 1]! += first[at]!;
  const end = first.slice();
  const role = new Uint8Array(first[places.count]!);
  const member = new Uint32Array(role.length);
  for (let row = 0; row < place.length; row += 1) {
    const own = roles[trait[row]!]!;
    if (own === 0) continue;
    const at = end[place[row]!]!++;
    const isPart = bundle[row] === partOnly;
    role[at] = isPart ? own | part : own;
    member[at] = isPart ? trait[row]! : bundle[row]!;
  }
  return { first, role, member };
}

/** At each place the bundles of the elements of the best rank there, each once and rising, as the number of their list. */
function bestLists({ first, role, member }: Serving, rankOf: Rank, lists: DistinctLists): Uint32Array {
  const ranks = Uint8Array.from({ length: 2 * part }, (_, bits) => rankOf(bits));
  const numbers = new Uint32Array(first.length - 1);
  let best = new Uint32Array(64);
  for (let place = 0; place < numbers.length; place += 1) {
    const [from, until] = [first[place]!, first[place + 1]!];
    if (until - from > best.length) best = new Uint32Array(2 * (until - from));
    let [rank, count] = [4, 0];
    for (let at = from; at < until; at += 1) {
      const own = ranks[role[at]!]!;
      if (own === 0 || own > rank) continue;
      if (own < rank) [rank, count] = [own, 0];
      best[count++] = member[at]!;
    }
    numbers[place] = lists.numberOf(best, 0, distinctSorted(best, count));
  }
  return numbers;
}

/** Sorts the first so many numbers and leaves each once; how many are left. */
function distinctSorted(numbers: Uint32Array, count: number): number {
  if (count > 32) numbers.subarray(0, count).sort();
  // Hardly any place has more than a few, for which a call to sort costs more than all of this.
  else
    for (let at = 1; at < count; at += 1) {
      const own = numbers[at]!;
      let to = at;
      for (; to > 0 && numbers[to - 1]! > own; to -= 1) numbers[to] = numbers[to - 1]!;
      numbers[to] = own;
    }
  let left = Math.min(1, count);
  for (let at = 1; at < count; at += 1) if (numbers[at] !== numbers[at - 1]) numbers[left++] = numbers[at]!;
  return left;
}

/** What an element with these functions does at its place, as bits. */
function roleOf(functions: readonly string[]): number {
  let role = 0;
  for (const name of functions) {
    if (radioFunctions.includes(name)) role |= name === "RU" ? radioUnit : baseStation;
    if (transitFunctions.includes(name)) role |= transit;
    if (gatewayFunctions.includes(name)) role |= gateway;
  }
  return role;
}
