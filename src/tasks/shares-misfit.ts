import type { SharedElement, SharedOut, Shares, TouchedOut } from "../model/shares.ts";

/** Parts of sites are told to a millionth. */
const slack = 1e-3;
const million = 1_000_000;

/**
 * Why counts cannot be those of any network, which a schema cannot say; undefined if they may be. An operator may still sign what is
 * not true: this finds what contradicts itself.
 */
export function sharesMisfit(told: Shares): string | undefined {
  const {
    shares = [],
    touched = [],
    nationShares,
    nationTouched = [],
    shared = [],
    products = [],
    regions = [],
  } = told;
  const left = shared.filter(({ first }) => !first).length;
  return (
    repeated(
      "shared element",
      shared.map(({ element }) => element),
    ) ??
    (told.traffic === true || !shares.some(({ base }) => base === "traffic")
      ? undefined
      : "tells traffic that it says it cannot tell") ??
    repeated(
      "region",
      regions.map(({ name }) => name),
    ) ??
    repeated(
      "product",
      products.map(({ product }) => product),
    ) ??
    misfitOfCounts(shares, touched, told.elements) ??
    misfitOfShared(shares, shared) ??
    (nationShares === undefined && nationTouched.length === 0 && left === 0
      ? undefined
      : within("for the nation: ", misfitOfCounts(nationShares ?? [], nationTouched, told.elements - left)))
  );
}

function within(what: string, why: string | undefined): string | undefined {
  return why === undefined ? undefined : `${what}${why}`;
}

function misfitOfCounts(
  shares: readonly SharedOut[],
  touched: readonly TouchedOut[],
  elements: number,
): string | undefined {
  const totals = new Map(shares.map((out) => [cellOf(out, out.base), unitsOf(out)]));
  return (
    repeated("part", [
      ...shares.map((out) => cellOf(out, out.base)),
      ...touched.map((one) => cellOf(one, one.channel)),
    ]) ??
    first(shares, (out) => misfitOfPart(out, totals)) ??
    first(touched, (one) => misfitOfChannel(one, totals)) ??
    misfitOfRegions(shares) ??
    misfitOfWhole(totals, elements)
  );
}

function misfitOfPart(out: SharedOut, totals: ReadonlyMap<string, number>): string | undefined {
  const where = nameOf(out);
  const { holders, groups, singles, base } = out;
  const again =
    repeated(
      "holder",
      holders.map(({ name }) => name),
    ) ??
    repeated(
      "group",
      groups.flatMap(({ product }) => product ?? []),
    );
  if (again !== undefined) return `${where}: ${again}`;
  const held = [...holders, ...groups, singles];
  if (held.some(({ units, low }) => low > units + slack)) return `${where}: \`low\` above \`units\``;
  if (
    singles.squares > singles.units * Math.max(1, singles.units) + slack ||
    singles.greatest > Math.max(1, singles.units) + slack
  )
    return `${where}: squares of single elements above their sum`;
  const elements = totals.get(cellOf(out, "element")) ?? 0;
  if (base === "site" && unitsOf(out) > elements + slack) return `${where}: more sites than its ${elements} elements`;
  if (base === "people" && (out.region === undefined || unitsOf(out) > million + slack))
    return `${where}: more people than a million of a million`;
  if (base === "element" && held.some(({ units }) => !Number.isInteger(units))) return `${where}: parts of elements`;
  return undefined;
}

function misfitOfChannel(one: TouchedOut, totals: ReadonlyMap<string, number>): string | undefined {
  const where = `${nameOf(one)}, ${one.channel}`;
  const elements = totals.get(cellOf(one, "element")) ?? 0;
  if (one.total !== elements) return `${where}: ${one.total} elements, where made tells ${elements}`;
  const again = repeated(
    "holder",
    one.holders.map(({ name }) => name),
  );
  if (again !== undefined) return `${where}: ${again}`;
  const more = [one.unknown, one.open, ...one.holders.map(({ units }) => units)].some((units) => units > one.total);
  return more || one.holders.some(({ units, open }) => open > units)
    ? `${where}: more than its ${one.total} elements`
    : undefined;
}

/** Each element stands in one region, if in that which has no name. */
function misfitOfRegions(shares: readonly SharedOut[]): string | undefined {
  const sums = new Map<string, number>();
  for (const out of shares) {
    if (out.base !== "element" && out.base !== "site") continue;
    const sign = out.region === undefined ? 1 : -1;
    const key = cellOf({ part: out.part }, out.base);
    sums.set(key, (sums.get(key) ?? 0) + sign * unitsOf(out));
  }
  // Rounding adds up over regions.
  const most = slack * Math.max(1, shares.length);
  const [cell] = [...sums].find(([, difference]) => Math.abs(difference) > most) ?? [];
  return cell === undefined ? undefined : `its regions do not add up: ${cell}`;
}

function misfitOfWhole(totals: ReadonlyMap<string, number>, elements: number): string | undefined {
  const whole = totals.get(cellOf({ part: "" }, "element")) ?? 0;
  return whole === elements ? undefined : `counts ${whole} elements of ${elements}`;
}

/** No holder has fewer elements than it has shared ones. */
function misfitOfShared(shares: readonly SharedOut[], shared: readonly SharedElement[]): string | undefined {
  const told = new Map<string, number>(
    shares.flatMap((out) =>
      out.base === "element"
        ? out.holders.map(({ name, units }) => [`${cellOf(out, "element")} ${name}`, units] as const)
        : [],
    ),
  );
  const counts = new Map<string, number>();
  for (const { parts, region, maker } of shared)
    for (const part of maker === undefined ? [] : new Set(["", ...parts])) {
      const key = `${cellOf({ part, region }, "element")} ${maker}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const [cell] = [...counts].find(([key, count]) => count > (told.get(key) ?? 0)) ?? [];
  return cell === undefined ? undefined : `more shared elements than elements: ${cell}`;
}

interface Where {
  readonly part: string;
  readonly region?: string | undefined;
}

function cellOf({ part, region }: Where, what: string): string {
  return JSON.stringify([part, region ?? null, what]);
}

function nameOf({ part, region }: Where): string {
  return `part \`${part}\`${region === undefined ? "" : ` in \`${region}\``}`;
}

function unitsOf({ holders, groups, singles }: SharedOut): number {
  return [...holders, ...groups].reduce((sum, { units }) => sum + units, singles.units);
}

function repeated(what: string, names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  const again = names.find((name) => seen.size === seen.add(name).size);
  return again === undefined ? undefined : `tells a ${what} twice: ${again}`;
}

function first<T>(some: readonly T[], why: (one: T) => string | undefined): string | undefined {
  for (const one of some) {
    const found = why(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
