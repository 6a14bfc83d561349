import type { Held, Tally } from "../model/measure.ts";
import type { SharedOut } from "../model/shares.ts";

/** A count with whose it is. */
export interface Counted {
  readonly operator: string;
  readonly out: SharedOut;
}

/** What of one part stands where it is not known whether it belongs here: in no known region, and in records that could not be read. */
export interface Nowhere {
  readonly counts: readonly SharedOut[];
  readonly unread: number;
}

/** The maker of a hashed product, where all who name one name the same. */
export type MakerOf = (product: string) => string | undefined;

/** Several counts of one part as one. Groups of one hashed product are one; without a hash each is by itself. */
export function mergeTallies(
  base: SharedOut["base"],
  here: readonly Counted[],
  nowhere: Nowhere,
  makerOf: MakerOf,
): Tally {
  const holders: Parties = new Map();
  const groups: Parties = new Map();
  const singles = { units: 0, low: 0, squares: 0, greatest: 0 };
  const rest = { loose: 0, free: 0, adrift: 0, joins: 0, adds: 0 };
  for (const [at, { operator, out }] of here.entries()) {
    for (const { name, ...held } of out.holders) add(holders, name, held);
    for (const [n, { product, ...held }] of out.groups.entries()) {
      const maker = product === undefined ? undefined : makerOf(product);
      if (maker === undefined) add(groups, product ?? `${operator} ${at} ${n}`, held);
      else add(holders, maker, held);
    }
    singles.units += out.singles.units;
    singles.low += out.singles.low;
    singles.squares += out.singles.squares;
    singles.greatest = Math.max(singles.greatest, out.singles.greatest);
    rest.free += out.free;
    rest.adrift += out.adrift;
    rest.loose += out.loose;
    rest.joins = Math.max(rest.joins, out.joins);
    rest.adds = Math.max(rest.adds, out.adds);
  }
  addNowhere(base, nowhere, makerOf, holders, rest);
  const total = [...holders.values(), ...groups.values(), singles].reduce((sum, { units }) => sum + units, 0);
  return {
    base,
    total: Math.round(total * 1e4) / 1e4,
    holders: partiesOf(base, holders),
    groups: partiesOf(base, groups),
    singles: { ...least0(singles), squares: Math.max(0, singles.squares), greatest: singles.greatest },
    ...rest,
    free: rounded(rest.free),
  };
}

type Parties = Map<string, Held>;

function addNowhere(
  base: SharedOut["base"],
  { counts, unread }: Nowhere,
  makerOf: MakerOf,
  holders: Parties,
  rest: { loose: number; adrift: number; joins: number; adds: number },
): void {
  let anybodys = unread;
  let known = 0;
  const may = (name: string, units: number) => {
    if (base === "element") add(holders, name, { units: 0, low: 0, may: units });
    known += units;
  };
  for (const out of counts) {
    for (const { name, units, may: more } of out.holders) may(name, units + more);
    for (const { product, units, may: more } of out.groups) {
      const maker = product === undefined ? undefined : makerOf(product);
      if (maker === undefined) anybodys += units + more;
      else may(maker, units + more);
    }
    anybodys += out.singles.units + out.loose;
  }
  if (base === "element") rest.loose += anybodys;
  else rest.adrift += anybodys + known;
  // One element moves a site by a half at most, and brings one at most.
  if (base === "site" && rest.adrift > 0) {
    rest.joins = Math.max(rest.joins, 0.5);
    rest.adds = Math.max(rest.adds, 1);
  }
}

function add(to: Parties, name: string, more: Held): void {
  const { units, low, may } = to.get(name) ?? { units: 0, low: 0, may: 0 };
  to.set(name, { units: units + more.units, low: low + more.low, may: may + more.may });
}

function partiesOf(base: Tally["base"], parties: Parties): readonly (Held & { readonly name: string })[] {
  const all = [...parties].map(([name, held]) => ({ name, ...least0(held), may: Math.max(0, held.may) }));
  const there = all.filter(({ units, may }) => base !== "element" || units + may > 0);
  return there.sort((a, b) => b.units - a.units || b.may - a.may || b.low - a.low || (a.name < b.name ? -1 : 1));
}

/** What single elements take away may have been less than there is to take. */
function least0<T extends Pick<Held, "units" | "low">>(held: T): T {
  return { ...held, units: Math.max(0, rounded(held.units)), low: Math.max(0, rounded(held.low)) };
}

/** Sites are split into fractions, whose sums are whole only up to rounding. */
function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
