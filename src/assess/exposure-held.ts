import type { Span } from "../model/measure.ts";
import type { Channel, Network } from "../model/network.ts";
import { gripsOf, type Watcher } from "./exposure-watch.ts";

/** Elements of one function that a watcher stands behind. */
export interface HeldElements {
  readonly function: string;
  /** Surely, and perhaps. */
  readonly elements: Span;
  readonly of: number;
  /** Elements with nobody known behind them in any of the channels looked at. */
  readonly unknown: number;
  /** Operators in whose networks some are surely held. */
  readonly operators: readonly string[];
}

/** What is counted of each trait: elements, those that several operators share once, parts of others too. */
export function elementsByTrait({ traits, elements }: Network): Uint32Array {
  const count = new Uint32Array(traits.length);
  for (let at = 0; at < elements.trait.length; at++) count[elements.trait[at]!]! += elements.first[at]!;
  return count;
}

/** Functions with an element that the watcher surely or perhaps holds, sorted by name; no function known: the name `""`. */
export function heldFunctions(network: Network, count: Uint32Array, watcher: Watcher): readonly HeldElements[] {
  const grips = gripsOf(network, [], watcher).traits;
  const found = new Map<string, Tally>();
  for (const [at, { functions, holders, operator }] of network.traits.entries()) {
    const unknown = watcher.channels.every(
      (channel: Channel) => holders[channel].open && holders[channel].sure.length === 0,
    );
    for (const name of functions.length > 0 ? functions : [""]) {
      const tally = found.get(name) ?? { sure: 0, may: 0, of: 0, unknown: 0, operators: new Set<number>() };
      found.set(name, tally);
      tally.of += count[at]!;
      if (unknown) tally.unknown += count[at]!;
      if (grips[at]! >= 1) tally.may += count[at]!;
      if (grips[at] !== 2) continue;
      tally.sure += count[at]!;
      tally.operators.add(operator);
    }
  }
  return [...found]
    .filter(([, { may }]) => may > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { sure, may, of, unknown, operators }]) => ({
      function: name,
      elements: { least: sure, most: may },
      of,
      unknown,
      operators: [...operators].map((operator) => network.operators[operator]!.id).sort(),
    }));
}

interface Tally {
  sure: number;
  may: number;
  of: number;
  unknown: number;
  readonly operators: Set<number>;
}

/** How many elements there are, and how many the watcher holds surely and perhaps. */
export function heldInAll(network: Network, count: Uint32Array, watcher: Watcher): { total: number; held: Span } {
  const grips = gripsOf(network, [], watcher).traits;
  const sum = (grip: number) => count.reduce((all, units, trait) => (grips[trait]! >= grip ? all + units : all), 0);
  return { total: sum(0), held: { least: sum(2), most: sum(1) } };
}

/** Links whose line each supplier made. */
export function heldLinks({ suppliers, linkMaker }: Pick<Network, "suppliers" | "linkMaker">): Uint32Array {
  const held = new Uint32Array(suppliers.length);
  for (const maker of linkMaker) if (maker < held.length) held[maker]!++;
  return held;
}
