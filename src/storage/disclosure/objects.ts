import type { NewObject, Pointer, Pointing } from "../../model/ports/disclosure.ts";
import type { Sql } from "./sql.ts";

/** The number of a class; it gets one when it is first met. */
export async function classOf(sql: Sql, key: string): Promise<number> {
  const [known] = await sql.all("SELECT cid FROM class WHERE key = ?", [key]);
  if (known) return Number(known.cid);
  const [row] = await sql.all(
    "INSERT INTO class (cid, key) SELECT coalesce(max(cid), 0) + 1, ? FROM class RETURNING cid",
    [key],
  );
  return Number(row!.cid);
}

/** Rows go to the database as one JSON text, so a batch is three statements however many it has. */
export async function insert(sql: Sql, objects: readonly NewObject[]): Promise<readonly number[]> {
  const [top] = await sql.all("SELECT coalesce(max(oid), 0) AS oid FROM object");
  const first = Number(top?.oid ?? 0) + 1;
  const cids = new Map<string, number>();
  const seen = objects.flatMap(({ pointers }) => pointers.flatMap((one) => one.seen ?? []));
  for (const key of [...objects.flatMap(({ classKey, ownClassKey }) => [classKey, ownClassKey]), ...seen]) {
    if (!cids.has(key)) cids.set(key, await classOf(sql, key));
  }
  const rows = objects.map((one, at) => [
    ...[first + at, one.id, one.type, one.version, one.versionKey, one.specVersion, one.sha256, one.content],
    ...[cids.get(one.classKey)!, cids.get(one.ownClassKey)!, one.expires ?? null, one.poster, one.unmarked],
    ...[one.redact ? 1 : 0, one.private ? 1 : 0, one.text],
  ]);
  await sql.run(
    `INSERT INTO object (oid, id, type, version, version_key, spec, sha, content, cid, own, expires, poster, unmarked, redact,
       private, struck, body)
     SELECT CAST(c0 AS INTEGER), c1, c2, c3, c4, c5, c6, c7, CAST(c8 AS INTEGER), CAST(c9 AS INTEGER), CAST(c10 AS BIGINT), c11, c12,
       CAST(c13 AS INTEGER), CAST(c14 AS INTEGER), 0, c15 FROM (${sql.dialect.table(16)}) AS given ORDER BY at`,
    [JSON.stringify(rows)],
  );
  const pointers = objects.flatMap((one, at) =>
    one.pointers.map(({ how, target, seen: key }) => [
      how,
      target,
      first + at,
      key === undefined ? null : cids.get(key)!,
    ]),
  );
  if (pointers.length > 0) {
    await sql.run(
      `INSERT INTO reference (how, target, oid, seen) SELECT c0, c1, CAST(c2 AS INTEGER), CAST(c3 AS INTEGER)
       FROM (${sql.dialect.table(4)}) AS given WHERE true ON CONFLICT (how, target, oid) DO NOTHING`,
      [JSON.stringify(pointers)],
    );
  }
  return objects.map((_, at) => first + at);
}

/** What stored objects point at, as it was read when they came. */
export async function pointersOf(sql: Sql, oids: readonly number[]): Promise<ReadonlyMap<number, readonly Pointer[]>> {
  const rows = await sql.all(
    `SELECT f.oid, f.how, f.target, c.key AS seen FROM reference f LEFT JOIN class c ON c.cid = f.seen
     WHERE f.oid IN (${sql.dialect.numbers}) ORDER BY f.oid, f.how, f.target`,
    [JSON.stringify(oids)],
  );
  const groups = Map.groupBy(rows, ({ oid }) => Number(oid));
  return new Map(
    [...groups].map(([oid, list]) => [
      oid,
      list.map(({ how, target, seen }) => ({
        how: String(how) as Pointing,
        target: String(target),
        ...(seen !== null && { seen: String(seen) }),
      })),
    ]),
  );
}

/** A member that changed its class is looked at again by every view, as if it had just come. */
export async function moveToEnd(sql: Sql, oids: string): Promise<void> {
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

/**
 * Takes objects out of a collection and its views; what stands in no other is struck, and its id free for its poster. What
 * others have under the id is looked at again.
 */
export async function strike(sql: Sql, collection: string, oids: readonly number[], now: number): Promise<void> {
  const { numbers } = sql.dialect;
  const list = JSON.stringify(oids);
  await sql.run(`DELETE FROM member WHERE collection = ? AND oid IN (${numbers})`, [collection, list]);
  await sql.run(
    `UPDATE view_row SET gone = ? WHERE gone IS NULL AND oid IN (${numbers})
     AND view IN (SELECT view FROM view WHERE collection = ?)`,
    [now, list, collection],
  );
  await sql.run(
    `UPDATE object SET struck = (SELECT max(x.oid) + 1 FROM object x)
     WHERE oid IN (${numbers}) AND NOT EXISTS (SELECT 1 FROM member m WHERE m.oid = object.oid)`,
    [list],
  );
  const beside = await sql.all(
    `SELECT DISTINCT p.oid FROM object o JOIN object p ON p.id = o.id AND p.poster <> o.poster WHERE o.oid IN (${numbers})`,
    [list],
  );
  await moveToEnd(sql, JSON.stringify(beside.map(({ oid }) => oid)));
}
