import { readClass } from "../../disclosure/class.ts";
import { itemKey, topicsOf } from "../../disclosure/item-keys.ts";
import { sourceDependence } from "../../disclosure/sources.ts";
import type { DeliveredItem, SourceDependence } from "../../model/sources.ts";
import type { Desk } from "./desk.ts";
import { demandPartner } from "./look.ts";

/** How much of what a partner was given hangs on one source, or on one condition. Throws `UserError` for who is no partner. */
export async function sourcesOf(desk: Desk, partner: string): Promise<SourceDependence> {
  const { id } = demandPartner(desk, partner);
  const rows = (await desk.store.delivered(id)).toSorted((a, b) => a.added - b.added);
  // An object counts as its newest version says, and since its first one came.
  const newest = [...Map.groupBy(rows, (row) => row.id).values()];
  const items = newest.flatMap((versions): readonly DeliveredItem[] => {
    const { id: object, text, classKey } = versions.at(-1)!;
    const json = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const key = itemKey(json);
    if (key === undefined) return [];
    const { created_by_ref: source } = json;
    const { conditions } = readClass(classKey);
    const at = versions[0]!.added;
    return [{ object, key, topics: topicsOf(json), conditions, at, ...(typeof source === "string" && { source }) }];
  });
  const settled = (await desk.store.standings(id)).size > 0;
  return sourceDependence(items, { partner: id, settled, titles: await titlesOf(desk, items) });
}

/** What the identity objects of sources call them, where one is stored. */
async function titlesOf(desk: Desk, items: readonly DeliveredItem[]): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>();
  const { originator } = desk.house().sharing;
  for (const source of new Set(items.flatMap((item) => item.source ?? []))) {
    const versions = await desk.store.versionsOf(source);
    const standing = versions.filter(({ struck }) => !struck);
    // The house's own word about a source comes before that of whoever else posted under its id.
    const known = standing.findLast(({ poster }) => poster === originator) ?? standing.at(-1);
    const { name } = known ? (JSON.parse(known.text) as { readonly name?: unknown }) : {};
    if (typeof name === "string") titles.set(source, name);
  }
  return titles;
}
