import type { Dependence, DependenceRow } from "../model/dependence.ts";
import { type Base, bases, sharesOfEach, type Tally, unknownUnits } from "../model/measure.ts";
import { channels, type Network } from "../model/network.ts";
import { countNetwork } from "./dependence-count.ts";
import { leftIn, looseIn, movedIn } from "./dependence-left.ts";
import { type Plan, planCount } from "./dependence-plan.ts";
import { countSpan, effectiveSpan, hhiSpan, largestSpan } from "./dependence-spans.ts";
import { type Behind, type Beside, type Cut, regroup, type Source, tallyMakers } from "./dependence-tally.ts";
import { touchedRow } from "./dependence-touched.ts";
import { type Similarity, similarSpan } from "./similarity.ts";

/** What dependence is computed from, beside the network. */
export interface Ties {
  /** Products whose maker the tables name. */
  readonly listed: ReadonlySet<string>;
  readonly owner: Behind;
  readonly country: Behind;
  readonly similarity: Similarity;
}

/** A network counted, ready to be told part by part. */
export interface Inventory extends Source {
  readonly ties: Ties;
}

const mostHolders = 12;
/** Bases in which owners and countries are told too, and those in which functions are: the others would add rows and no insight. */
const wideBases: readonly Base[] = ["element", "people"];
const functionBases: readonly Base[] = ["element", "site"];

/** Counts a network: one pass over its elements, and rows for its regions on the way. */
export function takeInventory(
  network: Network,
  ties: Ties,
): { inventory: Inventory; regions: readonly DependenceRow[] } {
  const plan = planCount(network, ties.listed);
  const regions: DependenceRow[] = [];
  const access = plan.parts.findIndex(({ name }) => name === "access");
  let nowhere: Beside = { placed: [], loose: looseIn(network, null, { kind: "segment", name: "access" }) };
  const counted = countNetwork(network, plan, (region, own, traits) => {
    const source = { network, plan, ties, counted: own, traits };
    const { name, people } = network.regions[region]!;
    // Regions are sorted: what has none comes first, and may stand in any.
    if (name === "") nowhere = { placed: [], loose: [...nowhere.loose, ...elsewhere(source, access)] };
    else regions.push(...regionRows(source, access, name, people !== null, nowhere));
  });
  return { inventory: { network, plan, counted, ties, traits: network.traits.map((_, at) => at) }, regions };
}

/**
 * How dependent a network is, row by row: by supplier, owner and country, for the nation, each operator and each region, in
 * every base that is known. The nation first, then operators and regions by name.
 */
export function inventoryRows(inventory: Inventory, regions: readonly DependenceRow[]): readonly DependenceRow[] {
  const { network } = inventory;
  const operators = network.operators.map((_, operator) => operator);
  operators.sort((a, b) => byText(nameOf(network, a), nameOf(network, b)));
  return [...rowsOf(inventory, null), ...operators.flatMap((one) => rowsOf(inventory, one)), ...regions];
}

