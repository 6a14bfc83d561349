import type { Lists } from "../graph/distinct-lists.ts";
import { type Channel, channels, type Network, noSupplier, openSupplier, type Suspect } from "../model/network.ts";
import type { OutageState } from "../model/outage.ts";
import { partOnly } from "../model/ports/network.ts";

/** Who is gone, how, and in which channels it counts that they stand behind something. */
export interface Scenario {
  readonly suspect: Suspect;
  readonly state: OutageState;
  readonly channels: readonly Channel[];
}

/** How many scenarios one word holds, a bit each. */
export const laneCount = 32;

/** A word with the bits of the first so many scenarios. */
export function allLanes(lanes: number): number {
  return lanes === laneCount ? ~0 : (1 << lanes) - 1;
}

/**
 * `sure`: only what is known to be theirs. `named`: also of who might belong to them. `most`: also whatever may have
 * somebody behind it that nobody knows.
 */
export type Extreme = "sure" | "named" | "most";

/** What is hit in up to 32 scenarios at once: a bit per scenario. */
export interface Hits {
  readonly lanes: number;
  readonly trait: Uint32Array;
  readonly bundle: Uint32Array;
  /** By maker of a line, as `linkMaker` numbers them. */
  readonly line: Uint32Array;
  readonly link: (link: number) => number;
}

/** Channels that a state looks at where nobody says otherwise. */
export function usualChannels(state: OutageState): readonly Channel[] {
  return state === "hostile" ? ["made", "managed"] : ["made"];
}

/**
 * What each scenario hits. A bundle is hit if anything in it is. In the state `hostile` everything that a hit element
 * manages is hit too, however far. What nobody is known to stand behind may be anybody's, also that of one of whom nothing else
 * is known.
 */
export function hitsOf(network: Network, scenarios: readonly Scenario[], extreme: Extreme): Hits {
  const masks = masksOf(network, scenarios, extreme);
  const trait = Uint32Array.from(network.traits, ({ holders }) => {
    let word = 0;
    for (const [at, channel] of channels.entries()) {
      const looked = masks.channel[at]!;
      if (looked === 0) continue;
      const { sure, open } = holders[channel];
      let held = open ? masks.open : 0;
      for (const supplier of sure) held |= masks.supplier[supplier]!;
      word |= held & looked;
    }
    return word;
  });
  if (masks.hostile !== 0) pullDown(network, trait, masks.hostile);
  const bundle = Uint32Array.from(network.bundles, (members) => {
    let word = 0;
    for (const member of members) word |= trait[member]!;
    return word;
  });
  return { lanes: scenarios.length, trait, bundle, ...linesOf(network, masks) };
}

/** Lines of suppliers, of somebody not known, and of nobody, as `linkMaker` numbers them. */
function linesOf({ linkMaker }: Network, { supplier, channel, open }: Masks): Pick<Hits, "line" | "link"> {
  const looked = channel[channels.indexOf("made")]!;
  const line = new Uint32Array(noSupplier + 1);
  for (const [at, word] of supplier.entries()) line[at] = word & looked;
  line[openSupplier] = open & looked;
  return { line, link: (link) => line[linkMaker[link]!]! };
}

type Masks = ReturnType<typeof masksOf>;

/** Bits of scenarios: by supplier, by channel they look at, those in which the unknown counts, those that pull down. */
function masksOf({ suppliers }: Network, scenarios: readonly Scenario[], extreme: Extreme) {
  const supplier = new Uint32Array(suppliers.length);
  const channel = new Uint32Array(channels.length);
  let [open, hostile] = [0, 0];
  for (const [lane, { suspect, state, channels: looked }] of scenarios.entries()) {
    const bit = 1 << lane;
    for (const one of suspect.sure) supplier[one]! |= bit;
    if (extreme !== "sure") for (const one of suspect.may) supplier[one]! |= bit;
    if (extreme === "most") open |= bit;
    for (const name of looked) channel[channels.indexOf(name)]! |= bit;
    if (state === "hostile") hostile |= bit;
  }
  return { supplier, channel, open, hostile };
}

/** Hands what hits a manager on to all it manages, until nothing changes. */
function pullDown({ traits }: Network, hit: Uint32Array, hostile: number): void {
  const managed = new Map<number, number[]>();
  for (const [at, { managers }] of traits.entries()) {
    for (const manager of managers) {
      const own = managed.get(manager);
      if (own) own.push(at);
      else managed.set(manager, [at]);
    }
  }
  const waiting = [...managed.keys()];
  for (let manager = waiting.pop(); manager !== undefined; manager = waiting.pop()) {
    const handed = hit[manager]! & hostile;
    for (const at of managed.get(manager) ?? []) {
      if ((handed & ~hit[at]!) === 0) continue;
      hit[at]! |= handed;
      if (managed.has(at)) waiting.push(at);
    }
  }
}

/** For each list of bundles the scenarios in which all of it is hit; of the empty one none. */
export function deadIn(lists: Lists, { bundle }: Pick<Hits, "bundle">): Uint32Array {
  const { first, member } = lists;
  const dead = new Uint32Array(lists.count);
  for (let list = 1; list < lists.count; list += 1) {
    let all = ~0;
    for (let at = first[list]!; at < first[list + 1]!; at += 1) all &= bundle[member[at]!]!;
    dead[list] = all;
  }
  return dead;
}

/** For each place the scenarios in which something that stands there, or that it runs on, is hit. */
export function touchedPlaces({ places, elements }: Network, { trait: hit, bundle: hits }: Hits): Uint32Array {
  const { place, trait, bundle } = elements;
  const touched = new Uint32Array(places.count);
  for (let row = 0; row < place.length; row += 1)
    touched[place[row]!]! |= bundle[row] === partOnly ? hit[trait[row]!]! : hits[bundle[row]!]!;
  return touched;
}

/** One scenario in which nothing is hit. */
export function nobodyHit(network: Network): Hits {
  return {
    lanes: 1,
    trait: new Uint32Array(network.traits.length),
    bundle: new Uint32Array(network.bundles.length),
    line: new Uint32Array(noSupplier + 1),
    link: () => 0,
  };
}
