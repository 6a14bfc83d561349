import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import type { Region } from "./laender.ts";
import { element, type Kind, type Parts, padded, type Row, tie, together } from "./parts.ts";
import { dayBetween, type Random, randomOf } from "./random.ts";
import { type Site, siteRow } from "./sites.ts";

/** A maker's letter in ids, and the releases of its base stations with the days on which they came, newest last. */
interface RadioMaker {
  readonly letter: string;
  readonly releases: readonly (readonly [release: string, since: string])[];
  readonly hasAntennas: boolean;
}

const makers: Readonly<Record<string, RadioMaker>> = {
  "DEMO-lotus": {
    letter: "L",
    releases: [
      ["V5.1", "2024-02-05"],
      ["V5.2", "2025-06-02"],
    ],
    hasAntennas: true,
  },
  "DEMO-borea": {
    letter: "B",
    releases: [
      ["24.4", "2024-11-04"],
      ["25.3", "2025-09-01"],
    ],
    hasAntennas: true,
  },
  "DEMO-taiga": {
    letter: "T",
    releases: [
      ["T23", "2023-10-02"],
      ["T25", "2025-03-03"],
    ],
    hasAntennas: true,
  },
  "DEMO-sakura": { letter: "S", releases: [["1.8", "2025-02-03"]], hasAntennas: false },
};

/** Operators give their makers whole regions, and go through them in this order: the first maker first. */
const order: Readonly<Record<string, readonly Region[]>> = {
  [rhein.id]: ["nord", "west", "mitte", "ost", "sued"],
  [isar.id]: ["west", "nord", "sued", "mitte", "ost"],
  [elbe.id]: ["ost", "sued", "mitte", "west", "nord"],
  [neckar.id]: ["west", "mitte", "sued", "nord", "ost"],
};

/** From when on an operator built its 5G sites. */
const firstDay: Readonly<Record<string, string>> = {
  [rhein.id]: "2019-07-01",
  [isar.id]: "2019-07-15",
  [elbe.id]: "2020-10-01",
  [neckar.id]: "2023-12-08",
};
const lastDay = "2026-10-30";

/** Part of the sites whose antennas stand in the inventory; of the others the operator keeps no list. */
const antennaShare = 0.62;
const builderKnown = 0.4;

/** Base station, radio and antenna of every site: a tree each, managed by the region's system, and who works on it. */
export function radio(sites: readonly Site[], shared: ReadonlySet<string>): Parts {
  const byOperator = Map.groupBy(sites, ({ operator }) => operator);
  return together(
    [...byOperator].map(([operator, own]) => {
      const random = randomOf(`radio ${operator.id}`);
      const makerOf = assigned(operator, own, shared);
      return together(own.map((site) => station(random, site, makerOf.get(site)!, shared.has(site.id))));
    }),
  );
}

/** The management system of one region and maker. */
export function managerId({ letter }: Operator, region: Region, maker: string): string {
  return `DEMO-${letter}-RM-${region}-${makers[maker]!.letter}`;
}

/** Which maker equips each site, so that every operator's counts come out as published. */
function assigned(operator: Operator, sites: readonly Site[], shared: ReadonlySet<string>): ReadonlyMap<Site, string> {
  const regions = order[operator.id]!;
  const places = sites.toSorted(
    (a, b) => regions.indexOf(a.land.region) - regions.indexOf(b.land.region) || (a.id < b.id ? -1 : 1),
  );
  const [[first, count] = ["", 0], ...others] = Object.entries(operator.radio);
  // What it uses of another's sites counts too, half of each maker, so fewer of its own are left.
  const elsewhere = operator === isar ? shared.size / 2 : 0;
  return new Map(places.map((site, at) => [site, at < count - elsewhere ? first : (others[0]?.[0] ?? first)]));
}

function station(random: Random, site: Site, maker: string, isShared: boolean): Parts {
  const { operator } = site;
  const { letter, releases, hasAntennas } = makers[maker]!;
  const kind = (product: string, release: string, functions: string): Kind => ({
    ...{ maker, product: `DEMO-${letter}-${product}`, release, functions },
  });
  const since = dayBetween(random, firstDay[operator.id]!, lastDay);
  const [release, published] = releases[random.whole(0, releases.length - 1)]!;
  const changed = dayBetween(random, published, lastDay);
  const id = `DEMO-${site.id}`;
  const [base, unit, antenna] = [`${id}-B`, `${id}-U`, `${id}-A`];
  const withAntenna = hasAntennas && random.next() < antennaShare;
  const owner = isShared ? "" : operator.id;
  const place = (name: string, what: Kind, day?: string) => element(name, owner, site.id, what, since, day);
  return {
    sites: [siteRow(site)],
    elements: [
      place(base, kind("BB", release, "gNB"), changed > since ? changed : since),
      place(unit, kind("RU", releases[0]![0], "RU"), ""),
      ...(withAntenna ? [place(antenna, kind("AN", "A2", "antenna"), "")] : []),
    ],
    relations: [
      tie(unit, "part-of", base),
      ...(withAntenna ? [tie(antenna, "part-of", base)] : []),
      tie(base, "managed-by", managerId(operator, site.land.region, maker)),
      ...(random.next() < builderKnown ? [tie(base, "built-by", "DEMO-mastbau", "DE")] : []),
      ...workers(base, operator, maker),
    ],
    uses: isShared ? [base, unit, ...(withAntenna ? [antenna] : [])].flatMap(usedByTwo) : [],
  };
}

/** The first owns it, and both answer for it. */
function usedByTwo(id: string): readonly Row[] {
  return [rhein, isar].map(({ id: operator }) => ({ operator, element: id, kind: "shared", share: 50 }));
}

/** Field service: of lotus equipment at two operators by people abroad, at one of them past the operator's gateway. */
function workers(base: string, operator: Operator, maker: string): readonly Row[] {
  if (maker !== "DEMO-lotus") return [tie(base, "maintained-by", "DEMO-turmdienst", "DE", "mediated")];
  if (operator === elbe) return [tie(base, "maintained-by", "DEMO-fieldcare", "XL", "unmediated")];
  if (operator === isar) return [tie(base, "maintained-by", "DEMO-fieldcare", "XL", "mediated")];
  return [tie(base, "maintained-by", "DEMO-turmdienst", "DE", "mediated")];
}

/** What the plan has and the network has not: base stations to come in 2027, and old ones out of use. */
export function plannedAndRetired(sites: readonly Site[]): Parts {
  const own = sites.filter(({ operator }) => operator === rhein);
  const planned = own.slice(0, 120).map((site, at) => ({
    ...element(`DEMO-R-P${padded(at + 1, 3)}`, rhein.id, site.id, {
      ...{ maker: "DEMO-taiga", product: "DEMO-T-BB", release: "T27", functions: "gNB" },
    }),
    ...{ status: "planned", in_service_since: "2027-03-01", release_since: "" },
  }));
  const retired = own.slice(120, 200).map((site, at) => ({
    ...element(`DEMO-R-X${padded(at + 1, 3)}`, rhein.id, site.id, {
      ...{ maker: "DEMO-lotus", product: "DEMO-L-BB", release: "V3.0", functions: "eNB" },
    }),
    ...{ status: "retired", in_service_since: "2013-05-06", release_since: "" },
  }));
  return { sites: [], elements: [...planned, ...retired], relations: [], uses: [] };
}
