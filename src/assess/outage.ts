import type { Network } from "../model/network.ts";
import type { OutageScenario } from "../model/outage.ts";
import { type Baseline, baselineOf } from "./outage-baseline.ts";
import type { Darkness } from "./outage-dark.ts";
import { type Frame, frameOf } from "./outage-frame.ts";
import { deadIn, type Hits, hitsOf, type Scenario, touchedPlaces } from "./outage-hits.ts";
import { evaluated, type Lanes, lostOf } from "./outage-lanes.ts";
import { shortPools } from "./outage-pools.ts";
import { type CellEnds, type CellFigures, type CellTraffic, rowsOf } from "./outage-rows.ts";
import { demandAtPlaces, overloadedLinks, type Traffic, trafficOf, type Up } from "./outage-traffic.ts";
import { sumByCell } from "./outage-units.ts";

const mostOverloaded = 50;

/**
 * What is left of a network in each scenario, in the order given: radio places that serve, people apportioned to them,
 * and traffic after re-routing, for the nation, each operator and each region. Where holders are not known every number
 * is a span: from the case in which all that may be hit is, to that in which only what is sure is.
 */
export function outage(network: Network, scenarios: readonly Scenario[]): readonly OutageScenario[] {
  const frame = frameOf(network);
  return outageIn(frame, baselineOf(frame), scenarios);
}

/** Of which scenarios traffic is routed anew, and rows by region are told; of all without it. */
export interface Detail {
  readonly traffic: (scenario: Scenario) => boolean;
  readonly regions: (scenario: Scenario) => boolean;
}
const everything: Detail = { traffic: () => true, regions: () => true };

/** The same for a network that was made ready before. */
export function outageIn(
  frame: Frame,
  baseline: Baseline,
  scenarios: readonly Scenario[],
  detail: Detail = everything,
): readonly OutageScenario[] {
  return [...evaluated(frame, baseline.served, scenarios)].flatMap((lanes) => {
    const lost = lostOf(frame, baseline.served, lanes);
    const stale = lanes.scenarios.every(({ state }) => state !== "no-updates") ? null : staleOf(frame, baseline, lanes);
    const elements = elementsHit(baseline, lanes, frame.network);
    return lanes.scenarios.map((scenario, lane): OutageScenario => {
      const falls = scenario.state !== "no-updates";
      const at = (ends: CellEnds) => inLane(ends, lane, lanes.scenarios.length, falls);
      const traffic = detail.traffic(scenario) ? trafficIn(frame, baseline, lanes, lane) : null;
      const figures: CellFigures = {
        all: baseline.all,
        before: baseline.before,
        dark: at(lost.dark),
        own: at(lost.own),
        pool: at(lost.pool),
        cutOff: at(lost.cutOff),
        stale: falls || !stale ? null : inLane(stale, lane, lanes.scenarios.length, true),
        traffic: traffic?.cells ?? null,
      };
      const rows = rowsOf(frame, figures, detail.regions(scenario));
      const { suspect, state, channels } = scenario;
      const names = (numbers: readonly number[]) => numbers.map((supplier) => frame.network.suppliers[supplier]!);
      return {
        suspect: suspect.name,
        suppliers: names(suspect.sure),
        mayInclude: names(suspect.may),
        state,
        channels: [...channels],
        elements: elements[lane]!,
        rows: [...rows],
        pools: falls ? [...shortPools(frame.network, lanes.sure.hits, lanes.most.hits, lane)] : [],
        overloaded: traffic ? [...traffic.overloaded] : [],
      };
    });
  });
}

function inLane({ least, most }: CellEnds, lane: number, lanes: number, falls: boolean): CellEnds {
  const pick = (sums: Float64Array) =>
    Float64Array.from({ length: sums.length / lanes }, (_, cell) => (falls ? sums[cell * lanes + lane]! : 0));
  return { least: pick(least), most: pick(most) };
}

/** Radio places where something that stands there, or that it runs on, is hit. */
function staleOf(frame: Frame, { served }: Baseline, { sure, most }: Lanes): CellEnds {
  const sum = (hits: Hits) => {
    const touched = touchedPlaces(frame.network, hits);
    return sumByCell(
      frame,
      served,
      hits.lanes,
      served.place.map((place) => touched[place]!),
    );
  };
  return { least: sum(sure.hits), most: sum(most.hits) };
}

