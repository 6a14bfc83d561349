import type { Tlp } from "../tlp.ts";

/** A moment in microseconds since 1970, UTC; a safe integer for two centuries. */
export type Micros = number;

/** Where a partner polls: one collection as one partner sees it. */
export interface ViewName {
  readonly collection: string;
  readonly partner: string;
}

/** How one object points at another: refers to it, is marked by it, names it as its lesser form, or is a variant of it. */
export type Pointing = "ref" | "marking" | "tearline" | "variant";

/** A pointer as it was read once, when the object came. */
export interface Pointer {
  readonly how: Pointing;
  /** An id in lower case. */
  readonly target: string;
  /** What the target of somebody else demanded when it was pointed at, as its poster saw it then; absent: it saw none. */
  readonly seen?: string;
}

/** One version of an object as it was received. */
export interface NewObject {
  /** In lower case. */
  readonly id: string;
  readonly type: string;
  /** `modified`, else `created`, as received; empty: the object has neither. */
  readonly version: string;
  /** The same instant in a form that sorts as text. */
  readonly versionKey: string;
  readonly specVersion: string;
  readonly text: string;
  readonly sha256: string;
  /** SHA-256 of what the text says, however it is written. */
  readonly content: string;
  /** Class of the object with all it points at, and its own. */
  readonly classKey: string;
  readonly ownClassKey: string;
  readonly expires?: Micros;
  /** Whose it is: only the versions of one poster are versions of one another. */
  readonly poster: string;
  /** How it counts without a TLP marking: as the collection said to which it came. */
  readonly unmarked: Tlp;
  readonly pointers: readonly Pointer[];
  /** A variant without what is withheld may be given. */
  readonly redact: boolean;
  /** Made for one view: a recall, or a variant. */
  readonly private: boolean;
}

export interface StoredObject {
  readonly oid: number;
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly versionKey: string;
  readonly specVersion: string;
  readonly sha256: string;
  readonly content: string;
  readonly classId: number;
  readonly classKey: string;
  readonly ownClassKey: string;
  readonly poster: string;
  readonly unmarked: Tlp;
  /** Its poster deleted it from the last collection that held it. */
  readonly struck: boolean;
  readonly private: boolean;
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
  /** It was sent to the partner before. */
  readonly fetched: boolean;
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
  /** It was sent to the partner. */
  readonly fetched: boolean;
}

