import type { DisclosureWriter, Micros, NewObject, Pointer, StoredObject } from "../model/ports/disclosure.ts";
import { type Collection, readableBy, type Sharing } from "../model/sharing.ts";
import type { Pointers } from "../model/stix-ids.ts";
import { both, classKey, readClass } from "./class.ts";
import { type Classes, classify, type Item, inSlices } from "./classify.ts";
import { demandsOf, termsOf } from "./marking.ts";
import { classifyAgain, spread } from "./spread.ts";
import { formatMicros, versionKeyOf } from "./time.ts";

/** A STIX object as its reader found it. */
export interface Incoming extends Pointers {
  readonly text: string;
  readonly sha256: string;
  /** SHA-256 of what it says, however it is written. */
  readonly content: string;
  /** In lower case. */
  readonly id: string;
  /** The id as it was sent. */
  readonly named: string;
  readonly type: string;
  readonly version: string;
  readonly versionKey: string;
  readonly specVersion: string;
  readonly expires?: Micros;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Post {
  readonly sharing: Sharing;
  readonly collection: Collection;
  readonly poster: string;
  readonly now: Micros;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** What became of one object; `message` is what its poster may read. */
export interface Accepted {
  readonly id: string;
  readonly version: string;
  /** `beside`: stored, and somebody else has posted the id too. To its poster that is a success as any other. */
  readonly outcome: "stored" | "beside" | "duplicate" | "refused";
  readonly message?: string;
}

const batch = 100;

/**
 * Takes objects into a collection, in one transaction, so that they become visible together. Each poster has versions of its
 * own under an id: what another posted neither refuses nor changes them. What the originator posted and the poster sees cannot
 * be posted over, and a version stays as it came first.
 */
export async function accept(
  tx: DisclosureWriter,
  post: Post,
  objects: readonly Incoming[],
): Promise<readonly Accepted[]> {
  const shown = await shownTo(tx, post, objects);
  const own = await inSlices([...new Set(objects.map(({ id }) => id))], (ids) => tx.linesOf(post.poster, ids));
  const judged = judgeAll(post, objects, { own, shown });
  const fresh = judged.flatMap(({ object, outcome }) => (outcome === "stored" ? [object] : []));
  const oids = await store(tx, post, fresh, shown);
  const again = judged.flatMap(({ same }) => (same === undefined ? [] : [same]));
  const moved = await enlist(tx, post, [...oids, ...again.map(({ oid }) => oid)], again);
  await spread(tx, post.poster, [...new Set([...fresh, ...moved].map(({ id }) => id))]);
  const others = new Set(await inSlices([...new Set(fresh.map(({ id }) => id))], (ids) => tx.sharedIds(ids)));
  return judged.map(({ object, outcome, message }) => ({
    id: object.named,
    version: object.version === "" ? formatMicros(post.now) : object.version,
    outcome: outcome === "stored" && others.has(object.id) ? "beside" : outcome,
    ...(message !== undefined && { message }),
  }));
}

type Shown = Awaited<ReturnType<DisclosureWriter["shownTo"]>>[number];

/** What the poster sees of others under the ids that it posts and points at. */
async function shownTo(tx: DisclosureWriter, post: Post, objects: readonly Incoming[]): Promise<readonly Shown[]> {
  const { sharing, poster, now } = post;
  const readable = [...readableBy(sharing, poster)];
  const ids = new Set(objects.flatMap(({ id, refs, markings }) => [id, ...refs, ...markings]));
  return inSlices([...ids], async (some) => {
    await post.pause();
    return tx.shownTo(poster, readable, some, now);
  });
}

interface Judged {
  readonly object: Incoming;
  readonly outcome: "stored" | "duplicate" | "refused";
  readonly message?: string;
  /** The stored object it equals. */
  readonly same?: StoredObject;
}

type Known = Pick<StoredObject, "content" | "versionKey" | "poster"> & { readonly stored?: StoredObject };

function judgeAll(
  { poster, sharing }: Post,
  objects: readonly Incoming[],
  { own, shown }: { readonly own: readonly StoredObject[]; readonly shown: readonly Shown[] },
): readonly Judged[] {
  const before = new Map<string, Known[]>();
  const add = (id: string, known: Known) => before.set(id, [...(before.get(id) ?? []), known]);
  for (const stored of own) if (!stored.struck) add(stored.id, { ...stored, stored });
  for (const one of shown) add(one.id, one);
  return objects.map((object): Judged => {
    const known = before.get(object.id) ?? [];
    const sameVersion = ({ versionKey }: Known) => object.version === "" || versionKey === object.versionKey;
    const counts = (one: Known) => one.poster === poster || one.poster === sharing.originator;
    const twin = known.find((one) => counts(one) && sameVersion(one) && one.content === object.content);
    if (twin) return { object, outcome: "duplicate", ...(twin.stored && { same: twin.stored }) };
    if (known.some((one) => one.poster === poster && sameVersion(one))) {
      const message = `the same id and version (${object.version || "none"}) came before with other content; the first is kept`;
      return { object, outcome: "refused", message };
    }
    if (known.some((one) => one.poster !== poster && one.poster === sharing.originator)) {
      const message = "the id belongs to somebody else, who alone can make new versions";
      return { object, outcome: "refused", message };
    }
    add(object.id, { ...object, poster });
    return { object, outcome: "stored" };
  });
}

async function store(
  tx: DisclosureWriter,
  post: Post,
  fresh: readonly Incoming[],
  shown: readonly Shown[],
): Promise<readonly number[]> {
  if (fresh.length === 0) return [];
  const { poster, collection } = post;
  const seen = Map.groupBy(shown, ({ id }) => id);
  const items = fresh.map((object): Item => itemOf(object, post, seen));
  const places = new Map(items.map(({ id }) => [id, [collection.id]]));
  const classes = await classify(tx, { poster, places }, items);
  const oids: number[] = [];
  for (let from = 0; from < fresh.length; from += batch) {
    const rows = fresh.slice(from, from + batch).map((object, at) => {
      const item = items[from + at]!;
      return rowOf(object, item, classes.get(item)!, post);
    });
    oids.push(...(await tx.insert(rows)));
    await post.pause();
  }
  return oids;
}

function itemOf(object: Incoming, post: Post, seen: ReadonlyMap<string, readonly Shown[]>): Item {
  const { tearline } = termsOf(object.extensions);
  const refs = object.refs.map((target): Pointer => {
    const demands = (seen.get(target) ?? []).map(demandOf);
    return { how: "ref", target, ...(demands.length > 0 && { seen: classKey(demands.reduce(both)) }) };
  });
  const markings = object.markings.map((target): Pointer => {
    const defined = (seen.get(target) ?? []).find((one) => one.poster === post.sharing.originator);
    if (!defined) return { how: "marking", target };
    return { how: "marking", target, seen: classKey(demandsOf(target, JSON.parse(defined.text))) };
  });
  return {
    id: object.id,
    versionKey: keyOf(object, post),
    unmarked: post.collection.unmarked,
    pointers: [
      ...refs,
      ...markings,
      ...(object.createdBy === undefined || object.refs.includes(object.createdBy)
        ? []
        : [{ how: "ref" as const, target: object.createdBy }]),
      ...(tearline === undefined ? [] : [{ how: "tearline" as const, target: tearline }]),
    ],
    ...(object.type === "marking-definition" && { definition: object.json }),
  };
}

/** What an object of somebody else demands of who may know of it. */
function demandOf({ classKey: key, collections }: Shown) {
  const { owner: _, instead: __, ...demands } = readClass(key);
  return both(demands, { conditions: [], ...(collections.length > 0 && { within: [collections] }) });
}

function keyOf({ version, versionKey }: Incoming, { now }: Post): string {
  return version === "" ? (versionKeyOf(formatMicros(now)) ?? "") : versionKey;
}

function rowOf(object: Incoming, item: Item, { own, whole }: Classes, post: Post): NewObject {
  const { id, type, specVersion, text, sha256, content, expires } = object;
  return {
    ...{ id, type, specVersion, text, sha256, content },
    version: object.version === "" ? formatMicros(post.now) : object.version,
    versionKey: item.versionKey,
    classKey: classKey(whole),
    ownClassKey: classKey(own),
    ...(expires !== undefined && { expires }),
    poster: post.poster,
    unmarked: item.unmarked,
    pointers: item.pointers,
    redact: termsOf(object.extensions).redact,
    private: false,
  };
}

/** Puts objects into the collection; those among `again` that were not in it before, whose class may hang on where they stand. */
async function enlist(
  tx: DisclosureWriter,
  { collection, poster, now, pause }: Post,
  oids: readonly number[],
  again: readonly StoredObject[],
): Promise<readonly StoredObject[]> {
  const moved: StoredObject[] = [];
  for (const one of again) {
    if (!(await tx.collectionsOf(one.oid)).includes(collection.id)) moved.push(one);
  }
  for (let from = 0; from < oids.length; from += batch) {
    await tx.enlist(collection.id, oids.slice(from, from + batch), now);
    await pause();
  }
  await classifyAgain(tx, poster, moved);
  return moved;
}
