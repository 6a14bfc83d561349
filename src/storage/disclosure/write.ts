import type { DisclosureWriter, ViewHead, ViewName } from "../../model/ports/disclosure.ts";
import { classOf, insert, moveToEnd, pointersOf, strike } from "./objects.ts";
import { objectColumns, objectOf, objectTables, reads } from "./read.ts";
import { movedColumns, movedOf, release } from "./release.ts";
import type { Sql } from "./sql.ts";
import { metaOf } from "./tables.ts";

/** Reads and writes of one transaction. */
export function writes(sql: Sql): DisclosureWriter {
  const { texts, numbers } = sql.dialect;
  const reader = reads(sql);
  const touch = async () => {
    await sql.run("UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'changes'");
  };
  const headOf = (view: ViewName) => openView(sql, view, reader.head);
  return {
    ...reader,
    touch,
    classOf: (key) => classOf(sql, key),
    insert: (objects) => insert(sql, objects),
    enlist: async (collection, oids) => {
      const added = await sql.run(
        `INSERT INTO member (collection, seq, oid)
         SELECT ?, (SELECT coalesce(max(seq), 0) FROM member WHERE collection = ?) + row_number() OVER (ORDER BY o.oid), o.oid
         FROM object o WHERE o.oid IN (${numbers})
           AND NOT EXISTS (SELECT 1 FROM member m WHERE m.oid = o.oid AND m.collection = ?)`,
        [collection, collection, JSON.stringify(oids), collection],
      );
      if (added > 0) await touch();
    },
    strike: (collection, oids, now) => strike(sql, collection, oids, now).finally(touch),
    linesOf: async (poster, ids) =>
      (
        await sql.all(
          `SELECT ${objectColumns} FROM ${objectTables}
           WHERE o.id IN (${texts}) AND o.poster = ? AND o.private = 0 ORDER BY o.oid`,
          [JSON.stringify(ids), poster],
        )
      ).map(objectOf),
    shownTo: async (partner, collections, ids, now) => {
      const rows = await sql.all(
        `SELECT DISTINCT ${objectColumns} FROM ${objectTables} JOIN view_row r ON r.oid = o.oid JOIN view v ON v.view = r.view
         WHERE o.id IN (${texts}) AND o.poster <> ? AND v.partner = ? AND v.collection IN (${texts}) AND r.gone IS NULL
           AND (o.expires IS NULL OR o.expires > ?) ORDER BY o.oid`,
        [JSON.stringify(ids), partner, partner, JSON.stringify(collections), now],
      );
      const shown = rows.map(objectOf);
      const places = await membersOf(
        sql,
        shown.map(({ oid }) => oid),
      );
      return shown.map((one) => ({ ...one, collections: places.get(one.oid) ?? [] }));
    },
    placesOf: async (poster, ids) => {
      const rows = await sql.all(
        `SELECT DISTINCT o.id, m.collection FROM object o JOIN member m ON m.oid = o.oid
         WHERE o.id IN (${texts}) AND o.poster = ? AND o.private = 0 ORDER BY o.id, m.collection`,
        [JSON.stringify(ids), poster],
      );
      const groups = Map.groupBy(rows, ({ id }) => String(id));
      return new Map([...groups].map(([id, list]) => [id, list.map(({ collection }) => String(collection))]));
    },
    pointersOf: (oids) => pointersOf(sql, oids),
    pointing: async (poster, ids, how) =>
      (
        await sql.all(
          `SELECT DISTINCT ${objectColumns} FROM ${objectTables} JOIN reference f ON f.oid = o.oid
           WHERE f.how = ? AND f.target IN (${texts}) AND o.poster = ? AND o.private = 0 ORDER BY o.oid`,
          [how, JSON.stringify(ids), poster],
        )
      ).map(objectOf),
    lesserOf: async (poster, ids) =>
      (
        await sql.all(
          `SELECT ${objectColumns} FROM ${objectTables} WHERE o.poster = ? AND o.private = 0 AND o.id IN (
             SELECT f.target FROM reference f JOIN object p ON p.oid = f.oid
             WHERE f.how = 'tearline' AND p.poster = ? AND p.id IN (${texts})) ORDER BY o.oid`,
          [poster, poster, JSON.stringify(ids)],
        )
      ).map(objectOf),
    sharedIds: async (ids) =>
      (
        await sql.all(
          `SELECT id FROM object WHERE id IN (${texts}) AND private = 0 GROUP BY id HAVING count(DISTINCT poster) > 1`,
          [JSON.stringify(ids)],
        )
      ).map(({ id }) => String(id)),
    variantOf: async (id) => {
      const [row] = await sql.all("SELECT oid FROM object WHERE id = ? AND private = 1", [id]);
      return row && Number(row.oid);
    },
    reclass: async (oids, key, own) => {
      const list = JSON.stringify(oids);
      await sql.run(`UPDATE object SET cid = ?, own = ? WHERE oid IN (${numbers})`, [
        await classOf(sql, key),
        await classOf(sql, own),
        list,
      ]);
      await moveToEnd(sql, list);
      await touch();
    },
    setStanding: async (partner, classId, standing, now) => {
      await sql.run(
        `INSERT INTO standing (partner, cid, state, since) VALUES (?, ?, ?, ?)
         ON CONFLICT (partner, cid) DO UPDATE SET state = excluded.state, since = excluded.since`,
        [partner, classId, standing, now],
      );
    },
    withdraw: async (view, classIds, now) => {
      const { view: number } = await headOf(view);
      const list = JSON.stringify(classIds);
      const where = `r.view = ? AND r.gone IS NULL AND r.cid IN (${numbers})`;
      const gone = await sql.all(`${movedColumns} WHERE ${where} ORDER BY r.seq`, [number, list]);
      if (gone.length > 0) {
        await sql.run(`UPDATE view_row SET gone = ? WHERE view = ? AND gone IS NULL AND cid IN (${numbers})`, [
          now,
          number,
          list,
        ]);
      }
      return gone.map(movedOf);
    },
    release: async (view, given) => release(sql, view, await headOf(view), given),
    withheld: async (view, seen) =>
      (
        await sql.all(
          `SELECT o.id, o.version, o.sha, c.key AS class_key FROM member m JOIN object o ON o.oid = m.oid JOIN class c ON c.cid = o.cid
           LEFT JOIN standing s ON s.partner = ? AND s.cid = o.cid
           WHERE m.collection = ? AND m.seq > ? AND (s.state IS NULL OR s.state <> 'open') ORDER BY m.seq`,
          [view.partner, view.collection, seen],
        )
      ).map((row) => ({
        id: String(row.id),
        version: String(row.version),
        sha256: String(row.sha),
        classKey: String(row.class_key),
      })),
    redactable: async (view) => {
      const { view: number } = await headOf(view);
      const rows = await sql.all(
        `SELECT ${objectColumns} FROM ${objectTables} JOIN member m ON m.oid = o.oid
         JOIN standing s ON s.partner = ? AND s.cid = o.cid JOIN standing t ON t.partner = ? AND t.cid = o.own
         WHERE o.redact = 1 AND m.collection = ? AND s.state <> 'open' AND t.state = 'open'
           AND NOT EXISTS (SELECT 1 FROM view_row r WHERE r.view = ? AND r.oid = o.oid AND r.gone IS NULL) ORDER BY m.seq`,
        [view.partner, view.partner, view.collection, number],
      );
      return rows.map(objectOf);
    },
    variants: async (view) => {
      const { view: number } = await headOf(view);
      const rows = await sql.all(
        `SELECT r.seq, o.id, f.target FROM view_row r JOIN object o ON o.oid = r.oid JOIN reference f ON f.oid = o.oid AND f.how = 'variant'
         WHERE r.view = ? AND r.gone IS NULL ORDER BY r.seq`,
        [number],
      );
      return rows.map((row) => ({ seq: Number(row.seq), id: String(row.id), of: String(row.target) }));
    },
    takeOut: async (view, seqs, now) => {
      const { view: number } = await headOf(view);
      await sql.run(`UPDATE view_row SET gone = ? WHERE view = ? AND gone IS NULL AND seq IN (${numbers})`, [
        now,
        number,
        JSON.stringify(seqs),
      ]);
    },
    place: async (view, oid, now) => {
      const head = await headOf(view);
      const [seq, added] = [head.seq + 1, Math.max(now, head.added + 1)];
      await sql.run("INSERT INTO view_row (view, seq, oid, added, cid) VALUES (?, ?, ?, ?, 0)", [
        head.view,
        seq,
        oid,
        added,
      ]);
      await sql.run("UPDATE view SET seq = ?, added = ? WHERE view = ?", [seq, added, head.view]);
      const [row] = await sql.all(`${movedColumns} WHERE r.view = ? AND r.seq = ?`, [head.view, seq]);
      return movedOf(row!);
    },
    markSeen: async (view) => {
      const { view: number } = await headOf(view);
      await sql.run(
        "UPDATE view SET seen = (SELECT coalesce(max(seq), 0) FROM member WHERE collection = ?) WHERE view = ?",
        [view.collection, number],
      );
    },
    markUnseen: async (view) => {
      const { view: number } = await headOf(view);
      await sql.run("UPDATE view SET seen = 0 WHERE view = ?", [number]);
    },
    viewsOf: async (partner) =>
      (await sql.all("SELECT collection FROM view WHERE partner = ? ORDER BY view", [partner])).map(({ collection }) =>
        String(collection),
      ),
    fetched: async (view, seqs, now) => {
      const { view: number } = await headOf(view);
      await sql.run(
        `INSERT INTO delivery (view, seq, at) SELECT CAST(? AS INTEGER), given.value, CAST(? AS BIGINT) FROM (${numbers}) AS given
         WHERE true ON CONFLICT (view, seq) DO NOTHING`,
        [number, now, JSON.stringify(seqs)],
      );
    },
    putStatement: async ({ sha256, kind, partner, received, envelope }) => {
      await sql.run(
        "INSERT INTO statement (sha, kind, partner, received, envelope) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha) DO NOTHING",
        [sha256, kind, partner, received, envelope],
      );
      await touch();
    },
    putStatus: async ({ id, partner, created, body }, keepAfter) => {
      await sql.run("DELETE FROM status WHERE created < ?", [keepAfter]);
      await sql.run(
        `INSERT INTO status (id, partner, created, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
        [id, partner, created, body],
      );
    },
    secret: async (name, fresh) => {
      const key = `secret ${name}`;
      const known = await metaOf(sql, key);
      if (known !== undefined) return known;
      const made = fresh();
      await sql.run("INSERT INTO meta (key, value) VALUES (?, ?)", [key, made]);
      return made;
    },
    note: async (name, value) => {
      await sql.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [`noted ${name}`, String(value)],
      );
    },
    skipRows: async () => {
      await sql.run("UPDATE view SET seq = seq + 1000000");
    },
    setToken: async (partner, hash, made) => {
      await sql.run("INSERT INTO token (hash, partner, made) VALUES (?, ?, ?)", [hash, partner, made]);
      await touch();
    },
    dropTokens: async (partner) => {
      await touch();
      return sql.run("DELETE FROM token WHERE partner = ?", [partner]);
    },
  };
}

/** Collections that hold each object. */
async function membersOf(sql: Sql, oids: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  if (oids.length === 0) return new Map();
  const rows = await sql.all(
    `SELECT oid, collection FROM member WHERE oid IN (${sql.dialect.numbers}) ORDER BY oid, collection`,
    [JSON.stringify(oids)],
  );
  const groups = Map.groupBy(rows, ({ oid }) => Number(oid));
  return new Map([...groups].map(([oid, list]) => [oid, list.map(({ collection }) => String(collection))]));
}

async function openView(
  sql: Sql,
  view: ViewName,
  headOf: (view: ViewName) => Promise<ViewHead | undefined>,
): Promise<ViewHead> {
  const known = await headOf(view);
  if (known) return known;
  await sql.run(
    "INSERT INTO view (view, collection, partner, seq, added, seen) SELECT coalesce(max(view), 0) + 1, ?, ?, 0, 0, 0 FROM view",
    [view.collection, view.partner],
  );
  return (await headOf(view))!;
}
