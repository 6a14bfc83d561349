import type { Base, Held, Tally } from "../model/measure.ts";
import type { Network } from "../model/network.ts";
import type { Counted } from "./dependence-count.ts";
import type { Lens, Plan } from "./dependence-plan.ts";

/** Which part of a count is told: an operator's, or of all operators together with what they share counted once. */
export interface Cut {
  /** Number of an operator; null: all of them. */
  readonly operator: number | null;
  /** Number of a part in the plan. */
  readonly part: number;
  readonly base: Base;
}

/** Elements that stand nowhere in the network: on order, or in records that could not be read. */
export interface Beside {
  /** In this part for certain; `maker` null: not known. */
  readonly placed: readonly { readonly maker: string | null; readonly units: number }[];
  /** In this part or not. */
  readonly loose: readonly { readonly maker: string | null; readonly units: number }[];
}
export const nothingBeside: Beside = { placed: [], loose: [] };

/** What is to be told from: a count with its network and plan; `traits`: those that occur in it. */
export interface Source {
  readonly network: Network;
  readonly plan: Plan;
  readonly counted: Counted;
  readonly traits: readonly number[];
}

/** How a part of the network is shared out among makers. */
export function tallyMakers(source: Source, cut: Cut, beside: Beside = nothingBeside): Tally {
  return cut.base === "element" ? byElement(source, cut, beside) : bySite(source, cut, beside);
}

type Sum = { units: number; low: number; may: number };

/** Makers and groups with what each has; singles apart. */
interface Gathered {
  readonly holders: Map<string, Sum>;
  readonly groups: Map<string, Sum>;
  readonly singles: { units: number; low: number; squares: number; greatest: number };
}

function nothingYet(): Gathered {
  return { holders: new Map(), groups: new Map(), singles: { units: 0, low: 0, squares: 0, greatest: 0 } };
}

function add(to: Map<string, Sum>, name: string, units: number, low: number, may: number): void {
  const held = to.get(name) ?? { units: 0, low: 0, may: 0 };
  held.units += units;
  held.low += low;
  held.may += may;
  to.set(name, held);
}

function addSingles({ singles }: Gathered, units: number, low = units, squares = units, greatest = 1): void {
  if (units === 0) return;
  singles.units += units;
  singles.low += low;
  singles.squares += squares;
  singles.greatest = Math.max(singles.greatest, greatest);
}

function tallyOf(
  gathered: Gathered,
  rest: Pick<Tally, "base" | "loose" | "free" | "adrift" | "joins" | "adds">,
): Tally {
  const { singles } = gathered;
  const total = [...gathered.holders.values(), ...gathered.groups.values()].reduce(
    (sum, { units }) => sum + units,
    singles.units,
  );
  const holders = [...gathered.holders].map(([name, held]) => ({ name, ...rounded(held) })).sort(byUnits);
  const groups = [...gathered.groups].map(([name, held]) => ({ name, ...rounded(held) }));
  groups.sort((a, b) => b.units - a.units || b.may - a.may || b.low - a.low || (a.name < b.name ? -1 : 1));
  return { ...rest, total: round(total), holders, groups, singles: { ...singles, units: round(singles.units) } };
}

function byElement(source: Source, cut: Cut, beside: Beside): Tally {
  const { network, plan, counted } = source;
  const gathered = nothingYet();
  const count = cut.operator === null ? counted.once : counted.every;
  let loose = 0;
  for (const trait of traitsIn(source, cut)) {
    const stands = slotOf(plan, trait, cut.part) !== undefined;
    if (!stands && plan.loose[trait] === 0) continue;
    const [units, may] = stands && !plan.moved[trait] ? [count[trait]!, 0] : [0, count[trait]!];
    if (units + may === 0) continue;
    const maker = plan.maker[trait]!;
    if (maker === -1) {
      addSingles(gathered, units);
      loose += may;
    } else if (maker < 0) add(gathered.groups, String(maker), units, units, may);
    else add(gathered.holders, network.suppliers[maker]!, units, units, may);
  }
  loose += addBeside(gathered, beside);
  return tallyOf(gathered, { base: "element", loose, free: 0, adrift: 0, joins: 0, adds: 0 });
}

/** Adds elements that stand nowhere; returns how many may belong here, of anybody. */
function addBeside(gathered: Gathered, { placed, loose }: Beside): number {
  for (const { maker, units } of placed)
    if (maker === null) addSingles(gathered, units);
    else add(gathered.holders, maker, units, units, 0);
  for (const { maker, units } of loose) if (maker !== null) add(gathered.holders, maker, 0, 0, units);
  return loose.reduce((sum, { maker, units }) => (maker === null ? sum + units : sum), 0);
}

