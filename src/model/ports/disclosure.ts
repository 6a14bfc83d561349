/** A moment in microseconds since 1970, UTC; a safe integer for two centuries. */
export type Micros = number;

/** Where a partner polls: one collection as one partner sees it. */
export interface ViewName {
  readonly collection: string;
  readonly partner: string;
}

/** One version of an object as it was received. */
export interface NewObject {
  readonly id: string;
  readonly type: string;
  /** `modified`, else `created`, as received; empty: the object has neither. */
  readonly version: string;
  /** The same instant in a form that sorts as text. */
  readonly versionKey: string;
  readonly specVersion: string;
  readonly text: string;
  readonly sha256: string;
  /** Class of the object with all it points at, and its own. */
  readonly classKey: string;
  readonly ownClassKey: string;
  readonly expires?: Micros;
  readonly poster: string;
  readonly refs: readonly string[];
  readonly markings: readonly string[];
  readonly tearline?: string;
  /** Id of the object that this is a variant of, for one partner. */
  readonly variantOf?: string;
  /** A variant without what is withheld may be given. */
  readonly redact: boolean;
  readonly quarantined: boolean;
}

export interface StoredObject {
  readonly oid: number;
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly versionKey: string;
  readonly sha256: string;
  readonly classId: number;
  readonly classKey: string;
  readonly ownClassKey: string;
  readonly poster: string;
  readonly text: string;
}

export interface StoredClass {
  readonly classId: number;
  readonly key: string;
}

/** `queued`: it may be given again, and an officer has to say so; `rejected`: one has said no. */
export type Standing = "open" | "closed" | "idle" | "queued" | "rejected";

/** A row of a view as it is shown; `added` is unique and rises within a view. */
export interface ViewRow {
  readonly seq: number;
  readonly added: Micros;
  readonly id: string;
  readonly version: string;
  readonly specVersion: string;
  readonly text: string;
}

/** Filters of TAXII 2.1, section 3.4, already read. */
export interface RowFilter {
  /** Rows after this one of the view. */
  readonly after: number;
  readonly addedAfter?: Micros;
  readonly ids?: readonly string[];
  readonly types?: readonly string[];
  readonly specVersions?: readonly string[];
  /** Absent: the latest of each object. `all`: every one. */
  readonly versions?: "all" | readonly ("first" | "last" | { readonly key: string })[];
  readonly limit: number;
  readonly now: Micros;
  /** Leave the texts out. */
  readonly manifest?: boolean;
}

/** What came of an act on a view, for the record. */
export interface Moved {
  readonly seq: number;
  readonly added: Micros;
  readonly id: string;
  readonly version: string;
  readonly sha256: string;
  readonly classKey: string;
}

export interface ViewHead {
  readonly view: number;
  readonly seq: number;
  readonly added: Micros;
  /** Members of the collection up to here were looked at. */
  readonly seen: number;
  /** Rows up to here were sent to the partner. */
  readonly fetched: number;
}

/** A signed statement as it was received, with the partner it is about. */
export interface StoredStatement {
  readonly kind: string;
  readonly partner: string;
  readonly received: Micros;
  readonly sha256: string;
  readonly envelope: string;
}
export type StoredPosture = Omit<StoredStatement, "kind">;

export interface StoredStatus {
  readonly id: string;
  readonly partner: string;
  readonly created: Micros;
  readonly body: string;
}

/** What waits for an officer. */
export interface Queued {
  readonly id: number;
  readonly partner: string;
  readonly classId: number;
  readonly classKey: string;
  readonly since: Micros;
  readonly objects: number;
}

