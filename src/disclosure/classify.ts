import type { ObjectClass } from "../model/disclosure.ts";
import type { DisclosureWriter, Pointer } from "../model/ports/disclosure.ts";
import type { Tlp } from "../model/tlp.ts";
import { both, classKey, openClass, readClass } from "./class.ts";
import { demandsOf } from "./marking.ts";

type Json = Readonly<Record<string, unknown>>;

/** An object whose class is asked for: new, or stored and looked at again. */
export interface Item {
  /** Absent: not stored yet. */
  readonly oid?: number;
  readonly id: string;
  readonly versionKey: string;
  readonly unmarked: Tlp;
  readonly pointers: readonly Pointer[];
  /** What it says, if it defines a marking. */
  readonly definition?: Json;
}

/** An object's class by its own markings, and with the demands of all that it points at. */
export interface Classes {
  readonly own: ObjectClass;
  readonly whole: ObjectClass;
}

/** Whose objects, and where those of them stand that are not stored yet. */
export interface Standpoint {
  readonly poster: string;
  readonly places: ReadonlyMap<string, readonly string[]>;
}

const slice = 500;

/**
 * The classes of objects of one poster. Only what that poster posted counts as it stands now: what others posted counts as it
 * demanded when it was pointed at (`Pointer.seen`), so nobody else changes who gets an object, then or later. In what an
 * object points at also counts where it stands: a collection that is not open withholds as a marking does.
 */
export async function classify(
  tx: DisclosureWriter,
  { poster, places }: Standpoint,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, Classes>> {
  const here = newestOf(items);
  const targets = [...new Set(items.flatMap(({ pointers }) => pointers.map(({ target }) => target)))];
  const names = [...new Set(items.map(({ id }) => id))];
  const fulls = await fullsOf(tx, poster, names);
  const lines = [...new Set([...targets, ...fulls.map(([, full]) => full)])];
  const stored = newestOf(await inSlices(lines, (ids) => tx.linesOf(poster, ids)));
  const known = await placesOf(tx, poster, [...targets, ...names], places);
  const newestHere = (id: string) => {
    const [item, line] = [here.get(id), stored.get(id)];
    return item && (!line || item.versionKey >= line.versionKey) ? item : undefined;
  };
  const definition = (id: string) => newestHere(id)?.definition ?? parsed(stored.get(id)?.text);
  const join = joiner();
  const owns = items.map((item) => classKey(ownClass(item, poster, definition)));
  const at = new Map(items.map((item, index) => [item, index]));
  const nodes = items.map(({ id, pointers }, index): Node => {
    const place = known.get(id) ?? [];
    const node = { start: owns[index]!, inner: [] as { at: number; group: string }[], place };
    for (const { how, target, seen } of pointers) {
      if (how !== "ref") continue;
      const [item, line] = [newestHere(target), stored.get(target)];
      const group = groupOf(known.get(target) ?? []);
      if (item) node.inner.push({ at: at.get(item)!, group });
      else if (line) node.start = join(node.start, stripped(join(line.classKey, group), place));
      else if (seen !== undefined) node.start = join(node.start, stripped(seen, place));
    }
    return node;
  });
  const wholes = closeOver(nodes, join);
  const lesser = lesserOf(items, fulls, (full) => {
    const item = newestHere(full);
    return item ? wholes[at.get(item)!] : stored.get(full)?.classKey;
  });
  return new Map(
    items.map((item, index) => {
      const instead = lesser(item.id);
      const add = (key: string): ObjectClass => ({ ...readClass(key), ...(instead && { instead }) });
      return [item, { own: add(owns[index]!), whole: add(wholes[index]!) }];
    }),
  );
}

/** Of several versions of one id the newest; of two of one time the later one. */
export function newestOf<T extends { readonly id: string; readonly versionKey: string }>(
  list: readonly T[],
): ReadonlyMap<string, T> {
  const newest = new Map<string, T>();
  for (const one of list) {
    const before = newest.get(one.id);
    if (!before || one.versionKey >= before.versionKey) newest.set(one.id, one);
  }
  return newest;
}

/** Asks about many ids in pieces, so that no single statement holds others up. */
export async function inSlices<T>(
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let from = 0; from < ids.length; from += slice) all.push(...(await ask(ids.slice(from, from + slice))));
  return all;
}

