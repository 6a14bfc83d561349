import type { Held } from "../model/measure.ts";
import { channels, type Network } from "../model/network.ts";
import type { ProductMakers, ServedRegion, SharedOut, Shares, TouchedOut } from "../model/shares.ts";
import { isKnown } from "./dependence.ts";
import { countNetwork } from "./dependence-count.ts";
import { type Plan, planCount, segmentParts, soleMaker } from "./dependence-plan.ts";
import { type Source, tallyMakers } from "./dependence-tally.ts";
import { touch } from "./dependence-touched.ts";

export type CountedShares = Pick<
  Shares,
  "traffic" | "regions" | "shares" | "touched" | "nationShares" | "nationTouched" | "products"
>;

/** Of people it is told which part of a region's each holder stands behind: how many they are is for the nation to say. */
const million = 1_000_000;
const wholeBases = ["element", "site", "traffic"] as const;
const regionBases = ["element", "site", "people", "traffic"] as const;
const others = channels.filter((channel): channel is TouchedOut["channel"] => channel !== "made");

/**
 * One operator's network as counts: by part, region and maker, in elements and sites; and by who else stands behind it. What it shares
 * and another operator counts for the nation is left out of a second set of counts. Records that could not be read are in none.
 * @param listed Products whose maker the tables name.
 * @param hash What stands for the name of a product that is not listed.
 */
export function countShares(
  whole: Network,
  operator: number,
  listed: ReadonlySet<string>,
  hash: (product: string) => string,
): CountedShares {
  const network = onlyOf(whole, operator);
  const { maker, names } = byProduct(network, listed);
  const plan = { ...planCount(network, listed), maker };
  const hashed = (group: string) => hash(names.get(Number(group))!);
  const shares: Told = { made: [], touched: [] };
  const nation: Told = { made: [], touched: [] };
  const add = (source: Source, region: { readonly region?: string }) => {
    tellParts(source, operator, region, hashed, shares);
    if (source.counted.shared) tellParts(source, null, region, hashed, nation);
  };
  const counted = countNetwork(network, plan, (region, own, traits) =>
    add({ network, plan, counted: own, traits }, { region: network.regions[region]!.name }),
  );
  add({ network, plan, counted, traits: network.traits.map((_, at) => at) }, {});
  return {
    ...{ shares: shares.made, touched: shares.touched },
    ...(counted.shared && { nationShares: nation.made, nationTouched: nation.touched }),
    traffic: isKnown(plan, "traffic", operator),
    regions: servedRegions(whole, plan, operator),
    products: namedMakers(network, operator, listed, hash),
  };
}

/** The same network with no elements but those of one operator, and a million people in each region. */
function onlyOf(network: Network, operator: number): Network {
  const { place, trait, bundle, first } = network.elements;
  const isOwn = (_: number, at: number) => network.places.operator[place[at]!] === operator;
  const elements = {
    place: place.filter(isOwn),
    trait: trait.filter(isOwn),
    bundle: bundle.filter(isOwn),
    first: first.filter(isOwn),
  };
  const radio = network.radio.map((is, at) => (network.places.operator[at] === operator ? is : 0));
  const traffic = network.traffic.map((value, at) => (network.places.operator[at] === operator ? value : 0));
  const regions = network.regions.map((one) => ({ ...one, people: million }));
  return { ...network, elements, radio, traffic, regions, unread: 0, left: [] };
}

function servedRegions({ regions }: Network, { lenses }: Plan, operator: number): readonly ServedRegion[] {
  const { radio, maybe } = lenses.flatMap(({ people }) => people ?? [])[0]!;
  return regions.flatMap(({ name, people, year, source }, at): readonly ServedRegion[] => {
    const cell = operator * regions.length + at;
    const told = { name, radio: radio[cell]!, maybe: maybe[cell]! };
    if (told.radio + told.maybe === 0) return [];
    return [
      {
        ...told,
        ...(people !== null && { people }),
        ...(year !== null && { year }),
        ...(source !== null && { source }),
      },
    ];
  });
}

