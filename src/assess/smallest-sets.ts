import { subsets } from "../graph/subsets.ts";
import type { Span } from "../model/measure.ts";
import type { Network, Suspect } from "../model/network.ts";
import type { OutageState, SmallestSets } from "../model/outage.ts";
import type { Baseline } from "./outage-baseline.ts";
import { darknessOf } from "./outage-dark.ts";
import type { Frame } from "./outage-frame.ts";
import { type Extreme, hitsOf, type Scenario, usualChannels } from "./outage-hits.ts";
import { merged, sumByCell, type Units } from "./outage-units.ts";
import { peopleServed } from "./people.ts";

const largest = 3;
const mostSets = 100;
/** Words looked at (32 sets at a radio place, an uplink or a member) before the search stops at smaller sets. */
const mostWork = 60_000_000;

export interface SearchLimits {
  /** Percent of what was served before. */
  readonly threshold: number;
  readonly work?: number;
}

/**
 * All smallest sets of suppliers, up to three, whose loss surely leaves less than a threshold, of sites and of people
 * (without national roaming). Exact: every set is tried but for those that hold a set already found, for losing more
 * never serves more. Suppliers without which nothing can go dark are left out. Of very large networks smaller sets only
 * (`upTo`). "Surely": with nothing but what is known to be theirs hit; the span tells what is left if more is.
 */
export function smallestSets(
  frame: Frame,
  baseline: Baseline,
  states: readonly Exclude<OutageState, "no-updates">[],
  limits: SearchLimits,
): readonly SmallestSets[] {
  const units = merged(frame, baseline.served);
  const known = new Map<boolean, readonly SmallestSets[]>();
  return states.flatMap((state) => {
    // Where nobody manages anything, who turns hostile takes down what stops with it.
    const pulls = state === "hostile" && frame.network.traits.some(isManaged);
    const found = known.get(pulls) ?? searched({ frame, baseline, state, units }, limits);
    known.set(pulls, found);
    return found.map((sets) => ({ ...sets, state }));
  });
}

function isManaged({ managers, holders: { managed } }: Network["traits"][number]): boolean {
  return managers.length > 0 || managed.open || managed.sure.length > 0;
}

function searched(trial: Trial, limits: SearchLimits): readonly SmallestSets[] {
  const { baseline, state } = trial;
  const suppliers = whoMatters(trial);
  const upTo = affordable(trial, suppliers.length, limits.work ?? mostWork);
  const searches = (["sites", "people"] as const).flatMap((base): readonly Search[] => {
    const before = served(trial, base, baseline.before);
    return before === null
      ? []
      : [{ base, least: (limits.threshold / 100) * before.least, found: new Map(), searched: 0 }];
  });
  for (let size = 1; size <= upTo; size += 1) tryAll(trial, suppliers, size, searches);
  return searches.map(({ base, found, searched }) => ({
    state,
    base,
    threshold: limits.threshold,
    searched,
    upTo,
    sets: told(trial, base, [...found.values()].slice(0, mostSets)),
    more: Math.max(0, found.size - mostSets),
  }));
}

/** What is tried on which network. */
interface Trial {
  readonly frame: Frame;
  readonly baseline: Baseline;
  readonly state: OutageState;
  readonly units: Units;
}

interface Search {
  readonly base: SmallestSets["base"];
  /** Less than this is too little. */
  readonly least: number;
  /** Sets that leave too little, by their members as text. */
  readonly found: Map<string, readonly number[]>;
  searched: number;
}

function tryAll(trial: Trial, suppliers: readonly number[], size: number, searches: readonly Search[]): void {
  const openIn = ({ found }: Search, set: readonly number[]) => !parts(set).some((part) => found.has(part));
  const namesOf = (set: Uint16Array) => Array.from(set, (member) => suppliers[member]!);
  const keep = (set: Uint16Array) => searches.some((search) => openIn(search, namesOf(set)));
  // A set found at this size holds no other of this size: what is found meanwhile shuts out none of it.
  for (const batch of subsets(suppliers.length, size, keep)) {
    const sets = Array.from({ length: batch.count }, (_, at) =>
      namesOf(batch.members.subarray(at * size, (at + 1) * size)),
    );
    const left = leftAfter(trial, sets, "sure");
    for (const search of searches) {
      for (const [lane, set] of sets.entries()) {
        if (!openIn(search, set)) continue;
        search.searched += 1;
        if (served(trial, search.base, left[lane]!)!.most < search.least) search.found.set(set.join(), set);
      }
    }
  }
}

/** The sets of up to two that a set of up to three truly holds, as text. */
function parts(set: readonly number[]): readonly string[] {
  if (set.length < 2) return [];
  const singles = set.map(String);
  return set.length === 2 ? singles : [...singles, ...set.map((_, out) => set.filter((_, at) => at !== out).join())];
}

