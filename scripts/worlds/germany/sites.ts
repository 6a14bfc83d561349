import { isar, type Operator, operators, rhein, sharedSites } from "./cast.ts";
import { boxOf, contains, type Land, laender, type Point } from "./laender.ts";
import { padded, type Row } from "./parts.ts";
import { apportion, type Random, randomOf } from "./random.ts";

/** A place of one operator. */
export interface Site {
  readonly id: string;
  readonly operator: Operator;
  readonly land: Land;
  readonly point: Point;
}

const peopleOf = laender.map(({ people }) => people);

/** Radio sites of every operator, in proportion to the people of each Land; sites of others that it shares are not among them. */
export function radioSites(): readonly Site[] {
  return operators.flatMap((operator) => {
    const counts = apportion(operator.sites, peopleOf);
    return laender
      .flatMap((land, index) => {
        const fromOthers = operator === isar ? (sharedSites[land.name] ?? 0) : 0;
        return drawn(land, operator, counts[index]! - fromOthers);
      })
      .map((place, index) => ({ id: `${operator.letter}-${padded(index + 1, 4)}`, operator, ...place }));
  });
}

/** The sites of DEMO-rhein that DEMO-isar uses too: the first of each Land that has some. */
export function sharedAmong(sites: readonly Site[]): ReadonlySet<string> {
  const chosen = Object.entries(sharedSites).flatMap(([name, count]) =>
    sites.filter(({ operator, land }) => operator === rhein && land.name === name).slice(0, count),
  );
  return new Set(chosen.map(({ id }) => id));
}

/** Places where an operator's rings of transport routers meet, at least one in each of its Länder. */
export function hubSites(operator: Operator, count: number): readonly Site[] {
  const random = randomOf(`hubs ${operator.id}`);
  return apportion(count, peopleOf)
    .flatMap((many, index) => Array.from({ length: many }, () => laender[index]!))
    .map((land, index) => ({
      id: `${operator.letter}-H${padded(index + 1, 2)}`,
      ...{ operator, land, point: near(random, land, random.whole(0, centresOf(land).length - 1)) },
    }));
}

/** A data centre of an operator, at the densest place of a Land. */
export function dataCentre(operator: Operator, number: number, landName: string): Site {
  const land = laender.find(({ name }) => name === landName);
  if (!land) throw new Error(`no Land \`${landName}\``);
  return { id: `${operator.letter}-DC${number}`, operator, land, point: centresOf(land)[0]! };
}

/** A row of sites.csv; three decimals are about a hundred metres, and no more was ever known. */
export function siteRow({ id, land, point: [longitude, latitude] }: Site, name?: string): Row {
  return { id, name, region: land.name, latitude: latitude.toFixed(3), longitude: longitude.toFixed(3) };
}

/** Kilometres between two sites, as on a plane: good to a percent or two within one country. */
export function kilometres({ point: a }: Site, { point: b }: Site): number {
  const [x, y] = [(a[0] - b[0]) * shrink, a[1] - b[1]];
  return 111.2 * Math.sqrt(x * x + y * y);
}

/** The nearest of some sites, the first of several; none where there are none. */
export function nearest(site: Site, others: readonly Site[]): Site | undefined {
  let found: Site | undefined;
  let least = Infinity;
  for (const other of others) {
    const far = kilometres(site, other);
    if (far < least) [found, least] = [other, far];
  }
  return found;
}

const shareNearCentres = 0.72;

function drawn(land: Land, operator: Operator, count: number): readonly { land: Land; point: Point }[] {
  const random = randomOf(`sites ${operator.id} ${land.name}`);
  const centres = centresOf(land);
  const weights = centres.map((_, rank) => 1 / (rank + 1.5) ** 0.7);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    if (random.next() > shareNearCentres) return { land, point: anywhere(random, land) };
    return { land, point: near(random, land, ranked(random.next() * total, weights)) };
  });
}

/** Which weight a number in their sum falls into. */
function ranked(number: number, weights: readonly number[]): number {
  let below = 0;
  for (const [rank, weight] of weights.entries()) {
    below += weight;
    if (number < below) return rank;
  }
  return 0;
}

const known = new Map<Land, readonly Point[]>();

/** Invented centres of a Land, one for about 300,000 people; no real town is meant. */
function centresOf(land: Land): readonly Point[] {
  const random = randomOf(`centres ${land.name}`);
  const make = () => Array.from({ length: Math.ceil(land.people / 300_000) }, () => anywhere(random, land));
  const centres = known.get(land) ?? make();
  known.set(land, centres);
  return centres;
}

/** Cosine of 51 degrees: a degree of longitude is that much shorter here than one of latitude. */
const shrink = 0.629;

/** A point around a centre: many close to it, some far out, none outside the Land. */
function near(random: Random, land: Land, rank: number): Point {
  const [x, y] = centresOf(land)[rank]!;
  for (let attempt = 0; attempt < 50; attempt++) {
    const reach = 0.03 + 0.14 * random.next() ** 2;
    const point = [x + (random.normal() * reach) / shrink, y + random.normal() * reach] as const;
    if (contains(land, point)) return point;
  }
  return anywhere(random, land);
}

function anywhere(random: Random, land: Land): Point {
  const [[west, south], [east, north]] = boxOf(land);
  for (;;) {
    const point = [west + random.next() * (east - west), south + random.next() * (north - south)] as const;
    if (contains(land, point)) return point;
  }
}
