import { isar, operators, rhein } from "./cast.ts";
import { centresOf } from "./core.ts";
import { laender } from "./laender.ts";
import type { Row } from "./parts.ts";
import { pools } from "./pools.ts";
import type { Site } from "./sites.ts";
import { busyHour, demandRows, demandsBetween, gatewaysOf, pinnedPaths } from "./traffic.ts";
import { hubsOf } from "./transport.ts";
import { brokenLinks, towardsShared, trunksOf } from "./trunks.ts";
import { uplinkRows, uplinksOf } from "./uplinks.ts";

export interface Topology {
  readonly regions: readonly Row[];
  readonly pools: readonly Row[];
  readonly links: readonly Row[];
  readonly demands: readonly Row[];
}

/** How the sites hang together and what flows between them; `linked`: ids of sites with a microwave link and no router. */
export function topology(sites: readonly Site[], shared: ReadonlySet<string>, linked: ReadonlySet<string>): Topology {
  const parts = operators.map((operator) => {
    const [hubs, centres] = [hubsOf(operator), centresOf(operator)];
    const uses = (site: Site) => site.operator === operator || (operator === isar && shared.has(site.id));
    const own = sites.filter(uses);
    const busy = busyHour(operator, own);
    const uplinks = uplinksOf(operator, own, hubs, linked);
    const trunks = trunksOf(operator, hubs, centres);
    const gateway = gatewaysOf(operator, centres);
    const paths = pinnedPaths(operator, uplinks, trunks, gateway);
    return {
      trunks,
      uplinks: uplinkRows(uplinks, (site) => busy.get(site) ?? 0),
      demands: [...demandsBetween(operator, centres), ...demandRows(operator, busy, gateway, shared, paths)],
    };
  });
  const trunks = [...parts.flatMap((part) => part.trunks), ...towardsShared(centresOf(isar), centresOf(rhein))];
  return {
    regions: laender.map(({ name, people }) => ({ name, people, year: 2022, source: "Destatis, 31 December 2022" })),
    pools: pools(),
    links: [...trunks, ...parts.flatMap((part) => part.uplinks), ...brokenLinks],
    demands: parts.flatMap((part) => part.demands),
  };
}