/** Live radio places by cell after the loss of each of up to 32 sets. */
function leftAfter({ frame, baseline, state, units }: Trial, sets: readonly (readonly number[])[], extreme: Extreme) {
  const scenarios = sets.map((sure): Scenario => {
    const suspect: Suspect = { name: "", sure, may: [] };
    return { suspect, state, channels: usualChannels(state) };
  });
  const { dark } = darknessOf(frame, hitsOf(frame.network, scenarios, extreme), units);
  const lost = sumByCell(frame, units, sets.length, dark);
  return sets.map((_, lane) => baseline.before.map((count, cell) => count - lost[cell * sets.length + lane]!));
}

/** What is served while so many radio places live: sites, or people without national roaming; null if none are known. */
function served({ frame, baseline }: Trial, base: SmallestSets["base"], live: Float64Array): Span | null {
  if (base === "sites") {
    const sites = live.reduce((sum, count) => sum + count, 0);
    return { least: sites, most: sites };
  }
  const spans = frame.network.regions.flatMap(
    (_, region) => peopleServed(frame.network, { all: baseline.all, live }, region)?.own ?? [],
  );
  if (spans.length === 0) return null;
  const sum = (of: (span: Span) => number) => spans.reduce((total, span) => total + of(span), 0);
  return { least: sum(({ least }) => least), most: sum(({ most }) => most) };
}

/** Suppliers with anything among what serving hangs on, or that manage such; sorted. */
function whoMatters({ frame, state }: Trial): readonly number[] {
  const { network } = frame;
  const bundles = bundlesThatMatter(frame);
  const all = network.suppliers.map((_, supplier) => supplier);
  const found: number[] = [];
  for (let from = 0; from < all.length; from += 32) {
    const batch = all.slice(from, from + 32);
    const scenarios = batch.map((supplier): Scenario => {
      return { suspect: { name: "", sure: [supplier], may: [] }, state, channels: usualChannels(state) };
    });
    const { bundle, link } = hitsOf(network, scenarios, "sure");
    let word = 0;
    for (const one of bundles) word |= bundle[one]!;
    for (let at = 0; at < network.links.count; at += 1) word |= link(at);
    found.push(...batch.filter((_, lane) => ((word >>> lane) & 1) === 1));
  }
  return found;
}

function bundlesThatMatter({ kinds, needs, network }: Frame): ReadonlySet<number> {
  const sets = new Set<number>();
  for (const list of [kinds.radio, kinds.transit]) for (const set of list) sets.add(set);
  const bundles = new Set<number>();
  for (const { of, member } of needs.supplies) for (const one of member) (of === "set" ? sets : bundles).add(one);
  const { first, member } = kinds.sets;
  for (const set of sets) for (let at = first[set]!; at < first[set + 1]!; at += 1) bundles.add(member[at]!);
  return new Set([...bundles].filter((bundle) => bundle < network.bundles.length));
}

/** The largest size of sets that can be tried with so much work, at least 1. */
function affordable({ frame, units }: Trial, suppliers: number, work: number): number {
  const members = frame.needs.supplies.reduce((sum, { member }) => sum + member.length, 0);
  const each = units.place.length + frame.climbing.length + frame.turning.length * 8 + members * 32 + 100;
  const sets = [suppliers, (suppliers * (suppliers - 1)) / 2, (suppliers * (suppliers - 1) * (suppliers - 2)) / 6];
  let [size, spent] = [0, 0];
  while (size < largest) {
    spent += Math.ceil(sets[size]! / 32) * each;
    if (size > 0 && spent > work) break;
    size += 1;
  }
  return size;
}

/** Sets by name, with what is left: at the most if only what is known is theirs, at the least if all that may be is. */
function told(trial: Trial, base: SmallestSets["base"], sets: readonly (readonly number[])[]): SmallestSets["sets"] {
  const { suppliers } = trial.frame.network;
  const rows: SmallestSets["sets"][number][] = [];
  for (let from = 0; from < sets.length; from += 32) {
    const batch = sets.slice(from, from + 32);
    const [sure, most] = [leftAfter(trial, batch, "sure"), leftAfter(trial, batch, "most")];
    for (const [lane, set] of batch.entries()) {
      const span = { least: served(trial, base, most[lane]!)!.least, most: served(trial, base, sure[lane]!)!.most };
      rows.push({ suppliers: set.map((supplier) => suppliers[supplier]!), served: roundedSpan(span) });
    }
  }
  return rows;
}

function roundedSpan({ least, most }: Span): Span {
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return { least: rounded(least), most: rounded(most) };
}