/** What `Dependence` says of people and traffic, the weights behind two of the bases. */
export function basesOf({ regions, places, radio, traffic, demands }: Network): Pick<Dependence, "people" | "traffic"> {
  const known = regions.filter(({ people }) => people !== null);
  const served = new Set<number>();
  for (let at = 0; at < places.count; at += 1) if (radio[at] === 1) served.add(places.region[at]!);
  const sumOf = (some: typeof known) => some.reduce((sum, { people }) => sum + (people ?? 0), 0);
  return {
    people: {
      known: known.length > 0,
      total: sumOf(known),
      years: [...new Set(known.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b),
      sources: [...new Set(known.flatMap(({ source }) => source ?? []))].sort(),
      placed: sumOf(regions.filter((_, at) => served.has(at))),
    },
    traffic: {
      origin: demands.origin,
      // Each demand begins at one place and ends at another.
      total: traffic.reduce((sum, value) => sum + value, 0) / 2,
      loose: demands.loose,
    },
  };
}

/** Whether a base is known for an operator, or for the nation. */
export function isKnown(plan: Plan, base: Base, operator: number | null): boolean {
  if (base === "element" || base === "site") return true;
  const lens = plan.lenses.find((one) => one.base === base && one.nation === (operator === null));
  return lens?.known[operator ?? 0] === true;
}

function rowsOf(inventory: Inventory, operator: number | null): readonly DependenceRow[] {
  const { plan, network } = inventory;
  const name = operator === null ? "" : nameOf(network, operator);
  const scope = operator === null ? "nation" : "operator";
  const known = bases.filter((base) => isKnown(plan, base, operator));
  return plan.parts.flatMap((part, at) => {
    if (part.kind === "function" && operator !== null) return [];
    const head = { scope, name, part: part.name, partKind: part.kind } as const;
    const told = known.filter((base) => part.kind !== "function" || functionBases.includes(base));
    const rows = madeRows(inventory, { operator, part: at }, told, head);
    if (rows.length === 0 || part.kind === "function") return rows;
    return [...rows, ...channelRows(inventory, operator, at, head)];
  });
}

/** The channels in which an element may have several holders: rows with somebody known, or somebody who may be. */
function channelRows(
  inventory: Inventory,
  operator: number | null,
  part: number,
  head: Head,
): readonly DependenceRow[] {
  const others = channels.filter((channel) => channel !== "made");
  return others.flatMap((channel): readonly DependenceRow[] => {
    const row = touchedRow(inventory, { operator, part }, channel);
    if (!row || (row.holders.length === 0 && row.unknown === 0)) return [];
    return [{ by: "supplier", channel, ...head, base: "element", ...row, ...shown(row.holders) }];
  });
}

export type Head = Pick<DependenceRow, "scope" | "name" | "part" | "partKind">;

/** Rows of who made a part, in each of some bases. */
function madeRows(
  source: Inventory,
  cut: Omit<Cut, "base">,
  told: readonly Base[],
  head: Head,
  beside?: Beside,
): readonly DependenceRow[] {
  const { network, plan } = source;
  const operator = cut.operator === null ? null : nameOf(network, cut.operator);
  const part = plan.parts[cut.part]!;
  const nowhere = beside ?? { placed: [], loose: looseIn(network, operator, part) };
  const elements = tallyMakers(source, { ...cut, base: "element" }, nowhere);
  // If all of it has left it is not gone yet.
  const empty =
    beside !== undefined || (leftIn(network.left, operator, part).length === 0 && movedIn(source, cut) === 0);
  if (elements.total === 0 && empty) return [];
  return told.flatMap((base) => {
    const tally = base === "element" ? elements : tallyMakers(source, { ...cut, base }, nowhere);
    if (tally.total === 0 && (base !== "element" || empty)) return [];
    return rowsBehind(source, head, tally, elements);
  });
}

/** A row by supplier, and where owners and countries are told too, one by each of these. */
export function rowsBehind(
  source: Pick<Inventory, "ties">,
  head: Head,
  tally: Tally,
  elements: Tally,
): readonly DependenceRow[] {
  const rows = [madeRow(source, head, "supplier", tally, elements)];
  if (!wideBases.includes(tally.base) || head.partKind === "function" || head.scope === "region") return rows;
  const { owner, country } = source.ties;
  const behind = (by: DependenceRow["by"], who: Behind) =>
    madeRow(source, head, by, regroup(tally, who), regroup(elements, who));
  return [...rows, behind("owner", owner), behind("country", country)];
}

/** Rows of one part in one base; holders are counted in `elements`, whatever the base of shares. */
function madeRow(
  { ties }: Pick<Inventory, "ties">,
  head: Head,
  by: DependenceRow["by"],
  tally: Tally,
  elements: Tally,
): DependenceRow {
  const count = countSpan(elements);
  const hhi = hhiSpan(tally, count);
  const { each } = sharesOfEach(tally);
  return {
    ...{ by, channel: "made", ...head, base: tally.base },
    ...{ total: tally.total, unknown: unknownUnits(tally), unplaced: unplacedIn(elements) },
    ...shown(tally.holders.map(({ name, units }, at) => ({ name, units, share: each[at]! }))),
    count,
    largest: largestSpan(tally, count),
    ...(tally.total === 0
      ? { hhi: null, effective: null, similar: null }
      : {
          hhi,
          effective: effectiveSpan(hhi),
          similar: by === "supplier" ? similarSpan(leastShares(tally), hhi, ties.similarity) : null,
        }),
  };
}

/** Elements that may belong to a part or not. */
export function unplacedIn({ holders, groups, loose }: Tally): number {
  return [...holders, ...groups].reduce((sum, { may }) => sum + may, loose);
}

/** The least share of each known holder, in percent. */
export function leastShares(tally: Tally): readonly { readonly name: string; readonly share: number }[] {
  const { each } = sharesOfEach(tally);
  return tally.holders.map(({ name }, at) => ({ name, share: each[at]!.least }));
}

export function shown(all: DependenceRow["holders"]): Pick<DependenceRow, "holders" | "moreHolders"> {
  return { holders: all.slice(0, mostHolders), moreHolders: Math.max(0, all.length - mostHolders) };
}

function regionRows(
  source: Inventory,
  access: number,
  name: string,
  people: boolean,
  beside: Beside,
): readonly DependenceRow[] {
  const head = { scope: "region", name, part: "access", partKind: "segment" } as const;
  const told = bases.filter((base) => (base !== "people" || people) && isKnown(source.plan, base, null));
  return madeRows(source, { operator: null, part: access }, told, head, beside);
}

/** Elements of no known region that may stand in a part of any. */
function elsewhere(source: Source, part: number): Beside["loose"] {
  const { holders, groups, singles, loose } = tallyMakers(source, { operator: null, part, base: "element" });
  const open = groups.reduce((sum, { units, may }) => sum + units + may, singles.units + loose);
  return [
    ...holders.map(({ name, units, may }) => ({ maker: name, units: units + may })),
    ...(open > 0 ? [{ maker: null, units: open }] : []),
  ];
}

function nameOf({ operators }: Network, operator: number): string {
  return operators[operator]!.id;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
