import type { Dependence, DependenceRow } from "../../src/model/dependence.ts";
import type { Exposure, ExposureRow, HeldFunction } from "../../src/model/exposure.ts";
import type { Base, Span } from "../../src/model/measure.ts";
import { channels } from "../../src/model/network.ts";
import type { Outage, OutageRow, OutageScenario, OutageState } from "../../src/model/outage.ts";
import type { Darkness, ReportData } from "../../src/model/report-data.ts";

export const operators = ["DEMO-nord", "DEMO-sued", "DEMO-west", "DEMO-ost"];
export const regions = ["Küste", "Heide", "Bergland", "Becken", "Seenplatte", "Hochland", "Auen", ""];
const makers = ["DEMO-maker-1", "DEMO-maker-2", "DEMO-maker-3", "DEMO-maker-4", "DEMO-maker-5", "DEMO-maker-6"];
const parts = ["", "access", "transport", "core", "access-management", "transport-management", "core-management"];
const bases: readonly Base[] = ["element", "site", "people", "traffic"];
const whole = 40_000_000;

/** Who stands behind an invented network: the first maker has half of the nation, and is with every operator. */
export function inventedDependence(elements: number): Dependence {
  return {
    kind: "dependence",
    rows: elements === 0 ? [] : dependenceRows(elements),
    similarity: {
      weights: "freigabe-components-1 (own-policy)",
      makers: makers.length,
      withBills: elements === 0 ? 0 : 3,
      pairs: elements === 0 ? [] : [{ a: makers[0]!, b: makers[1]!, common: { least: 0.2, most: 1 } }],
    },
    people: {
      known: elements > 0,
      total: whole,
      years: [2022],
      sources: ["DEMO statistics office"],
      placed: whole,
    },
    traffic: { origin: elements === 0 ? "none" : "table", total: 100_000, loose: 0 },
  };
}

function dependenceRows(elements: number): readonly DependenceRow[] {
  const scopes = [["nation", ""] as const, ...operators.map((name) => ["operator", name] as const)];
  const made = scopes.flatMap(([scope, name], at) =>
    parts.flatMap((part, place) =>
      bases.flatMap((base) => {
        const total = Math.round(elements / (place + 1) / (scope === "nation" ? 1 : 4));
        const shares = sharesOf(at, place);
        const row = dependenceRow({ scope, name, part, base, channel: "made", by: "supplier" }, total, shares);
        const owners = dependenceRow({ scope, name, part, base, channel: "made", by: "owner" }, total, shares);
        const countries = { scope, name, part, base, channel: "made", by: "country" } as const;
        const seats = dependenceRow(countries, total, { XA: shares[makers[0]!] ?? 0, XB: 40 });
        return base === "element" || base === "people" ? [row, owners, seats] : [row];
      }),
    ),
  );
  const others = channels
    .filter((channel) => channel !== "made")
    .flatMap((channel, at) =>
      parts.map((part) =>
        dependenceRow(
          { scope: "nation", name: "", part, base: "element", channel, by: "supplier" },
          Math.round(elements / 2),
          { [makers[at]!]: 30 + 17 * at, [makers[at + 1]!]: 4 },
          // All shades of the matrix occur.
          19,
        ),
      ),
    );
  return [...made, ...others];
}

/** Shares in percent by maker: the first has half of everything, beside another one with each operator. */
function sharesOf(scope: number, place: number): Readonly<Record<string, number>> {
  if (scope === 0) return { [makers[0]!]: 52 - place, [makers[1]!]: 22, [makers[2]!]: 15 + place, [makers[3]!]: 8 };
  return { [makers[0]!]: 54 - place, [makers[scope]!]: 43 };
}

type Kind = Pick<DependenceRow, "scope" | "name" | "part" | "base" | "channel" | "by">;

function dependenceRow(
  kind: Kind,
  total: number,
  shares: Readonly<Record<string, number>>,
  unknown = 2,
): DependenceRow {
  const holders = Object.entries(shares)
    .map(([name, share]) => ({ name, units: (total * share) / 100, share: span(share, share + unknown) }))
    .sort((a, b) => b.units - a.units);
  const one = kind.channel === "made";
  return {
    ...kind,
    partKind: kind.part === "" ? "all" : "segment",
    total,
    unknown: (total * unknown) / 100,
    unplaced: 3,
    holders,
    moreHolders: 0,
    count: span(holders.length, holders.length + 3),
    largest: span(holders[0]!.share.least, holders[0]!.share.most),
    hhi: one ? span(3600, 3755.5) : null,
    effective: one ? span(2.66, 2.78) : null,
    similar: one && kind.base === "element" ? span(1.25, 2.5) : null,
  };
}

const span = (least: number, most: number): Span => ({ least, most });

