import { elbe, isar, type Operator, rhein } from "./cast.ts";
import { type Land, laender } from "./laender.ts";
import type { Row } from "./parts.ts";
import { randomOf } from "./random.ts";
import { dataCentre, nearest, type Site } from "./sites.ts";
import type { Uplink } from "./uplinks.ts";

/** Mbit/s that a person asks for in the busy hour; invented, of the order of what German networks carry. */
const perPerson = 0.03;

const people = laender.reduce((sum, land) => sum + land.people, 0);

/** Which data centre's gateways serve a Land: those of the nearest to its densest place. */
export function gatewaysOf(operator: Operator, centres: readonly Site[]): (land: Land) => Site {
  const found = new Map(laender.map((land) => [land, nearest(dataCentre(operator, 0, land.name), centres)!]));
  return (land) => found.get(land)!;
}

/** Busy-hour traffic of each radio site in Mbit/s: its part of the operator's customers in its Land, some more, some less. */
export function busyHour(operator: Operator, sites: readonly Site[]): ReadonlyMap<Site, number> {
  const random = randomOf(`traffic ${operator.id}`);
  const inLand = Map.groupBy(sites, ({ land }) => land);
  return new Map(
    sites.map((site) => {
      const customers = (operator.customers * site.land.people) / people / inLand.get(site.land)!.length;
      return [site, Math.max(1, Math.round(customers * perPerson * (0.4 + 1.2 * random.next())))];
    }),
  );
}

/** A row of `demands` per radio site to the gateways of its Land; where two operators stand it says whose traffic it is. */
export function demandRows(
  operator: Operator,
  busy: ReadonlyMap<Site, number>,
  gateway: (land: Land) => Site,
  shared: ReadonlySet<string>,
  paths: ReadonlyMap<string, string>,
): readonly Row[] {
  return [...busy].map(([{ id, land }, value]) => ({
    operator: shared.has(id) ? operator.id : undefined,
    ...{ from: id, to: gateway(land).id, value, path: paths.get(id) },
  }));
}

const pinned = 6;

/**
 * What data centres exchange, both ways. Two operators send some of it the long way round, and one pins a few sites to a
 * tunnel, whatever routing would do.
 */
export function demandsBetween(operator: Operator, centres: readonly Site[]): readonly Row[] {
  const random = randomOf(`traffic between ${operator.id}`);
  const [first, second, third] = centres.map(({ id }) => id);
  const scale = operator.customers / 1_000_000;
  const pairs = [
    ...[
      [first, second],
      [second, first],
      [second, third],
    ],
    ...[
      [third, second],
      [third, first],
      [first, third],
    ],
  ];
  return pairs.map(([from, to], at): Row => {
    const isLong = at === 5 && (operator === rhein || operator === isar);
    const value = Math.round(scale * random.whole(500, 1500));
    return { operator: operator.id, from, to, value, path: isLong ? `${first};${second};${third}` : undefined };
  });
}

/** Paths for a few sites of one operator that hang on a hub beside a data centre: site, hub, data centre, gateway. */
export function pinnedPaths(
  operator: Operator,
  uplinks: readonly Uplink[],
  trunks: readonly Row[],
  gateway: (land: Land) => Site,
): ReadonlyMap<string, string> {
  if (operator !== elbe) return new Map();
  const out = Map.groupBy(uplinks, ({ from }) => from);
  const outward = trunks.filter(({ from, to }) => String(from).includes("-H") && String(to).includes("-DC"));
  const beside = new Map(outward.map(({ from, to }) => [from, to]));
  const single = uplinks.filter(({ from, to }) => out.get(from)!.length === 1 && beside.has(to.id));
  return new Map(
    single.slice(0, pinned).map(({ from, to }) => {
      const [centre, end] = [String(beside.get(to.id)), gateway(from.land).id];
      return [from.id, [from.id, to.id, centre, ...(centre === end ? [] : [end])].join(";")];
    }),
  );
}
