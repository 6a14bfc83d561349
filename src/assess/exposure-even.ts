import type { Network } from "../model/network.ts";

/** Places that send the same to each of a set of targets, as modelled demands have it. */
export interface EvenSources {
  /** Sets of targets; one serves several operators, for nothing leads from one to the other. */
  readonly sets: readonly Uint32Array[];
  /** By place: number of its set, how many targets it has, and what it sends to each. */
  readonly set: Uint32Array;
  readonly sent: Uint32Array;
  readonly value: Float64Array;
}

/** More sets are no shorter than the list. */
const mostSets = 64;

/**
 * The demands by source, so that a million places need not be carried one by one. Undefined if they are no such list: not
 * sorted by both ends, with given paths, of no value or different ones from one place, to places of people, or of too many sets.
 */
export function evenSources(network: Network, isGateway: (place: number) => boolean): EvenSources | undefined {
  const { places, demands, people } = network;
  if (demands.count === 0 || demands.paths.size > 0) return undefined;
  const isTarget = new Uint8Array(places.count);
  for (const target of demands.to) isTarget[target] = 1;
  if (isTarget.some((is, place) => is === 1 && people[place]! > 0 && !isGateway(place))) return undefined;
  const sent = new Uint32Array(places.count);
  const value = new Float64Array(places.count);
  const list = new Uint32Array(places.count);
  const lists = new Prefixes(places.count);
  for (let start = 0; start < demands.count; ) {
    const from = demands.from[start]!;
    const end = endOfRun(demands, start);
    if (sent[from]! > 0 || end === undefined || !(demands.value[start]! > 0)) return undefined;
    // A target that is a source too sends nothing to itself: with it in its set, that is the set of its neighbours.
    const targets = demands.to.slice(start, end);
    const whole = isTarget[from] === 1 ? Uint32Array.from([...targets, from]).sort() : targets;
    list[from] = whole.reduce((prefix, target) => lists.after(prefix, target), 0);
    value[from] = demands.value[start]!;
    sent[from] = end - start;
    start = end;
  }
  const { sets, set } = joined(network, lists, list, sent);
  return sets.length > mostSets ? undefined : { sets, set, sent, value };
}

/** Where the demands of one place end that begin at `start`; undefined if their values differ, or targets do not rise. */
function endOfRun({ count, from, to, value }: Network["demands"], start: number): number | undefined {
  let end = start + 1;
  for (; end < count && from[end] === from[start]; end++)
    if (value[end] !== value[start] || to[end]! <= to[end - 1]!) return undefined;
  return end;
}

/** Lists of numbers below `size`, numbered by their prefixes; 0 is the empty list. */
class Prefixes {
  readonly #next = new Map<number, number>();
  readonly #before: number[] = [0];
  readonly #last: number[] = [0];
  readonly #size: number;
  constructor(size: number) {
    this.#size = size;
  }

  after(list: number, value: number): number {
    const key = list * this.#size + value;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const fresh = this.#before.push(list) - 1;
    this.#last.push(value);
    this.#next.set(key, fresh);
    return fresh;
  }

  values(list: number): readonly number[] {
    const found: number[] = [];
    for (let at = list; at !== 0; at = this.#before[at]!) found.push(this.#last[at]!);
    return found.reverse();
  }
}

/** The first lists of all operators as one set, then their second ones, and so on. */
function joined({ places, operators }: Network, lists: Prefixes, list: Uint32Array, sent: Uint32Array) {
  const known = operators.map(() => new Map<number, number>());
  const set = new Uint32Array(places.count);
  const members: number[][] = [];
  for (let place = 0; place < places.count; place++) {
    if (sent[place] === 0) continue;
    const own = known[places.operator[place]!]!;
    let at = own.get(list[place]!);
    if (at === undefined) {
      at = own.size;
      own.set(list[place]!, at);
      members[at] ??= [];
      members[at]!.push(...lists.values(list[place]!));
    }
    set[place] = at;
  }
  return { sets: members.map((one) => Uint32Array.from(new Set(one)).sort()), set };
}
