import type { KindRow, ListedElement } from "../../model/ports/store.ts";
import { giveKinds, keepAnswers } from "./answers.ts";
import type { Database } from "./database.ts";
import { type Origin, placesOf } from "./lookup.ts";

type Stored = Omit<ListedElement, "place"> & { readonly file: number; readonly row: number };

export interface Listed {
  readonly total: number;
  readonly rows: readonly ListedElement[];
}

/**
 * The first `most` of (element, operator) whose question has a kind, by kind, element and operator, and how many there
 * are in all. `origin`: to name file and line of each, if that is asked for.
 */
export async function listByKind(
  db: Database,
  kinds: readonly KindRow[],
  most: number,
  sites: boolean,
  origin?: Origin,
): Promise<Listed> {
  if (!sites) await keepAnswers(db);
  await giveKinds(db, kinds);
  const counts = await db.rows<{ kind: number; n: number }>(`
    select k.kind, sum(p.n) as n from posed p join kind_of k using (equipment, maintenance) group by k.kind order by k.kind`);
  const total = sumOf(counts);
  if (total === 0 || most === 0) return { total, rows: [] };
  // What lies beyond the kinds that fill the list need not be sorted.
  const last = counts.findLast((_, at) => sumOf(counts.slice(0, at)) < most)!.kind;
  await db.run(`create or replace table listed as
    select a.*, k.kind, r.operator, r.domain, r.tuple as equipment, r.key
    from answered a join kind_in k using (range, maintenance) join ranged r on r.n = a.range where k.kind <= ${last}
    order by k.kind, a.id, r.operator, a.file limit ${most}`);
  const rows = await db.rows<{ [name in keyof Stored]: Stored[name] }>(`
    select l.id as element, l.operator, ${sites ? "coalesce(s.id, o.site)" : "null"} as site, e.maker, e.product, e.release,
      e.functions, l.domain, l.equipment, l.maintenance, l.file, l."row"::double as "row"
    from listed l join equipment e using (key) left join spot s on s.n = l.spot left join (${otherSites}) o on o.id = l.id
    order by l.kind, l.id, l.operator, l.file`);
  const places = origin && (await placesOf(rows, origin, Infinity));
  const shown = rows.map(({ file: _, row: __, ...element }, at): ListedElement => {
    const { file, line } = places?.[at] ?? {};
    return file === undefined || line === undefined ? element : { ...element, place: { file, line } };
  });
  return { total, rows: shown };
}

/** Sites that the sites table does not have are not numbered: their texts are looked up. */
const otherSites =
  "select id, any_value(site) as site from assessed where id in (select id from listed where spot is null) group by id";

function sumOf(counts: readonly { readonly n: number }[]): number {
  return counts.reduce((sum, { n }) => sum + n, 0);
}
