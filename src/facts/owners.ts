import {
  maybeControlled,
  nobody,
  type Ownerships,
  ownerships,
  type Stake,
  surelyControlled,
} from "../graph/control.ts";
import { tops } from "../graph/tops.ts";
import type { Day } from "../model/day.ts";
import { type Companies, freeFloat, type Ownership } from "../model/inventory.ts";
import { fold } from "../model/name.ts";
import type { Known } from "./build.ts";
import type { Knowledge } from "./knowledge.ts";
import { successorOn } from "./suppliers.ts";

/**
 * Whether a supplier is, or is controlled by, one of `listed` on a day, under whatever name each stood before: all of them
 * looked at as one. Control is a majority of votes, followed through whatever they control, or a `control` row, which beats
 * votes. Votes that nobody is known to hold could be a listed holder's: from half of them on, unknown.
 */
export function belongsTo(knowledge: Knowledge, supplier: string, listed: ReadonlySet<string>, day: Day): Known {
  const { number, reachOf } = registerOn(knowledge, day);
  const { today, sure, maybe } = reachOf(listed);
  const subject = successorOn(knowledge, supplier, day);
  if (today.has(subject)) return true;
  if (subject === freeFloat) return false;
  const at = number.get(subject);
  if (at !== undefined && sure[at]) return true;
  return at === undefined || maybe[at] || isDamaged(knowledge) ? "unknown" : false;
}

/**
 * Who stands at the top of a supplier on a day: the holder that surely controls it and that surely nobody controls; the
 * supplier itself if that is so. `unknown` as long as anybody else might. Who owns, and is no supplier of the tables (a
 * state, a family, a person), is a top by itself: only suppliers can have owners there. Of a supplier `free-float` rows, or
 * minorities seen to add up, show that nobody controls it.
 */
export function ultimateOwner(
  knowledge: Knowledge,
  supplier: string,
  day: Day,
): { readonly owner: string } | "unknown" {
  const { number, names, topOf } = registerOn(knowledge, day);
  const at = number.get(successorOn(knowledge, supplier, day));
  const top = at === undefined ? -1 : topOf(at);
  const owner = names[top];
  if (owner === undefined) return "unknown";
  // A row that was lost may have named an owner of any supplier.
  return isDamaged(knowledge) && knowledge.companies.suppliers.has(owner) ? "unknown" : { owner };
}

/** Country of the seat of a supplier or holder, ISO 3166-1 alpha-2; null: not known, or no supplier of the tables. */
export function seatOf(knowledge: Knowledge, holder: string): string | null {
  return knowledge.companies.suppliers.get(holder)?.seat ?? null;
}

function isDamaged({ damaged }: Knowledge): boolean {
  return damaged.has("owners") || damaged.has("succession");
}

/** The stakes of a day as numbers, and what was asked of them before. */
interface Register {
  readonly names: readonly string[];
  readonly number: ReadonlyMap<string, number>;
  readonly reachOf: (listed: ReadonlySet<string>) => Reach;
  readonly topOf: (company: number) => number;
}

/** What some holders control, as bits by number; `today`: they themselves, as whoever stands for each. */
interface Reach {
  readonly today: ReadonlySet<string>;
  readonly sure: Uint8Array;
  readonly maybe: Uint8Array;
}

const registers = new WeakMap<Companies, Map<Day, Register>>();

function registerOn(knowledge: Knowledge, day: Day): Register {
  const { companies } = knowledge;
  const known = registers.get(companies) ?? new Map<Day, Register>();
  registers.set(companies, known);
  const held = known.get(day) ?? makeRegister(knowledge, day);
  known.set(day, held);
  return held;
}

function makeRegister(knowledge: Knowledge, day: Day): Register {
  const { suppliers, owners } = knowledge.companies;
  const current = new Map<string, string>();
  const today = (id: string) => {
    const held = current.get(id) ?? successorOn(knowledge, id, day);
    current.set(id, held);
    return held;
  };
  // Who owned a predecessor does not own the successor by that: only rows that name the successor count.
  const inForce = owners.filter((row) => within(row.from, row.until, day) && today(row.owned) === row.owned);
  const holders = inForce.flatMap(({ owner, owned }) => (owner === freeFloat ? [owned] : [today(owner), owned]));
  const names = [...new Set([...suppliers.keys(), ...holders])].sort();
  const number = new Map(names.map((name, at) => [name, at]));
  const graph = ownerships(names.length, inForce.map(asStake));
  const ends = Uint8Array.from(names, (name) => (suppliers.has(name) ? 0 : 1));
  const strangers = almostKnown(knowledge.companies).flatMap((name) => number.get(name) ?? []);
  const strange = new Set(strangers);
  const top = topIn(graph, ends);
  return {
    ...{ names, number },
    reachOf: reachIn(graph, number, today, strangers),
    topOf: (company) => (strange.has(top(company)) ? -1 : top(company)),
  };

  function asStake({ owner, owned, percent, kind }: Ownership): Stake {
    const holder = owner === freeFloat ? nobody : number.get(today(owner))!;
    return { owner: holder, owned: number.get(owned)!, percent, decides: kind === "control" };
  }
}

function reachIn(
  graph: Ownerships,
  number: ReadonlyMap<string, number>,
  successor: (id: string) => string,
  strangers: readonly number[],
): Register["reachOf"] {
  const known = new WeakMap<ReadonlySet<string>, Reach>();
  return (listed) => {
    const held = known.get(listed) ?? find(new Set([...listed].map(successor)));
    known.set(listed, held);
    return held;
  };

  function find(today: ReadonlySet<string>): Reach {
    const by = [...today].flatMap((name) => number.get(name) ?? []);
    return { today, sure: surelyControlled(graph, by), maybe: maybeControlled(graph, [...by, ...strangers]) };
  }
}

function topIn(graph: Ownerships, ends: Uint8Array): Register["topOf"] {
  let found: Int32Array | undefined;
  return (company) => {
    found ??= tops(graph, ends);
    return found[company]!;
  };
}

/**
 * Holders that are almost a supplier of the tables, or almost another holder: they differ from an id, a legal name or a
 * name by case, white space and hyphens alone. Each may be a listed one, so what it controls may be controlled by that.
 */
export function almostKnown({ suppliers, owners }: Companies): readonly string[] {
  const holders = new Set([freeFloat, ...owners.map(({ owner }) => owner)]);
  const names = new Set([...suppliers.values()].map(({ name }) => name));
  const folded = Map.groupBy(new Set([...suppliers.keys(), ...names, ...holders]), fold);
  return [...holders].filter((holder) => {
    if (suppliers.has(holder) || holder === freeFloat) return false;
    return names.has(holder) || (folded.get(fold(holder))?.length ?? 0) > 1;
  });
}

function within(from: Day | null, until: Day | null, day: Day): boolean {
  return (from === null || from <= day) && (until === null || until >= day);
}
