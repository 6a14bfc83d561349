import type { RowFilter } from "../../model/ports/disclosure.ts";
import type { Collection, Partner } from "../../model/sharing.ts";
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
 * What somebody else posted is only taken out by the originator.
 */
export async function removeObject(
  desk: Desk,
  { collection, partner, id, versions, specVersions }: Removal,
): Promise<boolean> {
  await bringUpToDate(desk, partner);
  const now = nowOf(desk);
  const { originator } = desk.house().sharing;
  return desk.store.change(async (tx) => {
    if (!(await tx.shows({ collection: collection.id, partner: partner.id }, id, now))) return false;
    const posters = new Set((await tx.versionsOf(id)).map(({ poster }) => poster));
    if (partner.id !== originator && !posters.has(partner.id)) return false;
    await desk.journal.enter((recordedAt) => {
      const predicate = { recordedAt, act: "object deleted", by: partner.id, text: `${id} from ${collection.id}` };
      return [{ kind: "act", predicate, subject: aboutText(`object ${id}`, `${id} ${collection.id}`) }];
    });
    await tx.strike(collection.id, id, versions, specVersions, now);
    return true;
  });
}
