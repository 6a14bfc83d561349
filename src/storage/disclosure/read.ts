import type {
  DisclosureReader,
  RowFilter,
  Standing,
  StoredObject,
  StoredStatement,
  ViewName,
  ViewRow,
} from "../../model/ports/disclosure.ts";
import type { Tlp } from "../../model/tlp.ts";
import type { Sql, SqlRow, SqlValue } from "./sql.ts";
import { metaOf } from "./tables.ts";

export const objectColumns =
  "o.oid, o.id, o.type, o.version, o.version_key, o.spec, o.sha, o.content, o.cid, c.key AS class_key, w.key AS own_key, o.poster, o.unmarked, o.private, o.struck, o.body";
export const objectTables = "object o JOIN class c ON c.cid = o.cid JOIN class w ON w.cid = o.own";

export function objectOf(row: SqlRow): StoredObject {
  return {
    oid: Number(row.oid),
    id: String(row.id),
    type: String(row.type),
    version: String(row.version),
    versionKey: String(row.version_key),
    specVersion: String(row.spec),
    sha256: String(row.sha),
    content: String(row.content),
    classId: Number(row.cid),
    classKey: String(row.class_key),
    ownClassKey: String(row.own_key),
    poster: String(row.poster),
    unmarked: String(row.unmarked) as Tlp,
    struck: Number(row.struck) > 0,
    private: Number(row.private) === 1,
    text: String(row.body),
  };
}

/** Reads of the store over one connection. */
export function reads(sql: Sql): DisclosureReader {
  return {
    changes: async () => Number((await metaOf(sql, "changes")) ?? 0),
    noted: async (name) => Number((await metaOf(sql, `noted ${name}`)) ?? 0),
    rows: (view, filter) => rowsOf(sql, view, filter),
    shownFrom: async (view, id, now) => {
      const [row] = await sql.all(
        `SELECT o.poster FROM ${fromObjects} WHERE o.id = ? AND v.collection = ? AND v.partner = ? AND r.gone IS NULL
           AND r.view = v.view AND r.oid = o.oid AND (o.expires IS NULL OR o.expires > ?) LIMIT 1`,
        [id, view.collection, view.partner, now],
      );
      return row && String(row.poster);
    },
    head: async ({ collection, partner }) => {
      const [row] = await sql.all("SELECT view, seq, added, seen FROM view WHERE collection = ? AND partner = ?", [
        collection,
        partner,
      ]);
      if (!row) return undefined;
      const [view, seq, added] = [Number(row.view), Number(row.seq), Number(row.added)];
      return { view, seq, added, seen: Number(row.seen) };
    },
    status: async (id) => {
      const [row] = await sql.all("SELECT id, partner, created, body FROM status WHERE id = ?", [id]);
      return row && { id, partner: String(row.partner), created: Number(row.created), body: String(row.body) };
    },
    collectionsOf: async (oid) =>
      (await sql.all("SELECT collection FROM member WHERE oid = ? ORDER BY collection", [oid])).map((row) =>
        String(row.collection),
      ),
    versionsOf: async (id) =>
      (
        await sql.all(
          `SELECT ${objectColumns} FROM ${objectTables} WHERE o.id = ? AND o.private = 0 ORDER BY o.version_key, o.oid`,
          [id],
        )
      ).map(objectOf),
    classes: async () =>
      (await sql.all("SELECT cid, key FROM class ORDER BY cid")).map(({ cid, key }) => ({
        classId: Number(cid),
        key: String(key),
      })),
    standings: async (partner) => {
      const rows = await sql.all("SELECT cid, state FROM standing WHERE partner = ?", [partner]);
      return new Map(rows.map(({ cid, state }) => [Number(cid), String(state) as Standing]));
    },
    postures: () => statementsOf(sql, "posture"),
    statements: (kind, partner) => statementsOf(sql, kind, partner),
    queue: async () =>
      (
        await sql.all(
          `SELECT s.partner, s.cid, s.since, c.key, (SELECT count(*) FROM object o WHERE o.cid = s.cid) AS objects
           FROM standing s JOIN class c ON c.cid = s.cid WHERE s.state = 'queued' ORDER BY s.partner, s.cid`,
        )
      ).map((row) => ({
        id: Number(row.cid),
        partner: String(row.partner),
        classId: Number(row.cid),
        classKey: String(row.key),
        since: Number(row.since),
        objects: Number(row.objects),
      })),
    countClass: async (classId, collections) => {
      const [row] = await sql.all(
        `SELECT count(*) AS n FROM member m JOIN object o ON o.oid = m.oid
         WHERE o.cid = ? AND m.collection IN (${sql.dialect.texts})`,
        [classId, JSON.stringify(collections)],
      );
      return Number(row?.n ?? 0);
    },
    tokens: async () =>
      (await sql.all("SELECT partner, hash, made FROM token ORDER BY partner, made")).map((row) => ({
        partner: String(row.partner),
        hash: String(row.hash),
        made: Number(row.made),
      })),
    delivered: async (partner) =>
      (
        await sql.all(
          `SELECT r.seq, r.added, o.id, o.version, o.spec, o.body, o.poster, c.key AS class_key, 0 AS sent
           FROM view v JOIN view_row r ON r.view = v.view JOIN object o ON o.oid = r.oid JOIN class c ON c.cid = o.cid
           WHERE v.partner = ? AND r.gone IS NULL ORDER BY v.view, r.seq`,
          [partner],
        )
      ).map((row) => ({ ...viewRow(row), classKey: String(row.class_key), poster: String(row.poster) })),
    pastOf: async (partner, id) =>
      (
        await sql.all(
          `SELECT o.version, r.added, r.gone FROM object o JOIN view_row r ON r.oid = o.oid JOIN view v ON v.view = r.view
           WHERE o.id = ? AND v.partner = ? ORDER BY r.added`,
          [id, partner],
        )
      ).map((row) => ({
        version: String(row.version),
        added: Number(row.added),
        ...(row.gone !== null && { gone: Number(row.gone) }),
      })),
  };
}

