import { readClass } from "../../disclosure/class.ts";
import { committedHead } from "../../ledger/head.ts";
import type { DisclosureHistory } from "../../model/disclosure.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { type EntryContent, timeOf } from "../../model/record.ts";
import { summaryOf } from "../record/list.ts";
import { entriesOf } from "../record/view.ts";

/** What the ledger says about disclosure: to one partner, or to all. Throws `UserError` (broken). */
export function historyOf(store: LedgerStore, partner?: string): DisclosureHistory {
  const head = committedHead(store.log);
  const entries = head ? [...entriesOf(store, head)] : [];
  return {
    kind: "disclosure-history",
    ...(partner !== undefined && { partner }),
    entries: entries.flatMap(({ index, content }) => {
      const about = partyOf(content);
      if (about === undefined || (partner !== undefined && about !== partner)) return [];
      return [{ index, time: timeOf(content), partner: about, text: summaryOf(content), turns: turnsOf(content) }];
    }),
  };
}

function partyOf(content: EntryContent): string | undefined {
  if (content.kind === "disclosure") return content.predicate.partner;
  return content.kind === "act" ? content.predicate.by : undefined;
}

function turnsOf(content: EntryContent): DisclosureHistory["entries"][number]["turns"] {
  if (content.kind !== "disclosure") return [];
  return content.predicate.turns.map(({ class: key, from, to, against, approvedBy }) => ({
    ...{ class: readClass(key), from, to, against },
    ...(approvedBy !== undefined && { approvedBy }),
  }));
}
