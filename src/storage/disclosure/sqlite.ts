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
  const [sql, reader] = [asSql(writing, name), asSql(reading, name)];
  const turn = inTurn();
  return {
    name,
    reader,
    change: (work) =>
      turn(async () => {
        await begin(writing, name);
        try {
          const answer = await work(sql);
          inWords(name, () => writing.exec("COMMIT"));
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
      if (!isBusy)
        inWords(name, () => {
          throw error;
        });
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

const faults: Readonly<Record<number, string>> = {
  8: "it is read-only",
  10: "the disk cannot be read or written",
  11: "it is damaged",
  13: "the disk is full",
  14: "it cannot be opened",
  26: "it is no database",
};

/** What the person can mend comes out in words (https://www.sqlite.org/rescode.html), anything else as it was thrown. */
function inWords<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
    const fault = faults[code];
    if (fault === undefined) throw error;
    throw new UserError(`the store \`${name}\` cannot be used: ${fault}`, "nothing was changed");
  }
}

function asSql(database: DatabaseSync, name: string): Sql {
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, known);
    return known;
  };
  return {
    dialect,
    all: async (text, values = []) =>
      inWords(name, () => statement(text).all(...values)) as unknown as readonly SqlRow[],
    run: async (text, values: readonly SqlValue[] = []) =>
      inWords(name, () => Number(statement(text).run(...values).changes)),
  };
}
