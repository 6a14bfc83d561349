import type {
  DisclosureWriter,
  Moved,
  NewObject,
  RowFilter,
  ViewHead,
  ViewName,
} from "../../model/ports/disclosure.ts";
import { objectColumns, objectOf, objectTables, reads } from "./read.ts";
import type { Sql, SqlRow } from "./sql.ts";
import { metaOf } from "./tables.ts";

/** Reads and writes of one transaction. */
export function writes(sql: Sql): DisclosureWriter {
  const { texts, numbers } = sql.dialect;
  const reader = reads(sql);
  const touch = async () => {
    await sql.run("UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'changes'");
  };
  const headOf = (view: ViewName) => openView(sql, view, reader.head);
  const byIds = (ids: readonly string[], extra: string) =>
    sql.all(`SELECT ${objectColumns} FROM ${objectTables} WHERE o.id IN (${texts}) ${extra}`, [JSON.stringify(ids)]);
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
    strike: (collection, id, versions, specs, now) =>
      strike(sql, { collection, id, versions, specs, now }).finally(touch),
    latest: async (ids) =>
      (
        await byIds(
          ids,
          `AND o.quarantined = 0 AND NOT EXISTS (SELECT 1 FROM object p
             WHERE p.id = o.id AND p.quarantined = 0 AND (p.version_key > o.version_key OR (p.version_key = o.version_key AND p.oid > o.oid)))
           ORDER BY o.oid`,
        )
      ).map(objectOf),
    stored: async (ids) => (await byIds(ids, "ORDER BY o.oid")).map(objectOf),
    pointing: async (ids, how) =>
      (
        await sql.all(
          `SELECT DISTINCT ${objectColumns} FROM ${objectTables} JOIN reference f ON f.oid = o.oid
           WHERE f.how = ? AND f.target IN (${texts}) ORDER BY o.oid`,
          [how, JSON.stringify(ids)],
        )
      ).map(objectOf),
    reclass: async (oids, key, own) => {
      const [cid, list] = [await classOf(sql, key), JSON.stringify(oids)];
      await sql.run(`UPDATE object SET cid = ? WHERE oid IN (${numbers})`, [cid, list]);
      if (own !== undefined) {
        await sql.run(`UPDATE object SET own = ? WHERE oid IN (${numbers})`, [await classOf(sql, own), list]);
      }
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
    release: async (view, opened, objects, now) => release(sql, view, await headOf(view), { opened, objects, now }),
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
    fetched: async (view, seq, now) => {
      const { view: number } = await headOf(view);
      await sql.run("UPDATE view SET fetched = ? WHERE view = ? AND fetched < ?", [seq, number, seq]);
      await sql.run("INSERT INTO delivery (view, seq, at) VALUES (?, ?, ?) ON CONFLICT (view, seq) DO NOTHING", [
        number,
        seq,
        now,
      ]);
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

const movedColumns = `SELECT r.seq, r.added, o.id, o.version, o.sha, c.key AS class_key
  FROM view_row r JOIN object o ON o.oid = r.oid JOIN class c ON c.cid = o.cid`;

function movedOf(row: SqlRow): Moved {
  return {
    seq: Number(row.seq),
    added: Number(row.added),
    id: String(row.id),
    version: String(row.version),
    sha256: String(row.sha),
    classKey: String(row.class_key),
  };
}

async function classOf(sql: Sql, key: string): Promise<number> {
  const [known] = await sql.all("SELECT cid FROM class WHERE key = ?", [key]);
  if (known) return Number(known.cid);
  const [row] = await sql.all(
    "INSERT INTO class (cid, key) SELECT coalesce(max(cid), 0) + 1, ? FROM class RETURNING cid",
    [key],
  );
  return Number(row!.cid);
}

async function openView(
  sql: Sql,
  view: ViewName,
  headOf: (view: ViewName) => Promise<ViewHead | undefined>,
): Promise<ViewHead> {
  const known = await headOf(view);
  if (known) return known;
  await sql.run(
    "INSERT INTO view (view, collection, partner, seq, added, seen, fetched) SELECT coalesce(max(view), 0) + 1, ?, ?, 0, 0, 0, 0 FROM view",
    [view.collection, view.partner],
  );
  return (await headOf(view))!;
}

/** Rows go to the database as one JSON text, so a batch is three statements however many it has. */
async function insert(sql: Sql, objects: readonly NewObject[]): Promise<readonly number[]> {
  const [top] = await sql.all("SELECT coalesce(max(oid), 0) AS oid FROM object");
  const first = Number(top?.oid ?? 0) + 1;
  const cids = new Map<string, number>();
  for (const { classKey, ownClassKey } of objects) {
    for (const key of [classKey, ownClassKey]) if (!cids.has(key)) cids.set(key, await classOf(sql, key));
  }
  const rows = objects.map((one, at) => [
    ...[first + at, one.id, one.type, one.version, one.versionKey, one.specVersion, one.sha256],
    ...[cids.get(one.classKey)!, cids.get(one.ownClassKey)!, one.expires ?? null, one.poster],
    ...[one.redact ? 1 : 0, one.quarantined ? 1 : 0, one.tearline ?? null, one.text],
  ]);
  await sql.run(
    `INSERT INTO object (oid, id, type, version, version_key, spec, sha, cid, own, expires, poster, redact, quarantined, tearline, body)
     SELECT CAST(c0 AS INTEGER), c1, c2, c3, c4, c5, c6, CAST(c7 AS INTEGER), CAST(c8 AS INTEGER), CAST(c9 AS BIGINT), c10,
       CAST(c11 AS INTEGER), CAST(c12 AS INTEGER), c13, c14 FROM (${sql.dialect.table(15)}) AS given ORDER BY at`,
    [JSON.stringify(rows)],
  );
  const references = objects.flatMap((one, at) => [
    ...one.refs.map((target) => ["ref", target, first + at]),
    ...one.markings.map((target) => ["marking", target, first + at]),
    ...(one.tearline === undefined ? [] : [["tearline", one.tearline, first + at]]),
    ...(one.variantOf === undefined ? [] : [["variant", one.variantOf, first + at]]),
  ]);
  if (references.length > 0) {
    await sql.run(
      `INSERT INTO reference (how, target, oid) SELECT c0, c1, CAST(c2 AS INTEGER) FROM (${sql.dialect.table(3)}) AS given
       WHERE true ON CONFLICT (how, target, oid) DO NOTHING`,
      [JSON.stringify(references)],
    );
  }
  return objects.map((_, at) => first + at);
}

/** A member that changed its class is looked at again by every view, as if it had just come. */
async function moveToEnd(sql: Sql, oids: string): Promise<void> {
  const { numbers } = sql.dialect;
  const rows = await sql.all(`SELECT collection, oid FROM member WHERE oid IN (${numbers}) ORDER BY collection, seq`, [
    oids,
  ]);
  for (const [collection, members] of Map.groupBy(rows, (row) => String(row.collection))) {
    const list = JSON.stringify(members.map(({ oid }) => oid));
    const [top] = await sql.all("SELECT max(seq) AS seq FROM member WHERE collection = ?", [collection]);
    await sql.run(`DELETE FROM member WHERE collection = ? AND oid IN (${numbers})`, [collection, list]);
    await sql.run(
      `INSERT INTO member (collection, seq, oid)
       SELECT ?, CAST(? AS INTEGER) + row_number() OVER (ORDER BY o.oid), o.oid FROM object o WHERE o.oid IN (${numbers})`,
      [collection, Number(top?.seq ?? 0), list],
    );
  }
}

async function strike(
  sql: Sql,
  wanted: {
    readonly collection: string;
    readonly id: string;
    readonly versions: RowFilter["versions"];
    readonly specs: RowFilter["specVersions"];
    readonly now: number;
  },
): Promise<number> {
  const { collection, id, now } = wanted;
  const found = await sql.all(
    `SELECT o.oid, o.version_key, o.spec FROM member m JOIN object o ON o.oid = m.oid
     WHERE m.collection = ? AND o.id = ? ORDER BY o.version_key`,
    [collection, id],
  );
  const { versions = "all", specs } = wanted;
  const chosen = found.filter(({ version_key: key, spec }, at) => {
    if (specs && !specs.includes(String(spec))) return false;
    if (versions === "all") return true;
    return versions.some((one) =>
      one === "first" ? at === 0 : one === "last" ? at === found.length - 1 : one.key === key,
    );
  });
  const list = JSON.stringify(chosen.map(({ oid }) => oid));
  const { numbers } = sql.dialect;
  await sql.run(`DELETE FROM member WHERE collection = ? AND oid IN (${numbers})`, [collection, list]);
  await sql.run(
    `UPDATE view_row SET gone = ? WHERE gone IS NULL AND oid IN (${numbers})
     AND view IN (SELECT view FROM view WHERE collection = ?)`,
    [now, list, collection],
  );
  return chosen.length;
}

async function release(
  sql: Sql,
  { collection, partner }: ViewName,
  head: ViewHead,
  {
    opened,
    objects,
    now,
  }: { readonly opened: readonly number[]; readonly objects: readonly string[]; readonly now: number },
): Promise<readonly Moved[]> {
  const { texts, numbers } = sql.dialect;
  const base = Math.max(now, head.added + 1);
  // What is told by name keeps the class 0, which no change of a condition takes back.
  const added = await sql.run(
    `INSERT INTO view_row (view, seq, oid, added, cid)
     SELECT CAST(? AS INTEGER), CAST(? AS INTEGER) + n, oid, CAST(? AS BIGINT) + n - 1, cid FROM (
       SELECT oid, max(cid) AS cid, row_number() OVER (ORDER BY seq) AS n FROM (
         SELECT m.seq, m.oid, o.cid FROM member m JOIN object o ON o.oid = m.oid JOIN standing s ON s.cid = o.cid
           WHERE m.collection = ? AND m.seq > ? AND s.partner = ? AND s.state = 'open'
             AND (o.expires IS NULL OR o.expires > ?)
         UNION
         SELECT m.seq, m.oid, o.cid FROM object o JOIN member m ON m.oid = o.oid
           WHERE o.cid IN (${numbers}) AND m.collection = ? AND (o.expires IS NULL OR o.expires > ?)
         UNION
         SELECT m.seq, m.oid, 0 FROM object o JOIN member m ON m.oid = o.oid
           WHERE o.id IN (${texts}) AND m.collection = ? AND (o.expires IS NULL OR o.expires > ?)
       ) AS wanted
       WHERE NOT EXISTS (SELECT 1 FROM view_row r WHERE r.view = ? AND r.oid = wanted.oid AND r.gone IS NULL)
       GROUP BY seq, oid
     ) AS numbered`,
    [
      ...[head.view, head.seq, base],
      ...[collection, head.seen, partner, now],
      ...[JSON.stringify(opened), collection, now],
      ...[JSON.stringify(objects), collection, now],
      head.view,
    ],
  );
  if (added === 0) return [];
  await sql.run("UPDATE view SET seq = ?, added = ? WHERE view = ?", [head.seq + added, base + added - 1, head.view]);
  return (await sql.all(`${movedColumns} WHERE r.view = ? AND r.seq > ? ORDER BY r.seq`, [head.view, head.seq])).map(
    movedOf,
  );
}