function bySite(source: Source, { operator, part, base }: Cut, beside: Beside): Tally {
  const { plan, counted, network } = source;
  const gathered = nothingYet();
  const lens = plan.lenses.findIndex((one) => one.base === base && one.nation === (operator === null));
  const view = counted.viewOf[lens]!;
  // What is not counted is not known for anybody.
  if (view === -1) return tallyOf(gathered, { base, loose: 0, free: 0, adrift: 0, joins: 0, adds: 0 });
  const { units, loss, squares, greatest } = counted;
  const nowhere = operator === null ? counted.adriftOnce : counted.adrift;
  // What may have moved here is anybody's or not here at all.
  let astray = 0;
  let adrift = [...beside.placed, ...beside.loose].reduce((sum, one) => sum + one.units, 0);
  for (const trait of traitsIn(source, { operator })) {
    const slot = slotOf(plan, trait, part);
    if (slot !== undefined || plan.loose[trait] === 1) adrift += nowhere[trait]!;
    if (slot === undefined) continue;
    const at = slot * counted.views.length + view;
    if (plan.moved[trait]) {
      astray += units[at]!;
      continue;
    }
    const [own, low] = [units[at]!, units[at]! - loss[at]!];
    const maker = plan.maker[trait]!;
    if (maker === -1) addSingles(gathered, own, low, squares[at]!, greatest[at]!);
    else if (maker < 0) add(gathered.groups, String(maker), own, low, 0);
    else add(gathered.holders, network.suppliers[maker]!, own, low, 0);
  }
  const swing = swingOf(source, plan.lenses[lens]!, view, operator, part);
  return tallyOf(gathered, { base, loose: 0, adrift, ...swing, free: round(swing.free + astray) });
}

/** What is free in a part, and what one adrift element may move or add, of an operator or of all. */
function swingOf(
  { network, plan, counted }: Source,
  lens: Lens,
  view: number,
  operator: number | null,
  part: number,
): Pick<Tally, "free" | "joins" | "adds"> {
  const every = network.operators.map((_, own) => own);
  const operators = operator === null ? every : every.filter((own) => own === operator);
  const cellOf = (own: number) => (view * every.length + own) * plan.parts.length + part;
  const most = (values: readonly number[]) => Math.max(0, ...values);
  return {
    free: round(operators.reduce((sum, own) => sum + counted.free[cellOf(own)]!, 0)),
    joins: most(operators.map((own) => lens.joins?.[own] ?? counted.joins[cellOf(own)]!)),
    adds: most(operators.map((own) => lens.adds?.[own] ?? counted.adds[cellOf(own)]!)),
  };
}

/** Traits that belong to a cut's operator, or all. */
export function traitsIn({ plan, traits }: Source, { operator }: Pick<Cut, "operator">): readonly number[] {
  return operator === null ? traits : traits.filter((trait) => plan.operator[trait] === operator);
}

/** The slot of a trait in a part; parts of a trait are in rising order and few. */
export function slotOf({ slotStart, slotPart }: Plan, trait: number, part: number): number | undefined {
  for (let slot = slotStart[trait]!; slot < slotStart[trait + 1]!; slot += 1) if (slotPart[slot] === part) return slot;
  return undefined;
}

/**
 * The same tally by whoever stands behind the makers. Where that is not known, all makers with one `together` are one group,
 * that may belong to anybody.
 */
export function regroup(tally: Tally, behind: Behind): Tally {
  const gathered = nothingYet();
  for (const { name, units, low, may } of tally.holders) {
    const who = behind(name);
    if (who.known === undefined) add(gathered.groups, `maker ${who.together}`, units, low, may);
    else add(gathered.holders, who.known, units, low, may);
  }
  for (const [at, { units, low, may }] of tally.groups.entries()) add(gathered.groups, `group ${at}`, units, low, may);
  const { holders, groups } = tallyOf(gathered, tally);
  return { ...tally, holders, groups };
}

/** Who stands behind a maker: its owner, or the country of that; or which makers it has in common with, whoever that is. */
export type Behind = (
  maker: string,
) =>
  | { readonly known: string; readonly together?: undefined }
  | { readonly known?: undefined; readonly together: string };

function byUnits(a: { readonly name: string; readonly units: number }, b: typeof a): number {
  return b.units - a.units || (a.name < b.name ? -1 : 1);
}

/** Sites are split into fractions, whose sums are whole only up to rounding. */
function round(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}

function rounded({ units, low, may }: Held): Held {
  return { units: round(units), low: round(low), may };
}
