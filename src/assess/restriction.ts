import type { Span } from "../model/measure.ts";
import type { Network, Suspect, Trait } from "../model/network.ts";
import { type Replaced, replaced } from "./replacement.ts";

/** What falls at one operator, in one region, or in the nation. */
export interface Fallen {
  readonly scope: "operator" | "region" | "nation";
  readonly name: string;
  readonly elements: Span;
  readonly ofElements: number;
  readonly sites: Span;
  readonly ofSites: number;
  readonly people: Span | null;
}

/** A network in which some suppliers had to leave a domain. */
export interface Restricted extends Replaced {
  readonly fallen: readonly Fallen[];
  readonly functions: readonly { readonly function: string; readonly elements: Span; readonly of: number }[];
}

/**
 * What falls if a suspect's equipment has to leave a domain (empty: all of them), and the network after. Sure is what they
 * are known to make; what is of unknown maker, or of one that might belong to them, may fall too. Only what is sure is
 * replaced: all that falls at one place goes to one maker, places in turn, so that in each segment of an operator the others
 * keep the proportion they have there; where none is left, that of the segment in all networks; where none is left there
 * either, one maker that is new.
 */
export function restrict(network: Network, suspect: Suspect, domain: string): Restricted {
  const hit = hitTraits(network, suspect, domain);
  return {
    fallen: countFallen(network, hit),
    functions: countFunctions(network, hit),
    ...replaced(network, (trait) => hit[trait] === falls, suspect),
  };
}

const falls = 2;
const mayFall = 1;

/**
 * Of each trait: whether it falls, may fall, or stays (0). Equipment of which one function is not known, or of which only some
 * functions work in the domain, may fall: whether it has to go as a whole is not settled.
 */
function hitTraits({ traits }: Network, { sure, may }: Suspect, domain: string): Uint8Array {
  const [theirs, maybe] = [new Set(sure), new Set(may)];
  return Uint8Array.from(traits, (trait) => {
    const within = domain === "" || trait.domain === domain;
    const { sure: makers, open } = trait.holders.made;
    if (within && makers.some((maker) => theirs.has(maker))) return falls;
    const could = open || makers.some((maker) => theirs.has(maker) || maybe.has(maker));
    return (within || mayBeIn(trait, domain)) && could ? mayFall : 0;
  });
}

function mayBeIn({ domain: own, functions, segments }: Trait, domain: string): boolean {
  const managed = (segment: string) => segment.endsWith("-management") || segment === "other";
  const reaches = (segment: string | null) =>
    segment === null || segment === domain || (domain === "management" && managed(segment));
  return own === "unknown" && (functions.length === 0 || segments.some(reaches));
}

function countFallen(network: Network, hit: Uint8Array): readonly Fallen[] {
  const { places, elements, operators, regions, people } = network;
  const count = elements.trait.length;
  const worst = new Uint8Array(places.count);
  const held = new Uint8Array(places.count);
  const byOperator = tallies(operators.length);
  const byRegion = tallies(regions.length);
  const whole = tallies(1);
  for (let at = 0; at < count; at++) {
    const place = elements.place[at]!;
    const level = hit[elements.trait[at]!]!;
    held[place] = 1;
    if (level > worst[place]!) worst[place] = level;
    addElement(byOperator, places.operator[place]!, level);
    addElement(byRegion, places.region[place]!, level);
    if (elements.first[at] === 1) addElement(whole, 0, level);
  }
  for (let place = 0; place < places.count; place++) {
    if (held[place] === 0) continue;
    const level = worst[place]!;
    for (const [tally, at] of [
      [byOperator, places.operator[place]!],
      [byRegion, places.region[place]!],
      [whole, 0],
    ] as const)
      addSite(tally, at, level, people[place]!);
  }
  const known = regions.some((region) => region.people !== null);
  return [
    ...fallenOf("nation", [""], whole, false),
    ...fallenOf(
      "operator",
      operators.map(({ id }) => id),
      byOperator,
      known,
    ),
    ...fallenOf(
      "region",
      regions.map(({ name }) => name),
      byRegion,
      false,
    ),
  ];
}

/** By level of hit (0 to 2): elements, sites and people, a row for each name. */
interface Tallies {
  readonly elements: Float64Array;
  readonly sites: Float64Array;
  readonly people: Float64Array;
}

function tallies(rows: number): Tallies {
  const [elements, sites, people] = [0, 0, 0].map(() => new Float64Array(rows * 3)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { elements, sites, people };
}

function addElement({ elements }: Tallies, row: number, level: number): void {
  elements[row * 3 + level]! += 1;
}

function addSite({ sites, people }: Tallies, row: number, level: number, weight: number): void {
  sites[row * 3 + level]! += 1;
  people[row * 3 + level]! += weight;
}

function fallenOf(
  scope: Fallen["scope"],
  names: readonly string[],
  { elements, sites, people }: Tallies,
  withPeople: boolean,
): readonly Fallen[] {
  const span = (of: Float64Array, row: number) => ({
    least: of[row * 3 + 2]!,
    most: of[row * 3 + 2]! + of[row * 3 + 1]!,
  });
  const all = (of: Float64Array, row: number) => of[row * 3]! + of[row * 3 + 1]! + of[row * 3 + 2]!;
  return names
    .map((name, row) => ({
      ...{ scope, name, elements: span(elements, row), ofElements: all(elements, row) },
      ...{ sites: span(sites, row), ofSites: all(sites, row), people: withPeople ? span(people, row) : null },
    }))
    .filter(({ ofElements }) => ofElements > 0);
}

function countFunctions({ traits, elements }: Network, hit: Uint8Array): Restricted["functions"] {
  const perTrait = new Float64Array(traits.length);
  for (let at = 0; at < elements.trait.length; at++) if (elements.first[at] === 1) perTrait[elements.trait[at]!]! += 1;
  const counts = new Map<string, { least: number; most: number; of: number }>();
  for (const [number, { functions }] of traits.entries()) {
    for (const name of functions.length > 0 ? functions : [""]) {
      const row = counts.get(name) ?? { least: 0, most: 0, of: 0 };
      row.of += perTrait[number]!;
      if (hit[number] === falls) row.least += perTrait[number]!;
      if (hit[number] !== 0) row.most += perTrait[number]!;
      counts.set(name, row);
    }
  }
  return [...counts]
    .filter(([, { most }]) => most > 0)
    .map(([name, { least, most, of }]) => ({ function: name, elements: { least, most }, of }))
    .sort(
      (a, b) =>
        b.elements.least - a.elements.least || b.elements.most - a.elements.most || (a.function < b.function ? -1 : 1),
    );
}
