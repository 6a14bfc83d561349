import { UserError } from "../../model/errors.ts";
import type { Sql, SqlDatabase } from "./sql.ts";

/** Of the layout below; a store of another one is not touched. */
const layout = "2";

const statements = [
  "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS class (cid INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
  `CREATE TABLE IF NOT EXISTS object (
     oid INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, version TEXT NOT NULL, version_key TEXT NOT NULL,
     spec TEXT NOT NULL, sha TEXT NOT NULL, content TEXT NOT NULL, cid INTEGER NOT NULL, own INTEGER NOT NULL, expires BIGINT,
     poster TEXT NOT NULL, unmarked TEXT NOT NULL, redact INTEGER NOT NULL, private INTEGER NOT NULL, struck INTEGER NOT NULL,
     body TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS object_id ON object (id, poster, version_key)",
  "CREATE INDEX IF NOT EXISTS object_class ON object (cid)",
  "CREATE INDEX IF NOT EXISTS object_redact ON object (oid) WHERE redact = 1",
  "CREATE TABLE IF NOT EXISTS reference (how TEXT NOT NULL, target TEXT NOT NULL, oid INTEGER NOT NULL, seen INTEGER, PRIMARY KEY (how, target, oid))",
  "CREATE TABLE IF NOT EXISTS member (collection TEXT NOT NULL, seq INTEGER NOT NULL, oid INTEGER NOT NULL, PRIMARY KEY (collection, seq))",
  "CREATE UNIQUE INDEX IF NOT EXISTS member_object ON member (oid, collection)",
  `CREATE TABLE IF NOT EXISTS view (
     view INTEGER PRIMARY KEY, collection TEXT NOT NULL, partner TEXT NOT NULL, seq INTEGER NOT NULL, added BIGINT NOT NULL,
     seen INTEGER NOT NULL, UNIQUE (collection, partner))`,
  `CREATE TABLE IF NOT EXISTS view_row (
     view INTEGER NOT NULL, seq INTEGER NOT NULL, oid INTEGER NOT NULL, added BIGINT NOT NULL, cid INTEGER NOT NULL, gone BIGINT,
     PRIMARY KEY (view, seq))`,
  "CREATE INDEX IF NOT EXISTS reference_object ON reference (oid, how)",
  "CREATE INDEX IF NOT EXISTS view_row_added ON view_row (view, added)",
  "CREATE INDEX IF NOT EXISTS view_row_class ON view_row (view, cid) WHERE gone IS NULL",
  "CREATE INDEX IF NOT EXISTS view_row_object ON view_row (view, oid)",
  "CREATE TABLE IF NOT EXISTS standing (partner TEXT NOT NULL, cid INTEGER NOT NULL, state TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (partner, cid))",
  "CREATE TABLE IF NOT EXISTS statement (sha TEXT PRIMARY KEY, kind TEXT NOT NULL, partner TEXT NOT NULL, received BIGINT NOT NULL, envelope TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS status (id TEXT PRIMARY KEY, partner TEXT NOT NULL, created BIGINT NOT NULL, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS token (hash TEXT PRIMARY KEY, partner TEXT NOT NULL, made BIGINT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS delivery (view INTEGER NOT NULL, seq INTEGER NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (view, seq))",
] as const;

/** Makes the tables that are not there yet. Throws `UserError` if they are of another Freigabe. */
export function makeTables(database: SqlDatabase): Promise<void> {
  return database.change(async (sql) => {
    const [meta, ...others] = statements;
    await sql.run(meta);
    const found = await metaOf(sql, "layout");
    if (found !== undefined && found !== layout) {
      throw new UserError(
        `the store \`${database.name}\` has layout ${found}, expected ${layout}`,
        "it was made by another version of Freigabe",
      );
    }
    for (const text of others) await sql.run(text);
    if (found === undefined)
      await sql.run("INSERT INTO meta (key, value) VALUES ('layout', ?), ('changes', '0')", [layout]);
  });
}

export async function metaOf(sql: Sql, key: string): Promise<string | undefined> {
  const [row] = await sql.all("SELECT value FROM meta WHERE key = ?", [key]);
  return row === undefined ? undefined : String(row.value);
}
