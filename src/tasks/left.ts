import { type Knowledge, seenBy } from "../facts/knowledge.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import type { Day } from "../model/day.ts";
import { exit, UserError } from "../model/errors.ts";
import { splitFunctions } from "../model/functions.ts";
import type { ObjectStore } from "../model/ports/log.ts";
import type { Changed, InventoryStore, LeftCount } from "../model/ports/store.ts";
import type { Problem } from "../model/problem.ts";
import type { LedgerView } from "./record/view.ts";

/**
 * Has the store compare the tables with what the ledger last saw. What is gone counts as before until two people sign that it
 * is; what has another name now that is known to mean the same has not left. A record that was withheld is a problem that
 * stands for one record: what was new in it cannot be missed. Throws `UserError` (broken) if the ledger lost its record.
 */
export async function recallLeft(
  store: InventoryStore,
  objects: ObjectStore | undefined,
  view: LedgerView | undefined,
  knowledge: Knowledge,
  asOf: Day,
): Promise<{ readonly count: LeftCount; readonly problems: readonly Problem[] }> {
  const known = view?.inventories.filter(({ sha256 }) => !view.redacted.has(sha256)) ?? [];
  const last = known.at(-1);
  const newest = view?.inventories.at(-1);
  const problems = newest && newest !== last ? [withheld(newest.entry)] : [];
  if (!objects || !last) return { count: await store.recall(undefined), problems };
  const path = objects.checkedPath(last.sha256);
  if (path === undefined) {
    const what = `entry ${last.entry} of the ledger names the inventory \`${last.sha256}\`, and it is missing`;
    throw new UserError(what, "put a copy of the object back; `freigabe ledger verify DIR` says more", exit.broken);
  }
  const removals = knowledge.removals
    .filter(({ says }) => says.removed <= asOf)
    .map(({ says, by }) => ({ operator: says.operator, elements: says.elements, signedOn: by.signedOn }));
  return { count: await store.recall({ path, same: sameEquipment(knowledge, asOf), removals }), problems };
}

function withheld(entry: number): Problem {
  return {
    kind: "problem",
    code: "unreadable",
    message: `the inventory that entry ${entry} of the ledger recorded was withheld: what was new in it cannot be missed`,
    hint: "record the network again",
    place: { file: "ledger" },
    rows: 1,
  };
}

/** Whether a row still speaks of what it spoke of. Nothing is known of less, and nothing known is another now. */
export function sameEquipment(knowledge: Knowledge, day: Day): (change: Changed) => boolean {
  return ({ operator, was, now }) => {
    const seen = seenBy(knowledge, operator);
    const sameName = (kind: "supplier" | "product", before: string | null, after: string | null) => {
      if (before === null || before === after) return true;
      const [old, current] = [resolve(seen, kind, before, day).id, resolve(seen, kind, after, day).id];
      if (old === undefined || current === undefined) return false;
      return kind === "supplier"
        ? successorOn(knowledge, old, day) === successorOn(knowledge, current, day)
        : old === current;
    };
    const bears = new Set(splitFunctions(now.functions));
    return (
      splitFunctions(was.functions).every((name) => bears.has(name)) &&
      sameName("supplier", was.maker, now.maker) &&
      sameName("product", was.product, now.product)
    );
  };
}