/** Whose each trait is as far as it says so itself: what others say of its product is told apart, for a nation to weigh. */
function byProduct({ traits }: Network, listed: ReadonlySet<string>) {
  const groups = new Map<string, number>();
  const maker: Plan["maker"] = Int32Array.from(traits, ({ product, holders }) => {
    const sole = soleMaker(holders.made);
    if (sole !== undefined) return sole;
    if (product === null || listed.has(product)) return -1;
    if (!groups.has(product)) groups.set(product, -2 - groups.size);
    return groups.get(product)!;
  });
  return { maker, names: new Map([...groups].map(([product, group]) => [group, product])) };
}

function namedMakers(
  { traits, suppliers }: Network,
  operator: number,
  listed: ReadonlySet<string>,
  hash: (product: string) => string,
): readonly ProductMakers[] {
  const named = new Map<string, Set<string>>();
  for (const { operator: own, product, holders } of traits) {
    const maker = soleMaker(holders.made);
    if (own !== operator || product === null || maker === undefined || listed.has(product)) continue;
    named.set(product, (named.get(product) ?? new Set()).add(suppliers[maker]!));
  }
  const list = [...named].map(([product, makers]) => ({ product: hash(product), makers: [...makers].sort() }));
  return list.sort((a, b) => (a.product < b.product ? -1 : 1));
}

interface Told {
  readonly made: SharedOut[];
  readonly touched: TouchedOut[];
}

/** Tells every part; `operator` null: without what others count for the nation. */
function tellParts(
  source: Source,
  operator: number | null,
  region: { readonly region?: string },
  hash: (group: string) => string,
  to: Told,
): void {
  for (let part = 0; part < segmentParts; part += 1) {
    const name = { part: source.plan.parts[part]!.name, ...region };
    for (const base of region.region === undefined ? wholeBases : regionBases)
      to.made.push(...sharedOut(source, { operator, part, base }, name, hash));
    for (const channel of others) to.touched.push(...touchedOut(source, { operator, part }, channel, name));
  }
}

function sharedOut(
  source: Source,
  cut: { readonly operator: number | null; readonly part: number; readonly base: SharedOut["base"] },
  name: Pick<SharedOut, "part" | "region">,
  hash: (group: string) => string,
): readonly SharedOut[] {
  const { holders, groups, singles, loose, free, adrift, joins, adds } = tallyMakers(source, cut);
  // What moves traffic counts where none of the part stands: of unread records it is not known where they do.
  const moved = cut.base === "traffic" ? joins + adds : 0;
  const nothing = holders.length + groups.length + singles.units + loose + free + adrift + moved === 0;
  if (nothing) return [];
  // What one more site moves hangs on how many people there are.
  const moves = cut.base === "people" ? { joins: 0, adds: 0 } : { joins, adds };
  const held = ({ units, low, may }: Held): Held => ({ units, low, may });
  return [
    {
      ...name,
      base: cut.base,
      holders: holders.map((one) => ({ name: one.name, ...held(one) })),
      groups: groups
        .map((one) => ({ product: hash(one.name), ...held(one) }))
        .sort((a, b) => (a.product < b.product ? -1 : 1)),
      ...{ singles, loose, free, adrift, ...moves },
    },
  ];
}

function touchedOut(
  source: Source,
  cut: { readonly operator: number | null; readonly part: number },
  channel: TouchedOut["channel"],
  name: Pick<TouchedOut, "part" | "region">,
): readonly TouchedOut[] {
  const { holders, total, unknown, open, loose } = touch(source, cut, channel);
  if (total + loose === 0) return [];
  const list = [...holders].map(([holder, own]) => ({ name: holder, ...own }));
  list.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [{ ...name, channel, total, unknown, open, loose, holders: list }];
}
