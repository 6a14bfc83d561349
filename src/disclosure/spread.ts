import type { DisclosureWriter, StoredObject } from "../model/ports/disclosure.ts";
import { classKey } from "./class.ts";
import { classify, type Item, inSlices } from "./classify.ts";

/**
 * What one poster stored before is looked at again, when something of its own came, went or moved under these ids: what points
 * at them at any distance, what they mark, and lesser forms. Objects of others are not touched.
 */
export async function spread(tx: DisclosureWriter, poster: string, ids: readonly string[]): Promise<void> {
  const all = new Map<number, StoredObject>();
  const pointing = async (some: readonly string[]) => [
    ...(await tx.pointing(poster, some, "ref")),
    ...(await tx.pointing(poster, some, "marking")),
  ];
  let found = [...(await inSlices(ids, pointing)), ...(await inSlices(ids, (some) => tx.lesserOf(poster, some)))];
  while (found.length > 0) {
    const fresh = found.filter(({ oid }) => !all.has(oid));
    for (const one of fresh) all.set(one.oid, one);
    const names = [...new Set(fresh.map(({ id }) => id))];
    found = [...(await inSlices(names, pointing)), ...(await inSlices(names, (some) => tx.lesserOf(poster, some)))];
  }
  await classifyAgain(tx, poster, [...all.values()]);
}

/** Gives stored objects of one poster the classes they have now. */
export async function classifyAgain(
  tx: DisclosureWriter,
  poster: string,
  objects: readonly StoredObject[],
): Promise<void> {
  if (objects.length === 0) return;
  const pointers = await tx.pointersOf(objects.map(({ oid }) => oid));
  const items = objects.map((one): Item => {
    const { oid, id, versionKey, unmarked, type, text } = one;
    const definition = type === "marking-definition" ? (JSON.parse(text) as Item["definition"]) : undefined;
    return { oid, id, versionKey, unmarked, pointers: pointers.get(oid) ?? [], ...(definition && { definition }) };
  });
  const classes = await classify(tx, { poster, places: new Map() }, items);
  const turned = items.flatMap((item, at) => {
    const { own, whole } = classes.get(item)!;
    const { oid, classKey: oldWhole, ownClassKey: oldOwn } = objects[at]!;
    const [ownKey, wholeKey] = [classKey(own), classKey(whole)];
    return ownKey === oldOwn && wholeKey === oldWhole ? [] : [{ oid, ownKey, wholeKey }];
  });
  for (const same of Map.groupBy(turned, ({ ownKey, wholeKey }) => `${ownKey} ${wholeKey}`).values()) {
    const [{ wholeKey, ownKey }] = same as [(typeof same)[number]];
    await tx.reclass(
      same.map(({ oid }) => oid),
      wholeKey,
      ownKey,
    );
  }
}
