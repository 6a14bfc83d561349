import type { Tally } from "../model/measure.ts";
import type { Region } from "../model/network.ts";
import type { SharedOut, Shares } from "../model/shares.ts";
import { peopleOfCells } from "./dependence-people.ts";

/** A regions table, as an authority has it: what it says goes before what operators say. */
export type RegionsTable = readonly Region[];

/** Whose people stand behind an operator's counts: of one network, or of the nation, in which each person counts once. */
export interface PeopleWeighed {
  readonly known: boolean;
  /** Regions whose people are known. */
  readonly regions: ReadonlySet<string>;
  /** Rows in which an operator's part of a region's people is told, as people; and what nothing is known of besides. */
  readonly weigh: (operator: string, out: SharedOut) => SharedOut;
  readonly swing: (region: string | undefined) => Pick<Tally, "joins" | "adds"> & { readonly free: number };
}

const million = 1_000_000;

/** Regions in which operators have radio sites or may have some, with their people: null where nobody says, or they differ. */
export function regionsOf(files: readonly Shares[], table: RegionsTable): readonly Region[] {
  const said = Map.groupBy(
    files.flatMap(({ regions = [] }) => regions),
    ({ name }) => name,
  );
  const own = new Map(table.map((one) => [one.name, one]));
  return [...said].sort(byName).map(([name, all]): Region => {
    const known = own.get(name);
    if (known && known.people !== null) return known;
    const [first] = all;
    const people = all.every((one) => one.people === first?.people) ? (first?.people ?? null) : null;
    return { name, people, year: first?.year ?? null, source: first?.source ?? null };
  });
}

/** The people behind the counts of some operators: of one alone, or with what they serve together shared out among them. */
export function weighPeople(files: readonly Shares[], regions: readonly Region[], nation: boolean): PeopleWeighed {
  const wide = regions.length;
  const number = new Map(regions.map(({ name }, at) => [name, at]));
  const radio = new Float64Array(files.length * wide);
  const maybe = new Float64Array(files.length * wide);
  for (const [operator, { regions: own = [] }] of files.entries())
    for (const { name, ...told } of own) {
      radio[operator * wide + number.get(name)!] = told.radio;
      maybe[operator * wide + number.get(name)!] = told.maybe;
    }
  const operators = files.map(({ operator: id, customers = null }) => ({ id, customers }));
  const { people, largest, known } = peopleOfCells(operators, regions, radio, maybe, nation);
  const cells = (region: number) => files.map((_, operator) => operator * wide + region);
  // An operator may serve it or not: then it is not known how its people are shared out.
  const unclear = regions.map((_, at) => nation && cells(at).some((cell) => radio[cell] === 0 && maybe[cell]! > 0));
  const all = [...regions.keys()];
  const most = Math.max(0, ...largest);
  return {
    known: known.every(Boolean),
    regions: new Set(regions.flatMap(({ name, people: there }) => (there === null ? [] : [name]))),
    weigh: (operator, out) => {
      const at = number.get(out.region ?? "");
      const cell = at === undefined ? 0 : files.findIndex((one) => one.operator === operator) * wide + at;
      return at === undefined ? scaled(out, 0, false) : scaled(out, people[cell]! / million, unclear[at]!);
    },
    swing: (region) => {
      const at = region === undefined ? undefined : number.get(region);
      const here = at === undefined ? all.filter((one) => unclear[one]) : unclear[at] ? [at] : [];
      const free = here.flatMap(cells).reduce((sum, cell) => sum + people[cell]!, 0);
      return { free, joins: most, adds: most };
    },
  };
}

function scaled(out: SharedOut, factor: number, unclear: boolean): SharedOut {
  const least = unclear ? 0 : factor;
  const held = <T extends { readonly units: number; readonly low: number }>(one: T): T => ({
    ...one,
    units: one.units * factor,
    low: one.low * least,
  });
  const { squares, greatest } = out.singles;
  return {
    ...out,
    holders: out.holders.map(held),
    groups: out.groups.map(held),
    singles: { ...held(out.singles), squares: squares * least ** 2, greatest: greatest * least },
    free: out.free * least,
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
