import { type DarkPlaces, darkPlaces } from "../assess/dark-places.ts";
import { type Scenario, usualChannels } from "../assess/outage-hits.ts";
import type { Network, Suspect } from "../model/network.ts";
import type { Outage, OutageScenario } from "../model/outage.ts";
import { noSite } from "../model/ports/network.ts";
import type { InventoryStore } from "../model/ports/store.ts";
import type { Darkness, DarkPoint } from "../model/report-data.ts";
import { nationOf } from "./outage.ts";

const mostScenarios = 6;
/** Sides of cells in degrees. */
const sides = [-3, -2, -1, 0, 1].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)).concat(720);

/**
 * Which radio sites go dark, one by one, if the suppliers stop whose loss darkens most: of each supplier the state that
 * darkens most. At most `most` points; cells of a grid if there are more sites, as fine as that allows.
 */
export async function darknessOf(
  network: Network,
  suspects: readonly Suspect[],
  { scenarios }: Outage,
  { siteIds, most }: Pick<InventoryStore, "siteIds"> & { readonly most: number },
): Promise<Darkness> {
  const chosen = darkest(scenarios);
  const asked = chosen.map((at) => scenarioOf(scenarios[at]!, suspects));
  const found = darkPlaces(network, asked);
  const sites = sitesOf(network, found);
  const side = sites.place.length <= most ? null : sideFor(network, sites, most);
  const points = side === null ? await singles(network, found, sites, siteIds) : inCells(network, found, sites, side);
  return { scenarios: chosen, cell: side, points, unplaced: sites.unplaced };
}

/** Places of the scenarios to draw: of each supplier its worst, most sites surely lost first, then most at the most. */
function darkest(scenarios: readonly OutageScenario[]): readonly number[] {
  const lost = scenarios.map(({ rows, state }) => {
    const { before, served } = nationOf(rows).sites;
    return state === "no-updates" ? { sure: 0, may: 0 } : { sure: before - served.most, may: before - served.least };
  });
  const ranked = [...scenarios.keys()]
    .filter((at) => lost[at]!.may > 0)
    .sort((a, b) => lost[b]!.sure - lost[a]!.sure || lost[b]!.may - lost[a]!.may || a - b);
  const milder = (a: number, b: number) =>
    lost[a]!.sure === lost[b]!.sure && scenarios[a]!.state === "stops" && scenarios[b]!.state !== "stops";
  const worst = new Map<string, number>();
  for (const at of ranked) {
    const { suspect } = scenarios[at]!;
    const held = worst.get(suspect);
    // Where hostility darkens no more for sure, that the supplier merely stops says more.
    if (held === undefined || milder(at, held)) worst.set(suspect, at);
  }
  return [...worst.values()].slice(0, mostScenarios);
}

function scenarioOf({ suspect, state }: OutageScenario, suspects: readonly Suspect[]): Scenario {
  const found = suspects.find(({ name }) => name === suspect);
  if (!found) throw new Error(`no suspect \`${suspect}\``);
  return { suspect: found, state, channels: usualChannels(state) };
}

/** Served radio places by site, however many operators stand there, side by side: there may be a million. */
interface Sites {
  /** Of each place in `DarkPlaces` its site here; -1: it has no position. */
  readonly of: Int32Array;
  /** A place at each site. */
  readonly place: readonly number[];
  readonly unplaced: number;
}

function sitesOf({ places }: Network, found: DarkPlaces): Sites {
  const numbers = new Map<number, number>();
  const place: number[] = [];
  let unplaced = 0;
  const of = Int32Array.from(found.places, (at) => {
    const site = places.site[at]!;
    if (site === noSite || Number.isNaN(places.latitude[at]!) || Number.isNaN(places.longitude[at]!)) {
      unplaced += 1;
      return -1;
    }
    const known = numbers.get(site) ?? place.push(at) - 1;
    numbers.set(site, known);
    return known;
  });
  return { of, place, unplaced };
}

