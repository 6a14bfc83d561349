import type { Base, Held } from "../model/measure.ts";
import { type Channel, channels, type Network } from "../model/network.ts";
import type { SharedOut, TouchedOut } from "../model/shares.ts";
import { countNetwork } from "./dependence-count.ts";
import { type Plan, planCount, segmentParts } from "./dependence-plan.ts";
import { type Source, tallyMakers } from "./dependence-tally.ts";
import { touch } from "./dependence-touched.ts";

export interface CountedShares {
  readonly shares: readonly SharedOut[];
  readonly touched: readonly TouchedOut[];
  /** Where elements of a product of unknown maker are counted: a maker after all, the product's group, or each by itself. */
  readonly whose: (product: string | null) => { readonly maker?: string; readonly group?: string };
}

const bases: readonly Base[] = ["element", "site"];
const others = channels.filter((channel): channel is TouchedOut["channel"] => channel !== "made");

/**
 * One operator's network as counts: by part, region and maker, in elements and sites; and by who else stands behind it. Records that
 * could not be read are in none of them.
 * @param listed Products whose maker the tables name.
 * @param hash What stands for a product whose maker is not known.
 */
export function countShares(
  whole: Network,
  operator: number,
  listed: ReadonlySet<string>,
  hash: (product: string) => string | null,
): CountedShares {
  const network = { ...whole, unread: 0 };
  const plan = planCount(network, listed);
  const groups = groupsOf(network, plan);
  const ofGroup = (group: string) => hash(groups.get(Number(group))!);
  const shares: SharedOut[] = [];
  const touched: TouchedOut[] = [];
  const add = (source: Source, region: { readonly region?: string }) => {
    for (let part = 0; part < segmentParts; part += 1) {
      const name = { part: plan.parts[part]!.name, ...region };
      for (const base of bases) shares.push(...sharedOut(source, { operator, part, base }, name, ofGroup));
      for (const channel of others) touched.push(...touchedOut(source, { operator, part }, channel, name));
    }
  };
  const counted = countNetwork(network, plan, (region, own, traits) =>
    add({ network, plan, counted: own, traits }, { region: network.regions[region]!.name }),
  );
  add({ network, plan, counted, traits: network.traits.map((_, at) => at) }, {});
  return { shares, touched, whose: whoseProduct(network, plan, operator, groups) };
}

function sharedOut(
  source: Source,
  cut: { readonly operator: number; readonly part: number; readonly base: Base },
  name: Pick<SharedOut, "part" | "region">,
  hash: (group: string) => string | null,
): readonly SharedOut[] {
  const { holders, groups, singles, loose, free, adrift, joins, adds } = tallyMakers(source, cut);
  const nothing = holders.length + groups.length + singles.units + loose + free + adrift === 0;
  if (nothing || (cut.base !== "element" && cut.base !== "site")) return [];
  const held = ({ units, low, may }: Held): Held => ({ units, low, may });
  return [
    {
      ...name,
      base: cut.base,
      holders: holders.map((one) => ({ name: one.name, ...held(one) })),
      groups: groups.map((one) => ({ ...hashed(hash(one.name)), ...held(one) })),
      ...{ singles, loose, free, adrift, joins, adds },
    },
  ];
}

function hashed(product: string | null): { readonly product?: string } {
  return product === null ? {} : { product };
}

function touchedOut(
  source: Source,
  cut: { readonly operator: number; readonly part: number },
  channel: TouchedOut["channel"],
  name: Pick<TouchedOut, "part" | "region">,
): readonly TouchedOut[] {
  const { holders, total, unknown, open, loose } = touch(source, cut, channel satisfies Channel);
  if (total + loose === 0) return [];
  const list = [...holders].map(([holder, own]) => ({ name: holder, ...own }));
  list.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [{ ...name, channel, total, unknown, open, loose, holders: list }];
}

/** Product of each group of elements whose maker is not known. */
function groupsOf({ traits }: Network, { maker }: Plan): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [at, { product }] of traits.entries())
    if (maker[at]! < -1 && product !== null) found.set(maker[at]!, product);
  return found;
}

function whoseProduct(
  { traits, suppliers }: Network,
  plan: Plan,
  operator: number,
  groups: ReadonlyMap<number, string>,
): CountedShares["whose"] {
  const found = new Map<string, { readonly maker?: string; readonly group?: string }>();
  for (const [at, { product, holders }] of traits.entries()) {
    if (plan.operator[at] !== operator || product === null || !holders.made.open) continue;
    const maker = plan.maker[at]!;
    const group = groups.get(maker);
    found.set(product, maker >= 0 ? { maker: suppliers[maker]! } : group === undefined ? {} : { group });
  }
  return (product) => (product === null ? {} : (found.get(product) ?? {}));
}
