import type { ObjectClass } from "../model/disclosure.ts";
import type { DisclosureWriter, Micros, NewObject, StoredObject } from "../model/ports/disclosure.ts";
import { type Collection, rightsIn, type Sharing } from "../model/sharing.ts";
import { both, classKey, openClass, readClass } from "./class.ts";
import { demandsOf, termsOf } from "./marking.ts";
import { formatMicros, versionKeyOf } from "./time.ts";

/** A STIX object as its reader found it. */
export interface Incoming {
  readonly text: string;
  readonly sha256: string;
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly versionKey: string;
  readonly specVersion: string;
  readonly refs: readonly string[];
  readonly createdBy?: string;
  readonly markings: readonly string[];
  readonly expires?: Micros;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Post {
  readonly sharing: Sharing;
  readonly collection: Collection;
  readonly poster: string;
  readonly now: Micros;
}

/** What became of one object; `told` is what its poster may read. */
export interface Accepted {
  readonly id: string;
  readonly version: string;
  readonly outcome: "stored" | "duplicate" | "refused" | "quarantined";
  readonly message?: string;
}

/**
 * Takes objects into a collection, in one transaction. An id belongs to who posted it first: the same id and version with
 * other content, or a newer version by somebody else, is refused; where the poster cannot see what stands against it, it is
 * put in quarantine and the answer is the same as for success (no oracle, docs/threat-model.md).
 */
export async function accept(
  tx: DisclosureWriter,
  post: Post,
  objects: readonly Incoming[],
): Promise<readonly Accepted[]> {
  const known = Map.groupBy(await tx.stored([...new Set(objects.map(({ id }) => id))]), ({ id }) => id);
  const judged = await judgeAll(tx, post, objects, known);
  const fresh = judged.flatMap(({ object, outcome }) =>
    outcome === "stored" || outcome === "quarantined" ? [{ object, quarantined: outcome === "quarantined" }] : [],
  );
  const oids = await store(tx, post, fresh);
  const again = judged.flatMap(({ outcome, same }) => (outcome === "duplicate" && same !== undefined ? [same] : []));
  await tx.enlist(post.collection.id, [...oids, ...again], post.now);
  const open = fresh.flatMap(({ object, quarantined }) => (quarantined ? [] : [object]));
  if (open.length > 0) await spread(tx, open);
  return judged.map(({ object, outcome, message }) => ({
    id: object.id,
    version: object.version === "" ? formatMicros(post.now) : object.version,
    outcome,
    ...(message !== undefined && { message }),
  }));
}

interface Judged {
  readonly object: Incoming;
  readonly outcome: Accepted["outcome"];
  readonly message?: string;
  /** The stored object it equals. */
  readonly same?: number;
}

type Known = Pick<StoredObject, "poster" | "sha256" | "versionKey" | "ownClassKey"> & { readonly oid?: number };

async function judgeAll(
  tx: DisclosureWriter,
  post: Post,
  objects: readonly Incoming[],
  stored: ReadonlyMap<string, readonly StoredObject[]>,
): Promise<readonly Judged[]> {
  const mine = new Map<string, readonly Known[]>();
  const judged: Judged[] = [];
  for (const object of objects) {
    const before: readonly Known[] = [...(stored.get(object.id) ?? []), ...(mine.get(object.id) ?? [])];
    const visible = before.length > 0 ? await visibleTo(tx, post, object.id, before) : [];
    const one = judge(post, object, before, visible);
    judged.push(one);
    if (one.outcome === "stored" || one.outcome === "quarantined") {
      const entry = { ...object, poster: post.poster, ownClassKey: "" };
      mine.set(object.id, [...(mine.get(object.id) ?? []), entry]);
    }
  }
  return judged;
}

/** What the poster knows of: its own, and what one of its views shows. */
async function visibleTo(
  tx: DisclosureWriter,
  post: Post,
  id: string,
  before: readonly Known[],
): Promise<readonly Known[]> {
  const own = before.filter(({ poster }) => poster === post.poster);
  if (own.length === before.length) return before;
  const shared = before.filter(({ ownClassKey }) => ownClassKey === "" || !readClass(ownClassKey).quarantined);
  if (post.poster === post.sharing.originator) return shared;
  for (const collection of post.sharing.collections) {
    if (!rightsIn(post.sharing, collection, post.poster).read) continue;
    if (await tx.shows({ collection: collection.id, partner: post.poster }, id, post.now))
      return [...new Set([...shared, ...own])];
  }
  return own;
}

function judge(
  { poster, sharing }: Post,
  object: Incoming,
  before: readonly Known[],
  visible: readonly Known[],
): Judged {
  const sameVersion = ({ versionKey }: Known) => object.version === "" || versionKey === object.versionKey;
  const twin = visible.find((one) => sameVersion(one) && one.sha256 === object.sha256);
  if (twin) return { object, outcome: "duplicate", ...(twin.oid !== undefined && { same: twin.oid }) };
  if (visible.some(sameVersion)) {
    const message = `the same id and version (${object.version || "none"}) came before with other content; the first is kept`;
    return { object, outcome: "refused", message };
  }
  if (poster !== sharing.originator && visible.some((one) => one.poster !== poster)) {
    return { object, outcome: "refused", message: "the id belongs to somebody else, who alone can make new versions" };
  }
  const hidden = before.some((one) => !visible.includes(one));
  return { object, outcome: hidden && poster !== sharing.originator ? "quarantined" : "stored" };
}

async function store(
  tx: DisclosureWriter,
  post: Post,
  fresh: readonly { readonly object: Incoming; readonly quarantined: boolean }[],
): Promise<readonly number[]> {
  if (fresh.length === 0) return [];
  const classes = await classesOf(
    tx,
    post,
    fresh.map(({ object }) => object),
  );
  return tx.insert(
    fresh.map(({ object, quarantined }): NewObject => {
      const { own, whole } = classes.get(object)!;
      const { tearline, redact } = termsOf(object.extensions);
      const shut = (one: ObjectClass): ObjectClass => (quarantined ? { ...one, quarantined: true } : one);
      const version = object.version === "" ? formatMicros(post.now) : object.version;
      return {
        id: object.id,
        type: object.type,
        version,
        versionKey: object.versionKey === "" ? (versionKeyOf(version) ?? "") : object.versionKey,
        specVersion: object.specVersion,
        text: object.text,
        sha256: object.sha256,
        classKey: classKey(shut(whole)),
        ownClassKey: classKey(shut(own)),
        ...(object.expires !== undefined && { expires: object.expires }),
        poster: post.poster,
        refs: pointsAt(object),
        markings: object.markings,
        ...(tearline !== undefined && { tearline }),
        redact,
        quarantined,
      };
    }),
  );
}

function pointsAt({ refs, createdBy }: Incoming): readonly string[] {
  return createdBy === undefined ? refs : [...new Set([...refs, createdBy])];
}

interface Classes {
  readonly own: ObjectClass;
  readonly whole: ObjectClass;
}

/**
 * The class of each object by its own markings, and with the demands of all that it points at, here and in the store: who
 * may not have one end of a relationship may not have the relationship.
 */
async function classesOf(
  tx: DisclosureWriter,
  post: Post,
  objects: readonly Incoming[],
): Promise<ReadonlyMap<Incoming, Classes>> {
  const here = new Map(objects.map((object) => [object.id, object]));
  const wanted = [...new Set(objects.flatMap((object) => [...pointsAt(object), ...object.markings]))];
  const stored = new Map((await tx.latest(wanted.filter((id) => !here.has(id)))).map((one) => [one.id, one]));
  const fulls = Map.groupBy(await tearlines(tx, objects), ({ tearline }) => tearline);
  const definition = (id: string) => here.get(id)?.json ?? parsed(stored.get(id)?.text);
  const owns = new Map(
    objects.map((object) => {
      // Who may not have what a condition bars may not have the marking that names it either.
      const marks = object.type === "marking-definition" ? [...object.markings, object.id] : object.markings;
      return [object, ownClass(post, marks, definition, fulls.get(object.id)?.[0]?.full)] as const;
    }),
  );
  const nodes = objects.map((object) => ({ id: object.id, own: owns.get(object)!, targets: pointsAt(object) }));
  const wholes = closeOver(nodes, (id) => stored.get(id));
  return new Map(objects.map((object, at) => [object, { own: owns.get(object)!, whole: wholes[at]! }]));
}

interface Node {
  readonly id: string;
  readonly own: ObjectClass;
  readonly targets: readonly string[];
}

/** Classes with the demands of all that is pointed at, among the nodes and outside, also in circles. */
function closeOver(nodes: readonly Node[], outside: (id: string) => StoredObject | undefined): readonly ObjectClass[] {
  const at = new Map(nodes.map(({ id }, index) => [id, index]));
  const wholes = nodes.map(({ own, targets }) =>
    targets.reduce((sum, id) => {
      const other = at.has(id) ? undefined : outside(id);
      return other ? both(sum, readClass(other.classKey)) : sum;
    }, own),
  );
  const keys = wholes.map(classKey);
  const inner = nodes.map(({ targets }) => targets.flatMap((id) => at.get(id) ?? []));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, targets] of inner.entries()) {
      if (targets.every((target) => keys[target] === keys[index])) continue;
      const whole = targets.reduce((sum, target) => both(sum, wholes[target]!), wholes[index]!);
      const key = classKey(whole);
      if (key === keys[index]) continue;
      [wholes[index], keys[index], changed] = [whole, key, true];
    }
  }
  return wholes;
}

