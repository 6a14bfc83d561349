import pg from "pg";
import { UserError } from "../../model/errors.ts";
import { inTurn, type Sql, type SqlDatabase, type SqlRow } from "./sql.ts";

const dialect = {
  texts: "SELECT value FROM json_array_elements_text(?::json)",
  numbers: "SELECT value::bigint AS value FROM json_array_elements_text(?::json)",
  table: (columns: number) => {
    const fields = Array.from({ length: columns }, (_, at) => `value->>${at} AS c${at}`);
    return `SELECT ${fields.join(", ")}, ordinality - 1 AS at FROM json_array_elements(?::json) WITH ORDINALITY AS list(value, ordinality)`;
  },
};
/** Any number, the same in all servers of one database: who holds it writes. */
const writerLock = 7_239_114;
const int8 = 20;

/**
 * Opens a PostgreSQL database (`postgres://...`). Any number of servers may share it: who writes holds an advisory lock, so
 * rows become visible in the order of their numbers. Throws `UserError` if it cannot be reached.
 */
export async function openPostgres(url: string): Promise<SqlDatabase> {
  const name = nameOf(url);
  // Numbers of eight bytes stay below 2^53 here.
  const types = {
    getTypeParser: (id: number, format?: "text" | "binary") =>
      id === int8 ? Number : pg.types.getTypeParser(id, format),
  };
  const pool = new pg.Pool({ connectionString: url, max: 8, types, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined);
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    if (!(error instanceof Error)) throw error;
    throw new UserError(
      `cannot reach the store \`${name}\`: ${error.message}`,
      "`--store postgres://USER:PASSWORD@HOST/DATABASE`",
    );
  }
  const asked = <T>(work: () => Promise<T>) => inWords(name, work);
  const turn = inTurn();
  return {
    name,
    reader: asSql(pool, name),
    change: (work) =>
      turn(async () => {
        const client = await asked(() => pool.connect());
        try {
          await asked(() => client.query("BEGIN"));
          await asked(() => client.query("SELECT pg_advisory_xact_lock($1)", [writerLock]));
          const answer = await work(asSql(client, name));
          await asked(() => client.query("COMMIT"));
          client.release();
          return answer;
        } catch (error) {
          // A connection that cannot even roll back is thrown away, and with it the transaction.
          await client.query("ROLLBACK").then(
            () => client.release(),
            () => client.release(true),
          );
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}

/** The address without what is secret in it. */
function nameOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : "postgres";
}

/** Codes of PostgreSQL (appendix A) and of the network that say that a person has to look: resources, shutdown, connection. */
const outside = /^(53|57P0|58|08|XX00[12]|25006|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;

/** What the person can mend comes out in words, anything else as it was thrown. */
async function inWords<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const lost = error instanceof Error && /terminated|timeout exceeded when trying to connect/.test(error.message);
    if (!(error instanceof Error) || !(outside.test(code) || lost)) throw error;
    throw new UserError(`the store \`${name}\` cannot be used: ${error.message}`, "nothing was changed");
  }
}

function asSql(client: Pick<pg.PoolClient, "query">, name: string): Sql {
  return {
    dialect,
    all: async (text, values = []) => {
      const { rows } = await inWords(name, () => client.query(numbered(text), [...values]));
      return rows as readonly SqlRow[];
    },
    run: async (text, values = []) =>
      (await inWords(name, () => client.query(numbered(text), [...values]))).rowCount ?? 0,
  };
}

const texts = new Map<string, string>();

/** `?` as PostgreSQL numbers it. Our statements hold no other question mark. */
function numbered(text: string): string {
  let count = 0;
  const known = texts.get(text) ?? text.replaceAll("?", () => `$${++count}`);
  texts.set(text, known);
  return known;
}
