import { committedHead } from "../../ledger/head.ts";
import { UserError } from "../../model/errors.ts";
import { aboutText } from "../record/journal.ts";
import { entriesOf } from "../record/view.ts";
import type { Desk } from "./desk.ts";

/**
 * Whether the state and the ledger are of one time: a copy that was put back knows less than the other. One settlement may be in
 * the ledger and not in the state, where a server died between the two. Answers how many are; negative: the ledger lacks some.
 */
export async function settlementsAhead(desk: Desk): Promise<number> {
  const entered = await desk.store.noted("entered");
  const { store } = desk.journal.access;
  const head = committedHead(store.log);
  if ((head?.size ?? 0) < entered) return (head?.size ?? 0) - entered;
  const later = head ? [...entriesOf(store, head)].filter(({ index }) => index >= entered) : [];
  return later.filter(({ content }) => content.kind === "disclosure").length;
}

/** Throws `UserError` where a copy of the state, or of the ledger, was put back. To be asked before anything is served. */
export async function demandOneTime(desk: Desk): Promise<void> {
  const ahead = await settlementsAhead(desk);
  if (ahead < 0) {
    throw new UserError(
      `the ledger lacks ${-ahead} entries that the state \`${desk.store.name}\` rests on: a copy of it was put back, or it is another`,
      "put the newest copy of the ledger back",
    );
  }
  if (ahead > 1) {
    throw new UserError(
      `the ledger has ${ahead} settlements that the state \`${desk.store.name}\` does not know: a copy of it was put back, or its disk was full`,
      "put the newest copy back; if there is none, `serve --restored` goes on from this one, and says so in the ledger",
    );
  }
}

/** Goes on from a state that was put back: numbers of rows that may have been given stay unused, and the ledger says so. */
export async function goOnRestored(desk: Desk): Promise<void> {
  const ahead = await settlementsAhead(desk);
  if (ahead < 2) return;
  const by = desk.house().sharing.originator;
  await desk.store.change(async (tx) => {
    await desk.journal.enter((recordedAt) => {
      const text = `it lacks ${ahead} settlements; what they gave may be with partners and is not recalled`;
      const predicate = { recordedAt, act: "state put back", by, text };
      return [{ kind: "act", predicate, subject: aboutText("state", text) }];
    });
    await tx.skipRows();
    await tx.note("entered", desk.journal.size());
  });
}