/** Elements hit, each counted once whoever shares it, and those of them with nobody known behind them. */
function elementsHit(
  { elementsOf }: Baseline,
  { scenarios, sure, most }: Lanes,
  network: Network,
): readonly OutageScenario["elements"][] {
  const named = hitsOf(network, scenarios, "named");
  const total = elementsOf.reduce((sum, count) => sum + count, 0);
  return scenarios.map((_, lane) => {
    const count = ({ bundle }: Hits) =>
      elementsOf.reduce((sum, elements, at) => sum + ((bundle[at]! >>> lane) & 1) * elements, 0);
    const span = { least: count(sure.hits), most: count(most.hits) };
    return { total, hit: span, unheld: span.most - count(named) };
  });
}

interface ScenarioTraffic {
  readonly cells: CellTraffic;
  readonly overloaded: OutageScenario["overloaded"];
}

function trafficIn(frame: Frame, baseline: Baseline, lanes: Lanes, lane: number): ScenarioTraffic | null {
  const { traffic: before } = baseline;
  if (!before) return null;
  const { total, up } = before;
  const { sure, most } = lanes;
  const cells = { total, before: before.now.served };
  if (lanes.scenarios[lane]!.state === "no-updates") {
    const { now } = before;
    const stale = (hits: Hits) => {
      const touched = touchedPlaces(frame.network, hits);
      return demandAtPlaces(frame, up, (place) => ((touched[place]! >>> lane) & 1) === 1);
    };
    const same = { served: ends(now.served, now.served), overloaded: ends(now.overloaded, now.overloaded) };
    return { cells: { ...cells, ...same, stale: ends(stale(sure.hits), stale(most.hits)) }, overloaded: [] };
  }
  const kept = trafficOf(frame, upIn(frame, baseline, sure, lane));
  const left = isSameIn(lane, sure.hits, most.hits) ? kept : trafficOf(frame, upIn(frame, baseline, most, lane));
  const { served, overloaded } = {
    served: ends(left.served, kept.served),
    overloaded: ends(left.overloaded, kept.overloaded),
  };
  return { cells: { ...cells, served, overloaded, stale: null }, overloaded: tooSmall(frame, kept, before.now) };
}

/** Whether one scenario hits the same at both ends of what is not known. */
function isSameIn(lane: number, a: Hits, b: Hits): boolean {
  const isSame = (some: Uint32Array, others: Uint32Array) =>
    some.every((word, at) => (((word ^ others[at]!) >>> lane) & 1) === 0);
  return a === b || (isSame(a.trait, b.trait) && isSame(a.line, b.line));
}

function ends(least: Float64Array, most: Float64Array): CellEnds {
  return { least, most };
}

/** What is up in one scenario. */
function upIn(
  { network, kinds }: Frame,
  { served, isRadio }: Baseline,
  { hits, darkness }: { readonly hits: Hits; readonly darkness: Darkness },
  lane: number,
): Up {
  const dead = deadIn(kinds.sets, hits);
  const isUp = (word: number) => 1 - ((word >>> lane) & 1);
  const carries = new Uint8Array(network.places.count);
  const serving = new Uint8Array(carries.length);
  const exits = new Uint8Array(carries.length);
  for (let place = 0; place < carries.length; place += 1) {
    carries[place] = isUp(dead[kinds.transit[place]!]!);
    serving[place] = isRadio[place] === 1 ? 0 : carries[place]!;
    exits[place] = carries[place]! & isUp(dead[kinds.gateway[place]!]!);
  }
  for (const [unit, place] of served.place.entries()) serving[place] = isUp(darkness.dark[unit]!);
  const links = new Uint8Array(network.links.count);
  for (let link = 0; link < links.length; link += 1) links[link] = isUp(hits.link(link));
  return { carries, ends: serving, exits, links };
}

/** Links that are too small after re-routing, the worst first. */
function tooSmall(frame: Frame, { load }: Traffic, before: Traffic): OutageScenario["overloaded"] {
  const { links, operators, places } = frame.network;
  const excess = (link: number) => load[link]! - links.capacity[link]!;
  return overloadedLinks(frame, load)
    .toSorted((a, b) => excess(b) - excess(a) || a - b)
    .slice(0, mostOverloaded)
    .map((link) => ({
      link: links.ids(link),
      operator: operators[places.operator[links.from[link]!]!]!.id,
      capacity: links.capacity[link]!,
      load: load[link]!,
      before: before.load[link]!,
    }));
}