/** What suppliers of an invented network could see; the first sees most. */
export function inventedExposure(elements: number): Exposure {
  const scopes = [
    ["nation", ""] as const,
    ...operators.map((name) => ["operator", name] as const),
    ...regions.map((name) => ["region", name] as const),
  ];
  const rows = makers.flatMap((supplier, at) =>
    scopes.flatMap(([scope, name], place) =>
      (["any", ...channels] as const)
        .filter((channel) => channel === "any" || scope !== "region")
        .map((channel, by): ExposureRow => {
          const seen = 90 - 14 * at - (place % 5) - 9 * by;
          const shares = {
            must: span(bounded(seen - 10), bounded(seen - 4)),
            expected: span(bounded(seen), bounded(seen + 6)),
            may: span(bounded(seen + 5), bounded(seen + 9)),
          };
          return { supplier, channel, scope, name, traffic: shares, people: shares };
        }),
    ),
  );
  const held = makers.flatMap((supplier): readonly HeldFunction[] => [
    {
      ...{ supplier, channel: "made", function: "AMF", elements: 2, of: 13, unknown: 1, operators: [operators[0]!] },
      sees: ["permanent-identity", "location", "signalling"],
      takesDown: ["registration and paging of its region or pool"],
    },
    {
      ...{ supplier, channel: "managed", function: "gNB", elements: 700, of: 9000, unknown: 40, operators },
      sees: ["user-plane-content", "user-plane-metadata", "location", "signalling"],
      takesDown: ["cells of its sites"],
    },
  ]);
  const isEmpty = elements === 0;
  return {
    kind: "exposure",
    rows: isEmpty ? [] : rows,
    held: isEmpty ? [] : held,
    suppliers: isEmpty ? 0 : 15,
    origin: isEmpty ? "none" : "table",
    demands: isEmpty ? 0 : 9000,
    routed: isEmpty ? 0 : 8990,
    links: isEmpty ? 0 : 10_000,
  };
}

const bounded = (share: number) => Math.min(100, Math.max(0, share));

/** What would stop in an invented network without each supplier. */
export function inventedOutage(elements: number, sites: number): Outage {
  const isEmpty = elements === 0;
  const scenarios = isEmpty
    ? []
    : (["stops", "hostile", "no-updates"] as const).flatMap((state) =>
        makers.map((suspect, at) => inventedScenario(suspect, state, at, sites)),
      );
  return {
    kind: "outage",
    scenarios,
    suppliers: isEmpty ? 0 : 15,
    smallest: isEmpty
      ? []
      : (["sites", "people"] as const).map((base) => ({
          ...{ state: "stops", base, threshold: 50, searched: 87, upTo: 3 },
          sets: [
            { suppliers: [makers[0]!], served: span(0.1 * sites, 0.2 * sites) },
            { suppliers: [makers[1]!, makers[2]!], served: span(0.3 * sites, 0.4 * sites) },
          ],
          more: 4,
        })),
    paths: !isEmpty,
    pools: isEmpty ? 0 : 12,
    withoutRadio: 7,
    looked: {
      ...{ withoutLinks: isEmpty ? [] : [operators[3]!], withoutNeeds: [], assumedCarriers: 3, peopleUnknown: 1 },
      ...{ customersUnknown: [operators[2]!], missingMembers: 1, unread: 2 },
    },
  };
}

function inventedScenario(suspect: string, state: OutageState, at: number, sites: number): OutageScenario {
  const falls = state !== "no-updates";
  const lost = falls ? 0.9 - 0.15 * at : 0;
  const row = (scope: OutageRow["scope"], name: string, parts: number): OutageRow => {
    const all = Math.floor(sites / parts);
    const left = span(Math.floor(all * (1 - lost) * 0.9), Math.floor(all * (1 - lost)));
    const people = span(left.least * 4000, left.most * 4000);
    return {
      scope,
      name,
      sites: {
        ...{ total: all + 1, before: all, served: left },
        own: span(all - left.most, all - left.least),
        cutOff: span(0, all - left.most),
        pool: span(0, 0),
      },
      people: { total: all * 4000, before: span(all * 4000, all * 4000), served: people, roaming: people },
      traffic: falls
        ? { total: all * 10, before: all * 10, served: span(left.least * 10, left.most * 10), overloaded: span(0, 3) }
        : null,
      withoutUpdates: falls ? null : { sites: span(all / 2, all), people: null, traffic: null },
    };
  };
  return {
    ...{ suspect, suppliers: [suspect], mayInclude: [], state, channels: ["made"] },
    elements: { total: sites * 4, hit: span(Math.floor(lost * sites), sites), unheld: 30 },
    rows: [
      row("nation", "", 1),
      ...operators.map((name) => row("operator", name, 4)),
      ...regions.map((name) => row("region", name, 8)),
    ],
    pools: falls
      ? [{ id: "N-AMF", operator: operators[0]!, function: "AMF", members: 3, needed: 2, live: span(0, 1) }]
      : [],
    overloaded:
      falls && at === 0
        ? [{ link: "DEMO-link-1", operator: operators[1]!, capacity: 100, load: 180.5, before: 60 }]
        : [],
  };
}

/** Which sites of an invented network go dark: those of each scenario in turn, the rest may be. */
export function inventedDarkness({ points }: Pick<ReportData["sites"], "points">, { scenarios }: Outage): Darkness {
  const chosen = [...scenarios.keys()].filter((at) => scenarios[at]!.state === "stops");
  return {
    scenarios: chosen,
    cell: null,
    points: points.map(({ id, region, latitude, longitude }, at) => ({
      ...{ id, region, latitude, longitude, sites: 1 + (at % 2) },
      dark: chosen.map((_, scenario) => (at % 7 >= scenario ? 1 : 0)),
      mayBeDark: chosen.map((_, scenario) => (at % 7 >= scenario || at % 11 === 0 ? 1 : 0)),
    })),
    unplaced: 4,
  };
}
