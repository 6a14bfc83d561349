import type { DependenceRow } from "../model/dependence.ts";
import { percent, type Span } from "../model/measure.ts";
import type { Channel } from "../model/network.ts";
import { type Cut, type Source, slotOf, traitsIn } from "./dependence-tally.ts";

/** What a supplier touches: elements for certain, and of these, those that somebody else may touch too. */
interface Touch {
  units: number;
  open: number;
}

/** How many elements of a part each supplier touches in a channel in which an element may have several holders, or nobody. */
export interface Touched {
  readonly holders: ReadonlyMap<string, Touch>;
  readonly total: number;
  /** Elements with nobody known behind them, though somebody may be; and all that somebody else may stand behind. */
  readonly unknown: number;
  readonly open: number;
  /** Elements that may belong to the part, whoever stands behind them. */
  readonly loose: number;
}

/** What of a row is told of a channel. */
export type TouchedRow = Pick<
  DependenceRow,
  "total" | "unknown" | "unplaced" | "holders" | "count" | "largest" | "hhi" | "effective" | "similar"
>;

/**
 * Shares of a part's elements that each supplier touches: they do not add up, so there is no index of concentration. A supplier may
 * stand behind every element that somebody else may stand behind, and behind what may belong here; each of these counts as one
 * more supplier at most. Undefined if the part has no elements.
 */
export function touchedRow(source: Source, cut: Omit<Cut, "base">, channel: Channel): TouchedRow | undefined {
  return rowOfTouched(touch(source, cut, channel));
}

/** The same from what was counted before. */
export function rowOfTouched({ holders, total, unknown, open, loose }: Touched): TouchedRow | undefined {
  if (total === 0) return undefined;
  const whole = total + loose;
  const shareOf = (units: number, more: number): Span => ({
    least: percent(units, whole),
    most: percent(units + more + loose, whole),
  });
  const shown = [...holders].map(([name, own]) => ({
    name,
    units: own.units,
    share: shareOf(own.units, open - own.open),
  }));
  shown.sort((a, b) => b.units - a.units || (a.name < b.name ? -1 : 1));
  return {
    ...{ total, unknown, unplaced: loose, holders: shown },
    count: { least: holders.size, most: holders.size + open + loose },
    largest: {
      least: Math.max(0, ...shown.map(({ share }) => share.least)),
      most: Math.max(percent(open + loose, whole), ...shown.map(({ share }) => share.most)),
    },
    ...{ hhi: null, effective: null, similar: null },
  };
}

/** Counts who touches what of a part; records that could not be read may belong to it. */
export function touch(source: Source, cut: Omit<Cut, "base">, channel: Channel): Touched {
  const { network, plan, counted } = source;
  const count = cut.operator === null ? counted.once : counted.every;
  const holders = new Map<string, Touch>();
  let [total, unknown, open, loose] = [0, 0, 0, network.unread];
  for (const trait of traitsIn(source, cut)) {
    const units = count[trait]!;
    if (units === 0) continue;
    const stands = slotOf(plan, trait, cut.part) !== undefined;
    if (!stands || plan.moved[trait]) {
      loose += stands ? units : units * plan.loose[trait]!;
      continue;
    }
    const { sure, open: more } = network.traits[trait]!.holders[channel];
    total += units;
    open += more ? units : 0;
    unknown += more && sure.length === 0 ? units : 0;
    for (const supplier of sure) addTouch(holders, network.suppliers[supplier]!, units, more);
  }
  return { holders, total, unknown, open, loose };
}

function addTouch(holders: Map<string, Touch>, name: string, units: number, more: boolean): void {
  const held = holders.get(name) ?? { units: 0, open: 0 };
  held.units += units;
  held.open += more ? units : 0;
  holders.set(name, held);
}
