import { type ExposedSums, exposedSums, type GroupedDemands } from "../graph/exposure.ts";
import type { Seen as SeenParts } from "../graph/seen.ts";
import { between } from "../graph/tally.ts";
import type { Seen } from "../model/exposure.ts";
import type { Span } from "../model/measure.ts";
import type { Frame } from "./exposure-frame.ts";
import { freeAt, freeOnLine, type Lens, type Look, lensesOf } from "./exposure-lens.ts";
import { assertSound } from "./exposure-sound.ts";

/** Free parts held at once: many looks at a network in which hardly two places are equipped alike are taken in turns. */
const mostNumbers = 24_000_000;

/** Shares of one part of the network; null: no traffic (or nobody) there has a path. */
export interface Share {
  readonly scope: "nation" | "operator" | "region";
  readonly name: string;
  readonly traffic: Seen | null;
  readonly people: Seen | null;
}

export interface Exposed {
  /** By look, in the order of looks. */
  readonly shares: readonly (readonly Share[])[];
  /** Demands with a path; the others count in no share. */
  readonly routed: number;
}

/**
 * What somebody sees, in percent of what has a path: for the nation, each operator, and of people's traffic each region;
 * sorted so. Each span runs from what is surely held to what may be, for who is not known may be anybody. Several suppliers
 * in one suspect are computed as one. Exact under equal-cost shortest paths; given paths override (docs/exposure.md).
 */
export function exposureShares(frame: Frame, looks: readonly Look[]): Exposed {
  if (frame.network.demands.count === 0) return { shares: looks.map(() => sharesOfNothing(frame)), routed: 0 };
  const atOnce = Math.max(1, Math.floor(mostNumbers / (4 * (frame.equipment.distinct.length + 1))));
  const batches = Array.from({ length: Math.max(1, Math.ceil(looks.length / atOnce)) }, (_, at) =>
    sharesTogether(frame, looks.slice(at * atOnce, (at + 1) * atOnce)),
  );
  const shares = batches.flatMap((batch) => batch.shares);
  assertSound(looks, shares);
  return { shares, routed: routedCount(frame, batches[0]!.carried) };
}

function sharesOfNothing(frame: Frame): readonly Share[] {
  const none = new Float64Array(frame.cells);
  const sums: ExposedSums = { must: none, expected: none, may: none, routed: none };
  return sharesOf(frame, { sums, columns: [0, 0] }, null);
}

function sharesTogether(frame: Frame, looks: readonly Look[]) {
  const lenses = looks.flatMap((look) => lensesOf(frame.network, frame.places, frame.lines, look));
  const { few, column } = distinctLenses(lenses);
  const seen = seenThrough(frame, few);
  const carry = (load: GroupedDemands) => exposedSums(frame.routes, seen, load, frame.cells);
  const traffic = carry(frame.traffic);
  const people = frame.people && (alike(frame.traffic, frame.people) ? traffic : carry(frame.people));
  const shares = looks.map((_, at) => {
    const columns = [column[2 * at]!, column[2 * at + 1]!] as const;
    return sharesOf(frame, { sums: traffic, columns }, people && { sums: people, columns });
  });
  return { shares, carried: traffic };
}

/** Where all traffic has a path, so has every demand of a value that shows in the sum; else each is carried again as one. */
function routedCount(frame: Frame, { routed }: ExposedSums): number {
  const { count, value } = frame.network.demands;
  const sum = (all: Float64Array) => all.reduce((whole, one) => whole + one, 0);
  const all = sum(value);
  const rounding = 1e-11 * all;
  if (Math.abs(sum(routed) - all) <= rounding && value.every((one) => one > 2 * rounding)) return count;
  const ones = { ...frame.traffic, value: frame.traffic.value.map(() => 1) };
  return Math.round(sum(exposedSums(frame.routes, seenThrough(frame, []), ones, frame.cells).routed));
}

