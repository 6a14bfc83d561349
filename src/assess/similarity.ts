import type { Span } from "../model/measure.ts";
import { weightOfType } from "./component-weights.ts";

/** A component of a product, told apart by who supplied it and its name. `key` null: it cannot be told apart from others. */
export interface Component {
  readonly key: string | null;
  readonly type: string;
}

/** What is known of the components of a kind of element: component -> its part of all that weighs; parts sum up to 1 at most. */
export type Parts = ReadonlyMap<string, number>;

/** Elements that are alike: whose, how many, and of what; `parts` null: no complete bill tells. */
export interface Stock {
  /** Null: its maker is not known. */
  readonly maker: string | null;
  readonly elements: number;
  readonly parts: Parts | null;
}

/** How much two makers' equipment has in common, 0 to 1, as a span; makers nobody knows have [0, 1] with everybody. */
export interface Similarity {
  readonly common: (a: string, b: string) => Span;
  /** Makers of elements, sorted; and of those, makers of whose products some components are known. */
  readonly makers: readonly string[];
  readonly withBills: readonly string[];
}

/**
 * The parts of a release that its bills tell, each complete: weighed by type, so that all sum up to 1. Where bills differ, only
 * what all of them tell is known. What a bill cannot tell apart stays unknown. Null if nothing in them weighs.
 */
export function partsOf(bills: readonly (readonly Component[])[]): Parts | null {
  const [first, ...others] = bills.map(weighed);
  if (!first || others.includes(null) || first === null) return null;
  const all = others.flatMap((one) => one ?? []);
  const sure = [...first].map(([key, part]) => [key, Math.min(part, ...all.map((one) => one.get(key) ?? 0))] as const);
  return new Map(sure.filter(([, part]) => part > 0));
}

function weighed(components: readonly Component[]): Parts | null {
  // One component listed twice is one.
  const distinct = new Map(
    components.map((one, at) => [JSON.stringify([one.key ?? at, one.key === null, one.type]), one]),
  );
  const parts = new Map<string, number>();
  let whole = 0;
  for (const { key, type } of distinct.values()) {
    const weight = weightOfType[type] ?? 0;
    whole += weight;
    if (key !== null && weight > 0) parts.set(key, (parts.get(key) ?? 0) + weight);
  }
  if (whole === 0) return null;
  return new Map([...parts].map(([key, weight]) => [key, weight / whole]));
}

/**
 * How alike makers are: Z(a, b) is the sum of the minima of their two vectors of components, so "so much of what can fail is
 * the same". A maker's vector is the mean of its elements'. Elements without a bill may be made of anything, and elements of
 * unknown maker may be anyone's: both leave a part of the vector open, and Z a span.
 */
export function similarityOf(stock: readonly Stock[]): Similarity {
  const named = Map.groupBy(
    stock.filter(({ maker, elements }) => maker !== null && elements > 0),
    ({ maker }) => maker!,
  );
  const open = stock.reduce((sum, { maker, elements }) => (maker === null ? sum + elements : sum), 0);
  const vectors = new Map([...named].map(([maker, own]) => [maker, vectorOf(own, open)] as const));
  const common = (a: string, b: string): Span => {
    if (a === b) return { least: 1, most: 1 };
    const [one, other] = [vectors.get(a), vectors.get(b)];
    if (!one || !other) return { least: 0, most: 1 };
    const least = [...one.known].reduce((sum, [key, part]) => sum + Math.min(part, other.known.get(key) ?? 0), 0);
    const most = Math.min(1, least + one.open + other.open);
    return { least: rounded(least), most: rounded(most) };
  };
  const makers = [...vectors.keys()].sort();
  return { common, makers, withBills: makers.filter((maker) => vectors.get(maker)!.known.size > 0) };
}

interface Vector {
  readonly known: Parts;
  /** Part of it of which nothing is known. */
  readonly open: number;
}

function vectorOf(own: readonly Stock[], others: number): Vector {
  const whole = own.reduce((sum, { elements }) => sum + elements, others);
  const known = new Map<string, number>();
  for (const { elements, parts } of own)
    for (const [key, part] of parts ?? []) known.set(key, (known.get(key) ?? 0) + (part * elements) / whole);
  const sum = [...known.values()].reduce((total, part) => total + part, 0);
  return { known, open: Math.max(0, 1 - sum) };
}

/**
 * Effective number of makers with what they have in common: 1 / (p' Z p), the diversity of order 2 of Leinster and Cobbold
 * (Ecology 93, 2012, 477-489). A guaranteed enclosure: with least shares l, p' Z p is at least the least HHI plus twice the sum
 * of Z l l over pairs, and at most 1 less twice the sum of (1 - Z) l l; whoever is not known may be like anybody.
 */
export function similarSpan(
  leasts: readonly { readonly name: string; readonly share: number }[],
  hhi: Span,
  { common }: Similarity,
): Span {
  let [least, most] = [hhi.least / 10_000, 1];
  for (const [at, a] of leasts.entries())
    for (const b of leasts.slice(at + 1)) {
      const z = common(a.name, b.name);
      const both = (2 * a.share * b.share) / 10_000;
      least += z.least * both;
      most -= (1 - z.most) * both;
    }
  if (hhi.most === 0) return { least: 0, most: 0 };
  // Rounding must not lift it above the number without similarity, nor below 1.
  const plain = hhi.least === 0 ? Number.POSITIVE_INFINITY : 10_000 / hhi.least;
  const number = (value: number) => Math.max(1, Math.min(rounded(1 / value), rounded(plain)));
  return { least: number(Math.max(most, least)), most: number(least) };
}

/** Makers with something in common for certain, most first. */
export function pairsOf(
  { makers, common }: Similarity,
  most: number,
): readonly { readonly a: string; readonly b: string; readonly common: Span }[] {
  return makers
    .flatMap((a, at) => makers.slice(at + 1).map((b) => ({ a, b, common: common(a, b) })))
    .filter((pair) => pair.common.least > 0)
    .sort((x, y) => y.common.least - x.common.least || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1))
    .slice(0, most);
}

function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
