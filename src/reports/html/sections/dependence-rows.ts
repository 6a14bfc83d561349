import type { Dependence, DependenceRow } from "../../../model/dependence.ts";
import type { Base, Span } from "../../../model/measure.ts";
import { exactly } from "../amounts.ts";

/** Segments that the tables of shares show. */
export const shownSegments = ["access", "transport", "core"] as const;

/** Who made one segment, in one base: of the nation first, then of each operator. */
export function madeRows({ rows }: Dependence, segment: string, base: Base): readonly DependenceRow[] {
  const found = rows.filter(
    (row) =>
      row.by === "supplier" &&
      row.channel === "made" &&
      row.partKind === "segment" &&
      row.part === segment &&
      row.base === base &&
      row.scope !== "region",
  );
  return found.toSorted((a, b) => Number(a.scope === "operator") - Number(b.scope === "operator"));
}

/**
 * A holder's share in a row. Whoever is not among those listed has at most what nobody is known to have; undefined where
 * even that is not told.
 */
export function shareIn(row: DependenceRow, holder: string): Span | undefined {
  const own = row.holders.find(({ name }) => name === holder);
  if (own) return own.share;
  if (row.moreHolders > 0) return undefined;
  if (row.total + row.unplaced === 0 || row.unknown + row.unplaced === 0) return exactly(0);
  // Elements that are not placed are counted as such: in other bases a listed holder, who may have all of it too, bounds it.
  const most =
    row.base === "element"
      ? (100 * (row.unknown + row.unplaced)) / (row.total + row.unplaced)
      : Math.min(100, ...row.holders.map(({ share }) => share.most));
  return { least: 0, most };
}

/** Holders of several rows, those with the greatest sure share in the first of them first. */
export function holdersOf(rows: readonly DependenceRow[]): readonly string[] {
  const greatest = new Map<string, readonly [first: number, any: number]>();
  for (const [at, { holders }] of rows.entries()) {
    for (const { name, share } of holders) {
      const [first, any] = greatest.get(name) ?? [0, 0];
      greatest.set(name, [at === 0 ? share.least : first, Math.max(any, share.least)]);
    }
  }
  return [...greatest].sort(([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || (a < b ? -1 : 1)).map(([name]) => name);
}
