import { elbe, isar, type Operator, rhein } from "./cast.ts";
import type { Row } from "./parts.ts";
import { type Random, randomOf } from "./random.ts";
import { kilometres, nearest, type Site } from "./sites.ts";

/** One way of a radio site towards the core: to a hub, or to another site that is nearer to one. */
export interface Uplink {
  readonly operator: Operator;
  readonly from: Site;
  readonly to: Site;
}

const chainedShare = 0.7;
const dualShare = 0.16;
/** Longest hop of a microwave link from mast to mast, in kilometres. */
const longestHop = 18;

/** How an operator's radio sites reach its hubs; `linked`: ids of sites with a microwave link and no router. */
export function uplinksOf(
  operator: Operator,
  sites: readonly Site[],
  hubs: readonly Site[],
  linked: ReadonlySet<string>,
): readonly Uplink[] {
  const random = randomOf(`uplinks ${operator.id}`);
  const homes = new Map(sites.map((site) => [site, nearest(site, hubs)!]));
  const farOf = new Map(sites.map((site) => [site, kilometres(site, homes.get(site)!)]));
  // A mast of somebody else has no router of this operator, so nothing hangs on it.
  const masts = sites.filter((site) => site.operator === operator);
  return sites.flatMap((from): readonly Uplink[] => {
    const home = homes.get(from)!;
    const draw = random.next();
    const relay = linked.has(from.id) && draw < chainedShare ? relayOf(from, masts, farOf) : undefined;
    if (relay) return [{ operator, from, to: relay }];
    if (linked.has(from.id) || draw >= dualShare) return [{ operator, from, to: home }];
    const second = nearest(
      from,
      hubs.filter((hub) => hub !== home),
    )!;
    return [home, second].map((to) => ({ operator, from, to }));
  });
}

/** The nearest mast that is nearer to its hub, so that chains end and never close. */
function relayOf(from: Site, masts: readonly Site[], farOf: ReadonlyMap<Site, number>): Site | undefined {
  const far = farOf.get(from)!;
  const reach = longestHop / 111;
  const around = masts.filter(({ point }) => Math.abs(point[1] - from.point[1]) < reach);
  const nearer = around.filter((mast) => farOf.get(mast)! < far);
  const relay = nearest(from, nearer);
  return relay && kilometres(from, relay) < longestHop ? relay : undefined;
}

/** Sizes in which lines are built, in Mbit/s. */
const sizes = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
const headroom = 1.5;

/** Rows of `links`, each line the next size above what it carries in the busy hour (`trafficOf`: Mbit/s of a site). */
export function uplinkRows(uplinks: readonly Uplink[], trafficOf: (site: Site) => number): readonly Row[] {
  const loads = loadsOf(uplinks, trafficOf);
  const random = randomOf("uplink lines");
  return uplinks.map(({ operator, from, to }, at): Row => {
    const size = sizes.find((one) => one >= headroom * loads[at]!);
    const line = random.next();
    return {
      ...{ from: from.id, to: to.id, kind: "uplink" },
      // Of one line in a thousand nobody has written down the size.
      capacity: random.next() < 0.001 ? undefined : size,
      maker: leasedFrom(operator, line),
      protection: protectionOf(operator, random),
    };
  });
}

/** What each uplink carries: a site's own traffic and that of all that hang on it, in equal parts over its uplinks. */
function loadsOf(uplinks: readonly Uplink[], trafficOf: (site: Site) => number): readonly number[] {
  const outOf = Map.groupBy(uplinks, ({ from }) => from);
  const into = Map.groupBy(uplinks, ({ to }) => to);
  const known = new Map<Site, number>();
  const carried = (site: Site): number => {
    const held = known.get(site);
    if (held !== undefined) return held;
    const below = (into.get(site) ?? []).reduce((sum, { from }) => sum + carried(from) / outOf.get(from)!.length, 0);
    const all = trafficOf(site) + below;
    known.set(site, all);
    return all;
  };
  return uplinks.map(({ from }) => carried(from) / outOf.get(from)!.length);
}

/** Some lines are leased, and a few of them from a company that no table names. */
function leasedFrom(operator: Operator, draw: number): string | undefined {
  if (operator === elbe && draw < 0.02) return "DEMO-prisma";
  if (operator === isar && draw < 0.003) return "Fernkabel Nord";
  return undefined;
}

/** Two operators encrypt most of it, the third none of it, and of the fourth nothing is known. */
function protectionOf(operator: Operator, random: Random): string | undefined {
  const draw = random.next();
  if (operator === rhein) return draw < 0.85 ? "ipsec" : undefined;
  if (operator === isar) return draw < 0.6 ? "ipsec" : draw < 0.7 ? "none" : undefined;
  return operator === elbe && draw < 0.3 ? "none" : undefined;
}
