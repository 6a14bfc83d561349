import type { Network, Suspect, Trait } from "../model/network.ts";

/** A network in which others stand where somebody's equipment fell. */
export interface Replaced {
  /** For shares alone: what an element needs to live is not asked of this network. */
  readonly after: Network;
  /** Where nobody else is left, so that a maker that is new stands in their place. */
  readonly leftAlone: readonly { readonly operator: string; readonly segment: string; readonly elements: number }[];
}

/** Name of the maker that stands where no other was left. */
export const newMaker = "(a new maker)";

/** Puts others where an element falls: all of one place and segment go to one maker, places in turn, in proportion. */
export function replaced(network: Network, falls: (trait: number) => boolean, suspect: Suspect): Replaced {
  const { elements, traits, operators } = network;
  const others = remainingMakers(network, suspect);
  const suppliers = [...network.suppliers];
  const known: Trait[] = [...traits];
  const copies = new Map<string, number>();
  const trait = Uint32Array.from(elements.trait);
  const alone = new Map<string, Replaced["leftAlone"][number]>();
  for (const { operator, segment, rows } of fallingGroups(network, falls)) {
    const among = others(operator, segment);
    const maker = among.length > 0 ? next(among, rows.length) : numberOf(newMaker, suppliers);
    for (const row of rows) trait[row] = copyOf(elements.trait[row]!, maker, known, copies);
    if (among.length > 0) continue;
    const name = JSON.stringify([operators[operator]!.id, segment]);
    const before = alone.get(name)?.elements ?? 0;
    alone.set(name, { operator: operators[operator]!.id, segment, elements: before + rows.length });
  }
  return {
    after: { ...network, suppliers, traits: known, elements: { ...elements, trait } },
    leftAlone: [...alone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  };
}

function numberOf(name: string, suppliers: string[]): number {
  const at = suppliers.indexOf(name);
  return at >= 0 ? at : suppliers.push(name) - 1;
}

/** The same element of another maker: which release it is, and what it contains, nobody knows yet. */
function copyOf(number: number, maker: number, known: Trait[], copies: Map<string, number>): number {
  const name = `${number} ${maker}`;
  const copy = copies.get(name);
  if (copy !== undefined) return copy;
  const old = known[number]!;
  const holders = { ...old.holders, made: { sure: [maker], open: false }, contains: { sure: [], open: true } };
  copies.set(name, known.push({ ...old, product: null, release: null, holders }) - 1);
  return known.length - 1;
}

/** The segment that decides who takes an element over; one that works in several goes by the first. */
const segmentOf = ({ segments }: Trait) => segments[0] ?? "";

/** Rows that fall by place and segment, in an order that does not depend on that of the rows. */
function fallingGroups({ elements, places, traits }: Network, falls: (trait: number) => boolean) {
  const rows: number[] = [];
  for (let at = 0; at < elements.trait.length; at++) if (falls(elements.trait[at]!)) rows.push(at);
  const segmentAt = (row: number) => segmentOf(traits[elements.trait[row]!]!);
  const groups = Map.groupBy(rows, (row) => `${elements.place[row]} ${segmentAt(row)}`);
  return [...groups.values()]
    .map((own) => {
      const place = elements.place[own[0]!]!;
      return { place, operator: places.operator[place]!, segment: segmentAt(own[0]!), rows: own };
    })
    .sort((a, b) => a.place - b.place || (a.segment < b.segment ? -1 : 1));
}

interface Remaining {
  readonly maker: number;
  readonly units: number;
  given: number;
}

/** Makers that stay, by operator and segment, else by segment; each with what it has and what it was given. */
function remainingMakers({ elements, places, traits }: Network, { sure, may }: Suspect) {
  const gone = new Set([...sure, ...may]);
  const units = new Map<string, Map<number, number>>();
  const add = (name: string, maker: number) => {
    const own = units.get(name) ?? new Map<number, number>();
    own.set(maker, (own.get(maker) ?? 0) + 1);
    units.set(name, own);
  };
  for (let at = 0; at < elements.trait.length; at++) {
    const trait = traits[elements.trait[at]!]!;
    const [maker] = trait.holders.made.sure;
    if (maker === undefined || gone.has(maker)) continue;
    add(`${places.operator[elements.place[at]!]} ${segmentOf(trait)}`, maker);
    if (elements.first[at] === 1) add(`* ${segmentOf(trait)}`, maker);
  }
  const lists = new Map<string, Remaining[]>();
  const listOf = (name: string, from: string) => {
    const fresh = () => [...(units.get(from) ?? [])].map(([maker, count]) => ({ maker, units: count, given: 0 }));
    const list = lists.get(name) ?? fresh().sort((a, b) => b.units - a.units || a.maker - b.maker);
    lists.set(name, list);
    return list;
  };
  return (operator: number, segment: string): Remaining[] => {
    const own = listOf(`${operator} ${segment}`, `${operator} ${segment}`);
    // A list of its own for each operator, so that who was given what elsewhere does not matter.
    return own.length > 0 ? own : listOf(`${operator} * ${segment}`, `* ${segment}`);
  };
}

/** Whoever was given least for what it has. */
function next(among: readonly Remaining[], elements: number): number {
  const fill = ({ given, units }: Remaining) => (given + elements / 2) / units;
  const chosen = among.reduce((best, one) => (fill(one) < fill(best) ? one : best));
  chosen.given += elements;
  return chosen.maker;
}
