import type { Exposure, ExposureRow, Seen } from "../../../model/exposure.ts";
import type { Span } from "../../../model/measure.ts";

/** Suppliers that rows tell of, most exposed first. */
export function toldSuppliers({ rows }: Exposure): readonly string[] {
  return [...new Set(rows.filter(({ scope }) => scope === "nation").map(({ supplier }) => supplier))];
}

/** Whether shares of people's traffic are known; else those of all traffic stand in their place. */
export function tellsPeople({ rows }: Exposure): boolean {
  return rows.some(({ scope, people }) => scope === "nation" && people !== null);
}

/** What a row says in the base that the section shows; undefined where that is not told. */
export function seenIn(row: ExposureRow | undefined, people: boolean): Seen | undefined {
  return (people ? row?.people : row?.traffic) ?? undefined;
}

/** In the mean of equal paths, by region, through any channel. */
export function expectedByRegion({ rows }: Exposure, supplier: string, people: boolean): ReadonlyMap<string, Span> {
  const own = rows.filter((row) => row.supplier === supplier && row.scope === "region" && row.channel === "any");
  return new Map(
    own.flatMap((row) => {
      const seen = seenIn(row, people);
      return seen ? [[row.name, seen.expected] as const] : [];
    }),
  );
}
