import { type Darkness, darknessOf } from "./outage-dark.ts";
import type { Frame } from "./outage-frame.ts";
import { type Hits, hitsOf, laneCount, type Scenario } from "./outage-hits.ts";
import { sumByCell, type Units } from "./outage-units.ts";

/**
 * Radio places that went dark in up to 32 scenarios, by cell and scenario (cell x lanes + scenario), at both ends of what is
 * not known. Causes are told in this order: own, pool, cut off; each pair of sums encloses the truth, though the causes
 * of a place may change from one end to the other.
 */
export interface Lost {
  readonly dark: Ends;
  readonly own: Ends;
  readonly pool: Ends;
  readonly cutOff: Ends;
}

export interface Ends {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Scenarios evaluated together: what they hit for sure and at the most, and which units go dark. */
export interface Lanes {
  readonly scenarios: readonly Scenario[];
  readonly sure: { readonly hits: Hits; readonly darkness: Darkness };
  readonly most: { readonly hits: Hits; readonly darkness: Darkness };
}

const mostSums = 2_000_000;

/** Evaluates scenarios, up to 32 at a time. */
export function* evaluated(frame: Frame, units: Units, scenarios: readonly Scenario[]): Generator<Lanes> {
  const { operators, regions } = frame.network;
  // Sums have a number per operator, region and scenario: fewer scenarios at once where there are very many regions.
  const lanes = Math.max(1, Math.min(laneCount, Math.floor(mostSums / Math.max(1, operators.length * regions.length))));
  for (let from = 0; from < scenarios.length; from += lanes) {
    const batch = scenarios.slice(from, from + lanes);
    const hits = hitsOf(frame.network, batch, "sure");
    const sure = { hits, darkness: darknessOf(frame, hits, units) };
    const wider = hitsOf(frame.network, batch, "most");
    const same = equalHits(hits, wider);
    yield {
      scenarios: batch,
      sure,
      most: same ? sure : { hits: wider, darkness: darknessOf(frame, wider, units) },
    };
  }
}

/** Adds up what went dark among units that served before. */
export function lostOf(frame: Frame, units: Units, { sure, most }: Pick<Lanes, "sure" | "most">): Lost {
  const sum = (words: Uint32Array) => sumByCell(frame, units, sure.hits.lanes, words);
  const [a, b] = [sure.darkness, most.darkness];
  const [goneA, goneB] = [goneAt(units, a), goneAt(units, b)];
  // With nothing open both ends are one, and summed once.
  const ends = (least: Uint32Array, greatest: () => Uint32Array): Ends => {
    const first = sum(least);
    return { least: first, most: sure === most ? first : sum(greatest()) };
  };
  return {
    dark: ends(a.dark, () => b.dark),
    own: ends(a.own, () => b.own),
    pool: ends(without(goneA, b.own), () => without(goneB, a.own)),
    cutOff: ends(without(a.dark, b.own, goneB), () => without(b.dark, a.own, goneA)),
  };
}

/** For each unit the scenarios in which something it needs has too few live members anywhere. */
function goneAt({ need }: Units, { gone, dark }: Darkness): Uint32Array {
  if (gone.every((word) => word === 0)) return new Uint32Array(dark.length);
  return dark.map((word, unit) => word & gone[need[unit]!]!);
}

function without(words: Uint32Array, ...others: readonly Uint32Array[]): Uint32Array {
  const left = words.slice();
  for (const other of others) for (let unit = 0; unit < left.length; unit += 1) left[unit]! &= ~other[unit]!;
  return left;
}

function equalHits(a: Hits, b: Hits): boolean {
  return a.trait.every((word, at) => word === b.trait[at]) && a.line.every((word, at) => word === b.line[at]);
}
