import { ascender, newAscent, nowhere } from "./ascent.ts";
import { popcount } from "./bits.ts";
import type { CoreTable } from "./core-table.ts";
import type { ExposedSums } from "./exposure.ts";
import { hubWays, lostBelow, makeRoom, newWays } from "./hub-ways.ts";
import { newProfile, profiler } from "./profile.ts";
import type { RoutedNetwork } from "./routed.ts";
import { type HubRows, type Rows, severalParts } from "./rows.ts";
import { hasBit, type Marks } from "./seen.ts";

export interface SeveralWays {
  /** Fills the row of a hub that leads to one part of the core. */
  readonly fillRow: (node: number, row: number) => void;
  /** Adds a source of this value; `at`: where the suspects of its group begin in the sums. */
  readonly addSource: (node: number, value: number, at: number, sums: ExposedSums) => void;
}

/**
 * Nodes with several uplinks, or below such that lead to several parts of the core: their ways up are followed one by one, for
 * "no path is open" is a question about all ways at once. Needs the rows and the sets of the core.
 */
export function severalWays(
  network: RoutedNetwork,
  marks: Marks,
  table: CoreTable,
  hubs: HubRows,
  rows: Rows,
): SeveralWays {
  const { width, words } = marks;
  const { setWords, open, clean } = table;
  const ascend = ascender(network);
  const ascent = newAscent();
  const profile = profiler(marks);
  const climb = newProfile(marks);
  const kept = hubWays(network, marks, hubs);
  const ways = newWays(marks);
  const lost = new Float64Array(width);
  const blocked = new Uint32Array(width);
  const touched = new Uint32Array(width);
  /** Where the sets begin that are to be joined. */
  const sets: number[] = [];
  kept.keepAll();
  return { fillRow, addSource };

  function fillRow(node: number, row: number): void {
    lookAt(node, hubs.part[node]!, marks.transit[node]!, true);
    rows.lost.set(lost, row * width);
    rows.blocked.set(blocked, row * width);
    rows.touched.set(touched, row * width);
  }

  function addSource(node: number, value: number, at: number, sums: ExposedSums): void {
    if (hubs.part[node] !== severalParts) addPart(node, hubs.part[node]!, value, at, sums);
    else {
      ascend(ascent, node, nowhere);
      for (const part of new Set(ascent.tops.map(partOf))) addPart(node, part, value, at, sums);
    }
  }

  function addPart(node: number, part: number, value: number, at: number, sums: ExposedSums): void {
    if (table.count[part] === 0) return;
    lookAt(node, part, marks.end[node]!, false);
    for (let j = 0; j < width; j++) {
      sums.expected[at + j]! += value * lost[j]!;
      sums.must[at + j]! += value * blocked[j]!;
      sums.may[at + j]! += value * touched[j]!;
    }
  }

  function partOf(top: number): number {
    return hubs.part[network.core[top]!]!;
  }

  /** Takes the ways to one part of the core together: to its targets all traffic goes by these. */
  function lookAt(node: number, part: number, row: number, passing: boolean): void {
    const count = table.count[part]!;
    if (kept.join(ways, node, row)) lostBelow(network, marks, hubs, rows.lost, node, row, count, lost);
    else climbTo(node, part, passing, count);
    for (let word = 0; word < words; word++) {
      let [opens, cleans] = [0, -1];
      for (let i = 0; i < ways.count; i++) {
        opens |= ways.open[i * words + word]!;
        cleans &= ways.clean[i * words + word]!;
      }
      const end = Math.min(width, 32 * word + 32);
      for (let j = 32 * word; j < end; j++, opens >>>= 1, cleans >>>= 1) {
        blocked[j] = (opens & 1) === 0 ? count : countBlocked(j, count, table.blocked[part * width + j]!);
        touched[j] = (cleans & 1) === 0 ? count : countTouched(j, count);
      }
    }
  }

  function climbTo(node: number, part: number, passing: boolean, count: number): void {
    ascend(ascent, node, nowhere);
    profile(climb, ascent, passing ? "transit" : "end");
    const tops = [...ascent.tops.keys()].filter((i) => partOf(ascent.tops[i]!) === part);
    const share = tops.reduce((sum, i) => sum + ascent.topShare[i]!, 0);
    ways.count = 0;
    lost.fill(count);
    for (const i of tops) {
      const above = ascent.tops[i]!;
      makeRoom(ways, words);
      ways.open.set(climb.open.subarray(i * words, (i + 1) * words), ways.count * words);
      ways.clean.set(climb.clean.subarray(i * words, (i + 1) * words), ways.count * words);
      ways.tops[ways.count++] = above;
      for (let j = 0; j < width; j++)
        lost[j]! -= (climb.free[i * width + j]! / share) * (count - rows.lost[above * width + j]!);
    }
  }

  /** Targets to which no way is open. Sets are joined only where the counts of the ways do not tell. */
  function countBlocked(j: number, count: number, always: number): number {
    let least = count;
    let several = 0;
    for (let i = 0; i < ways.count; i++) {
      const row = ways.tops[i]! * width + j;
      const above = rows.blocked[row]!;
      if (above === count || !hasBit(ways.open, i * words, j)) continue;
      if (above === always) return always;
      if (above < least) least = above;
      sets[several++] = row * setWords;
    }
    if (several < 2) return least;
    return count - (several === 2 ? inEither(open, sets[0]!, sets[1]!) : inSome(open, several));
  }

  /** Targets to which some way is touched, likewise. */
  function countTouched(j: number, count: number): number {
    let most = 0;
    let several = 0;
    for (let i = 0; i < ways.count; i++) {
      const row = ways.tops[i]! * width + j;
      const above = rows.touched[row]!;
      if (above === 0) continue;
      if (above > most) most = above;
      sets[several++] = row * setWords;
    }
    if (several < 2 || most === count) return most;
    return count - (several === 2 ? inBoth(clean, sets[0]!, sets[1]!) : inAll(clean, several));
  }

  function inEither(words: Int32Array, one: number, other: number): number {
    let sum = 0;
    for (let word = 0; word < setWords; word++) sum += popcount(words[one + word]! | words[other + word]!);
    return sum;
  }

  function inBoth(words: Int32Array, one: number, other: number): number {
    let sum = 0;
    for (let word = 0; word < setWords; word++) sum += popcount(words[one + word]! & words[other + word]!);
    return sum;
  }

  function inSome(words: Int32Array, several: number): number {
    let sum = 0;
    for (let word = 0; word < setWords; word++) {
      let some = 0;
      for (let at = 0; at < several; at++) some |= words[sets[at]! + word]!;
      sum += popcount(some);
    }
    return sum;
  }

  function inAll(words: Int32Array, several: number): number {
    let sum = 0;
    for (let word = 0; word < setWords; word++) {
      let every = -1;
      for (let at = 0; at < several; at++) every &= words[sets[at]! + word]!;
      sum += popcount(every);
    }
    return sum;
  }
}