/** Full objects, here or in the store, that name one of these as their lesser form. */
async function tearlines(tx: DisclosureWriter, objects: readonly Incoming[]) {
  const stored = await tx.pointing(
    objects.map(({ id }) => id),
    "tearline",
  );
  const outside = stored.flatMap((one) => {
    const { tearline } = termsOf(record(parsed(one.text)?.extensions) ?? {});
    return tearline === undefined ? [] : [{ tearline, full: readClass(one.classKey) }];
  });
  return outside;
}

function ownClass(
  { collection, poster }: Post,
  markings: readonly string[],
  definition: (id: string) => Readonly<Record<string, unknown>> | undefined,
  instead: ObjectClass | undefined,
): ObjectClass {
  const demands = markings.map((id) => demandsOf(id, definition(id)));
  const marked = demands.reduce(both, openClass);
  return { ...marked, tlp: marked.tlp ?? collection.unmarked, owner: poster, ...(instead && { instead }) };
}

/** What was stored before and points at what is new, or carries a marking that is defined only now, is looked at again. */
async function spread(tx: DisclosureWriter, objects: readonly Incoming[]): Promise<void> {
  await nameTearlines(tx, objects);
  const defined = objects.flatMap(({ type, id }) => (type === "marking-definition" ? [id] : []));
  const all = new Map<number, StoredObject>();
  let found: readonly StoredObject[] = [
    ...(await tx.pointing(
      objects.map(({ id }) => id),
      "ref",
    )),
    ...(defined.length > 0 ? await tx.pointing(defined, "marking") : []),
  ];
  while (found.length > 0) {
    const fresh = found.filter(({ oid }) => !all.has(oid));
    for (const one of fresh) all.set(one.oid, one);
    found = fresh.length > 0 ? await tx.pointing([...new Set(fresh.map(({ id }) => id))], "ref") : [];
  }
  const shared = [...all.values()].filter(({ ownClassKey }) => !readClass(ownClassKey).quarantined);
  if (shared.length > 0) await classifyAgain(tx, shared);
}

