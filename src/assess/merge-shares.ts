import type { DependenceRow } from "../model/dependence.ts";
import type { Base, Held, Tally } from "../model/measure.ts";
import type { SharedOut, Shares, TouchedOut } from "../model/shares.ts";
import { countOnce } from "./count-once.ts";
import { type Head, rowsBehind, shown, type Ties } from "./dependence.ts";
import { segments } from "./dependence-plan.ts";
import { rowOfTouched, type Touched } from "./dependence-touched.ts";

/** Dependence rows from counts of several operators: nation, operators, regions; and how many elements were counted once for several. */
export interface Merged {
  readonly rows: readonly DependenceRow[];
  readonly sharedOnce: number;
}

const parts = ["", ...segments];
const channels: readonly TouchedOut["channel"][] = ["built", "maintained", "managed", "contains"];

/**
 * Adds up signed counts and tells them as an inventory would be told (`assess/dependence.ts`): shares, indices and spans come from the
 * same code. An element that several operators name by one hash counts once for the nation, by element; by site, and in the
 * channels in which it may have several holders, it counts for each of them.
 */
export function mergeShares(files: readonly Shares[], ties: Ties): Merged {
  const sorted = files.toSorted((a, b) => (a.operator < b.operator ? -1 : 1));
  const { files: corrected, sharedOnce } = countOnce(sorted);
  const rows = (some: readonly Shares[], scope: Omit<Head, "part" | "partKind">, region?: string) =>
    parts.flatMap((part) =>
      partRows(some, { ...scope, part, partKind: part === "" ? "all" : "segment" }, ties, region),
    );
  const regions = new Set(sorted.flatMap(({ shares = [] }) => shares.flatMap(({ region }) => region ?? [])));
  return {
    rows: [
      ...rows(corrected, { scope: "nation", name: "" }),
      ...sorted.flatMap((file) => rows([file], { scope: "operator", name: file.operator })),
      ...[...regions]
        .filter((name) => name !== "")
        .sort()
        .flatMap((name) => rows(corrected, { scope: "region", name }, name)),
    ],
    sharedOnce,
  };
}

function partRows(files: readonly Shares[], head: Head, ties: Ties, region?: string): readonly DependenceRow[] {
  const unread = files.reduce((sum, one) => sum + one.unread, 0);
  const tallyOf = (base: "element" | "site") => {
    const here = files.flatMap(({ operator, shares = [] }) =>
      pick(shares, head.part, base, region).map((out) => [operator, out] as const),
    );
    // What has no region may stand in any.
    const nowhere =
      region === undefined ? [] : files.flatMap(({ shares = [] }) => pick(shares, head.part, "element", ""));
    return mergeTallies(base, here, nowhere, unread);
  };
  const elements = tallyOf("element");
  if (elements.total === 0) return [];
  const sites = tallyOf("site");
  const made = [elements, ...(sites.total > 0 ? [sites] : [])].flatMap((tally) =>
    rowsBehind({ ties }, head, tally, elements),
  );
  return region === undefined ? [...made, ...channelRows(files, head, unread)] : made;
}

function pick(shares: readonly SharedOut[], part: string, base: Base, region: string | undefined) {
  return shares.filter((one) => one.part === part && one.base === base && one.region === region);
}

/** Several operators' counts of one part as one. Groups of one hashed product are one; without a hash each is by itself. */
function mergeTallies(
  base: "element" | "site",
  here: readonly (readonly [operator: string, SharedOut])[],
  nowhere: readonly SharedOut[],
  unread: number,
): Tally {
  const holders = new Map<string, Held>();
  const groups = new Map<string, Held>();
  let [free, adrift, joins, adds, loose, total] = [0, 0, 0, 0, 0, 0];
  let singles = { units: 0, low: 0, squares: 0, greatest: 0 };
  for (const [operator, out] of here) {
    for (const { name, ...held } of out.holders) add(holders, name, held);
    for (const [at, { product, ...held }] of out.groups.entries()) add(groups, product ?? `${operator} ${at}`, held);
    const own = out.singles;
    singles = {
      units: singles.units + own.units,
      low: singles.low + own.low,
      squares: singles.squares + own.squares,
      greatest: Math.max(singles.greatest, own.greatest),
    };
    for (const { units } of [...out.holders, ...out.groups, own]) total += units;
    [free, adrift, loose] = [free + out.free, adrift + out.adrift, loose + out.loose];
    [joins, adds] = [Math.max(joins, out.joins), Math.max(adds, out.adds)];
  }
  const open = nowhere.map((out) =>
    out.groups.reduce((sum, { units, may }) => sum + units + may, out.singles.units + out.loose),
  );
  const anybodys = unread + open.reduce((sum, units) => sum + units, 0);
  const elsewhere = nowhere.flatMap((out) => out.holders);
  if (base === "element") {
    loose += anybodys;
    for (const { name, units, may } of elsewhere) add(holders, name, { units: 0, low: 0, may: units + may });
  } else {
    adrift += elsewhere.reduce((sum, { units, may }) => sum + units + may, anybodys);
    if (adrift > 0) [joins, adds] = [Math.max(joins, 0.5), Math.max(adds, 1)];
  }
  const named = [...holders].map(([name, held]) => ({ name, ...held })).sort(byUnits);
  const unknown = [...groups].map(([name, held]) => ({ name, ...held })).sort(byUnits);
  return {
    base,
    total: Math.round(total * 1e4) / 1e4,
    holders: named,
    groups: unknown,
    singles,
    ...{ loose, free, adrift, joins, adds },
  };
}

function add(to: Map<string, Held>, name: string, more: Held): void {
  const { units, low, may } = to.get(name) ?? { units: 0, low: 0, may: 0 };
  to.set(name, { units: rounded(units + more.units), low: rounded(low + more.low), may: may + more.may });
}

function byUnits(a: Held & { readonly name: string }, b: Held & { readonly name: string }): number {
  return b.units - a.units || (a.name < b.name ? -1 : 1);
}

/** Sites are split into fractions, whose sums are whole only up to rounding. */
function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}

function channelRows(files: readonly Shares[], head: Head, unread: number): readonly DependenceRow[] {
  return channels.flatMap((channel): readonly DependenceRow[] => {
    const own = files.flatMap(({ touched = [] }) =>
      touched.filter((one) => one.part === head.part && one.channel === channel && one.region === undefined),
    );
    const row = rowOfTouched(touchedTogether(own, unread));
    if (!row || (row.holders.length === 0 && row.unknown === 0)) return [];
    return [{ by: "supplier", channel, ...head, base: "element", ...row, ...shown(row.holders) }];
  });
}

function touchedTogether(own: readonly TouchedOut[], unread: number): Touched {
  const holders = new Map<string, { units: number; open: number }>();
  for (const { name, units, open } of own.flatMap((one) => one.holders)) {
    const held = holders.get(name) ?? { units: 0, open: 0 };
    holders.set(name, { units: held.units + units, open: held.open + open });
  }
  const sum = (of: (one: TouchedOut) => number) => own.reduce((all, one) => all + of(one), 0);
  return {
    holders,
    total: sum(({ total }) => total),
    unknown: sum(({ unknown }) => unknown),
    open: sum(({ open }) => open),
    loose: sum(({ loose }) => loose) + unread,
  };
}
