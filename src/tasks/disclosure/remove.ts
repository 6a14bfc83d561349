import { spread } from "../../disclosure/spread.ts";
import type { RowFilter, StoredObject } from "../../model/ports/disclosure.ts";
import type { Collection, Partner } from "../../model/sharing.ts";
import { foldId } from "../../model/stix-ids.ts";
import { aboutText } from "../record/journal.ts";
import { bringUpToDate, type Desk, nowOf } from "./desk.ts";

/** What to take out of a collection, and for whom. */
export interface Removal {
  readonly collection: Collection;
  readonly partner: Partner;
  readonly id: string;
  readonly versions?: RowFilter["versions"] | undefined;
  readonly specVersions?: readonly string[] | undefined;
}

/**
 * Takes an object out of a collection and of all its views (TAXII 2.1, section 5.7). False: it is not there for this partner.
 * Only what the partner posted itself is taken out; the originator takes out what it sees. What others have under the same id
 * stays.
 */
export async function removeObject(desk: Desk, removal: Removal): Promise<boolean> {
  const { collection, partner } = removal;
  await bringUpToDate(desk, partner);
  const now = nowOf(desk);
  const id = foldId(removal.id);
  const { originator } = desk.house().sharing;
  return desk.store.change(async (tx) => {
    const poster = await tx.shownFrom({ collection: collection.id, partner: partner.id }, id, now);
    if (poster === undefined || (poster !== partner.id && partner.id !== originator)) return false;
    await desk.journal.enter((recordedAt) => {
      const predicate = { recordedAt, act: "object deleted", by: partner.id, text: `${id} from ${collection.id}` };
      return [{ kind: "act", predicate, subject: aboutText(`object ${id}`, `${id} ${collection.id}`) }];
    });
    const members: StoredObject[] = [];
    for (const one of await tx.linesOf(poster, [id]))
      if ((await tx.collectionsOf(one.oid)).includes(collection.id)) members.push(one);
    await tx.strike(
      collection.id,
      chosen(members, removal).map(({ oid }) => oid),
      now,
    );
    await spread(tx, poster, [id]);
    return true;
  });
}

function chosen(
  members: readonly StoredObject[],
  { versions = "all", specVersions }: Removal,
): readonly StoredObject[] {
  const sorted = members.toSorted((a, b) => (a.versionKey < b.versionKey ? -1 : a.versionKey > b.versionKey ? 1 : 0));
  return sorted.filter(({ versionKey, specVersion }, at) => {
    if (specVersions && !specVersions.includes(specVersion)) return false;
    if (versions === "all") return true;
    return versions.some((one) =>
      one === "first" ? at === 0 : one === "last" ? at === sorted.length - 1 : one.key === versionKey,
    );
  });
}
