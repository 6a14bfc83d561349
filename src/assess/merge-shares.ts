import type { Dependence, DependenceRow } from "../model/dependence.ts";
import type { Tally } from "../model/measure.ts";
import type { Region } from "../model/network.ts";
import type { SharedOut, Shares, TouchedOut } from "../model/shares.ts";
import { countOnce } from "./count-once.ts";
import { type Head, rowsBehind, shown, type Ties } from "./dependence.ts";
import { segments } from "./dependence-plan.ts";
import { rowOfTouched, type Touched } from "./dependence-touched.ts";
import { type PeopleWeighed, type RegionsTable, regionsOf, weighPeople } from "./merge-people.ts";
import { type MakerOf, mergeTallies } from "./merge-tallies.ts";

/** Dependence rows from counts of several operators: nation, operators, regions. */
export interface Merged {
  readonly rows: readonly DependenceRow[];
  /** Elements that several operators told, counted for one; and those about which they contradict each other. */
  readonly sharedOnce: number;
  readonly contested: number;
  readonly people: Dependence["people"];
}

const parts = ["", ...segments];
const channels: readonly TouchedOut["channel"][] = ["built", "maintained", "managed", "contains"];

/**
 * Adds up signed counts and tells them as an inventory would be told (`assess/dependence.ts`): shares, indices and spans come from the
 * same code. An element that several operators name by one hash counts once for the nation and its regions.
 */
export function mergeShares(files: readonly Shares[], ties: Ties, table: RegionsTable = []): Merged {
  const sorted = files.toSorted((a, b) => (a.operator < b.operator ? -1 : 1));
  const { files: once, sharedOnce, contested, returned } = countOnce(sorted);
  const alike = haveOneKey(sorted);
  const places = regionsOf(sorted, table);
  const makerOf = alike ? makersOfProducts(sorted) : () => undefined;
  // Of elements that are contested it is not known how many people are behind them.
  const people = contested > 0 ? undefined : weighPeople(sorted, places, true);
  const traffic = contested + returned === 0 && sorted.every(tellsTraffic);
  const nation = sumOf(once, { makerOf, people, traffic, ties });
  const regions = new Set(once.flatMap(({ shares = [] }) => shares.flatMap(({ region }) => region ?? [])));
  return {
    rows: [
      ...rowsOf(nation, { scope: "nation", name: "" }),
      ...sorted.flatMap((file) => {
        const named = makersOfProducts(alike ? sorted : [file]);
        const sight = { makerOf: named, people: weighPeople([file], places, false), traffic: tellsTraffic(file), ties };
        const own = sumOf([file], sight);
        return rowsOf(own, { scope: "operator", name: file.operator });
      }),
      ...[...regions]
        .filter((name) => name !== "")
        .sort()
        .flatMap((name) => rowsOf(nation, { scope: "region", name })),
    ],
    sharedOnce,
    contested,
    people: peopleIn(sorted, places),
  };
}

function tellsTraffic({ traffic }: Shares): boolean {
  return traffic === true;
}

