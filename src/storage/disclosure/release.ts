import type { Moved, Release, ViewHead, ViewName } from "../../model/ports/disclosure.ts";
import type { Sql, SqlRow, SqlValue } from "./sql.ts";

export const movedColumns = `SELECT r.seq, r.added, o.id, o.version, o.sha, c.key AS class_key,
  (SELECT d.seq FROM delivery d WHERE d.view = r.view AND d.seq = r.seq) AS sent
  FROM view_row r JOIN object o ON o.oid = r.oid JOIN class c ON c.cid = CASE WHEN r.cid = 0 THEN o.cid ELSE r.cid END`;

export function movedOf(row: SqlRow): Moved {
  return {
    seq: Number(row.seq),
    added: Number(row.added),
    id: String(row.id),
    version: String(row.version),
    sha256: String(row.sha),
    classKey: String(row.class_key),
    fetched: row.sent !== null,
  };
}

/** When a poster first stood in the view under the id of an object; who never did comes after, in the order of what may come now. */
const turnOf = (one: string) => `coalesce(
  (SELECT min(q.seq) FROM view_row q JOIN object y ON y.oid = q.oid WHERE q.view = ? AND y.id = ${one}.id AND y.poster = ${one}.poster),
  1000000000000 + (SELECT min(x.oid) FROM object x WHERE x.id = ${one}.id AND x.poster = ${one}.poster
    AND x.oid IN (SELECT oid FROM wanted)))`;
/** Whether \`p\` comes before \`o\` in a view: the originator, the partner itself, whom the view showed first. */
const comesBefore = `(p.poster = ? OR (o.poster <> ? AND (p.poster = ? OR (o.poster <> ? AND ${turnOf("p")} < ${turnOf("o")}))))`;
/** What a view showed keeps its id, but for what stood beside it when its poster deleted it. */
const holds = `EXISTS (SELECT 1 FROM view_row q WHERE q.view = ? AND q.oid = p.oid
  AND (q.gone IS NULL OR p.struck = 0 OR p.struck <= o.oid))`;

/** What is open and not in the view, of one poster for each id; what another showed of such an id is taken out. */
export async function release(
  sql: Sql,
  { collection, partner }: ViewName,
  head: ViewHead,
  { originator, opened, objects, now }: Release,
): Promise<{ readonly released: readonly Moved[]; readonly replaced: readonly Moved[] }> {
  const { texts, numbers } = sql.dialect;
  const base = Math.max(now, head.added + 1);
  const isCurrent = "(o.expires IS NULL OR o.expires > ?)";
  // What is told by name keeps the class 0, which no change of a condition takes back.
  const wanted = `SELECT seq, oid, max(cid) AS cid FROM (
       SELECT m.seq, m.oid, o.cid FROM member m JOIN object o ON o.oid = m.oid JOIN standing s ON s.cid = o.cid
         WHERE m.collection = ? AND m.seq > ? AND s.partner = ? AND s.state = 'open' AND ${isCurrent}
       UNION
       SELECT m.seq, m.oid, o.cid FROM object o JOIN member m ON m.oid = o.oid
         WHERE o.cid IN (${numbers}) AND m.collection = ? AND ${isCurrent}
       UNION
       SELECT m.seq, m.oid, 0 FROM object o JOIN member m ON m.oid = o.oid
         WHERE o.id IN (${texts}) AND m.collection = ? AND ${isCurrent}
           AND (o.poster = ? OR NOT EXISTS (SELECT 1 FROM object q WHERE q.id = o.id AND q.poster = ?))
     ) AS found
     WHERE NOT EXISTS (SELECT 1 FROM view_row r WHERE r.view = ? AND r.oid = found.oid AND r.gone IS NULL)
     GROUP BY seq, oid`;
  const values: readonly SqlValue[] = [
    ...[collection, head.seen, partner, now],
    ...[JSON.stringify(opened), collection, now],
    ...[JSON.stringify(objects), collection, now, originator, originator],
    head.view,
  ];
  const added = await sql.run(
    `WITH wanted AS (${wanted})
     INSERT INTO view_row (view, seq, oid, added, cid)
     SELECT CAST(? AS INTEGER), CAST(? AS INTEGER) + n, oid, CAST(? AS BIGINT) + n - 1, cid FROM (
       SELECT w.oid, w.cid, row_number() OVER (ORDER BY w.seq) AS n FROM wanted w JOIN object o ON o.oid = w.oid
       WHERE NOT EXISTS (
         SELECT 1 FROM object p WHERE p.id = o.id AND p.poster <> o.poster AND ${comesBefore}
           AND (${holds} OR p.oid IN (SELECT oid FROM wanted)))
     ) AS numbered`,
    [
      ...[...values, head.view, head.seq, base],
      ...[originator, originator, partner, partner, head.view, head.view, head.view],
    ],
  );
  if (added === 0) return { released: [], replaced: [] };
  await sql.run("UPDATE view SET seq = ?, added = ? WHERE view = ?", [head.seq + added, base + added - 1, head.view]);
  return {
    released: (
      await sql.all(`${movedColumns} WHERE r.view = ? AND r.seq > ? ORDER BY r.seq`, [head.view, head.seq])
    ).map(movedOf),
    replaced: await replace(sql, head, now),
  };
}

/** Rows of other posters whose id the newest rows show now. */
async function replace(sql: Sql, { view, seq }: ViewHead, now: number): Promise<readonly Moved[]> {
  const where = `r.view = ? AND r.gone IS NULL AND r.seq <= ? AND r.oid IN (
    SELECT p.oid FROM view_row q JOIN object n ON n.oid = q.oid JOIN object p ON p.id = n.id AND p.poster <> n.poster
    WHERE q.view = ? AND q.seq > ?)`;
  const gone = await sql.all(`${movedColumns} WHERE ${where} ORDER BY r.seq`, [view, seq, view, seq]);
  if (gone.length === 0) return [];
  const list = JSON.stringify(gone.map((row) => row.seq));
  await sql.run(`UPDATE view_row SET gone = ? WHERE view = ? AND gone IS NULL AND seq IN (${sql.dialect.numbers})`, [
    now,
    view,
    list,
  ]);
  return gone.map(movedOf);
}
