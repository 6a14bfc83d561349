import type { Frame } from "./outage-frame.ts";
import { allLanes, deadIn, type Hits } from "./outage-hits.ts";
import { reachOf } from "./outage-reach.ts";
import type { Units } from "./outage-units.ts";

/**
 * For each unit the scenarios in which it is dark, and in which for what stands there; for each need those in which it
 * cannot be met, whatever paths there are.
 */
export interface Darkness {
  readonly own: Uint32Array;
  readonly dark: Uint32Array;
  readonly gone: Uint32Array;
}

/**
 * Which radio places are dark in up to 32 scenarios at once. A place serves if something of its own that can serve lives;
 * if something lives that carries traffic, where such things stand; and if it reaches what it needs.
 */
export function darknessOf(frame: Frame, hits: Hits, units: Units): Darkness {
  const dead = deadIn(frame.kinds.sets, hits);
  const { fine, gone } = reachOf(frame, hits, dead);
  const lanes = allLanes(hits.lanes);
  const ownWords = Uint32Array.from(
    units.pairs,
    ([radio, transit]) => ((radio === 0 ? ~0 : dead[radio]!) | dead[transit]!) & lanes,
  );
  const own = new Uint32Array(units.own.length);
  const dark = new Uint32Array(own.length);
  const ways = waysOfNeeds(frame, fine);
  const { need, first, from, maker } = units;
  for (let unit = 0; unit < dark.length; unit += 1) {
    const missing = ownWords[units.own[unit]!]!;
    own[unit] = missing;
    const words = ways[need[unit]!];
    if (words === undefined) dark[unit] = missing | (gone[need[unit]!]! & lanes);
    else {
      let word = 0;
      for (let way = first[unit]!; way < first[unit + 1]!; way += 1) {
        word |= words[from[way]!]! & ~hits.line[maker[way]!]!;
      }
      dark[unit] = missing | (~word & lanes);
    }
  }
  return { own, dark, gone };
}

/** What each need's sites are to reach; undefined where no path is looked at. */
function waysOfNeeds({ needs, linked }: Frame, fine: readonly Uint32Array[]): readonly (Uint32Array | undefined)[] {
  return needs.needs.map(({ operator, supplies }, at) =>
    supplies.length > 0 && linked[operator] === 1 ? fine[at - needs.first[operator]!] : undefined,
  );
}
