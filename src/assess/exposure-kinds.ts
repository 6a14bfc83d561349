import { DistinctLists, type Lists } from "../graph/distinct-lists.ts";
import { domainOfFunction } from "../model/functions.ts";
import { gatewayFunctions, type Network, transitFunctions } from "../model/network.ts";
import { partOnly } from "../model/ports/network.ts";

/**
 * Classes of elements that traffic passes, as bits: of each class that stands at a place it passes one element, all of
 * them equally often. The radio classes follow each other (TS 38.401 clause 6.1); whole base stations are alternatives.
 */
const radioClasses: readonly (readonly string[])[] = [["gNB", "eNB"], ["gNB-CU", "gNB-CU-UP"], ["gNB-DU"], ["RU"]];
const classes: readonly (readonly string[])[] = [
  ...transitFunctions.map((name) => [name]),
  ...radioClasses,
  gatewayFunctions,
];
const maskOf = (names: readonly string[]) =>
  classes.reduce((mask, members, at) => (members.some((name) => names.includes(name)) ? mask | (1 << at) : mask), 0);

export const classCount: number = classes.length;
export const transitMask: number = maskOf(transitFunctions);
export const radioMask: number = maskOf(radioClasses.flat());
export const gatewayMask: number = maskOf(gatewayFunctions);
/** Below the end of the ciphering of the air: content only where that is switched off (TS 33.501 clause 6.6). */
export const underAirCipher: number = maskOf(["gNB-DU", "RU"]);
/** What only carries bits, and so sees nothing of what MACsec protects (IEEE 802.1AE); routers end it hop by hop. */
export const bitCarriers: number = maskOf(["optical-transport", "microwave-link"]);
/** What ends IPsec tunnels. */
export const tunnelEnds: number = maskOf(["security-gateway"]);
/** Nobody knows what it does: it may be in any class, or be passed besides. */
export const unclear: number = 1 << classes.length;

/** Which classes a trait is in; `unclear` where it bears no function, or one that nobody knows. */
function classesOf(functions: readonly string[]): number {
  const known = functions.length > 0 && functions.every((name) => domainOfFunction.has(name));
  return maskOf(functions) | (known ? 0 : unclear);
}

/** Classes of the elements of a function; 0 if traffic passes none of them, `unclear` for `""` and what nobody knows. */
export const pathMask = (name: string): number => classesOf(name === "" ? [] : [name]);

/** A distinct kind of element on the way of traffic: its classes, and the traits through which somebody may hold it. */
export interface Kind {
  readonly classes: number;
  readonly traits: readonly number[];
}

/**
 * What stands at each place, for traffic that passes it. `profile` of a place numbers the multiset of kinds there; equal
 * places share one. Profiles list kinds, rising, with repeats.
 */
export interface PlaceProfiles {
  readonly kinds: readonly Kind[];
  readonly profiles: Lists;
  readonly profile: Uint32Array;
}

/**
 * Sorts the elements of a network by place and interns what stands together, so that a million places with a few thousand
 * ways to be equipped cost a few thousand computations. An element is held through its own trait and those it lives on, but
 * for traits that are on the way themselves: they are counted where they stand.
 */
export function profilesOf(network: Network): PlaceProfiles {
  const byTrait = network.traits.map(({ functions }) => classesOf(functions));
  const { kinds, kind } = kindsOf(network, byTrait);
  return { kinds, ...numbered(sortedByPlace(network, kind)) };
}

const offPath = 0xffffffff;

function kindsOf({ elements, bundles }: Network, byTrait: readonly number[]) {
  const { trait, bundle } = elements;
  const kind = new Uint32Array(trait.length);
  const kinds: Kind[] = [];
  const known = new Map<number, number>();
  const width = bundles.length + 1;
  for (let element = 0; element < trait.length; element++) {
    const own = trait[element]!;
    const part = bundle[element] === partOnly;
    // What a part without a function does is what the whole does, which lives on it.
    const seen = part ? byTrait[own]! & ~unclear : byTrait[own]!;
    if (seen === 0) {
      kind[element] = offPath;
      continue;
    }
    const key = own * width + (part ? bundles.length : bundle[element]!);
    let number = known.get(key);
    if (number === undefined) {
      number = kinds.length;
      known.set(key, number);
      const lives = part ? [own] : bundles[bundle[element]!]!;
      kinds.push({
        classes: seen,
        traits: lives.filter((other) => other === own || (byTrait[other]! & ~unclear) === 0),
      });
    }
    kind[element] = number;
  }
  return { kinds, kind };
}

/** Compressed rows: kinds at each place, sorted. */
function sortedByPlace({ elements, places }: Network, kind: Uint32Array) {
  const first = new Uint32Array(places.count + 1);
  for (let element = 0; element < kind.length; element++)
    if (kind[element] !== offPath) first[elements.place[element]! + 1]!++;
  for (let place = 0; place < places.count; place++) first[place + 1]! += first[place]!;
  const at = first.slice();
  const there = new Uint32Array(first[places.count]!);
  for (let element = 0; element < kind.length; element++) {
    if (kind[element] !== offPath) there[at[elements.place[element]!]!++] = kind[element]!;
  }
  return { first, there };
}

/** Numbers the multisets; number 0 is the empty one. */
function numbered({ first, there }: { readonly first: Uint32Array; readonly there: Uint32Array }) {
  const lists = new DistinctLists();
  const profile = new Uint32Array(first.length - 1);
  for (let place = 0; place < profile.length; place++) {
    const [from, until] = [first[place]!, first[place + 1]!];
    if (until - from > 1) there.subarray(from, until).sort();
    profile[place] = lists.numberOf(there, from, until);
  }
  return { profiles: lists.lists(), profile };
}