async function statementsOf(sql: Sql, kind: string, partner?: string): Promise<readonly StoredStatement[]> {
  const rows = await sql.all(
    "SELECT sha, kind, partner, received, envelope FROM statement WHERE kind = ? ORDER BY received, sha",
    [kind],
  );
  const all = rows.map((row) => ({
    kind,
    partner: String(row.partner),
    received: Number(row.received),
    sha256: String(row.sha),
    envelope: String(row.envelope),
  }));
  return partner === undefined ? all : all.filter((one) => one.partner === partner);
}

function viewRow(row: SqlRow): ViewRow {
  return {
    seq: Number(row.seq),
    added: Number(row.added),
    id: String(row.id),
    version: String(row.version),
    specVersion: String(row.spec),
    text: String(row.body ?? ""),
    fetched: row.sent !== null && row.sent !== 0,
  };
}

async function rowsOf(sql: Sql, view: ViewName, filter: RowFilter): Promise<readonly ViewRow[]> {
  const values: SqlValue[] = [];
  const bind = (value: SqlValue) => {
    values.push(value);
    return "?";
  };
  const { texts } = sql.dialect;
  const among = (column: string, list: readonly string[] | undefined) =>
    list ? [`${column} IN (${bindIn(texts, JSON.stringify(list), values)})`] : [];
  const body = filter.manifest === true ? "" : ", o.body";
  const after = Math.max(filter.after, await rowsBefore(sql, view, filter.addedAfter));
  const tables = filter.ids ? fromObjects : fromRows;
  const sent = "(SELECT d.seq FROM delivery d WHERE d.view = r.view AND d.seq = r.seq) AS sent";
  const from = `SELECT r.seq, r.added, o.id, o.version, o.spec${body}, ${sent} FROM ${tables}
    WHERE r.view = v.view AND r.oid = o.oid AND v.collection = ${bind(view.collection)} AND v.partner = ${bind(view.partner)}`;
  const wheres = [
    // A sign keeps SQLite from going through the whole view by number where the objects are named.
    `${filter.ids ? "+" : ""}r.seq > ${bind(after)}`,
    "r.gone IS NULL",
    `(o.expires IS NULL OR o.expires > ${bind(filter.now)})`,
    ...among("o.id", filter.ids),
    ...among("o.type", filter.types),
    ...among("o.spec", filter.specVersions),
    ...versionWheres(filter, bind),
  ];
  const text = `${from} AND ${wheres.join(" AND ")} ORDER BY r.seq LIMIT ${bind(filter.limit)}`;
  return (await sql.all(text, values)).map(viewRow);
}

// The order in which tables are joined: SQLite keeps to that of a cross join, and PostgreSQL finds its own.
const fromObjects = "view v CROSS JOIN object o CROSS JOIN view_row r";
const fromRows = "view v CROSS JOIN view_row r CROSS JOIN object o";

/** How many rows of a view were added up to a moment: they are numbered in the order of adding. */
async function rowsBefore(sql: Sql, { collection, partner }: ViewName, moment: number | undefined): Promise<number> {
  if (moment === undefined) return 0;
  const [row] = await sql.all(
    `SELECT r.seq FROM view_row r WHERE r.view = (SELECT view FROM view WHERE collection = ? AND partner = ?) AND r.added <= ?
     ORDER BY r.added DESC LIMIT 1`,
    [collection, partner, moment],
  );
  return Number(row?.seq ?? 0);
}

function bindIn(texts: string, list: string, values: SqlValue[]): string {
  values.push(list);
  return texts;
}

/** First and last among what this view shows; asked of the database, which finds the few versions of one id by index. */
function versionWheres({ versions = ["last"], now }: RowFilter, bind: (value: SqlValue) => string): readonly string[] {
  if (versions === "all") return [];
  const none = (
    order: string,
  ) => `NOT EXISTS (SELECT 1 FROM object p CROSS JOIN view_row q WHERE q.view = r.view AND q.oid = p.oid
    AND p.id = o.id AND p.poster = o.poster AND p.version_key ${order} o.version_key AND q.gone IS NULL AND (p.expires IS NULL OR p.expires > ${bind(now)}))`;
  const any = versions.map((one) =>
    one === "last" ? none(">") : one === "first" ? none("<") : `o.version_key = ${bind(one.key)}`,
  );
  return [`(${any.join(" OR ")})`];
}
