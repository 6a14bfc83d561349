import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import { element, type Kind, type Parts, padded, type Row, tie, together } from "./parts.ts";
import { apportion, dayBetween, type Random, randomOf, shuffled } from "./random.ts";
import { hubSites, type Site, siteRow } from "./sites.ts";

type Span = readonly [from: string, until: string];

/** Site routers of one kind: how many of a hundred, when they came, and when their release came (with them if not said). */
interface Fleet {
  readonly weight: number;
  readonly kind: Kind;
  readonly since?: Span;
  readonly release?: Span;
}

const router = (maker: string, product: string, release: string): Kind => ({
  ...{ maker, product, release, functions: "transport-router" },
});
const atlas9 = (release: string) => router("DEMO-atlas", "DEMO-A-AR9", release);
const nord4 = router("DEMO-nordwerk", "DEMO-N-NR4", "4.4");
const nord5 = router("DEMO-nordwerk", "DEMO-N-NR5", "5.0");
const nord6 = (release: string) => router("DEMO-nordwerk", "DEMO-N-NR6", release);
const taiga7 = (maker = "DEMO-taiga") => router(maker, "DEMO-T-SR7", "S7.4");
const thisYear: Span = ["2026-02-02", "2026-10-30"];

/** What stands at the foot of the masts. Why each comes out as it does: the README of the example. */
const fleets: Readonly<Record<string, readonly Fleet[]>> = {
  [rhein.id]: [
    { weight: 31, kind: atlas9("R9"), since: ["2019-03-04", "2021-07-30"], release: ["2024-02-05", "2025-11-28"] },
    { weight: 27, kind: atlas9("R9"), since: ["2021-09-01", "2025-11-28"], release: ["2024-02-05", "2025-11-28"] },
    { weight: 6, kind: atlas9("R10"), since: ["2019-03-04", "2021-07-30"], release: ["2026-05-04", "2026-10-30"] },
    { weight: 24, kind: nord6("6.1"), since: thisYear },
    { weight: 4, kind: nord6("6.2"), since: ["2026-07-01", "2026-10-30"] },
    { weight: 6, kind: nord4, since: ["2022-03-01", "2025-06-30"] },
    { weight: 2, kind: router("DEMO-jade", "DEMO-J-JE2", "E2.1"), since: ["2026-03-02", "2026-06-30"] },
  ],
  [isar.id]: [
    { weight: 48, kind: taiga7(), since: ["2022-05-02", "2025-10-31"] },
    { weight: 14, kind: taiga7("Taiga Systems"), since: ["2022-05-02", "2025-10-31"] },
    { weight: 24, kind: nord6("6.1"), since: thisYear },
    { weight: 5, kind: router("Nordwerk Netze", "Network-Router-6", "6.1"), since: thisYear },
    { weight: 5, kind: nord5, since: ["2026-01-20", "2026-07-31"] },
    { weight: 4, kind: router("DEMO-jade", "DEMO-J-JE2", "E2.1"), since: ["2026-03-02", "2026-09-30"] },
  ],
  [elbe.id]: [
    { weight: 40, kind: taiga7(), since: ["2022-02-01", "2025-10-31"] },
    { weight: 20, kind: router("DEMO-lotus", "DEMO-L-LR2", "V2.9"), since: ["2018-06-01", "2021-06-30"] },
    { weight: 11, kind: router("DEMO-taiga", "DEMO-T-SR9", "S9.1"), since: ["2026-01-12", "2026-10-30"] },
    { weight: 22, kind: nord6("6.1"), since: thisYear },
    { weight: 4, kind: router("DEMO-taiga", "DEMO-T-SR8", "S8.0"), since: ["2024-03-01", "2025-08-29"] },
    { weight: 3, kind: router("DEMO-lotus", "DEMO-L-LR1", "V1.7") },
  ],
  [neckar.id]: [
    { weight: 60, kind: atlas9("R9"), since: ["2023-11-06", "2025-11-28"] },
    { weight: 40, kind: nord6("6.1"), since: thisYear },
  ],
};

const routerShare = 0.75;

/** The way from every site into the network: three of four by a router of its own, the others by a microwave link. */
export function backhaul(sites: readonly Site[]): Parts {
  const byOperator = Map.groupBy(sites, ({ operator }) => operator);
  return together(
    [...byOperator].flatMap(([operator, own]) => {
      const random = randomOf(`backhaul ${operator.id}`);
      const mixed = shuffled(random, own);
      const routed = mixed.slice(0, Math.round(mixed.length * routerShare)).toSorted(byId);
      const linked = mixed.slice(routed.length).toSorted(byId);
      return [siteRouters(random, operator, routed), ...linked.map((site) => microwave(random, site))];
    }),
  );
}

function byId(a: Site, b: Site): number {
  return a.id < b.id ? -1 : 1;
}

function siteRouters(random: Random, operator: Operator, sites: readonly Site[]): Parts {
  const kinds = fleets[operator.id]!;
  const counts = apportion(
    sites.length,
    kinds.map(({ weight }) => weight),
  );
  const each = shuffled(
    random,
    kinds.flatMap((fleet, at) => Array.from({ length: counts[at]! }, () => fleet)),
  );
  const elements = sites.map((site, at) => routerRow(random, operator, site, each[at]!));
  return { sites: [], elements, relations: [], uses: [] };
}

