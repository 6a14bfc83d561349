import { type CursorOf, readCursor, writeCursor } from "../../disclosure/taxii/cursor.ts";
import { type Query, readFilters } from "../../disclosure/taxii/query.ts";
import { formatMicros } from "../../disclosure/time.ts";
import type { RowFilter, ViewName, ViewRow } from "../../model/ports/disclosure.ts";
import type { Collection, Partner } from "../../model/sharing.ts";
import { foldId } from "../../model/stix-ids.ts";
import { bringUpToDate, type Desk, nowOf } from "./desk.ts";

const pageSize = 1000;

/** A page of a view, in the order in which its rows were added. */
export interface Page {
  readonly rows: readonly ViewRow[];
  /** Where to go on; absent: there is no more now. */
  readonly next?: string;
  readonly first: string;
  readonly last: string;
}

export interface Poll {
  readonly partner: Partner;
  readonly collection: Collection;
  readonly query: Query;
  /** The path asked for; a place in one resource is none in another. */
  readonly path: string;
  /** Id of the one object asked for. */
  readonly object?: string;
  /** Every version of it, whatever `match[version]` says. */
  readonly allVersions?: boolean;
  readonly manifest?: boolean;
}

/**
 * One page of what a partner may see, brought up to date first. Undefined: the object asked for is not there, or not for this
 * partner, which is the same. Throws `TaxiiProblem`.
 */
export async function poll(desk: Desk, key: Uint8Array, asked: Poll): Promise<Page | undefined> {
  const { partner, collection, query, path } = asked;
  const object = asked.object === undefined ? undefined : foldId(asked.object);
  const { limit = pageSize, next, ...wanted } = readFilters(query);
  const of: CursorOf = { partner: partner.id, path, query };
  const after = next === undefined ? 0 : readCursor(next, of, key);
  await bringUpToDate(desk, partner);
  const view = { collection: collection.id, partner: partner.id };
  const now = nowOf(desk);
  if (object !== undefined && (await desk.store.shownFrom(view, object, now)) === undefined) return undefined;
  const most = Math.min(limit, pageSize);
  const filter: RowFilter = {
    ...wanted,
    ...(wanted.ids && { ids: wanted.ids.map(foldId) }),
    ...(object !== undefined && { ids: [object] }),
    ...(asked.allVersions === true && { versions: "all" as const }),
    ...(asked.manifest === true && { manifest: true }),
    ...{ after, limit: most + 1, now },
  };
  const found = await desk.store.rows(view, filter);
  const rows = found.slice(0, most);
  const last = rows.at(-1);
  if (asked.manifest !== true) await noteFetched(desk, view, rows, now);
  const empty = formatMicros(wanted.addedAfter ?? 0);
  return {
    rows,
    ...(last && found.length > most && { next: writeCursor(last.seq, of, key) }),
    first: rows[0] ? formatMicros(rows[0].added) : empty,
    last: last ? formatMicros(last.added) : empty,
  };
}

/** What was sent has to be recalled if it is withdrawn, row by row; the rest can just go. */
async function noteFetched(desk: Desk, view: ViewName, rows: readonly ViewRow[], now: number): Promise<void> {
  const fresh = rows.filter(({ fetched }) => !fetched).map(({ seq }) => seq);
  if (fresh.length > 0) await desk.store.change((tx) => tx.fetched(view, fresh, now));
}
