import { type CoalitionResult, type MarketFigure, otherSuppliers } from "../model/market.ts";
import type { Span } from "../model/measure.ts";
import { hullsOf, shareTogether } from "./joint-shares.ts";

/** What somebody asks: these suppliers, looked at as one, shut out by these countries (ISO 3166-1 alpha-2). */
export interface CoalitionQuestion {
  readonly suppliers: readonly string[];
  readonly countries: readonly string[];
}
type Answer = Pick<CoalitionResult, "countries" | "gone" | "markets" | "context">;
type Country = CoalitionResult["countries"][number];

/**
 * How much of some suppliers' market is gone if countries shut them out, who gains, and how concentrated markets become. Of
 * several figures for a country the latest counts; of those of one year the first in the table, and the others are named. A figure for more suppliers than were asked about leaves their part of it
 * open. What is lost is shared out among the others in proportion to what they have. Source of the figures: the table given.
 */
export function coalition(figures: readonly MarketFigure[], { suppliers, countries }: CoalitionQuestion): Answer {
  const groups = shareGroups(figures);
  const joined = [...new Set(countries)].sort();
  const known = countriesOf(groups).map((country) => shareIn(country, groups, suppliers));
  const answered = joined.map((country) => known.find((one) => one.country === country) ?? noFigure(country));
  const sizes = sizesOf(figures);
  const gone = marketGone(known, joined, sizes);
  return {
    countries: answered,
    gone,
    markets: wholeMarkets(groups, suppliers).flatMap((group) =>
      market(group, suppliers, joined, partOf(group, answered, sizes, suppliers)),
    ),
    context: figures.flatMap((figure) => contextOf(figure, joined)),
  };
}

/** Rows that tell of one area, segment, year and measure. */
interface Group {
  readonly area: string;
  readonly segment: string;
  readonly year: number;
  readonly measure: string;
  readonly rows: readonly MarketFigure[];
}

const isCountry = (area: string) => /^[A-Z]{2}$/.test(area);
const noFigure = (country: string): Country => ({ country, share: null, figure: null, passedOver: [] });

function shareGroups(figures: readonly MarketFigure[]): readonly Group[] {
  const shares = figures.filter(({ suppliers }) => suppliers.length > 0);
  const groups = Map.groupBy(shares, ({ area, segment, year, measure }) =>
    JSON.stringify([area, segment, year, measure]),
  );
  return [...groups.values()].map((rows) => {
    const { area, segment, year, measure } = rows[0]!;
    return { area, segment, year, measure, rows: hullsOf(rows) };
  });
}

function countriesOf(groups: readonly Group[]): readonly string[] {
  return [...new Set(groups.map(({ area }) => area).filter(isCountry))].sort();
}

/** The latest figure that speaks of the suppliers; of two of one year the first in the table. */
function shareIn(country: string, groups: readonly Group[], suppliers: readonly string[]): Country {
  const own = groups.filter(({ area, rows }) => area === country && rows.some((row) => touches(row, suppliers)));
  const latest = own.reduce<Group | undefined>(
    (best, group) => (best && best.year >= group.year ? best : group),
    undefined,
  );
  if (!latest) return noFigure(country);
  const { segment, year, measure, rows } = latest;
  const sources = [...new Set(rows.map(({ source }) => source))].join("; ");
  const tags = [...new Set(rows.map(({ tag }) => tag))].sort().join(", ");
  const passedOver = own.filter((group) => group !== latest && group.year === year);
  return {
    country,
    share: shareOf(rows, suppliers),
    figure: { segment, year, measure, source: sources, tag: tags },
    passedOver: passedOver.map((group) => `${group.segment}, ${group.measure}`),
  };
}

const touches = ({ suppliers }: MarketFigure, wanted: readonly string[]) =>
  suppliers.some((name) => wanted.includes(name));

const shareOf = (rows: readonly MarketFigure[], wanted: readonly string[]): Span =>
  shareTogether(rows, wanted, otherSuppliers);

/** The latest size of each area; several of one year are enclosed. */
function sizesOf(figures: readonly MarketFigure[]): ReadonlyMap<string, Span> {
  const sizes = figures.filter(({ suppliers, measure }) => suppliers.length === 0 && measure === "size");
  return new Map(
    [...Map.groupBy(sizes, ({ area }) => area)].map(([area, own]) => {
      const last = Math.max(...own.map(({ year }) => year));
      return [area, hullsOf(own.filter(({ year }) => year === last))[0]!];
    }),
  );
}

/** Part of their market in all countries with a figure that lies in the coalition. */
function marketGone(
  known: readonly Country[],
  joined: readonly string[],
  sizes: ReadonlyMap<string, Span>,
): Answer["gone"] {
  const told = known.flatMap(({ country, share }) => (share ? [{ country, share }] : []));
  const measured = told.length > 0 && told.every(({ country }) => sizes.has(country));
  const volume = ({ country, share }: (typeof told)[number]): Span => {
    const size = measured ? sizes.get(country)! : { least: 1, most: 1 };
    return { least: size.least * share.least, most: size.most * share.most };
  };
  const [inside, outside] = [true, false].map((within) => {
    const volumes = told.filter(({ country }) => joined.includes(country) === within).map(volume);
    return {
      least: volumes.reduce((sum, { least }) => sum + least, 0),
      most: volumes.reduce((sum, { most }) => sum + most, 0),
    };
  }) as [Span, Span];
  const part = (own: number, other: number) => (own + other === 0 ? 0 : (100 * own) / (own + other));
  const joinedTold = told.filter(({ country }) => joined.includes(country)).length;
  const some = joinedTold > 0 && inside.most + outside.most > 0;
  return {
    percent: some ? { least: part(inside.least, outside.most), most: part(inside.most, outside.least) } : null,
    weights: measured ? "size" : "equal",
    joined: joinedTold,
    figures: told.length,
  };
}

