import { readClass } from "../../disclosure/class.ts";
import { itemKeys, topicsOf } from "../../disclosure/item-keys.ts";
import { sourceDependence } from "../../disclosure/sources.ts";
import type { SourceDependence } from "../../model/sources.ts";
import type { Desk } from "./desk.ts";
import { demandPartner } from "./look.ts";

/** How much of what a partner was given hangs on one source, or on one condition. Throws `UserError` for who is no partner. */
export async function sourcesOf(desk: Desk, partner: string): Promise<SourceDependence> {
  const { id } = demandPartner(desk, partner);
  const rows = await desk.store.delivered(id);
  const items = rows.flatMap(({ id: object, text, added, classKey }) => {
    const json = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const keys = itemKeys(json);
    if (!keys) return [];
    const { created_by_ref: source } = json;
    const { conditions } = readClass(classKey);
    return [
      { object, keys, topics: topicsOf(json), conditions, at: added, ...(typeof source === "string" && { source }) },
    ];
  });
  return sourceDependence(items, { partner: id });
}