/** How many of the places of each group there are, and are dark in each scenario. */
function countsBy(found: DarkPlaces, sites: Sites, groups: number, groupOf: (site: number) => number) {
  const sums = (flags?: Uint8Array) => {
    const counts = new Uint32Array(groups);
    for (const [at, site] of sites.of.entries()) if (site >= 0) counts[groupOf(site)]! += flags ? flags[at]! : 1;
    return counts;
  };
  const [all, dark, mayBeDark] = [sums(), found.dark.map(sums), found.mayBeDark.map(sums)];
  return (group: number) => ({
    sites: all[group]!,
    dark: dark.map((counts) => counts[group]!),
    mayBeDark: mayBeDark.map((counts) => counts[group]!),
  });
}

async function singles(
  { places, regions }: Network,
  found: DarkPlaces,
  sites: Sites,
  siteIds: InventoryStore["siteIds"],
): Promise<readonly DarkPoint[]> {
  const ids = await siteIds(Uint32Array.from(sites.place, (at) => places.site[at]!));
  const counts = countsBy(found, sites, sites.place.length, (site) => site);
  const points = sites.place.map((at, site): DarkPoint => {
    const [latitude, longitude] = [rounded(places.latitude[at]!), rounded(places.longitude[at]!)];
    return { id: ids[site]!, region: regions[places.region[at]!]?.name || null, latitude, longitude, ...counts(site) };
  });
  return byId(points);
}

/** Positions are held in single precision, which is not what a person wrote. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

/** Row and column of cells as one number, counted from the pole and the date line. */
type CellOf = (site: number) => number;
const columnsAt = (side: number) => Math.ceil(360 / side) + 1;

function cellsOf({ places }: Network, { place }: Sites, side: number): CellOf {
  // Corners of cells are round numbers, which binary fractions may fall short of.
  const line = (degrees: number) => Math.floor(rounded(degrees) / side + 1e-9);
  return (site) => {
    const at = place[site]!;
    return line(places.latitude[at]! + 90) * columnsAt(side) + line(places.longitude[at]! + 180);
  };
}

/** The least side of cells of which at most `most` are needed. */
function sideFor(network: Network, sites: Sites, most: number): number {
  const fits = (side: number) => {
    const cell = cellsOf(network, sites, side);
    const cells = new Set<number>();
    for (let site = 0; site < sites.place.length && cells.size <= most; site += 1) cells.add(cell(site));
    return cells.size <= most;
  };
  const side = sides.find(fits);
  if (side === undefined) throw new Error(`no point may be shown: expected room for one at least, got ${most}`);
  return side;
}

function inCells(network: Network, found: DarkPlaces, sites: Sites, side: number): readonly DarkPoint[] {
  const { latitude, longitude } = network.places;
  const cell = cellsOf(network, sites, side);
  const numbers = new Map<number, number>();
  const cells: { readonly key: number; count: number; north: number; east: number }[] = [];
  const groups = Uint32Array.from(sites.place, (at, site) => {
    const key = cell(site);
    const known = numbers.get(key) ?? cells.push({ key, count: 0, north: 0, east: 0 }) - 1;
    numbers.set(key, known);
    const own = cells[known]!;
    own.count += 1;
    own.north += latitude[at]!;
    own.east += longitude[at]!;
    return known;
  });
  const counts = countsBy(found, sites, cells.length, (site) => groups[site]!);
  const points = cells.map(({ key, count, north, east }, group): DarkPoint => {
    const mean = { latitude: rounded(north / count), longitude: rounded(east / count) };
    return { id: cornerOf(key, side), region: null, ...mean, ...counts(group) };
  });
  return byId(points);
}

/** South-west corner of a cell, `47.5 10.0`. */
function cornerOf(key: number, side: number): string {
  const digits = Math.max(1, -Math.floor(Math.log10(side)));
  const [row, column] = [Math.floor(key / columnsAt(side)), key % columnsAt(side)];
  return `${(row * side - 90).toFixed(digits)} ${(column * side - 180).toFixed(digits)}`;
}

function byId(points: readonly DarkPoint[]): readonly DarkPoint[] {
  return points.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
