import type { Network } from "../model/network.ts";
import { protections } from "../model/ports/network.ts";
import {
  bitCarriers,
  classCount,
  gatewayMask,
  type PlaceProfiles,
  radioMask,
  transitMask,
  tunnelEnds,
  unclear,
  underAirCipher,
} from "./exposure-kinds.ts";
import { gripsOf, type Watcher } from "./exposure-watch.ts";

/** Everything that passes; what of it is in clear; and what would be if every link carried IPsec from end to end. */
export type View = "metadata" | "content" | "content-if-encrypted";

/** What is asked for: who looks, at what, and through elements of which classes only (all without it; lines then count too). */
export interface Look {
  readonly watcher: Watcher;
  readonly view: View;
  readonly only?: number;
}

/** One end of the span of a look: which kinds and lines are held for sure (`least`) or perhaps (`most`). */
export interface Lens {
  readonly view: View;
  readonly bound: "least" | "most";
  readonly only: number;
  /** By kind, by line: 1 if held. */
  readonly kinds: Uint8Array;
  readonly lines: Uint8Array;
}

/** How far links hide what they carry from what stands at their ends: not, from what only carries bits, from all but tunnel ends. */
export type Hiding = 0 | 1 | 2;
const hidingOf: Readonly<Record<(typeof protections)[number], Hiding>> = {
  "": 0,
  none: 0,
  // A router ends MACsec on each link and optical encryption begins beyond it: in it, all is in clear.
  optical: 0,
  macsec: 1,
  ipsec: 2,
};

/** Links that are alike to whoever looks: by maker, and whether what they carry is known to be encrypted. */
export interface Lines {
  readonly maker: readonly number[];
  readonly encrypted: readonly boolean[];
  /** By link: number of its line. */
  readonly line: Uint32Array;
  /** By place: the least and the most that its links hide. */
  readonly leastHidden: Uint8Array;
  readonly mostHidden: Uint8Array;
}

export function linesOf({ places, links, linkMaker }: Network): Lines {
  const known = new Map<number, number>();
  const [maker, encrypted]: [number[], boolean[]] = [[], []];
  const line = new Uint32Array(links.count);
  const leastHidden = new Uint8Array(places.count).fill(2);
  const mostHidden = new Uint8Array(places.count);
  for (let link = 0; link < links.count; link++) {
    const protection = protections[links.protection[link]!] ?? "";
    const hidden = protection !== "" && protection !== "none";
    const key = linkMaker[link]! * 2 + Number(hidden);
    if (!known.has(key)) {
      known.set(key, maker.length);
      maker.push(linkMaker[link]!);
      encrypted.push(hidden);
    }
    line[link] = known.get(key)!;
    for (const place of [links.from[link]!, links.to[link]!]) {
      leastHidden[place] = Math.min(leastHidden[place]!, hidingOf[protection]);
      mostHidden[place] = Math.max(mostHidden[place]!, hidingOf[protection]);
    }
  }
  return { maker, encrypted, line, leastHidden, mostHidden };
}

/** The two lenses of a look: what is surely held, and what may be. */
export function lensesOf(
  network: Network,
  places: PlaceProfiles,
  lines: Lines,
  look: Look,
): readonly [least: Lens, most: Lens] {
  const grips = gripsOf(network, lines.maker, look.watcher);
  const grip = places.kinds.map(({ traits }) =>
    traits.reduce((most, trait) => Math.max(most, grips.traits[trait]!), 0),
  );
  const lens = (bound: Lens["bound"], enough: number): Lens => ({
    view: look.view,
    bound,
    only: look.only ?? ~0,
    kinds: Uint8Array.from(grip, (one) => Number(one >= enough)),
    lines: Uint8Array.from(grips.lines, (one) => Number(one >= enough && look.only === undefined)),
  });
  return [lens("least", 2), lens("most", 1)];
}

/** Part of what passes a place that meets nothing held: on its way, and where it begins or ends. */
export interface Free {
  readonly transit: number;
  readonly end: number;
}

/**
 * The free part at a place is the product, over the classes of elements there, of the part of their elements that is not
 * held. An element of which nobody knows what it does may be of any class: it thins out what is surely held, and where it
 * may be held itself, all may pass it. Where a place is a radio place and a gateway, which of both an end passes is not known.
 * @param hiding What links there hide, for the views of content: the most of them for the least that is seen, and vice versa.
 */
export function freeAt(profile: number, places: PlaceProfiles, lens: Lens, hiding: number): Free {
  const tally = tallyOf(profile, places, lens);
  const transit = freeOf(tally, transitMask & ~hiddenAt(lens, hiding), lens);
  const radio = freeOf(tally, radioMask & ~hiddenUnderAir(lens), lens);
  const gateway = freeOf(tally, gatewayMask, lens);
  const both = (tally.there & radioMask) !== 0 && (tally.there & gatewayMask) !== 0;
  const end = both && lens.bound === "least" ? Math.max(radio, gateway) : radio * gateway;
  return { transit, end: transit * end };
}

/** Factor of a line: 0 where it is held and what it carries counts. */
export function freeOnLine(line: number, { encrypted }: Lines, lens: Lens): number {
  const hidden = lens.view === "content-if-encrypted" || (lens.view === "content" && encrypted[line]!);
  return lens.lines[line] === 1 && !hidden ? 0 : 1;
}

interface Tally {
  /** Classes that stand there, as bits. */
  readonly there: number;
  readonly of: Uint32Array;
  readonly held: Uint32Array;
  /** Elements of which nobody knows what they do: not held, and held. */
  readonly unclearFree: number;
  readonly unclearHeld: number;
}

function tallyOf(profile: number, { kinds, profiles: { first, member } }: PlaceProfiles, lens: Lens): Tally {
  const of = new Uint32Array(classCount);
  const held = new Uint32Array(classCount);
  let [there, unclearFree, unclearHeld] = [0, 0, 0];
  for (let row = first[profile]!; row < first[profile + 1]!; row++) {
    const kind = member[row]!;
    const mine = kinds[kind]!.classes;
    there |= mine;
    for (let at = 0; at < classCount; at++) {
      if ((mine & (1 << at)) === 0) continue;
      of[at]!++;
      held[at]! += lens.kinds[kind]!;
    }
    if ((mine & unclear) === 0) continue;
    if (lens.kinds[kind] === 1) unclearHeld++;
    else unclearFree++;
  }
  return { there, of, held, unclearFree, unclearHeld };
}

function freeOf(tally: Tally, mask: number, { bound, only }: Lens): number {
  if (bound === "most" && tally.unclearHeld > 0) return 0;
  // What may join a class thins out those who are known to be in it.
  const joining = bound === "least" ? tally.unclearFree : 0;
  let free = 1;
  for (let at = 0; at < classCount; at++) {
    if ((mask & only & (1 << at)) === 0 || tally.held[at] === 0) continue;
    free *= 1 - tally.held[at]! / (tally.of[at]! + joining);
  }
  return free;
}

function hiddenAt({ view }: Lens, hiding: number): number {
  if (view === "metadata" || (view === "content" && hiding === 0)) return 0;
  return view === "content" && hiding === 1 ? bitCarriers : transitMask & ~tunnelEnds;
}

/** With the air ciphered, what stands below the end of the ciphering sees no content; that it is ciphered no table says. */
const hiddenUnderAir = ({ view, bound }: Lens) => (view !== "metadata" && bound === "least" ? underAirCipher : 0);