export interface ViewHead {
  readonly view: number;
  readonly seq: number;
  readonly added: Micros;
  /** Members of the collection up to here were looked at. */
  readonly seen: number;
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

/** `time`: of the latest change, in milliseconds; `entered`: entries of the ledger when a settlement was carried out last. */
export type Noted = "time" | "entered";

/** Reads; each answer is of one moment. */
export interface DisclosureReader {
  /** Rises with everything that may change what somebody sees. */
  changes(): Promise<number>;
  /** A number that was noted under a name; 0: none was. */
  noted(name: Noted): Promise<number>;
  rows(view: ViewName, filter: RowFilter): Promise<readonly ViewRow[]>;
  /** Whose versions of an object the view shows; undefined: none. */
  shownFrom(view: ViewName, id: string, now: Micros): Promise<string | undefined>;
  head(view: ViewName): Promise<ViewHead | undefined>;
  status(id: string): Promise<StoredStatus | undefined>;
  /** Ids of the collections that hold an object. */
  collectionsOf(oid: number): Promise<readonly string[]>;
  /** Every version of an id that somebody posted, by version; not those made for one view. */
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

/** What may come into a view. */
export interface Release {
  readonly originator: string;
  /** Classes that opened just now. */
  readonly opened: readonly number[];
  /** Ids let through by name. */
  readonly objects: readonly string[];
  readonly now: Micros;
}

/** One transaction: all of it is durable on return, or none. Nobody else writes meanwhile. */
export interface DisclosureWriter extends DisclosureReader {
  classOf(key: string): Promise<number>;
  /** Stores objects; answers their numbers. Those whose id, version and bytes are stored already are not stored again. */
  insert(objects: readonly NewObject[]): Promise<readonly number[]>;
  /** Adds objects to a collection; those in it already stay where they are. */
  enlist(collection: string, oids: readonly number[], now: Micros): Promise<void>;
  /** Takes objects out of a collection and of every view of it. Who stands nowhere then is struck. */
  strike(collection: string, oids: readonly number[], now: Micros): Promise<void>;
  /** Every version of the ids that one poster posted, struck ones too, in the order in which they came. */
  linesOf(poster: string, ids: readonly string[]): Promise<readonly StoredObject[]>;
  /** What of the ids the views of a partner on these collections show of others, with the collections that hold it. */
  shownTo(
    partner: string,
    collections: readonly string[],
    ids: readonly string[],
    now: Micros,
  ): Promise<readonly (StoredObject & { readonly collections: readonly string[] })[]>;
  /** Collections that hold any version of what a poster posted under each id. */
  placesOf(poster: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  pointersOf(oids: readonly number[]): Promise<ReadonlyMap<number, readonly Pointer[]>>;
  /** Objects of one poster that point at one of the ids. */
  pointing(poster: string, ids: readonly string[], how: Pointing): Promise<readonly StoredObject[]>;
  /** Objects of one poster that objects of its own under these ids name as their lesser form. */
  lesserOf(poster: string, ids: readonly string[]): Promise<readonly StoredObject[]>;
  /** Which of the ids more than one has posted. */
  sharedIds(ids: readonly string[]): Promise<readonly string[]>;
  /** The number of a variant that was made before under this id. */
  variantOf(id: string): Promise<number | undefined>;
  /** Gives objects another class, and lets every view look at them again. */
  reclass(oids: readonly number[], classKey: string, ownClassKey: string): Promise<void>;
  setStanding(partner: string, classId: number, standing: Standing, now: Micros): Promise<void>;
  /** Takes rows of closed classes out of a view, in one step; answers them. */
  withdraw(view: ViewName, classIds: readonly number[], now: Micros): Promise<readonly Moved[]>;
  /**
   * Puts into a view what is open and not in it: members not looked at yet, and members of the classes named. An id is shown
   * from one poster alone: the originator, else the partner itself, else whom the view showed first. What another one showed of
   * it before goes, and is answered too.
   */
  release(
    view: ViewName,
    given: Release,
  ): Promise<{ readonly released: readonly Moved[]; readonly replaced: readonly Moved[] }>;
  /** Members of a collection after `seen` that a partner's standing keeps from it. */
  withheld(view: ViewName, seen: number): Promise<readonly Omit<Moved, "seq" | "added" | "fetched">[]>;
  /** Withheld for what they point at alone, and their originator allows a variant without it. */
  redactable(view: ViewName): Promise<readonly StoredObject[]>;
  /** Variants that the view shows, and of what. */
  variants(view: ViewName): Promise<readonly { readonly seq: number; readonly id: string; readonly of: string }[]>;
  /** Takes rows out of a view. */
  takeOut(view: ViewName, seqs: readonly number[], now: Micros): Promise<void>;
  /** Puts an object that belongs to nobody else into a view. */
  place(view: ViewName, oid: number, now: Micros): Promise<Moved>;
  markSeen(view: ViewName): Promise<void>;
  /** Lets a view look at every member of its collection again. */
  markUnseen(view: ViewName): Promise<void>;
  /** Collections of which a partner ever had a view. */
  viewsOf(partner: string): Promise<readonly string[]>;
  /** Notes rows that are being sent. */
  fetched(view: ViewName, seqs: readonly number[], now: Micros): Promise<void>;
  /** Keeps a statement; the same bytes again are fine. */
  putStatement(statement: StoredStatement): Promise<void>;
  putStatus(status: StoredStatus, keepAfter: Micros): Promise<void>;
  /** A random text that all servers of this store share; made when it is first asked for. */
  secret(name: string, fresh: () => string): Promise<string>;
  setToken(partner: string, hash: string, made: Micros): Promise<void>;
  dropTokens(partner: string): Promise<number>;
  /** Something changed that views depend on. */
  touch(): Promise<void>;
  note(name: Noted, value: number): Promise<void>;
  /** Leaves out a million numbers of rows in every view: so many may have been given that are not known here. */
  skipRows(): Promise<void>;
}

/** The state of a server: objects, views, postures. */
export interface DisclosureStore extends DisclosureReader {
  /** How messages name it. */
  readonly name: string;
  change<T>(work: (tx: DisclosureWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
