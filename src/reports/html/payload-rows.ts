import { visible } from "../../charts/svg.ts";
import type { SiteCounts } from "../../model/ports/store.ts";
import type { ReportData, ReportElement } from "../../model/report-data.ts";
import type { PayloadElements, PayloadSites, PayloadSort } from "./payload-shape.ts";
import { clipped, type Texts, writtenSize } from "./texts.ts";

const longestName = 200;
/** What a row takes besides its id, and a site besides its names: some numbers each. */
const rowSize = 24;
const siteSize = 50;

/**
 * Elements by column, as many as `most` characters hold. What they share (operator, maker, product, release, functions,
 * domain, kind, chain) stands once for all that share it; of the chains the first `chains` are in the page.
 */
export function payloadElements(texts: Texts, data: ReportData, chains: number, most: number): PayloadElements {
  const sorts: PayloadSort[] = [];
  const places = new Map<string, number>();
  const rows: { readonly row: ReportElement; readonly id: string; readonly sort: number }[] = [];
  const before = texts.size();
  let size = 0;
  for (const row of data.elements.rows) {
    const sort = sortOf(texts, row, data, chains);
    const key = sort.join();
    const known = places.get(key) ?? sorts.length;
    const id = visible(clipped(row.element, longestName));
    texts.place(row.site, longestName);
    size += writtenSize(id) + rowSize + (known === sorts.length ? key.length + 3 : 0);
    if (size + texts.size() - before > most) break;
    if (known === sorts.length) sorts.push(sort);
    places.set(key, known);
    rows.push({ row, id, sort: known });
  }
  return {
    total: data.elements.total,
    ids: rows.map(({ id }) => id),
    sort: rows.map(({ sort }) => sort),
    site: rows.map(({ row }) => texts.place(row.site, longestName)),
    file: rows.map(({ row }) => texts.place(row.place?.file ?? null)),
    line: rows.map(({ row }) => row.place?.line ?? 0),
    sorts,
  };
}

function sortOf(texts: Texts, row: ReportElement, { chains }: ReportData, held: number): PayloadSort {
  const kind = row.kind ?? (row.chain === undefined ? -1 : (chains.rows[row.chain]?.kind ?? -1));
  return [
    texts.place(row.operator, longestName),
    texts.place(row.maker, longestName),
    texts.place(row.product, longestName),
    texts.place(row.release, longestName),
    texts.place(row.functions, longestName),
    texts.place(row.domain),
    kind,
    row.chain !== undefined && row.chain < held ? row.chain : -1,
  ];
}

/** Points of the map by column, where they fall on the drawing, and their verdicts by kind; names as far as they fit. */
export function payloadSites(
  texts: Texts,
  { points, cell }: SiteCounts,
  at: readonly (readonly [x: number, y: number])[],
  most: number,
): PayloadSites {
  const before = texts.size();
  const named = (text: string | null) =>
    texts.size() - before > most - points.length * siteSize ? -1 : texts.place(text, longestName);
  return {
    cells: cell !== null,
    id: points.map(({ id }) => named(id)),
    name: points.map(({ name }) => named(name)),
    region: points.map(({ region }) => named(region)),
    x: at.map(([x]) => x),
    y: at.map(([, y]) => y),
    sites: points.map(({ sites }) => sites),
    counts: points.map(({ counts }) => counts.flatMap((count, kind) => (count > 0 ? [kind, count] : []))),
  };
}