/** Lenses through which the same is seen share a column. */
function distinctLenses(lenses: readonly Lens[]) {
  const known = new Map<string, number>();
  const few: Lens[] = [];
  const column = lenses.map((lens) => {
    const { view, bound, only, kinds, lines } = lens;
    const held = [kinds, lines].map((bits) => bits.join(""));
    // Nothing held is nothing seen, from either end of the span.
    const key = held.some((bits) => bits.includes("1")) ? [view, bound, only, ...held].join(" ") : "nothing";
    const at = known.get(key) ?? few.push(lens) - 1;
    known.set(key, at);
    return at;
  });
  return { few, column };
}

/** Rows of free parts: places that are equipped alike, and lines that are alike, share one. One column at least. */
function seenThrough({ places, lines, equipment }: Frame, lenses: readonly Lens[]): SeenParts {
  const width = Math.max(1, lenses.length);
  const { row, distinct } = equipment;
  const lineRows = lines.maker.length;
  const free = new Float64Array((2 * distinct.length + lineRows) * width).fill(1);
  for (const [at, { profile, least, most }] of distinct.entries())
    for (const [j, lens] of lenses.entries()) {
      const { transit, end } = freeAt(profile, places, lens, lens.bound === "least" ? most : least);
      free[2 * at * width + j] = transit;
      free[(2 * at + 1) * width + j] = end;
    }
  const firstLine = 2 * distinct.length;
  for (let line = 0; line < lineRows; line++)
    for (const [j, lens] of lenses.entries()) free[(firstLine + line) * width + j] = freeOnLine(line, lines, lens);
  return {
    suspects: width,
    free,
    transit: row.map((at) => 2 * at),
    end: row.map((at) => 2 * at + 1),
    link: lines.line.map((line) => firstLine + line),
  };
}

/** The same amounts on the same ways have the same sums. */
function alike(one: GroupedDemands, other: GroupedDemands): boolean {
  const same = (name: "from" | "to" | "value" | "group") =>
    one[name].length === other[name].length && one[name].every((own, at) => own === other[name][at]);
  return one.paths?.size === other.paths?.size && same("from") && same("to") && same("group") && same("value");
}

interface Found {
  readonly sums: ExposedSums;
  readonly columns: readonly [least: number, most: number];
}

function sharesOf(frame: Frame, traffic: Found, people: Found | null): readonly Share[] {
  const { network, cells, regions, weights } = frame;
  const operatorOf = (cell: number) => Math.floor(cell / regions);
  const every = Array.from({ length: cells }, (_, cell) => cell);
  const trafficIn = (inside: readonly number[]) => seenIn(traffic, inside, () => 1);
  const peopleIn = (inside: readonly number[]) =>
    people && seenIn(people, inside, (cell) => weights[operatorOf(cell)]!);
  const operators = network.operators.map(({ id }, operator): Share => {
    const own = every.filter((cell) => operatorOf(cell) === operator);
    return { scope: "operator", name: id, traffic: trafficIn(own), people: peopleIn(own) };
  });
  const named = regions === network.regions.length ? network.regions : [];
  const byRegion = named.map(({ name }, region): Share => {
    const own = every.filter((cell) => cell % regions === region);
    return { scope: "region", name, traffic: null, people: peopleIn(own) };
  });
  const nation: Share = { scope: "nation", name: "", traffic: trafficIn(every), people: peopleIn(every) };
  return [nation, ...operators, ...byRegion.filter((region) => region.people !== null)];
}

/** @param weigh What a unit in a cell counts beside those of others. */
function seenIn(
  { sums, columns: [least, most] }: Found,
  cells: readonly number[],
  weigh: (cell: number) => number,
): Seen | null {
  const width = sums.must.length / sums.routed.length;
  const total = cells.reduce((sum, cell) => sum + weigh(cell) * sums.routed[cell]!, 0);
  if (!(total > 0)) return null;
  const part = (of: Float64Array, column: number) =>
    percent(cells.reduce((sum, cell) => sum + weigh(cell) * of[cell * width + column]!, 0) / total);
  const span = (of: Float64Array): Span => ({ least: part(of, least), most: part(of, most) });
  return { must: span(sums.must), expected: span(sums.expected), may: span(sums.may) };
}

/** To a millionth of a percent: below it is rounding of sums. */
const percent = (share: number) => Math.round(between(0, share, 1, 1) * 1e8) / 1e6;
