import { domainOfFunction } from "../model/functions.ts";
import type { Base } from "../model/measure.ts";
import type { Network } from "../model/network.ts";
import { noSite } from "../model/ports/network.ts";
import { type PeopleWeights, peopleWeights } from "./dependence-people.ts";

/** A part of a network that is counted: everything, one segment, or one function. */
export interface Part {
  readonly kind: "all" | "segment" | "function";
  readonly name: string;
}
export const wholeNetwork: Part = { kind: "all", name: "" };
export const segments: readonly string[] = [
  ...["access", "transport", "core"],
  ...["access-management", "transport-management", "core-management", "other"],
];

/**
 * A way of weighing sites. `nation`: elements of several operators count for the first of them alone, and people who may use
 * several networks are shared out among these.
 */
export interface Lens {
  readonly base: Exclude<Base, "element">;
  readonly nation: boolean;
  /** By place; null: each site is 1. */
  readonly weight: Float64Array | null;
  /**
   * By operator: what one element at no known site may move within a whole, and what it may add to it. Null: as the count of
   * each part tells, for what a site weighs does not depend on what stands there.
   */
  readonly joins: Float64Array | null;
  readonly adds: Float64Array | null;
  /** By operator, for the nation one entry: whether it can be counted so. */
  readonly known: readonly boolean[];
  readonly people?: PeopleWeights;
}

/** What to count and how, made once for a network: parts, lenses, and who made each trait. */
export interface Plan {
  readonly parts: readonly Part[];
  readonly lenses: readonly Lens[];
  /** Slots of trait t: `slotStart[t]` to `slotStart[t + 1]`, each one of the parts it stands in. */
  readonly slotStart: Uint32Array;
  readonly slotPart: Uint8Array;
  /** By trait: the first of its slots that stands for a function. */
  readonly functionStart: Uint32Array;
  /** 1 where a function of the trait is not known: it may stand in any further part. */
  readonly loose: Uint8Array;
  /** 1: it may stand in its parts or not, for it was recorded otherwise. */
  readonly moved: Uint8Array;
  /** Supplier number; -1: nobody knows who, each element by itself; -2 and below: a group, nobody knows whose. */
  readonly maker: Int32Array;
  readonly operator: Uint16Array;
}

/** The first parts of every plan: the whole, and the segments. */
export const segmentParts = 1 + segments.length;

/**
 * Plans a count. `listed`: products whose maker the tables name. Elements of another product have one maker, whoever that is, and
 * it is the one that some of them name; an element of a listed product whose maker is not known is contested, and by itself.
 */
export function planCount(network: Network, listed: ReadonlySet<string>): Plan {
  const { traits } = network;
  const functions = [...new Set(traits.flatMap((trait) => trait.functions))].filter((name) =>
    domainOfFunction.has(name),
  );
  const parts: readonly Part[] = [
    wholeNetwork,
    ...segments.map((name): Part => ({ kind: "segment", name })),
    ...functions.sort().map((name): Part => ({ kind: "function", name })),
  ];
  const slots = traits.map(({ segments: own, functions: names }) =>
    parts.flatMap(({ kind, name }, at) => {
      const stands = kind === "all" || (kind === "segment" ? own.includes(name) : names.includes(name));
      return stands ? [at] : [];
    }),
  );
  const slotStart = new Uint32Array(traits.length + 1);
  for (const [at, own] of slots.entries()) slotStart[at + 1] = slotStart[at]! + own.length;
  const loose = Uint8Array.from(traits, (trait) => Number(trait.segments.includes(null)));
  return {
    parts,
    lenses: lensesOf(network, loose),
    slotStart,
    slotPart: Uint8Array.from(slots.flat()),
    functionStart: Uint32Array.from(
      slots,
      (own, at) => slotStart[at]! + own.filter((part) => part < segmentParts).length,
    ),
    loose,
    moved: Uint8Array.from(traits, ({ moved }) => Number(moved)),
    maker: makersOf(network, listed),
    operator: Uint16Array.from(traits, ({ operator }) => operator),
  };
}

function makersOf({ traits }: Network, listed: ReadonlySet<string>): Int32Array {
  const named = new Map<string, Set<number>>();
  for (const { product, holders } of traits) {
    const maker = soleMaker(holders.made);
    if (product === null || maker === undefined) continue;
    named.set(product, (named.get(product) ?? new Set()).add(maker));
  }
  const groups = new Map<string, number>();
  return Int32Array.from(traits, ({ product, holders }) => {
    const maker = soleMaker(holders.made);
    if (maker !== undefined) return maker;
    if (product === null || listed.has(product)) return -1;
    const [only, ...others] = named.get(product) ?? [];
    if (only !== undefined && others.length === 0) return only;
    if (!groups.has(product)) groups.set(product, -2 - groups.size);
    return groups.get(product)!;
  });
}

/** An element has exactly one maker; where the tables leave it open or name two, it is not known. */
export function soleMaker({
  sure,
  open,
}: {
  readonly sure: readonly number[];
  readonly open: boolean;
}): number | undefined {
  return sure.length === 1 && !open ? sure[0] : undefined;
}

function lensesOf(network: Network, loose: Uint8Array): readonly Lens[] {
  const { operators, places, traffic, demands } = network;
  const maybe = maybeRadio(network, loose);
  const carries = operators.map(() => false);
  for (let at = 0; at < places.count; at += 1) if (traffic[at]! > 0) carries[places.operator[at]!] = true;
  // A demand that names no places may begin or end anywhere.
  const told = demands.origin === "table" && demands.loose === 0;
  return [false, true].flatMap((nation): readonly Lens[] => {
    const people = peopleWeights(network, nation, maybe);
    const { weight, largest, known } = people;
    const carried = told ? (nation ? [carries.includes(true)] : carries) : [];
    const each = (value: number) => new Float64Array(operators.length).fill(value);
    const all = nation ? [true] : operators.map(() => true);
    return [
      { base: "site", nation, weight: null, joins: each(0.5), adds: each(1), known: all },
      { base: "people", nation, weight, joins: largest, adds: largest, known, people },
      { base: "traffic", nation, weight: traffic, joins: null, adds: null, known: carried },
    ];
  });
}

/** Operator x regions + region: places that may be radio places too, for the function of an element there is not known. */
function maybeRadio({ operators, regions, places, elements, radio }: Network, loose: Uint8Array): Uint32Array {
  const count = new Uint32Array(operators.length * regions.length);
  if (!loose.includes(1)) return count;
  const seen = new Uint8Array(places.count);
  for (let at = 0; at < elements.place.length; at += 1) {
    const place = elements.place[at]!;
    if (loose[elements.trait[at]!] === 0 || seen[place] === 1 || radio[place] === 1) continue;
    seen[place] = 1;
    if (places.site[place] !== noSite) count[places.operator[place]! * regions.length + places.region[place]!]! += 1;
  }
  return count;
}