/** Shares are rounded: a whole market's add up to a hundred but for this. */
const rounding = 5;

/** Groups that name every share of a market one by one, and one of the suppliers among them. */
function wholeMarkets(groups: readonly Group[], wanted: readonly string[]): readonly Group[] {
  return groups.filter(({ rows }) => {
    const single = rows.every(({ suppliers }) => suppliers.length === 1);
    const [least, most] = [rows.reduce((all, row) => all + row.least, 0), rows.reduce((all, row) => all + row.most, 0)];
    const covers = least <= 100 + rounding && most >= 100 - rounding && rows.length > 1;
    return single && covers && rows.some((row) => touches(row, wanted));
  });
}

/**
 * Part of what the suppliers have in an area that lies in the coalition: all of it in a country that joins; in an area of
 * many countries only told where the sizes of the area and of every country that joins are at hand; else null.
 */
function partOf(
  { area, rows }: Group,
  answered: readonly Country[],
  sizes: ReadonlyMap<string, Span>,
  wanted: readonly string[],
): Span | null {
  if (isCountry(area)) return { least: 1, most: 1 };
  const whole = sizes.get(area);
  if (!whole || !answered.every(({ country }) => sizes.has(country))) return null;
  const theirs = shareOf(rows, wanted);
  const inside = (end: "least" | "most") =>
    answered.reduce((sum, { country, share }) => {
      return sum + sizes.get(country)![end] * (share ?? { least: 0, most: 100 })[end];
    }, 0);
  const part = (own: number, all: number) => (all === 0 ? 1 : Math.min(1, own / all));
  return {
    least: part(inside("least"), whole.most * theirs.most),
    most: part(inside("most"), whole.least * theirs.least),
  };
}

function market(
  group: Group,
  wanted: readonly string[],
  joined: readonly string[],
  part: Span | null,
): readonly Answer["markets"][number][] {
  const { area, segment, year, measure, rows } = group;
  if (isCountry(area) && !joined.includes(area)) return [];
  const state = (gone: Span) => stateAfter(rows, wanted, gone);
  const { source, tag } = rows[0]!;
  return [
    {
      ...{ area, segment, year, measure, source, tag },
      joins: isCountry(area) ? "whole" : "in part",
      before: state({ least: 0, most: 0 }),
      after: part && state(part),
      without: state({ least: 1, most: 1 }),
    },
  ];
}

type MarketState = Answer["markets"][number]["before"];

/** The market once the suppliers have lost between `gone.least` and `gone.most` (0 to 1) of what they have in it. */
function stateAfter(rows: readonly MarketFigure[], wanted: readonly string[], gone: Span): MarketState {
  const sum = (own: boolean, end: "least" | "most") =>
    rows.filter((row) => touches(row, wanted) === own).reduce((all, row) => all + row[end], 0);
  /** The least or the most that a row has where a part `lost` of the suppliers' market is gone. */
  const left = (row: MarketFigure, lost: number, end: "least" | "most") => {
    const [opposite, own] = [end === "least" ? "most" : "least", touches(row, wanted)] as const;
    if (own) return row[end] * (1 - lost);
    const others = sum(false, opposite) - row[opposite] + row[end];
    return others === 0 ? row[end] : row[end] * (1 + (lost * sum(true, end)) / others);
  };
  const share = (row: MarketFigure): Span => {
    const [few, many] = touches(row, wanted) ? [gone.most, gone.least] : [gone.least, gone.most];
    return { least: left(row, few, "least"), most: Math.min(100, left(row, many, "most")) };
  };
  const shares = rows.map((row) => ({ supplier: row.suppliers[0]!, share: share(row) }));
  const squares = (lost: number, end: "least" | "most") =>
    rows.reduce((all, row) => all + (isOthers(row) && end === "least" ? 0 : left(row, lost, end) ** 2), 0);
  return {
    shares: shares.sort((a, b) => b.share.most - a.share.most || (a.supplier < b.supplier ? -1 : 1)),
    hhi: {
      least: leastOfParabola((lost) => squares(lost, "least"), gone),
      most: Math.min(10_000, Math.max(squares(gone.least, "most"), squares(gone.most, "most"))),
    },
  };
}

/** Suppliers that the table does not name may be many, or one. */
const isOthers = ({ suppliers }: MarketFigure) => suppliers.includes(otherSuppliers);

/** The least value of a parabola that opens upward, on a span. */
function leastOfParabola(f: (x: number) => number, { least, most }: Span): number {
  const [a, b, c] = [f(0), f(0.5), f(1)];
  const curve = 2 * (a - 2 * b + c);
  const foot = curve > 0 ? (3 * a - 4 * b + c) / (2 * curve) : least;
  return f(Math.min(most, Math.max(least, foot)));
}

/** What the table says of areas that lie within the coalition as a whole. */
function contextOf(figure: MarketFigure, joined: readonly string[]): Answer["context"] {
  const { area, year, measure, suppliers, least, most, source, tag } = figure;
  const parts = area.split("+");
  if (suppliers.length > 0 || measure === "size" || !parts.every((part) => joined.includes(part))) return [];
  return [{ area, year, measure, value: { least, most }, source, tag }];
}