/** Reads; each answer is of one moment. */
export interface DisclosureReader {
  /** Rises with everything that may change what somebody sees. */
  changes(): Promise<number>;
  rows(view: ViewName, filter: RowFilter): Promise<readonly ViewRow[]>;
  /** Whether the view shows any version of the object. */
  shows(view: ViewName, id: string, now: Micros): Promise<boolean>;
  head(view: ViewName): Promise<ViewHead | undefined>;
  status(id: string): Promise<StoredStatus | undefined>;
  /** Ids of the collections that hold an object. */
  collectionsOf(oid: number): Promise<readonly string[]>;
  versionsOf(id: string): Promise<readonly StoredObject[]>;
  classes(): Promise<readonly StoredClass[]>;
  standings(partner: string): Promise<ReadonlyMap<number, Standing>>;
  postures(): Promise<readonly StoredPosture[]>;
  /** Statements of a kind, about one partner or all, in the order in which they came. */
  statements(kind: string, partner?: string): Promise<readonly StoredStatement[]>;
  queue(): Promise<readonly Queued[]>;
  /** Objects of a class that a collection holds and a partner does not see. */
  countClass(classId: number, collections: readonly string[]): Promise<number>;
  tokens(): Promise<readonly { readonly partner: string; readonly hash: string; readonly made: Micros }[]>;
  /** Every live row of all views of a partner, for what it depends on. */
  delivered(partner: string): Promise<readonly (ViewRow & { readonly classKey: string; readonly poster: string })[]>;
  /** What a partner ever saw of an object, and when it was taken back. */
  pastOf(
    partner: string,
    id: string,
  ): Promise<readonly { readonly version: string; readonly added: Micros; readonly gone?: Micros }[]>;
}

/** One transaction: all of it is durable on return, or none. Nobody else writes meanwhile. */
export interface DisclosureWriter extends DisclosureReader {
  classOf(key: string): Promise<number>;
  /** Stores objects; answers their numbers. Those whose id, version and bytes are stored already are not stored again. */
  insert(objects: readonly NewObject[]): Promise<readonly number[]>;
  /** Adds objects to a collection; those in it already stay where they are. */
  enlist(collection: string, oids: readonly number[], now: Micros): Promise<void>;
  /** Takes versions of an object out of a collection and of every view of it; answers how many. */
  strike(
    collection: string,
    id: string,
    versions: RowFilter["versions"],
    specVersions: RowFilter["specVersions"],
    now: Micros,
  ): Promise<number>;
  /** Newest stored version of each id, in the order of the store. */
  latest(ids: readonly string[]): Promise<readonly StoredObject[]>;
  /** Every stored version of the ids. */
  stored(ids: readonly string[]): Promise<readonly StoredObject[]>;
  /** Latest objects that point at one of the ids (`ref`), or carry it as a marking, or name it as their lesser form. */
  pointing(ids: readonly string[], how: "ref" | "marking" | "tearline"): Promise<readonly StoredObject[]>;
  /** Gives objects another class, and lets every view look at them again. */
  reclass(oids: readonly number[], classKey: string, ownClassKey: string | undefined): Promise<void>;
  setStanding(partner: string, classId: number, standing: Standing, now: Micros): Promise<void>;
  /** Takes rows of closed classes out of a view, in one step; answers them. */
  withdraw(view: ViewName, classIds: readonly number[], now: Micros): Promise<readonly Moved[]>;
  /** Puts into a view what is open and not in it: members not looked at yet, and members of the classes named. */
  release(
    view: ViewName,
    opened: readonly number[],
    objects: readonly string[],
    now: Micros,
  ): Promise<readonly Moved[]>;
  /** Members of a collection after `seen` that a partner's standing keeps from it. */
  withheld(view: ViewName, seen: number): Promise<readonly Omit<Moved, "seq" | "added">[]>;
  /** Withheld for what they point at alone, and their originator allows a variant without it. */
  redactable(view: ViewName): Promise<readonly StoredObject[]>;
  /** Variants that the view shows, and of what. */
  variants(view: ViewName): Promise<readonly { readonly seq: number; readonly id: string; readonly of: string }[]>;
  /** Takes rows out of a view. */
  takeOut(view: ViewName, seqs: readonly number[], now: Micros): Promise<void>;
  /** Puts an object that belongs to nobody else into a view. */
  place(view: ViewName, oid: number, now: Micros): Promise<Moved>;
  markSeen(view: ViewName): Promise<void>;
  fetched(view: ViewName, seq: number, now: Micros): Promise<void>;
  /** Keeps a statement; the same bytes again are fine. */
  putStatement(statement: StoredStatement): Promise<void>;
  putStatus(status: StoredStatus, keepAfter: Micros): Promise<void>;
  /** A random text that all servers of this store share; made when it is first asked for. */
  secret(name: string, fresh: () => string): Promise<string>;
  setToken(partner: string, hash: string, made: Micros): Promise<void>;
  dropTokens(partner: string): Promise<number>;
  /** Something changed that views depend on. */
  touch(): Promise<void>;
}

/** The state of a server: objects, views, postures. */
export interface DisclosureStore extends DisclosureReader {
  /** How messages name it. */
  readonly name: string;
  change<T>(work: (tx: DisclosureWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
