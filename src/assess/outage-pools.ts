import type { Network } from "../model/network.ts";
import type { OutageScenario } from "../model/outage.ts";
import type { Hits } from "./outage-hits.ts";

/** Pools that have too few live members in one scenario, or may have; wherever the members stand. */
export function shortPools(network: Network, sure: Hits, most: Hits, lane: number): OutageScenario["pools"] {
  return network.pools.flatMap(({ id, operator, function: name, needed, bundle }) => {
    const living = ({ bundle: hit }: Hits) => {
      let count = 0;
      for (const one of bundle) count += 1 - ((hit[one]! >>> lane) & 1);
      return count;
    };
    const live = { least: living(most), most: living(sure) };
    if (live.least >= needed) return [];
    return [{ id, operator: network.operators[operator]!.id, function: name, members: bundle.length, needed, live }];
  });
}