async function classifyAgain(tx: DisclosureWriter, objects: readonly StoredObject[]): Promise<void> {
  const read = objects.map((one) => ({
    one,
    before: readClass(one.ownClassKey),
    markings: markingsIn(one.text),
    targets: idsIn(one.text),
  }));
  const definitions = await byId(
    tx,
    read.flatMap(({ markings }) => markings),
  );
  const pointed = await byId(
    tx,
    read.flatMap(({ targets }) => targets),
  );
  const nodes = read.map(({ one, before, markings, targets }) => {
    const demands = markings.map((id) => demandsOf(id, parsed(definitions.get(id)?.text)));
    const { tlp = before.tlp, ...marked } = demands.reduce(both, openClass);
    const { owner, instead } = before;
    const own = { ...marked, ...(tlp && { tlp }), ...(owner !== undefined && { owner }), ...(instead && { instead }) };
    return { id: one.id, own, targets: targets.filter((id) => id !== one.id) };
  });
  const wholes = closeOver(nodes, (id) => pointed.get(id));
  const groups = Map.groupBy(
    nodes.flatMap(({ own }, at) => {
      const { oid, classKey: oldWhole, ownClassKey: oldOwn } = objects[at]!;
      const [ownKey, wholeKey] = [classKey(own), classKey(wholes[at]!)];
      return ownKey === oldOwn && wholeKey === oldWhole ? [] : [{ oid, ownKey, wholeKey }];
    }),
    ({ ownKey, wholeKey }) => `${ownKey} ${wholeKey}`,
  );
  for (const same of groups.values()) {
    await tx.reclass(
      same.map(({ oid }) => oid),
      same[0]!.wholeKey,
      same[0]!.ownKey,
    );
  }
}

async function byId(tx: DisclosureWriter, ids: readonly string[]): Promise<ReadonlyMap<string, StoredObject>> {
  return new Map((await tx.latest([...new Set(ids)])).map((one) => [one.id, one]));
}

function markingsIn(text: string): readonly string[] {
  const found = text.matchAll(/"(marking-definition--[0-9a-f-]{36})"/g);
  return [...new Set([...found].map((match) => match[1]!))];
}

/** What a new object names as its lesser form is from now on given only instead of it. */
async function nameTearlines(tx: DisclosureWriter, objects: readonly Incoming[]): Promise<void> {
  const names = objects.flatMap((one) => {
    const { tearline } = termsOf(one.extensions);
    return tearline === undefined ? [] : [{ full: one.id, tearline }];
  });
  if (names.length === 0) return;
  const fulls = new Map((await tx.latest(names.map(({ full }) => full))).map((one) => [one.id, one]));
  for (const { full, tearline } of names) {
    const [lesser] = await tx.latest([tearline]);
    const whole = fulls.get(full);
    if (!lesser || !whole || lesser.poster !== whole.poster) continue;
    const instead = readClass(whole.classKey);
    const key = (text: string) => classKey({ ...readClass(text), instead });
    await tx.reclass([lesser.oid], key(lesser.classKey), key(lesser.ownClassKey));
  }
}

/** Ids of STIX objects that a text holds, those of markings left out. */
function idsIn(text: string): readonly string[] {
  const found = text.matchAll(/"([a-z][a-z0-9-]{2,250}--[0-9a-f-]{36})"/g);
  return [...new Set([...found].map((match) => match[1]!))].filter((id) => !id.startsWith("marking-definition--"));
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  return text === undefined ? undefined : record(JSON.parse(text));
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
