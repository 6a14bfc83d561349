import { outageIn } from "../assess/outage.ts";
import { type Baseline, baselineOf, lookedAt } from "../assess/outage-baseline.ts";
import { type Frame, frameOf } from "../assess/outage-frame.ts";
import { type Scenario, usualChannels } from "../assess/outage-hits.ts";
import { smallestSets } from "../assess/smallest-sets.ts";
import type { Network, Suspect } from "../model/network.ts";
import type { Outage, OutageRow, OutageScenario, OutageState } from "../model/outage.ts";

const states: readonly OutageState[] = ["stops", "hostile", "no-updates"];
/** Percent of what was served before, below which a set of suppliers is told. */
const threshold = 50;
/** Demands re-routed, over all scenarios, before the traffic of the rest is left out. */
const mostRouted = 1_000_000;
/** Rows by region, over all scenarios, before those of the rest are left out. */
const mostRegionRows = 4_000;

/**
 * What is left of a network if each supplier stops, turns hostile, or sends no more updates, and the smallest sets without
 * which less than half is served. Only suppliers of whom it is known that they stand behind something are told. In very large
 * networks rows by region, and traffic, are told of the worst scenarios alone (`traffic` is null in the others; with more than half
 * a million demands in all of them).
 */
export function outageOf(network: Network, suspects: readonly Suspect[]): Outage {
  const frame = frameOf(network);
  const baseline = baselineOf(frame, network.demands.count * 2 <= mostRouted);
  const worst = worstFirst(frame, baseline, suspects);
  return {
    kind: "outage",
    scenarios: [...toldIn(frame, baseline, worst)],
    suppliers: suspects.length,
    smallest: [...smallestSets(frame, baseline, ["stops", "hostile"], { threshold })],
    paths: frame.linked.includes(1),
    pools: network.pools.length,
    withoutRadio: withoutRadio(network),
    looked: lookedAt(frame),
  };
}

/** Scenarios that surely hit something, most people, then sites, lost first; without traffic so far. */
function worstFirst(frame: Frame, baseline: Baseline, suspects: readonly Suspect[]): readonly Scenario[] {
  const scenarioOf = (suspect: Suspect, state: OutageState): Scenario => {
    return { suspect, state, channels: usualChannels(state) };
  };
  const falling = states
    .filter((state) => state !== "no-updates")
    .flatMap((state) => suspects.map((suspect) => scenarioOf(suspect, state)));
  const looked = outageIn(frame, baseline, falling, { traffic: () => false, regions: () => false });
  const worst = looked
    .map((found, at) => ({ scenario: falling[at]!, hits: found.elements.hit.least, lost: lostIn(found) }))
    .filter(({ hits, lost }) => hits > 0 || lost.some((amount) => amount > 0))
    .toSorted(
      (a, b) =>
        b.lost[0] - a.lost[0] ||
        b.lost[1] - a.lost[1] ||
        states.indexOf(a.scenario.state) - states.indexOf(b.scenario.state) ||
        (a.scenario.suspect.name < b.scenario.suspect.name ? -1 : 1),
    );
  // Without updates nothing falls, and hit is what stopping hits.
  const stale = worst
    .filter(({ scenario, hits }) => scenario.state === "stops" && hits > 0)
    .map(({ scenario }) => scenarioOf(scenario.suspect, "no-updates"))
    .sort((a, b) => (a.suspect.name < b.suspect.name ? -1 : 1));
  return [...worst.map(({ scenario }) => scenario), ...stale];
}

/** People and sites surely lost. */
function lostIn({ rows }: OutageScenario): readonly [people: number, sites: number] {
  const { people, sites } = nationOf(rows);
  return [people ? Math.max(0, people.before.least - people.served.most) : 0, sites.before - sites.served.most];
}

function toldIn(frame: Frame, baseline: Baseline, worst: readonly Scenario[]): readonly OutageScenario[] {
  const rank = new Map(worst.map((scenario, at) => [scenario, at]));
  const routed = Math.max(1, frame.network.demands.count) * 2;
  const regions = Math.max(1, frame.network.regions.length);
  return outageIn(frame, baseline, worst, {
    traffic: (scenario) => rank.get(scenario)! * routed < mostRouted,
    regions: (scenario) => rank.get(scenario)! * regions < mostRegionRows,
  });
}

/** The row of the whole nation; every scenario has one. */
export function nationOf(rows: readonly OutageRow[]): OutageRow {
  return rows.find(({ scope }) => scope === "nation")!;
}

/** Places where something stands, but nothing that serves people over the air. */
function withoutRadio({ elements, radio, places }: Network): number {
  const used = new Uint8Array(places.count);
  for (const place of elements.place) used[place] = 1;
  return used.reduce((count, is, place) => count + (is === 1 && radio[place] === 0 ? 1 : 0), 0);
}