function peopleIn(files: readonly Shares[], places: readonly Region[]): Dependence["people"] {
  const known = places.filter(({ people }) => people !== null);
  const served = new Set(
    files.flatMap(({ regions = [] }) => regions.flatMap(({ name, radio }) => (radio > 0 ? [name] : []))),
  );
  const total = (some: readonly Region[]) => some.reduce((sum, { people }) => sum + (people ?? 0), 0);
  return {
    known: known.length > 0,
    total: total(known),
    years: [...new Set(known.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b),
    sources: [...new Set(known.flatMap(({ source }) => source ?? []))].sort(),
    placed: total(known.filter(({ name }) => served.has(name))),
  };
}

/** What is added up, by part, region and base or channel. */
interface Sum extends Sight {
  readonly made: ReadonlyMap<string, readonly { readonly operator: string; readonly out: SharedOut }[]>;
  readonly touched: ReadonlyMap<string, readonly TouchedOut[]>;
  readonly unread: number;
}

/** In what light counts are seen: whose products are, how many people are behind them, who stands behind makers. */
interface Sight {
  readonly makerOf: MakerOf;
  readonly people: PeopleWeighed | undefined;
  /** Whether all of the traffic is told. */
  readonly traffic: boolean;
  readonly ties: Ties;
}

function sumOf(files: readonly Shares[], sight: Sight): Sum {
  const weighed = (operator: string, out: SharedOut) =>
    out.base === "people" && sight.people ? sight.people.weigh(operator, out) : out;
  const made = files.flatMap(({ operator, shares = [] }) =>
    shares.map((out) => ({ operator, out: weighed(operator, out) })),
  );
  const touched = files.flatMap((file) => file.touched ?? []);
  return {
    made: Map.groupBy(made, ({ out }) => cellOf(out.part, out.base, out.region)),
    touched: Map.groupBy(touched, (one) => cellOf(one.part, one.channel, one.region)),
    unread: unreadIn(files),
    ...sight,
  };
}

function cellOf(part: string, what: string, region: string | undefined): string {
  return JSON.stringify([part, what, region ?? null]);
}

/** Records that could not be read, those of one inventory once, however many operators' counts come from it. */
function unreadIn(files: readonly Shares[]): number {
  const inventories = Map.groupBy(files, ({ inventory, operator }) => inventory ?? `of ${operator}`);
  return [...inventories.values()].reduce((sum, own) => sum + Math.max(...own.map(({ unread }) => unread)), 0);
}

/** Whether one product has one hash in all files; else another file may name another maker of it, and nobody would see. */
function haveOneKey(files: readonly Shares[]): boolean {
  const telling = files.filter(({ products = [] }) => products.length > 0);
  const keys = new Set(telling.map(({ commonKey, operator }) => commonKey ?? `of ${operator}`));
  return keys.size <= 1;
}

/** The maker of a product is the one that some of its elements name, if all who name one name the same. */
function makersOfProducts(files: readonly Shares[]): MakerOf {
  const named = new Map<string, ReadonlySet<string>>();
  for (const { product, makers } of files.flatMap(({ products = [] }) => products))
    named.set(product, new Set([...(named.get(product) ?? []), ...makers]));
  return (product) => {
    const [maker, other] = named.get(product) ?? [];
    return other === undefined ? maker : undefined;
  };
}

type Scope = Omit<Head, "part" | "partKind">;

function rowsOf(sum: Sum, scope: Scope): readonly DependenceRow[] {
  return parts.flatMap((part) => {
    const head: Head = { ...scope, part, partKind: part === "" ? "all" : "segment" };
    const elements = tallyOf(sum, head, "element");
    if (elements.total === 0) return [];
    const sites = tallyOf(sum, head, "site");
    const told = [elements, sites, ...peopleTally(sum, head, sites), ...trafficTally(sum, head, sites)].filter(
      ({ total }) => total > 0,
    );
    const made = told.flatMap((tally) => rowsBehind({ ties: sum.ties }, head, tally, elements));
    return scope.scope === "region" ? made : [...made, ...channelRows(sum, head)];
  });
}

function trafficTally(sum: Sum, head: Head, sites: Tally): readonly Tally[] {
  if (!sum.traffic) return [];
  const tally = tallyOf(sum, head, "traffic");
  return [
    { ...tally, holders: withOthers(tally.holders, sites.holders), groups: withOthers(tally.groups, sites.groups) },
  ];
}

function tallyOf({ made, unread, makerOf }: Sum, { scope, name, part }: Head, base: "element" | "site" | "traffic") {
  const region = scope === "region" ? name : undefined;
  // What has no region may stand in any.
  const counts = region === undefined ? [] : (made.get(cellOf(part, "element", "")) ?? []).map(({ out }) => out);
  return mergeTallies(base, made.get(cellOf(part, base, region)) ?? [], { counts, unread }, makerOf);
}

/** The people behind a part, where they are known. */
function peopleTally(sum: Sum, { scope, name, part }: Head, sites: Tally): readonly Tally[] {
  const { made, people, makerOf } = sum;
  const region = scope === "region" ? name : undefined;
  if (!people?.known || (region !== undefined && !people.regions.has(region))) return [];
  const regions = region === undefined ? people.regions : [region];
  const rows = [...regions].flatMap((one) => made.get(cellOf(part, "people", one)) ?? []);
  const tally = mergeTallies("people", rows, { counts: [], unread: 0 }, makerOf);
  const { free, joins, adds } = people.swing(region);
  const holders = withOthers(tally.holders, sites.holders);
  const groups = withOthers(tally.groups, sites.groups);
  return [{ ...tally, holders, groups, adrift: sites.adrift, joins, adds, free: tally.free + free }];
}

/** Those who stand at some site, if at none where people are. */
function withOthers(served: Tally["holders"], all: Tally["holders"]): Tally["holders"] {
  const names = new Set(served.map(({ name }) => name));
  const others = all.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name, units: 0, low: 0, may: 0 }));
  return [...served, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function channelRows({ touched, unread }: Sum, head: Head): readonly DependenceRow[] {
  return channels.flatMap((channel): readonly DependenceRow[] => {
    const row = rowOfTouched(touchedTogether(touched.get(cellOf(head.part, channel, undefined)) ?? [], unread));
    if (!row || (row.holders.length === 0 && row.unknown === 0)) return [];
    return [{ by: "supplier", channel, ...head, base: "element", ...row, ...shown(row.holders) }];
  });
}

function touchedTogether(own: readonly TouchedOut[], unread: number): Touched {
  const holders = new Map<string, { units: number; open: number }>();
  for (const { name, units, open } of own.flatMap((one) => one.holders)) {
    const held = holders.get(name) ?? { units: 0, open: 0 };
    holders.set(name, { units: held.units + units, open: held.open + open });
  }
  const sum = (of: (one: TouchedOut) => number) => own.reduce((all, one) => all + of(one), 0);
  return {
    holders,
    total: sum(({ total }) => total),
    unknown: sum(({ unknown }) => unknown),
    open: sum(({ open }) => open),
    loose: sum(({ loose }) => loose) + unread,
  };
}
