/** Rows of the tables, as the parts of the network make them. */
export type Row = Readonly<Record<string, string | number | undefined>>;

export interface Parts {
  readonly sites: readonly Row[];
  readonly elements: readonly Row[];
  readonly relations: readonly Row[];
  readonly uses: readonly Row[];
}

export const nothing: Parts = { sites: [], elements: [], relations: [], uses: [] };

/** All rows of several parts, in their order. */
export function together(parts: readonly Parts[]): Parts {
  return {
    sites: parts.flatMap(({ sites }) => sites),
    elements: parts.flatMap(({ elements }) => elements),
    relations: parts.flatMap(({ relations }) => relations),
    uses: parts.flatMap(({ uses }) => uses),
  };
}

/** What equipment is, by any of its instances. */
export interface Kind {
  readonly maker: string;
  readonly product: string;
  readonly release: string;
  readonly functions: string;
}

/** An element in service since a day; its release came with it unless `releaseSince` says when. */
export function element(
  id: string,
  operator: string,
  site: string,
  { maker, product, release, functions }: Kind,
  since?: string,
  releaseSince: string | undefined = since,
): Row {
  const equipment = { maker, product, release, functions };
  return { id, operator, site, ...equipment, in_service_since: since, release_since: releaseSince };
}

/** One thing tied to another; `place` and `access` where people work on it. */
export function tie(from: string, kind: string, to: string, place?: string, access?: string): Row {
  return { from, kind, to, place, access };
}

/** A number with leading zeros, so that ids sort as they count. */
export function padded(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
