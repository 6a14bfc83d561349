import { chmodSync, closeSync, lstatSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { UserError } from "../../model/errors.ts";
import { inTurn, type Sql, type SqlDatabase, type SqlRow, type SqlValue } from "./sql.ts";

const dialect = {
  texts: "SELECT value FROM json_each(?)",
  numbers: "SELECT value FROM json_each(?)",
  table: (columns: number) => {
    const fields = Array.from({ length: columns }, (_, at) => `json_extract(value, '$[${at}]') AS c${at}`);
    return `SELECT ${fields.join(", ")}, key AS at FROM json_each(?)`;
  },
};

/** How long another program may hold the database before an attempt to write gives up. */
const patience = 20_000;
const between = 5;
const busy = 5;

/**
 * Opens a SQLite file, made if it is not there: write-ahead log, and every commit on the disk before it is told
 * (`synchronous` FULL). Reads have a connection of their own and see what is committed. Throws `UserError`.
 */
export function openSqlite(path: string, name: string): SqlDatabase {
  const [writing, reading] = [connect(path, name), connect(path, name)];
  const [sql, reader] = [asSql(writing), asSql(reading)];
  const turn = inTurn();
  return {
    name,
    reader,
    change: (work) =>
      turn(async () => {
        await begin(writing, name);
        try {
          const answer = await work(sql);
          writing.exec("COMMIT");
          return answer;
        } catch (error) {
          if (writing.isTransaction) writing.exec("ROLLBACK");
          throw error;
        }
      }),
    close: () =>
      turn(async () => {
        reading.close();
        writing.close();
      }),
  };
}

/** Waits for other programs without holding up what else this one does. */
async function begin(database: DatabaseSync, name: string): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    try {
      database.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      const isBusy = error instanceof Error && "errcode" in error && error.errcode === busy;
      if (!isBusy) throw error;
      if (performance.now() > until) throw new UserError(`another program holds the store \`${name}\``, "try again");
      await new Promise((resolve) => setTimeout(resolve, between));
    }
  }
}

function connect(path: string, name: string): DatabaseSync {
  try {
    makePrivate(path);
    const database = new DatabaseSync(path, { timeout: patience });
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536",
    );
    // From here on waiting is done without stopping the rest of the program.
    database.exec(`PRAGMA busy_timeout = ${between}`);
    return database;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(
      `cannot open the store \`${name}\`: ${error.message}`,
      "is the folder there, and may you write in it?",
    );
  }
}

/** SQLite gives the files beside it the mode of the first. */
function makePrivate(path: string): void {
  closeSync(openSync(path, "a", 0o600));
  for (const name of [path, `${path}-wal`, `${path}-shm`]) {
    const found = lstatSync(name, { throwIfNoEntry: false });
    if (found && (found.mode & 0o077) !== 0) chmodSync(name, 0o600);
  }
}

function asSql(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, known);
    return known;
  };
  return {
    dialect,
    all: async (text, values = []) => statement(text).all(...values) as unknown as readonly SqlRow[],
    run: async (text, values: readonly SqlValue[] = []) => Number(statement(text).run(...values).changes),
  };
}