async function placesOf(
  tx: DisclosureWriter,
  poster: string,
  ids: readonly string[],
  more: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const stored = new Map(await inSlices(ids, async (some) => [...(await tx.placesOf(poster, some))]));
  const all = new Set([...stored.keys(), ...more.keys()]);
  return new Map([...all].map((id) => [id, [...new Set([...(stored.get(id) ?? []), ...(more.get(id) ?? [])])].sort()]));
}

function ownClass(
  { id, pointers, unmarked, definition: own }: Item,
  poster: string,
  definition: (id: string) => Json | undefined,
): ObjectClass {
  const marks = pointers.filter(({ how }) => how === "marking");
  const demands = marks.map(({ target, seen }) => {
    const said = definition(target);
    return said === undefined && seen !== undefined ? readClass(seen) : demandsOf(target, said);
  });
  // Who may not have what a condition bars may not have the marking that names it either.
  const all = own === undefined ? demands : [...demands, demandsOf(id, own)];
  const marked = all.reduce(both, openClass);
  return { ...marked, tlp: marked.tlp ?? unmarked, owner: poster };
}

interface Node {
  /** The class by its own markings, and by what is known already of what it points at. */
  readonly start: string;
  /** Nodes it points at, and the demand that comes of where those stand. */
  readonly inner: readonly { readonly at: number; readonly group: string }[];
  readonly place: readonly string[];
}

/** Classes with the demands of all that is pointed at among the nodes, also in circles. */
function closeOver(nodes: readonly Node[], join: Join): readonly string[] {
  const keys = nodes.map(({ start }) => start);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, { inner, place }] of nodes.entries()) {
      const key = inner.reduce(
        (sum, { at, group }) => join(sum, stripped(join(keys[at]!, group), place)),
        keys[index]!,
      );
      if (key === keys[index]) continue;
      [keys[index], changed] = [key, true];
    }
  }
  return keys;
}

type Join = (one: string, other: string) => string;

/** Both demands at once, by their keys; there are few classes, so each pair is joined once. */
function joiner(): Join {
  const known = new Map<string, string>();
  return (one, other) => {
    if (one === other || other === "") return one;
    const pair = `${one}\n${other}`;
    const before = known.get(pair) ?? classKey(both(readClass(one), readClass(other)));
    known.set(pair, before);
    return before;
  };
}

/** Where something stands as a demand; nothing if it stands nowhere. */
function groupOf(collections: readonly string[]): string {
  return collections.length === 0 ? "" : classKey({ conditions: [], within: [collections] });
}

/** A demand without the collections that whoever sees the pointing object reads anyway. */
function stripped(key: string, place: readonly string[]): string {
  if (!key.includes('"within"')) return key;
  const { within = [], ...rest } = readClass(key);
  const left = within.filter((collections) => !place.every((id) => collections.includes(id)));
  return classKey({ ...rest, ...(left.length > 0 && { within: left }) });
}

/** Full objects of the poster, stored or here, by the lesser form that they name; the newest version says what it demands. */
function lesserOf(
  items: readonly Item[],
  stored: readonly (readonly [lesser: string, full: string])[],
  keyOf: (full: string) => string | undefined,
): (id: string) => ObjectClass | undefined {
  const here = items.flatMap(({ id, pointers }) =>
    pointers.flatMap(({ how, target }) => (how === "tearline" ? [[target, id] as const] : [])),
  );
  const fulls = new Map([...stored, ...here]);
  return (id) => {
    const full = fulls.get(id);
    const key = full === undefined ? undefined : keyOf(full);
    if (key === undefined) return undefined;
    const { instead: _, ...demands } = readClass(key);
    return demands;
  };
}

/** Which stored objects of a poster name which of the ids as their lesser form. */
async function fullsOf(tx: DisclosureWriter, poster: string, ids: readonly string[]) {
  const fulls = await inSlices(ids, (some) => tx.pointing(poster, some, "tearline"));
  const pointers = await tx.pointersOf(fulls.map(({ oid }) => oid));
  return fulls.flatMap(({ oid, id }) =>
    (pointers.get(oid) ?? []).flatMap(({ how, target }) => (how === "tearline" ? [[target, id] as const] : [])),
  );
}

function parsed(text: string | undefined): Json | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
