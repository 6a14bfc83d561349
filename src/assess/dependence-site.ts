import type { Network } from "../model/network.ts";
import { noSite } from "../model/ports/network.ts";
import type { Counted } from "./dependence-count.ts";
import type { SortedElements } from "./dependence-order.ts";
import { type Plan, segmentParts } from "./dependence-plan.ts";

/** What stands at one place, by part: elements, and of these, those that may stand in other parts too. */
interface Here {
  readonly placed: Uint32Array;
  readonly both: Uint32Array;
  open: number;
}

/**
 * A function that counts the elements of the n-th place into `into`, and adds traits that were not there before to a list. Hot:
 * it runs for each of a million places, so it makes nothing, and all views of a slot lie side by side.
 */
export function siteCounter(
  network: Network,
  plan: Plan,
  into: Counted,
  sorted: SortedElements,
): (rank: number, traits: number[]) => void {
  const { start, trait, first } = sorted;
  const { slotStart, functionStart, slotPart, loose, maker } = plan;
  const { units, loss, squares, greatest, free, joins, views, active, shared, hot } = into;
  const parts = plan.parts.length;
  const wide = views.length;
  const sites = views.filter(({ base }) => base === "site").length;
  // What is looked up for each place, in the order in which places come: memory is read in order.
  const inOrder = <T extends Float64Array | Uint16Array | Uint32Array>(from: T, to: T): T => {
    for (let rank = 0; rank < sorted.place.length; rank += 1) to[rank] = from[sorted.place[rank]!]!;
    return to;
  };
  const { count } = network.places;
  const site = inOrder(network.places.site, new Uint32Array(count));
  const operator = inOrder(network.places.operator, new Uint16Array(count));
  const weights = views.map(({ weight }) => weight && inOrder(weight, new Float64Array(count)));
  const nation = Uint8Array.from(views, (lens) => Number(lens.nation));
  const byCount = Uint8Array.from(views, (lens) => Number(lens.joins === null));
  // By part and view: what each element has of the place that is looked at.
  const share = new Float64Array(parts * wide);
  const lost = new Float64Array(parts * wide);
  const values = new Float64Array(wide);
  const every: Here = { placed: new Uint32Array(parts), both: new Uint32Array(parts), open: 0 };
  const once: Here = { placed: new Uint32Array(parts), both: new Uint32Array(parts), open: 0 };
  const touched = new Uint8Array(parts);
  let touchedParts = 0;

  return (rank, traits) => {
    const from = start[rank]!;
    const to = start[rank + 1]!;
    if (from === to) return;
    countElements(from, to, traits);
    if (site[rank] === noSite) setAdrift(from, to);
    else {
      placeElements(from, to);
      noteActive(rank);
      splitPlace(rank);
      for (let at = from; at < to; at += 1) shareOut(trait[at]!, first[at]!);
      clear();
    }
  };

  function countElements(from: number, to: number, traits: number[]): void {
    for (let at = from; at < to; at += 1) {
      const t = trait[at]!;
      if (into.every[t] === 0) traits.push(t);
      into.every[t]! += 1;
      into.once[t]! += first[at]!;
    }
  }

  function setAdrift(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      into.adrift[trait[at]!]! += 1;
      into.adriftOnce[trait[at]!]! += first[at]!;
    }
  }

  function placeElements(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const t = trait[at]!;
      const end = slotStart[t + 1]!;
      for (let slot = slotStart[t]!; slot < end; slot += 1) {
        const part = slotPart[slot]!;
        if (every.placed[part] === 0) {
          touched[touchedParts] = part;
          touchedParts += 1;
        }
        every.placed[part]! += 1;
        if (shared) once.placed[part]! += first[at]!;
      }
      if (loose[t] === 1) {
        placeLoose(every, t, 1);
        placeLoose(once, t, first[at]!);
      }
    }
  }

  function placeLoose(here: Here, t: number, count: number): void {
    here.open += count;
    for (let slot = slotStart[t]!; slot < slotStart[t + 1]!; slot += 1) here.both[slotPart[slot]!]! += count;
  }

  function noteActive(rank: number): void {
    let bits = 0;
    for (let at = 0; at < touchedParts; at += 1) if (touched[at]! < segmentParts) bits |= 1 << touched[at]!;
    active[rank] = bits;
  }

  /** What each element of a part has of this place, and what those take that may belong to the part. */
  function splitPlace(rank: number): void {
    for (let view = 0; view < hot; view += 1) {
      const weight = weights[view]!;
      values[view] = weight === null ? 1 : weight[rank]!;
    }
    for (let at = 0; at < touchedParts; at += 1) splitPart(touched[at]!);
    for (let view = 0; view < hot; view += 1) {
      const cell = (view * network.operators.length + operator[rank]!) * parts;
      const here = shared && nation[view] === 1 ? once : every;
      if (byCount[view] === 1) noteJoins(here, values[view]!, cell);
      if (every.open > 0) splitOpen(here, view, values[view]!, cell);
    }
  }

  function splitPart(part: number): void {
    const own = 1 / every.placed[part]!;
    const first = once.placed[part]!;
    const nations = shared ? (first === 0 ? 0 : 1 / first) : own;
    for (let view = 0; view < hot; view += 1)
      share[part * wide + view] = values[view]! * (nation[view] === 1 ? nations : own);
  }

  function noteJoins({ placed }: Here, value: number, cell: number): void {
    for (let at = 0; at < touchedParts; at += 1) {
      const part = touched[at]!;
      const most = placed[part] === 0 ? 0 : value / (placed[part]! + 1);
      if (most > joins[cell + part]!) joins[cell + part] = most;
    }
  }

  function splitOpen({ placed, both, open }: Here, view: number, value: number, cell: number): void {
    for (let part = 0; part < parts; part += 1) {
      const n = placed[part]!;
      const more = open - both[part]!;
      lost[part * wide + view] = n === 0 ? 0 : share[part * wide + view]! - value / (n + more);
      if (more > 0) free[cell + part]! += (value * more) / (n + more);
    }
  }

  /** Functions are told by site alone, so what weighs people and traffic leaves their slots out. */
  function shareOut(t: number, own: number): void {
    const middle = functionStart[t]!;
    const end = slotStart[t + 1]!;
    for (let slot = slotStart[t]!; slot < end; slot += 1) {
      const to = slot * wide;
      const from = slotPart[slot]! * wide;
      const last = slot < middle ? hot : sites;
      for (let view = 0; view < last; view += 1)
        if (own === 1 || nation[view] === 0) units[to + view]! += share[from + view]!;
    }
    if (every.open > 0 || maker[t] === -1) shareOutRest(t, own, end);
  }

  function shareOutRest(t: number, own: number, end: number): void {
    const open = every.open > 0;
    const alone = maker[t] === -1;
    for (let slot = slotStart[t]!; slot < end; slot += 1) {
      const to = slot * wide;
      const from = slotPart[slot]! * wide;
      for (let view = 0; view < hot; view += 1) {
        if (own === 0 && nation[view] === 1) continue;
        const less = open ? lost[from + view]! : 0;
        loss[to + view]! += less;
        if (alone) addSingle(to + view, share[from + view]! - less);
      }
    }
  }

  function addSingle(at: number, low: number): void {
    squares[at]! += low * low;
    if (low > greatest[at]!) greatest[at] = low;
  }

  function clear(): void {
    for (let at = 0; at < touchedParts; at += 1) {
      every.placed[touched[at]!] = 0;
      once.placed[touched[at]!] = 0;
    }
    touchedParts = 0;
    if (every.open > 0) {
      every.both.fill(0);
      once.both.fill(0);
      every.open = 0;
      once.open = 0;
    }
  }
}
