/** A value that both databases take and give. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One connection; statements are written with `?` and portable SQL, and what differs stands in `dialect`. */
export interface Sql {
  all(text: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** How many rows were changed. */
  run(text: string, values?: readonly SqlValue[]): Promise<number>;
  readonly dialect: Dialect;
}

/** How a list of texts or numbers, bound as one JSON text, becomes rows of one column `value`. */
export interface Dialect {
  readonly texts: string;
  readonly numbers: string;
  /** Rows of a JSON list of lists of texts, as columns c0, c1 ...; numbers are cast by the caller. */
  table(columns: number): string;
}

/** A database: one connection that reads, and one writer at a time. */
export interface SqlDatabase {
  readonly name: string;
  readonly reader: Sql;
  change<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Sync work that must not be taken apart by another's: each begins when the one before has ended. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