function routerRow(random: Random, operator: Operator, site: Site, { kind, since, release }: Fleet): Row {
  const first = since && dayBetween(random, ...since);
  const changed = release ? dayBetween(random, ...release) : first;
  const last = first && changed && changed < first ? first : changed;
  return element(`DEMO-${site.id}-T`, operator.id, site.id, kind, first, last);
}

function microwave(random: Random, site: Site): Parts {
  const letter = random.next() < 0.5 ? "L" : "B";
  const maker = letter === "L" ? "DEMO-lotus" : "DEMO-borea";
  const kind = { maker, product: `DEMO-${letter}-MW`, release: "M4", functions: "microwave-link" };
  const row = element(
    `DEMO-${site.id}-M`,
    site.operator.id,
    site.id,
    kind,
    dayBetween(random, "2017-01-02", "2026-06-30"),
    "",
  );
  return { sites: [], elements: [row], relations: [], uses: [] };
}

/** The rings that collect regions: two routers, a switch and an optical terminal at each hub. */
interface Hub {
  readonly count: number;
  readonly router: Kind;
  readonly routerSince: Span;
  readonly switch: Kind;
  readonly switchSince: Span;
}

const lotusSwitch: Kind = {
  maker: "DEMO-lotus",
  product: "DEMO-L-LS3",
  release: "3.3",
  functions: "transport-switch",
};
const nordSwitch: Kind = {
  maker: "DEMO-nordwerk",
  product: "DEMO-N-NS1",
  release: "1.4",
  functions: "transport-switch",
};

const hubs: readonly (readonly [Operator, Hub])[] = [
  [
    rhein,
    {
      ...{ count: 64, router: router("DEMO-atlas", "DEMO-A-CR4", "C4.2"), routerSince: ["2019-02-04", "2020-12-18"] },
      ...{ switch: lotusSwitch, switchSince: ["2018-01-08", "2020-12-18"] },
    },
  ],
  [
    isar,
    {
      ...{ count: 48, router: taiga7(), routerSince: ["2022-05-02", "2024-12-20"] },
      ...{ switch: lotusSwitch, switchSince: ["2018-01-08", "2020-12-18"] },
    },
  ],
  [
    elbe,
    {
      ...{ count: 52, router: router("DEMO-lotus", "DEMO-L-LR2", "V2.9"), routerSince: ["2018-06-01", "2020-12-18"] },
      ...{ switch: nordSwitch, switchSince: ["2026-02-02", "2026-09-30"] },
    },
  ],
  [
    neckar,
    {
      ...{ count: 16, router: nord6("6.1"), routerSince: ["2026-02-02", "2026-06-30"] },
      ...{ switch: nordSwitch, switchSince: ["2026-02-02", "2026-06-30"] },
    },
  ],
];

export const hubsOfARing = 4;

/** Sites of an operator's hubs, four after four a ring. */
export function hubsOf(operator: Operator): readonly Site[] {
  const [, hub] = hubs.find(([other]) => other === operator)!;
  return hubSites(operator, hub.count);
}

/** Hubs of all operators, four to a ring. */
export function rings(): Parts {
  return together(
    hubs.flatMap(([operator, hub]) => {
      const random = randomOf(`rings ${operator.id}`);
      return hubsOf(operator).map((site, at) => ringHub(random, operator, hub, site, at));
    }),
  );
}

function ringHub(random: Random, operator: Operator, hub: Hub, site: Site, at: number): Parts {
  const id = `DEMO-${site.id}`;
  const optical: Kind = {
    maker: "DEMO-prisma",
    product: "DEMO-P-OT",
    release: "OT-11",
    functions: "optical-transport",
  };
  const place = (name: string, kind: Kind, span: Span) =>
    element(`${id}-${name}`, operator.id, site.id, kind, dayBetween(random, ...span));
  const ring = `ring ${padded(Math.floor(at / hubsOfARing) + 1, 2)}, hub ${(at % hubsOfARing) + 1}`;
  return {
    sites: [siteRow(site, `${operator.name}, ${ring}`)],
    elements: [
      place("T1", hub.router, hub.routerSince),
      place("T2", hub.router, hub.routerSince),
      place("S1", hub.switch, hub.switchSince),
      place("O1", optical, ["2019-01-07", "2024-12-20"]),
    ],
    relations: [
      ...["T1", "T2", "S1"].map((name) => tie(`${id}-${name}`, "managed-by", `DEMO-${operator.letter}-TM-1`)),
      tie(`${id}-O1`, "maintained-by", "DEMO-turmdienst", "DE", "mediated"),
      // Two planes: the first router goes with the switch, the second with the optical terminal; either carries the hub.
      tie(`${id}-S1`, "part-of", `${id}-T1`),
      tie(`${id}-O1`, "part-of", `${id}-T2`),
    ],
    uses: [],
  };
}
